"""The app with one page more, which is empty: what the shell costs with nothing of ours in it.

Started as the app is: ``streamlit run benchmarks/floor.py`` in the root of the checkout.
"""

import gc
import sys
from pathlib import Path

import streamlit as st
from streamlit import runtime

sys.path.insert(0, str(Path(__file__).parent.parent))

if not runtime.exists():
    gc.disable()

from ccio_skills import shell
from ccio_skills.ui import Page, Visit

TITLE = "Nothing here"


def show(_visit: Visit) -> None:
    """Draw one heading."""
    st.title(TITLE, anchor=False)


if runtime.exists():
    with shell.open_visit() as visit:
        shell.run(visit, every=[*shell.pages(), Page("floor", TITLE, show, is_in_menu=False)])
else:
    from ccio_skills import server

    app = st.App(__file__, **server.options(shell.warm_up))
