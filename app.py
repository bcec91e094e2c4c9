"""The page script, and the ASGI application that serves it: ``streamlit run app.py``."""

import streamlit as st
from streamlit import runtime

if runtime.exists():
    from ccio_skills import shell

    with shell.open_visit() as visit:
        shell.run(visit)
else:
    from ccio_skills import server, shell

    app = st.App(__file__, **server.options(shell.warm_up))
