"""Metric and curvature tensors at a point: definitions compared with formulas."""

import streamlit as st

from pages.ui.charts import theme
from pages.ui.landscape import readings
from pages.ui.page import experiment
from pages.ui.page.frame import show
from pages.ui.page.parts import part
from pages.ui.paper.tensors import tensor_lights, tensor_tables as tensors, tensors_in_letters
from pages.ui.results import cache
from pages.ui.state import inputs

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
palette = theme.current()
with part():
    at = cache.geometry(expression, (u, v), {})
    if at.undefined:
        readings.trouble(at)
        st.stop()

surface, plane, bend = st.columns([4, 3, 3])
with part(surface):
    tensors.surface(expression, at)
with part(plane):
    show("indicatrix", *tensors.indicatrix(at, palette))
with part(bend):
    show("bending", *tensors.bending(at, palette))

definition, formula = st.columns(2, gap="large")
with part(definition):
    st.subheader("By definition, from the metric alone")
    st.latex(tensors.by_definition(at))
with part(formula):
    st.subheader("By the paper's formulas")
    st.latex(tensors.by_formula(at))

with part():
    sides = tensor_lights.sides(at)
    for light in tensor_lights.checks(sides):
        experiment.check(*light)
    for light_of_print in tensor_lights.prints(sides):
        experiment.printed(*light_of_print)

st.subheader("In letters")
with part():
    tensors_in_letters.show(expression)
with part():
    experiment.python(tensors.python(expression, (u, v)))
experiment.footer("tensors")
