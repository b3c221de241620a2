"""What S means: Proposition 2.4 of the paper as an experiment."""

import streamlit as st

from pages.ui import address, cache, experiment, prose, theme, trial, trial_controls, trial_figures
from pages.ui.frame import show
from pages.ui.parts import part

st.title("What S means: the area of small balls")
st.markdown(prose.STATEMENT)
st.latex(prose.PROPOSITION)

with part():
    trials, bowls, palette = cache.trials(), cache.bowls(), theme.current()

picture, numbers = st.columns([3, 2], gap="large")
with part(numbers):
    radius = trial_controls.radius()
    address.show(trial_controls.state())
    for one in trials:
        st.text(prose.about(one, radius))
    trial_controls.way_to_explorer(radius)
with part(picture):
    show("surfaces", trial_figures.surfaces(trials, radius, palette), prose.SURFACES)

with part():
    st.table(trial.table(trials, radius), border="horizontal")
    experiment.check("Ratio on the sphere, measured", *trial.sphere_ratios(trials, radius), by="closed form 2 (1 − cos r)/r²")
figure, words = st.columns([3, 2], gap="large")
with part(figure):
    show("ratios", trial_figures.ratios(trials, radius, palette), prose.RATIOS)
with words:
    st.subheader("What to try")
    st.markdown(prose.TRY)

st.subheader("More than two parameters")
st.markdown(prose.MORE)
with part():
    st.table(trial.bowl_table(bowls, radius), border="horizontal")
    experiment.check("The constant at q = 3, from a ball of radius 0.01", *trial.constant(bowls, 3), 1e-3, "6 (q + 2)")
with part():
    experiment.python(trial.python(radius))

st.subheader("Limits")
st.markdown(prose.LIMITS)
