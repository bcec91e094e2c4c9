"""One server for each SQLite store: who serves it, and at which address."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class RunningError(RuntimeError):
    """Another server has this store.

    Attributes:
        address: Where that server can be opened; empty when it has not said so yet.
    """

    def __init__(self, address: str) -> None:
        super().__init__(f"CCIO Skills is running already: open {address or 'its page'}")
        self.address = address


def check_free(store: Path) -> None:
    """Return when nobody serves a store.

    Raises:
        RunningError: Somebody does.
        OSError: There is no such folder and none can be made.
    """
    store.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Who serves a store says where; else there is no lock to try.
    if _beside(store, "address").exists():
        with _only_one(store):
            pass


@contextmanager
def hold(store: Path, *, address: str) -> Iterator[None]:
    """Be the one server of a store, reachable at ``address``, until the block ends.

    The lock is the operating system's: a server that was killed holds nothing.

    Raises:
        RunningError: Somebody serves it already.
        OSError: The folder cannot be written.
    """
    with _only_one(store):
        told = _beside(store, "address")
        handle = os.open(told, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(address)
        yield
        told.unlink(missing_ok=True)


@contextmanager
def _only_one(store: Path) -> Iterator[None]:
    # Brings asyncio, which the command that starts the server does without.
    from filelock import FileLock, Timeout

    store.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock(_beside(store, "lock"), timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        told = _beside(store, "address")
        address = told.read_text(encoding="utf-8") if told.exists() else ""
        raise RunningError(address) from None
    try:
        yield
    finally:
        lock.release()


def _beside(store: Path, ending: str) -> Path:
    return store.with_name(f"{store.name}.{ending}")
