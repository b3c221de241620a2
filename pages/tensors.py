"""Metric and curvature tensors at a point: definitions beside formulas."""

import streamlit as st

from pages.ui import cache, experiment, inputs, readings, symbolic, theme
from pages.ui import paper_tensors as tensors
from pages.ui.frame import show

experiment.header("tensors", *tensors.STATEMENTS)

loss, place = st.columns([5, 2])
with loss:
    expression = inputs.formula("Loss f(u, v)", "f", tensors.WORKED)
with place:
    first, second = st.columns(2, wrap=False)
    with first:
        u = inputs.number("u", "u", 0.0, -1e3, 1e3)
    with second:
        v = inputs.number("v", "v", 0.0, -1e3, 1e3)

at = cache.geometry(expression, (u, v), {})
palette = theme.current()

if at.undefined:
    readings.point(at)
    st.stop()

surface, plane, bend = st.columns([4, 3, 3])
with surface:
    show("patch", *tensors.surface(expression, at, palette))
with plane:
    show("indicatrix", *tensors.indicatrix(at, palette))
with bend:
    show("bending", *tensors.bending(at, palette))

definition, formula = st.columns(2, gap="large")
with definition:
    st.subheader("By definition, from the metric alone")
    st.latex(tensors.by_definition(at))
with formula:
    st.subheader("By the paper's formulas")
    st.latex(tensors.by_formula(at))

sides = tensors.sides(at)
experiment.check("S by formula (4)", sides.S, sides.S_by_definition, 1e-9, "by definition, in exact arithmetic")
experiment.check("R¹₂₁₂ by formula (3), corrected", sides.R, sides.R_by_definition, 1e-9, "by definition")
experiment.check("Twice the product of the extremes of the bending curve", sides.S_of_curvatures, sides.S, 1e-4, "S")
experiment.printed("R¹₂₁₂ by formula (3)", sides.R_as_printed, sides.R_by_definition)
experiment.printed("S by Definitions A.2 and A.3 taken together", sides.S_by_A2, sides.S_by_definition)

st.subheader("In letters")
symbolic.show(expression)
experiment.python(tensors.python(expression, (u, v)))
experiment.footer("tensors")
