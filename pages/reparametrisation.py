"""Section 3.3: a loss before and after a change of coordinates."""

import streamlit as st

from curvlib import CurvlibError
from curvlib.paper import reparametrisation
from pages.ui.charts import theme
from pages.ui.page import experiment, messages
from pages.ui.page.frame import show
from pages.ui.page.parts import part
from pages.ui.paper import reparametrisation_figures as paper
from pages.ui.state import inputs

experiment.header("reparametrisation", *paper.STATEMENTS)
loss, kind, coloured = st.columns([4, 2, 3], vertical_alignment="bottom")
with loss:
    f = inputs.formula("Loss f(u, v)", "f", "(u^2 - 1)^2 + v^2")
with kind:
    phi_name = inputs.pick("Map φ", "phi", list(paper.SETTINGS))
with coloured:
    measure = inputs.choice("Maps of", "measure", list(paper.MEASURES))
with part(st.container(horizontal=True, gap="large", key="controls")):
    settings = [inputs.slider(*setting) for setting in paper.SETTINGS[phi_name]]
    if phi_name == "typed":
        first = inputs.formula("First component", "phi_u", "u + v^2/4", known=[f])
        second = inputs.formula("Second component", "phi_v", "v", known=[f, first])
    u = inputs.slider("Point x: u", "u", 0.8, -2.0, 2.0)
    v = inputs.slider("Point x: v", "v", 0.3, -2.0, 2.0)
with part():
    jacobian = paper.matrix(phi_name, settings)
    phi = paper.Reparametrisation(first, second) if jacobian is None else reparametrisation.linear(jacobian)
    try:
        shown = paper.bench(f, phi, (u, v))
    except CurvlibError as error:
        messages.mistake(error)
        st.stop()

with part():
    st.latex(paper.in_letters(phi, jacobian))
    for column, drawn in zip(st.columns(2, gap="large"), paper.maps(shown, measure, theme.current()), strict=True):
        with part(column):
            show(*drawn)
with part():
    st.dataframe(paper.table(shown), hide_index=True, alt="The loss, S and tr H at corresponding points")
    S, composed_S = float(shown.at.scalar_curvature), float(shown.at.composed_scalar_curvature)
    by, by_formula = "by definition, from the formula of f∘φ", shown.curvature_of_the_formula()
    experiment.check("S of f∘φ at x, by the chain rule of §3.3", composed_S, by_formula, 1e-9, by, shown.error)
    if jacobian is not None and reparametrisation.is_isometry(jacobian):
        experiment.check("φ is an isometry: S of f∘φ at x", composed_S, S, 1e-9, "S of f at φ(x)", shown.error)

st.subheader("Where the printed formula fails: three parameters")
with part():
    amount = inputs.slider("Amount of the shear of three parameters", "amount", 1.0, -2.0, 2.0)
    show("shears", *paper.shears(amount, theme.current()))
    right, printed = paper.three_parameters(amount)
    experiment.check("S with traces", right, paper.by_eigenvalues(amount), 1e-9, "from the eigenvalues of JᵀHJ")
    experiment.printed("S after the shear", printed, right)
with part():
    experiment.python(paper.python(shown))
experiment.footer("reparametrisation")
