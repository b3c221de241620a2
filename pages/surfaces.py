"""Figure 5: a gallery of surfaces, their curvature and its total."""

import streamlit as st

from curvlib.paper.surfaces import SURFACES
from pages.ui.charts import theme
from pages.ui.page import experiment
from pages.ui.page.frame import show
from pages.ui.page.parts import part
from pages.ui.paper.surfaces import gallery, surface_figures as surfaces
from pages.ui.state import inputs

experiment.header("surfaces", *surfaces.STATEMENTS)

with part(st.container(horizontal=True, gap="large", key="controls", vertical_alignment="bottom")):
    name = inputs.pick("Surface", "surface", list(SURFACES), "torus")
    surface = SURFACES[name]
    values = {
        key: inputs.slider(key, key, ends.default, ends.low, ends.high) for key, ends in surface.parameters.items()
    }

palette = theme.current()

space, sums = st.columns([3, 2], gap="large")
with part(space):
    show("surface", *surfaces.large(surface, values, palette))
with part(sums):
    st.latex(surface.latex)
    show("total", *surfaces.running_total(surface, values, palette))

with part():
    by_derivatives, closed = surfaces.closed_form(surface, values)
    experiment.check(
        "S by differentiation, where it is furthest from the closed form",
        by_derivatives,
        closed,
        1e-6,
        "closed form",
        error=surfaces.ERROR,
    )
    if surface.euler_characteristic is not None:
        total = surfaces.total(surface, values)
        experiment.check(
            "∫S dA / π", total, 4 * surface.euler_characteristic, 1e-6, "4χ by Gauss–Bonnet", error=surfaces.ERROR
        )

st.subheader("The gallery")
with part():
    gallery.grid(palette)
with part():
    experiment.python(surfaces.python(name, values))
experiment.footer("surfaces")
