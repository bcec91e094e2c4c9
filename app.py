"""The page script, and the ASGI application that serves it: ``streamlit run app.py``."""

import gc

import streamlit as st
from streamlit import runtime

if runtime.exists():
    from ccio_skills import shell

    with shell.open_visit() as visit:
        shell.run(visit)
else:
    # What is loaded now stays: to look for garbage in it meanwhile is a tenth of the start.
    gc.disable()
    from ccio_skills import server, shell

    app = st.App(__file__, **server.options(shell.warm_up))
