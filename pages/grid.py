"""A grid of losses from a file: its curvature, with errors."""

import streamlit as st

from pages.ui.charts import theme
from pages.ui.explorer import own_grid
from pages.ui.landscape import readings
from pages.ui.page import experiment
from pages.ui.page.parts import part
from pages.ui.panel import panel, state
from pages.ui.state import inputs

KEY = "grid-panel"

words = experiment.prose("grid")
st.title(words.title)
lead, chosen = st.columns([6, 5], gap="large")
with lead, st.container(key="lead"):
    st.markdown(words.lead)
with part(chosen):
    samples = own_grid.samples()

with part(st.container(horizontal=True, gap="large", key="controls", vertical_alignment="bottom")):
    grid = own_grid.window(samples)
    width = own_grid.half_width(samples)
    certain = inputs.switch("Only where the sign of S is certain", "certain")

with part():
    found = own_grid.curvature(samples, grid, width)
with part():
    picture = own_grid.picture(found, grid, certain)
    panel(picture, key=KEY, point=state(KEY).point, palette=theme.current(), title=words.title)

with part():
    st.caption(readings.about_gaps(picture.fields))
    st.text(own_grid.told(found))
with part():
    own_grid.at_point(found, grid, state(KEY).point)
with part():
    own_grid.against_truth(found, samples)
with part():
    own_grid.offer(found, grid)
    experiment.python(own_grid.python(found, samples, grid))
experiment.footer("grid")
