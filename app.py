"""The ASGI entry of the app; `make run` serves it."""

import streamlit as st

app = st.App("pages/main.py")
