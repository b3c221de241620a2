"""What S means: Proposition 2.4 of the paper as an experiment."""

import streamlit as st

from pages.ui import address, cache, experiment, experiment_controls, experiment_figures, prose, theme
from pages.ui.frame import show

st.title("What S means: the area of small balls")
st.markdown(prose.STATEMENT)
st.latex(prose.PROPOSITION)

radius = experiment_controls.radius()
address.show(experiment_controls.state())
trials, bowls, palette = cache.trials(), cache.bowls(), theme.current()

for column, trial in zip(st.columns(4), trials, strict=True):
    with column:
        st.subheader(trial.specimen.title)
        show(f"specimen-{trial.specimen.title}", experiment_figures.specimen(trial, radius, palette), prose.about(trial, radius), still=True)
        if st.button("Open in the explorer", key=f"open-{trial.specimen.title}"):
            experiment_controls.open_in_explorer(trial, radius)

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
