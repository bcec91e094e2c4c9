"""A one-page Streamlit app with one chart: what a start costs anyone."""

import altair as alt
import pandas as pd
import sqlmodel  # noqa: F401 - what the app stands on is imported here too
import streamlit as st

if st.runtime.exists():
    st.title("One page")
    frame = pd.DataFrame({"skill": ["a", "b"], "level": [1, 2]})
    st.altair_chart(alt.Chart(frame).mark_bar().encode(x="level", y="skill"))
