"""The ASGI entry of the app; `make run` serves it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from pages.ui.page import components, parts


@asynccontextmanager
async def serving(_: st.App) -> AsyncIterator[None]:
    """Makes the components' files known before the first question comes."""
    components.declare()
    yield


app = st.App("pages/main.py", lifespan=serving, on_script_error=parts.broke)
