"""What the web server adds to the pages: start-up, guards, sign-in, health, error numbers."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from ccio_skills import settings
from ccio_skills.server import errors, guards, health, signing_in, starting
from ccio_skills.server.notice import BlockedNotice


def options(warm_up: Callable[[], None]) -> dict[str, Any]:
    """Return the arguments of ``st.App``.

    Args:
        warm_up: Loads what every visit needs, the content above all; called once at the start.
    """
    # Streamlit would log each error with its message, and a message may hold what somebody wrote.
    logging.getLogger("streamlit.error_util").setLevel(logging.CRITICAL)
    _log_to_stderr()
    st.set_option("logger.enableRich", False)
    try:
        sign_in = settings.read().sign_in
    except settings.SettingsError as error:
        starting.give_up(error)
    return {
        "lifespan": starting.lifespan(warm_up),
        "routes": [*health.routes(warm_up), *signing_in.routes(sign_in)],
        "middleware": [
            signing_in.way_back(sign_in) if sign_in else Middleware(guards.OnlyThisComputer),
            Middleware(guards.SameOrigin),
            Middleware(guards.Headers),
            Middleware(guards.ClosedRoutes),
            Middleware(guards.Messages),
            Middleware(BlockedNotice),
        ],
        "secrets": signing_in.secrets(sign_in),
        "on_script_error": errors.report,
    }


def _log_to_stderr() -> None:
    """Write what our code logs where it is read: standard output is Streamlit's hidden banner."""
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.getLogger("ccio_skills").handlers = [lines]
