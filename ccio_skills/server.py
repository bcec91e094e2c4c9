"""What the web server adds to the pages: start-up, a notice for blocked networks, error numbers."""

from __future__ import annotations

import contextlib
import gc
import logging
import secrets
import sys
from collections.abc import AsyncIterator
from importlib import resources
from typing import Any

import streamlit as st
import structlog
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ccio_skills import settings, store

log = structlog.get_logger()


def options() -> dict[str, Any]:
    """Return the arguments of ``st.App``."""
    # Streamlit would log each error with its message, and a message may hold what somebody wrote.
    logging.getLogger("streamlit.error_util").setLevel(logging.CRITICAL)
    # Standard output is Streamlit's banner, which the command line does not show.
    structlog.configure(logger_factory=structlog.WriteLoggerFactory(sys.stderr))
    st.set_option("logger.enableRich", False)
    return {
        "lifespan": _lifespan,
        "middleware": [Middleware(_BlockedNotice)],
        "on_script_error": _report,
    }


@contextlib.asynccontextmanager
async def _lifespan(_app: object) -> AsyncIterator[dict[str, Any]]:
    """Migrate the store and do the slow imports before anyone waits for them."""
    engine = store.open_engine(settings.read().database_url)
    store.upgrade(engine)
    engine.dispose()
    import altair  # noqa: F401
    import pandas  # noqa: F401
    import pyarrow  # noqa: F401

    gc.collect()
    gc.freeze()
    yield {}


def _report(error: Exception) -> bool:
    """Show a reference number and nothing else; log what happened under it."""
    number = secrets.token_hex(2).upper()
    # Only the kind and the place: a message could carry what somebody wrote.
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "unknown"
    log.error("page failed", number=number, kind=type(error).__name__, place=place)
    st.error(
        "Something went wrong on this page. What you saved is safe. "
        f"Reload the page; if it happens twice, quote {number}."
    )
    return True


class _BlockedNotice:
    """Put a notice into the empty page that appears when nothing else does for ten seconds.

    Some networks block the websocket that draws every page. The notice needs no script: it fades in
    by a style rule, and the style sheet of a page that did arrive hides it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.notice = resources.files("ccio_skills.ui").joinpath("blocked.html").read_bytes()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        held: list[Message] = []
        body = b""

        async def add_notice(message: Message) -> None:
            nonlocal body
            if message["type"] == "http.response.start":
                kind = MutableHeaders(raw=message["headers"]).get("content-type", "")
                if kind.startswith("text/html") and scope["method"] != "HEAD":
                    held.append(message)
                    return
            elif held:
                body += message.get("body", b"")
                if message.get("more_body"):
                    return
                body = body.replace(b"</body>", self.notice + b"</body>", 1)
                headers = MutableHeaders(raw=held[0]["headers"])
                headers["content-length"] = str(len(body))
                await send(held[0])
                message = {**message, "body": body}
            await send(message)

        await self.app(scope, receive, add_notice)
