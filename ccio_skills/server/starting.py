"""What happens once, before anyone comes: one server a store, migrations, the content."""

from __future__ import annotations

import contextlib
import functools
import gc
import logging
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, NoReturn

import streamlit as st
from sqlalchemy import Engine

from ccio_skills import instance, library, settings, store
from ccio_skills.server import tidying
from ccio_skills.vocabulary import Pool

_SAID_IN_WORDS = (
    settings.SettingsError,
    store.StoreError,
    library.BrokenContentError,
    instance.RunningError,
)


@functools.lru_cache(maxsize=2)
def engine(url: str) -> Engine:
    """Return the engine of the health check, which must not wait for pages."""
    return store.open_engine(url, pool=Pool(size=1, overflow=1))


def lifespan(
    warm_up: Callable[[], None],
) -> Callable[[Any], AbstractAsyncContextManager[dict[str, Any]]]:
    """Return what Starlette runs around the serving."""

    @contextlib.asynccontextmanager
    async def around(_app: object) -> AsyncIterator[dict[str, Any]]:
        with contextlib.ExitStack() as held:
            try:
                here = settings.read()
                _check_address(here)
                held.enter_context(_hold(here.store_file))
                store.upgrade(engine(here.database_url))
                warm_up()
            except _SAID_IN_WORDS as error:
                give_up(error)
            # What is loaded by now lives as long as the process: no collection need walk it. Hardly
            # anything of it is garbage, so it is not walked for that either.
            gc.freeze()
            gc.enable()
            async with tidying.every_day(here, engine(here.database_url)):
                yield {}

    return around


def _check_address(here: settings.Settings) -> None:
    address = st.get_option("server.address") or ""
    if here.sign_in is None and not settings.is_loopback(address):
        raise settings.SettingsError(
            f"Without sign-in CCIO Skills serves this computer only, not {address or 'others'}.\n"
            "Use 127.0.0.1, or set up sign-in as HOSTING.md says."
        )


@contextlib.contextmanager
def _hold(file: Path | None) -> Iterator[None]:
    if file is None:
        yield
        return
    address, port = st.get_option("server.address"), st.get_option("server.port")
    try:
        with instance.hold(file, address=f"http://{address or '127.0.0.1'}:{port}"):
            yield
    except OSError as error:
        raise store.StoreError(
            f"The folder {file.parent} cannot be written: {error.strerror}.",
            "Make it writable, or choose another folder with --data.",
        ) from error


def give_up(error: Exception) -> NoReturn:
    """Say what is wrong and end; the message is for a person, a trace would hide it."""
    sys.stderr.write(f"{error}\n")
    logging.getLogger("uvicorn.error").disabled = True
    raise SystemExit(1)
