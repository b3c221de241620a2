"""The ASGI entry of the app; `make run` serves it."""

import streamlit as st

from pages.ui.page import parts

app = st.App("pages/main.py", on_script_error=parts.broke)
