"""Once a day on a shared installation: take away what has been kept for long enough."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from ccio_skills import settings
from ccio_skills.people import commands

log = logging.getLogger(__name__)
_DAY = 24 * 3600


@contextlib.asynccontextmanager
async def every_day(here: settings.Settings, engine: Engine) -> AsyncIterator[None]:
    """Tidy now and every day until the block ends; nothing on a personal installation."""
    if here.sign_in is None:
        yield
        return
    task = asyncio.create_task(_for_ever(here, engine))
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def _for_ever(here: settings.Settings, engine: Engine) -> None:
    while True:
        await asyncio.to_thread(_tidy, here, engine)
        await asyncio.sleep(_DAY)


def _tidy(here: settings.Settings, engine: Engine) -> None:
    try:
        with Session(engine) as db:
            gone = commands.tidy(
                db,
                accounts=here.keep_accounts_months,
                audit=here.keep_audit_months,
                at=datetime.now(UTC),
            )
    except SQLAlchemyError as error:
        # Tomorrow is another day; the pages say themselves what is wrong with a store.
        log.error("not tidied kind=%s", type(error).__name__)
        return
    log.info(
        "tidied accounts=%s sessions=%s entries=%s", gone.accounts, gone.sessions, gone.entries
    )
