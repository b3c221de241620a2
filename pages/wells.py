"""Figure 1: two wells and a canyon under the same random walks."""

import streamlit as st

from pages.ui.charts import theme
from pages.ui.page import experiment
from pages.ui.page.frame import show
from pages.ui.page.parts import part
from pages.ui.paper import dragging, wells_figures as wells
from pages.ui.state import inputs

KEY = "wells"

experiment.header("wells", *wells.STATEMENTS)

with part(st.container(key="controls")):
    walks, number, chance = st.columns(3, gap="large")
    with walks:
        scale = inputs.slider("Size σ of the walk", "scale", 0.3, 0.05, 2.0)
    with number:
        n_paths = int(inputs.slider("Number of walks", "paths", 1000, 100, wells.MOST_PATHS, 100))
    with chance:
        seed = inputs.seed()
    canyon = inputs.switch("With the canyon", "canyon", True)

with part():
    held = dragging.held(KEY, wells.ranges(canyon), labels=wells.LABELS)
    done = wells.walk(held.values, scale, n_paths, seed)
palette = theme.current()

with part():
    dragging.surface(KEY, wells.picture(done), done.loss, held, "Two wells", overlays=wells.over(done))
    st.caption(wells.about_landscape(done))
left, right = st.columns(2, gap="large")
with part(left):
    show("traces", *wells.traces(done, palette))
with part(right):
    show("histograms", *wells.histograms(done, palette))
with part():
    st.dataframe(wells.table(done), hide_index=True, alt="The wells and what happened in them")

with part():
    for name, well in done.wells.items():
        expected, error = wells.expected(done, name), 4 * well.mean_rise_error
        experiment.check(f"Mean rise in the {name}", well.mean_rise, expected, by="exact", error=error)
    name, well = next(iter(done.wells.items()))
    by_definition = wells.curvature_by_definition(done, name)
    experiment.check(f"S at the bottom of the {name}", well.scalar_curvature, by_definition, 1e-9, "by definition")
with part():
    experiment.python(wells.python(done, seed))
experiment.footer("wells")
