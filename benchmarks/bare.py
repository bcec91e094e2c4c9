"""A bare Streamlit page, served with the same options: what Streamlit itself costs."""

import sys
from pathlib import Path

import streamlit as st
from streamlit import runtime

sys.path.insert(0, str(Path(__file__).parent.parent))

if runtime.exists():
    st.title("Bare")
else:
    from ccio_skills import server

    app = st.App(__file__, **server.options(lambda: None))
