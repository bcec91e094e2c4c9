"""Two questions a machine may ask: is it alive, and is it ready for people?"""

from __future__ import annotations

import logging
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from ccio_skills import settings, store
from ccio_skills.server import starting

log = logging.getLogger(__name__)


def routes(warm_up: Callable[[], None]) -> list[Route]:
    """Return ``/healthz`` and ``/readyz``.

    Args:
        warm_up: Loads the content; returns at once when it is loaded.
    """

    def ready(_request: Request) -> JSONResponse:
        parts = {"content": _works(warm_up), "store": _works(_check_store)}
        is_ready = all(parts.values())
        return JSONResponse({"ready": is_ready, **parts}, 200 if is_ready else 503)

    return [Route("/healthz", _alive), Route("/readyz", ready)]


async def _alive(_request: Request) -> JSONResponse:
    return JSONResponse({"alive": True})


def _check_store() -> None:
    url = settings.read().database_url
    if not store.is_current(starting.engine(url)):
        raise store.StoreError("The store has another shape.", "Start this version again.")


def _works(part: Callable[[], None]) -> bool:
    try:
        part()
    except Exception as error:
        # What is wrong is for the log only: the answer goes to anyone who asks.
        log.error("not ready part=%s kind=%s", part.__name__, type(error).__name__)
        return False
    return True
