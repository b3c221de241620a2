"""The meaning of S: Proposition 2.4 of the paper as an experiment."""

import streamlit as st

from pages.ui.charts import theme
from pages.ui.page import experiment
from pages.ui.page.frame import show
from pages.ui.page.parts import part
from pages.ui.paper.ball import ball_prose, specimen_controls, specimen_figures, specimens
from pages.ui.state import address

st.title("What S means: the area of small balls")
st.markdown(ball_prose.STATEMENT)
st.latex(ball_prose.PROPOSITION)

with part():
    trials, bowls, palette = specimens.trials(), specimens.bowls(), theme.current()

picture, numbers = st.columns([3, 2], gap="large")
with part(numbers):
    radius = specimen_controls.radius()
    address.show(specimen_controls.state())
    for one in trials:
        st.text(ball_prose.about(one, radius))
    specimen_controls.way_to_explorer(radius)
with part(picture):
    show("surfaces", specimen_figures.surfaces(trials, radius, palette), ball_prose.SURFACES)

with part():
    st.table(specimens.table(trials, radius), border="horizontal")
    experiment.check(
        "Ratio on the sphere, measured", *specimens.sphere_ratios(trials, radius), by="closed form 2 (1 − cos r)/r²"
    )
figure, words = st.columns([3, 2], gap="large")
with part(figure):
    show("ratios", specimen_figures.ratios(trials, radius, palette), ball_prose.RATIOS)
with words:
    st.subheader("What to try")
    st.markdown(ball_prose.TRY)

st.subheader("More than two parameters")
st.markdown(ball_prose.MORE)
with part():
    st.table(specimens.bowl_table(bowls, radius), border="horizontal")
    experiment.check(
        "The constant at q = 3, from a ball of radius 0.01", *specimens.constant(bowls, 3), 1e-3, "6 (q + 2)"
    )
with part():
    experiment.python(specimens.python(radius))

st.subheader("Limits")
st.markdown(ball_prose.LIMITS)
