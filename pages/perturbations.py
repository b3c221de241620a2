"""Perturbations: S, tr H and tr H² of two minima under the same nudges (Prop. 3.2, (7), (8))."""

import streamlit as st

from curvlib.paper.perturbations import duel
from pages.ui.charts import theme
from pages.ui.page import experiment
from pages.ui.page.frame import show
from pages.ui.page.parts import part
from pages.ui.paper import eigenvalues
from pages.ui.paper.perturbations import counterexamples, perturbation_figures as nudges, remainder
from pages.ui.state import inputs

experiment.header("perturbations", *nudges.STATEMENTS)

with part(st.container(key="controls")):
    left, right, noise = st.columns([4, 4, 3], gap="large")
    with left:
        first = eigenvalues.of_minimum("Eigenvalues of the first minimum", "first", "3, 1")
    with right:
        second = eigenvalues.of_minimum("Eigenvalues of the second minimum", "second", "2, 2", n=len(first))
    with noise:
        size = inputs.slider("Size of the nudges, ε and σ", "size", 0.1, 0.01, 1.0)
        seed = inputs.seed()
counterexamples.offer()

with part():
    pair, found = duel(first, second), nudges.clouds(first, second, size, seed)
palette = theme.current()

with part():
    st.dataframe(nudges.table(pair), hide_index=True, alt="S, tr H, tr H² and the participation ratio of both minima")
    st.markdown(f"**{nudges.verdict(pair)}**")
clouds, spread = st.columns(2, gap="large")
with part(clouds):
    show("directions", nudges.directions(found, palette), nudges.about_directions(found, len(first)))
with part(spread):
    show("noise", nudges.noise(found, palette), nudges.about_noise(found))

with part():
    label, estimate = "S of the first minimum, from 40,000 of its losses alone", nudges.from_losses(first, size, seed)
    S, error = pair.first.scalar_curvature, nudges.error(estimate)
    experiment.check(label, estimate.scalar_curvature, S, by=nudges.BY, error=error)
    experiment.check("Share of the directions within ½ε² max λ", nudges.within(found), 1.0, 0, "must be")

st.subheader("The remainder of (7)")
with part():
    loss = inputs.formula("A loss with its minimum at (0, 0)", "loss", "u^2/2 + u^4")
    if remainder.is_minimum(loss):
        excess = remainder.excess(loss)
        show("remainder", remainder.figure(excess, palette), remainder.about(excess))
    else:
        st.text("The origin is not a minimum of this loss, or its Hessian vanishes there: (7) says nothing about it.")
with part():
    experiment.python(nudges.python(first, second, size, seed))
experiment.footer("perturbations")
