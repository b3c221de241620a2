"""S as a function of the eigenvalues of a Hessian, and its share of tr(H)²."""

import streamlit as st

from curvlib.curvature import spectra
from pages.ui.charts import theme
from pages.ui.page import experiment
from pages.ui.page.frame import show
from pages.ui.page.parts import part
from pages.ui.paper import eigenvalues, spectrum_figures as spectrum
from pages.ui.state import inputs

experiment.header("spectrum", *spectrum.STATEMENTS)

with st.container(horizontal=True, gap="small", key="examples"):
    for name, example in spectrum.EXAMPLES.items():
        st.button(name, on_click=inputs.put, args=("eigenvalues", example))
with part():
    values = eigenvalues.of_hessian("eigenvalues", "3, 3, -1")

    found = spectra.spectrum(values)
    error = 1e-12 * (found.trace**2 + found.square_trace)
palette = theme.current()

pairs, sums, cone = st.columns([3, 4, 4])
with part(pairs):
    show("pairs", *spectrum.pairs(values, palette))
with part(sums):
    show("sums", *spectrum.sums(found, palette))
with part(cone):
    show("cone", *spectrum.cone(values, palette))

with part():
    S, turned = found.scalar_curvature, spectrum.turned(values)
    experiment.check("S, summed over pairs", S, turned, 1e-9, "from a turned Hessian by (5)", error)
    if found.participation_ratio > 0:
        experiment.check("tr(H)² (1 − 1/PR)", spectrum.by_participation(found), S, 1e-9, "S", error)
    experiment.printed(f"the norm form at this {found.kind}", found.norm_form, S, error=error)

st.subheader("Proposition 3.3: a spectrum designer")
with part(st.container(horizontal=True, gap="large", key="controls")):
    family = inputs.choice("Family", "family", list(spectra.SPECTRA))
    exponent = inputs.slider("Exponent of the power law", "exponent", 2.0, 1.1, 4.0, 0.1)
    q = inputs.slider("Number of parameters q, for the check", "q", 1000, 2, 10_000, 1)
with part():
    show("families", *spectrum.families(family, exponent, palette))
    experiment.check(
        f"S/tr(H)² at q = {q:,}, {family}", *spectrum.share(family, exponent, int(q)), 1e-9, "in closed form"
    )
with part():
    experiment.python(spectrum.python(values))
experiment.footer("spectrum")
