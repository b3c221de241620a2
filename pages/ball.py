"""What S means: Proposition 2.4 of the paper as an experiment."""

import streamlit as st

from pages.ui import address, cache, experiment, experiment_controls, experiment_figures, prose, theme
from pages.ui.frame import show

st.title("What S means: the area of small balls")
st.markdown(prose.STATEMENT)
st.latex(prose.PROPOSITION)

trials, bowls, palette = cache.trials(), cache.bowls(), theme.current()

picture, numbers = st.columns([3, 2], gap="large")
with numbers:
    radius = experiment_controls.radius()
    address.show(experiment_controls.state())
    for trial in trials:
        st.text(prose.about(trial, radius))
    experiment_controls.way_to_explorer(radius)
with picture:
    show("surfaces", experiment_figures.surfaces(trials, radius, palette), prose.SURFACES)

st.table(experiment.table(trials, radius), border="horizontal")
figure, words = st.columns([3, 2], gap="large")
with figure:
    show("ratios", experiment_figures.ratios(trials, radius, palette), prose.RATIOS)
with words:
    st.subheader("What to try")
    st.markdown(prose.TRY)

st.subheader("More than two parameters")
st.markdown(prose.MORE)
st.table(experiment.bowl_table(bowls, radius), border="horizontal")

st.subheader("Limits")
st.markdown(prose.LIMITS)
