"""Commands that start the app."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from ccio_skills.cli import common
from ccio_skills.cli.common import ContentFolder, DataFolder

Port = Annotated[int, typer.Option(help="Port; the next free one is taken.", min=1, max=65_000)]
_TRIES = 50
_PAUSE = 0.1
"""Seconds between two looks whether the server listens."""


def run(data: DataFolder = None, content: ContentFolder = None, port: Port = 8501) -> None:
    """Start the app on this computer and print its address."""
    from ccio_skills import settings

    common.use_folder(data)
    common.use_content(content)
    here = settings.read()
    if here.store_file:
        _stop_if_running(here.store_file)
    _serve(port, note=f"Your answers lie in {here.store_file or 'the database you named'}")


def _stop_if_running(store: Path) -> None:
    """Say where the store is served already, rather than serve it twice."""
    from ccio_skills import instance

    try:
        instance.check_free(store)
    except instance.RunningError as error:
        typer.echo(f"{error} in your browser.")
        raise typer.Exit from None
    except OSError as error:
        common.stop(f"{store.parent} cannot be used: {error.strerror}. Choose another with --data.")


def demo(content: ContentFolder = None, port: Port = 8501) -> None:
    """Start the app with a made-up person on a throw-away store."""
    from ccio_skills import demo as made_up
    from ccio_skills.vocabulary import PersonId

    common.use_content(content)
    with tempfile.TemporaryDirectory(prefix="ccio-demo-") as folder:
        common.use_folder(Path(folder))
        os.environ["CCIO_DEMO"] = "1"
        library = common.load_library()
        with common.open_store() as db:
            made_up.fill(db, PersonId(common.ME), library=library, now=datetime.now(UTC))
        _serve(port, note="Everything shown is made up and thrown away when you stop")


def _serve(port: int, *, note: str) -> None:
    from ccio_skills import settings

    root, free = settings.root(), _free_port(port)
    command = [sys.executable, "-m", "streamlit", "run", str(root / "app.py")]
    command += ["--server.address", "127.0.0.1", "--server.port", str(free)]
    # To be told to stop is the same as Ctrl+C: else the server would go on without us.
    signal.signal(signal.SIGTERM, _interrupt)
    # Streamlit reads its configuration from the folder it starts in.
    with subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL) as server:
        try:
            if _wait_for(free, server):
                typer.echo(f"CCIO Skills: open http://127.0.0.1:{free} in your browser.")
                typer.echo(f"{note}. Ctrl+C stops the program.")
                sys.stdout.flush()
            code = server.wait()
        except KeyboardInterrupt:
            server.terminate()
            code = 0
    if code:
        common.stop("The server has ended; if it said why, it stands above.")


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> bool:
    """Return true once the server listens, false when it ended before that."""
    while server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(_PAUSE)
    return False


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _free_port(wanted: int) -> int:
    for port in range(wanted, wanted + _TRIES):
        with socket.socket() as probe:
            if os.name == "posix":
                # Else a port stays taken for a minute after the program was stopped.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    common.stop(f"No free port from {wanted} to {wanted + _TRIES - 1}: give another with --port.")
