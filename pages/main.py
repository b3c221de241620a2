"""What all pages share: the window's title and icon, the style, the state from the address, the way from page to page."""

import streamlit as st

from pages.ui import cache, controls, inputs, sections, theme

st.set_page_config(page_title="Curvature of a loss landscape", page_icon=str(theme.ASSETS / "icon.png"), layout="wide")
cache.warm_up()
theme.dress()
controls.arrive()

page = st.navigation({name: [page.registered() for page in pages] for name, pages in sections.SECTIONS.items()}, position="top")
inputs.forget(page.url_path)
page.run()
