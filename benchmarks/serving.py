"""The app as a person starts it, on a store of its own, to be measured, tested or killed."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
_LONGEST = 90
"""Seconds a start may take; a loaded machine is slow."""


@dataclass
class Server:
    """One ``ccio-skills run`` (or ``demo``) with its own folder."""

    folder: Path
    command: str = "run"
    port: int = 0
    program: tuple[str, ...] = (sys.executable, "-m", "ccio_skills.cli")
    cwd: Path = ROOT
    environment: dict[str, str] = field(default_factory=dict)
    ready: str = "/readyz"
    process: subprocess.Popen[str] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """Address of the home page."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def store(self) -> Path:
        """The SQLite file."""
        return self.folder / "ccio-skills.db"

    def start(self) -> None:
        """Start it and wait until it is ready for people."""
        self.port = self.port or free_port()
        self.process = subprocess.Popen(
            self.words(),
            cwd=self.cwd,
            env=os.environ | self.environment,
            # A group of its own, so that a kill reaches the server and not the tests.
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            text=True,
        )
        end = time.monotonic() + _LONGEST
        while not self.is_ready():
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended with code {self.process.returncode}")
            if time.monotonic() > end:
                raise TimeoutError(f"no answer from {self.url}")
            time.sleep(0.05)

    def words(self) -> list[str]:
        """Return the command line."""
        is_file = self.command == "run" and "CCIO_DATABASE_URL" not in self.environment
        where = ["--data", str(self.folder)] if is_file else []
        return [*self.program, self.command, *where, "--port", str(self.port)]

    def is_ready(self) -> bool:
        """Ask whether it is ready for people."""
        with contextlib.suppress(OSError):
            return get(f"{self.url}{self.ready}")[0] == 200
        return False

    def kill(self) -> None:
        """Stop it as a power cut would."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@dataclass
class ScriptServer(Server):
    """A script of the benchmarks, served as ``ccio-skills run`` serves ``app.py``."""

    script: str = ""

    def __post_init__(self) -> None:
        """Name the folder of the store, as the command does."""
        self.environment = self.environment | {"CCIO_DATA": str(self.folder)}

    def words(self) -> list[str]:
        """Return the command line."""
        where = ["--server.address", "127.0.0.1", "--server.port", str(self.port)]
        script = str(ROOT / "benchmarks" / self.script)
        return [sys.executable, "-m", "streamlit", "run", script, *where]

    @property
    def pid(self) -> int:
        """Process number of the server."""
        if self.process is None:
            raise RuntimeError("not started")
        return self.process.pid


def get(url: str, *, method: str = "GET", headers: dict[str, str] | None = None) -> Answer:
    """Ask over plain HTTP; an error status is an answer too."""
    asked = urllib.request.Request(url, method=method, headers=headers or {})
    try:
        with urllib.request.urlopen(asked, timeout=10) as given:
            return given.status, {k.lower(): v for k, v in given.headers.items()}, given.read()
    except urllib.error.HTTPError as error:
        return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read()


Answer = tuple[int, dict[str, str], bytes]
"""Status, headers in lower case, body."""


def free_port() -> int:
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
