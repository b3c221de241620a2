"""The first page: what this is, a picture to touch, three doors."""

import streamlit as st

from pages.ui import doors, experiment
from pages.ui.parts import part

doors.pass_on()

words = experiment.prose("home")
lead, picture = st.columns([2, 5], gap="large")
with lead:
    st.title(words.title)
    st.markdown(words.lead)
with part(picture):
    doors.picture()

explore, read, bring = st.columns(3, gap="large", border=True)
with part(explore):
    doors.explore()
with part(read):
    doors.read()
with part(bring):
    doors.bring()
