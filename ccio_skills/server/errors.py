"""What a person sees, and what is logged, when a page fails."""

from __future__ import annotations

import logging
import secrets

import streamlit as st

from ccio_skills import settings, store, ui
from ccio_skills.people import rules

log = logging.getLogger(__name__)
_SAID_IN_WORDS = (rules.NotAllowedError, ui.SignedOutError)


def report(error: Exception) -> bool:
    """Show what is wrong with the store, or else a reference number; log the kind and place."""
    trouble = store.explain(error, where=store.name_of(settings.read().database_url))
    number = secrets.token_hex(2).upper()
    # Only the kind and the place: a message could carry what somebody wrote.
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "unknown"
    log.error("page failed number=%s kind=%s place=%s", number, type(error).__name__, place)
    if isinstance(error, _SAID_IN_WORDS):
        # A role or a sign-in may end between two lines of a page.
        st.error(str(error))
        return True
    if trouble:
        st.error(f"**Nothing was saved just now.** {trouble.what} {trouble.remedy}")
        return True
    st.error(
        "Something went wrong on this page. What you saved is safe. "
        f"Reload the page; if it happens twice, quote {number}."
    )
    return True
