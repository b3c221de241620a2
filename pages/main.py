"""What all pages share: the window's title and icon, the style, the state from the address, the way from page to page."""

import streamlit as st

from pages.ui import cache, controls, theme

st.set_page_config(page_title="Curvature of a loss landscape", page_icon=str(theme.ASSETS / "icon.png"), layout="wide")
cache.warm_up()
theme.dress()
controls.arrive()

pages = [st.Page("explorer.py", title="Explorer", default=True)]
st.navigation(pages, position="top").run()
