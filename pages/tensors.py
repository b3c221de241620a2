"""Metric and curvature tensors at a point: definitions beside formulas."""

import streamlit as st

from pages.ui import cache, experiment, inputs, readings, symbolic, tensor_lights, theme
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

sides = tensor_lights.sides(at)
for light in tensor_lights.checks(sides):
    experiment.check(*light)
for light_of_print in tensor_lights.prints(sides):
    experiment.printed(*light_of_print)

st.subheader("In letters")
symbolic.show(expression)
experiment.python(tensors.python(expression, (u, v)))
experiment.footer("tensors")
