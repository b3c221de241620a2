"""The frame of all pages: the window's title and icon, the style, the state from the address, the
way from page to page.
"""

import streamlit as st

from pages.ui.charts import theme
from pages.ui.explorer import single_view
from pages.ui.page import components, sections
from pages.ui.page.parts import part
from pages.ui.results import cache
from pages.ui.state import controls, inputs

st.set_page_config(page_title="Curvature of a loss landscape", page_icon=str(theme.ASSETS / "icon.png"), layout="wide")
cache.warm_up()
components.declare()
theme.dress()
controls.arrive()

pages = {name: [page.registered() for page in pages] for name, pages in sections.SECTIONS.items()}
page = st.navigation(pages, position="hidden" if single_view.asked() else "top")
inputs.forget(page.url_path)
with part():
    page.run()
