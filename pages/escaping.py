"""Escaping: two wells driven by the same noise, simulated, exact and to first
order (equations 9 and 10).
"""

import streamlit as st

from pages.ui.charts import theme
from pages.ui.page import experiment
from pages.ui.page.frame import show
from pages.ui.page.parts import part
from pages.ui.paper import eigenvalues, escaping_figures as escaping
from pages.ui.state import inputs

experiment.header("escaping", *escaping.STATEMENTS)

with part(st.container(key="controls")):
    left, middle, right = st.columns([4, 4, 4], gap="large")
    with left:
        first = eigenvalues.of_minimum("Eigenvalues of the first well", "first", "3, 1", n=2)
        second = eigenvalues.of_minimum("Eigenvalues of the second well", "second", "2, 2", n=2)
    with middle:
        end = inputs.slider("Up to time", "end", 1.0, 0.1, 10.0, 0.1)
        t = min(inputs.slider("Look at time t", "t", 0.1, 0.0, 10.0, 0.05), end)
    with right:
        n_paths = int(inputs.choice("Paths", "paths", ("200", "1000", "4000"), "1000"))
        seed = inputs.seed()

palette = theme.current()
with part():
    wells = first, second
    race = escaping.race(wells, end, seed, n_paths)
with part():
    show("rises", escaping.rises(race, wells, t, palette), escaping.about_rises(n_paths))
with part():
    st.caption(f"At t = {race[0].times[escaping.step_of(race[0], t)]:.4g}")
    st.dataframe(escaping.at_time(race, wells, t), hide_index=True, alt="Both wells at time t")
for column, which, name in zip(st.columns(2, gap="large"), (0, 1), ("first", "second"), strict=True):
    with part(column):
        show(f"paths-{name}", escaping.paths(wells, which, end, seed, palette), escaping.about_paths(name, end))

with part():
    for name, run in zip(("first", "second"), race, strict=True):
        step = escaping.step_of(run, t)
        label, exact, error = f"Mean rise in the {name} well, simulated", run.exact[step], escaping.error(run, t)
        experiment.check(label, run.simulated[step], exact, by="exact", error=error)
        experiment.printed(f"equation (10) in the {name} well", run.printed[step], exact)
with part():
    experiment.python(escaping.python(wells, end, t, seed, n_paths))
experiment.footer("escaping")
