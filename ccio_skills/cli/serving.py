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
from typing import Annotated, NoReturn

import typer

from ccio_skills.cli import common
from ccio_skills.cli.common import ContentFolder, DataFolder

Port = Annotated[int, typer.Option(help="Port; the next free one is taken.", min=1, max=65_000)]
Address = Annotated[
    str, typer.Option(help="Address to listen on; another than this computer needs sign-in.")
]
_HOME = "127.0.0.1"
_TRIES = 50
_PAUSE = 0.1
"""Seconds between two looks whether the server listens."""


def run(
    data: DataFolder = None,
    content: ContentFolder = None,
    port: Port = 8501,
    address: Address = _HOME,
) -> None:
    """Start the app and print its address."""
    from ccio_skills import settings

    common.use_folder(data)
    common.use_content(content)
    here = common.read_settings()
    if here.sign_in is None and not settings.is_loopback(address):
        common.stop(
            f"Without sign-in the app serves this computer only, not {address}. "
            "HOSTING.md says how to set up sign-in.",
            code=common.WRONG_USE,
        )
    if here.store_file:
        _stop_if_running(here.store_file)
    kept = f"Answers lie in {here.store_file or 'the database you named'}"
    if here.sign_in:
        # The provider leads people back to one address: another port would lose them.
        _serve(port, at=here.sign_in.address, host=address, note=kept)
    free = _free_port(port)
    _serve(free, at=f"http://{address}:{free}", host=address, note=kept)


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
    """Start the app with made-up people on a throw-away store."""
    from ccio_skills import demo as made_up

    common.use_content(content)
    with tempfile.TemporaryDirectory(prefix="ccio-demo-") as folder:
        common.use_folder(Path(folder))
        os.environ["CCIO_DEMO"] = "1"
        library = common.load_library()
        with common.open_store() as db:
            made_up.build(db, library=library, now=datetime.now(UTC))
        free = _free_port(port)
        note = "Everything shown is made up and thrown away when you stop"
        _serve(free, at=f"http://{_HOME}:{free}", host=_HOME, note=note)


def _serve(port: int, *, at: str, host: str, note: str) -> NoReturn:
    from ccio_skills import settings

    root = settings.root()
    command = [sys.executable, "-m", "streamlit", "run", str(root / "app.py")]
    command += ["--server.address", host, "--server.port", str(port)]
    # To be told to stop is the same as Ctrl+C: else the server would go on without us.
    signal.signal(signal.SIGTERM, _interrupt)
    # Streamlit reads its configuration from the folder it starts in.
    with subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL) as server:
        try:
            if _wait_for(host, port, server):
                typer.echo(f"CCIO Skills: open {at} in your browser.")
                typer.echo(f"{note}. Ctrl+C stops the program.")
                sys.stdout.flush()
            code = server.wait()
        except KeyboardInterrupt:
            server.terminate()
            code = 0
    if code:
        common.stop("The server has ended; if it said why, it stands above.")
    raise typer.Exit


def _wait_for(host: str, port: int, server: subprocess.Popen[bytes]) -> bool:
    """Return true once the server listens, false when it ended before that."""
    while server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((_reachable(host), port)) == 0:
                return True
        time.sleep(_PAUSE)
    return False


def _reachable(host: str) -> str:
    return _HOME if host == "0.0.0.0" else host


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _free_port(wanted: int) -> int:
    for port in range(wanted, wanted + _TRIES):
        with socket.socket() as probe:
            if os.name == "posix":
                # Else a port stays taken for a minute after the program was stopped.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((_HOME, port))
            except OSError:
                continue
            return port
    common.stop(f"No free port from {wanted} to {wanted + _TRIES - 1}: give another with --port.")
