"""The section of the networks page about the stored study:
its controls, and seeds that are marked in one figure and shown in all.
"""

import streamlit as st

from pages.ui.charts.theme import Palette
from pages.ui.page import experiment
from pages.ui.page.frame import show
from pages.ui.paper.networks import seed_figures as seeds
from pages.ui.state import inputs

MOST_MARKED = 12


def section(palette: Palette) -> None:
    """A hundred seeds: who predicts fragility, the pair that contradicts, how long to train, and
    the well-posed variant.
    """
    st.header("A hundred seeds")
    st.markdown(experiment.prose("networks").sections["A hundred seeds"])
    with st.container(horizontal=True, gap="large", vertical_alignment="bottom"):
        study = seeds.studies()[seeds.STUDIES[inputs.pick("Study", "study", list(seeds.STUDIES))]]
        outcome = inputs.choice("Fragility", "fragility", list(seeds.OUTCOMES))
        marked = [
            int(value)
            for value in inputs.numbers("Marked seeds; selecting dots marks them", "marked", "99, 44", MOST_MARKED)
        ]
    for column, predictor in zip(st.columns(3), seeds.PREDICTORS, strict=True):
        with column:
            name = f"seeds-{list(seeds.PREDICTORS).index(predictor)}"
            figure = seeds.scatter(study, predictor, outcome, marked, palette)
            show(name, figure, seeds.about_scatter(study, predictor, outcome), lambda name=name: _mark(name))  # type: ignore[misc]
    st.dataframe(seeds.correlations(study), hide_index=True, alt="Rank correlations with 95 % intervals")
    st.markdown(seeds.reading(study))
    st.caption("The pair that contradicts: seed 99 has the smaller S, and is the more fragile in mean and in spread.")
    st.dataframe(seeds.counterexample(study), hide_index=True, alt="Seeds 99 and 44")
    long, posed = st.columns(2, gap="large")
    with long:
        show("lengths", seeds.lengths(marked, palette), seeds.about_lengths())
    with posed:
        show("well-posed", seeds.well_posed(palette), seeds.about_well_posed())


def _mark(name: str) -> None:
    """Marks the seeds that a visitor selected in one of the figures."""
    chosen = [
        int(place["customdata"])
        for place in st.session_state[f"chart-{name}"].selection.points
        if place["curve_number"] == 0
    ]
    if chosen:
        st.session_state.marked = ", ".join(map(str, chosen[:MOST_MARKED]))
