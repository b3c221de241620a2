"""The first page: what this is, a picture to touch, three doors."""

import streamlit as st

from pages.ui import home
from pages.ui.page import experiment
from pages.ui.page.parts import part

home.pass_on()

words = experiment.prose("home")
lead, picture = st.columns([2, 5], gap="large")
with lead:
    st.title(words.title)
    st.markdown(words.lead)
with part(picture):
    home.picture()

explore, read, bring = st.columns(3, gap="large", border=True)
with part(explore):
    home.explore()
with part(read):
    home.read()
with part(bring):
    home.bring()
