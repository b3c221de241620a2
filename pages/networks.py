"""Networks: Figure 4 live, two small nets trained, measured and shaken; a hundred seeds."""

import streamlit as st

from curvlib.nets import ACTIVATIONS
from curvlib.nets.training_job import Task
from pages.ui.charts import theme
from pages.ui.page import experiment
from pages.ui.page.frame import show
from pages.ui.page.parts import part
from pages.ui.paper.networks import network_figures as networks, seed_study, training_button
from pages.ui.state import inputs

experiment.header("networks", *networks.STATEMENTS)

with part(st.container(key="controls")):
    left, middle, right = st.columns(3, gap="large")
    with left:
        widths = networks.WIDTHS[inputs.pick("Network", "network", list(networks.WIDTHS))]
        activation = inputs.choice("Activation", "activation", list(ACTIVATIONS))
        seeds = inputs.numbers("Seeds of the two starts", "seeds", "107, 22", 2, 999_999, least=2)
    with middle:
        steps = int(inputs.choice("Steps of Adam", "steps", ("1000", "3000", "6000"), "3000"))
        rate = float(inputs.choice("Learning rate", "rate", ("0.003", "0.01", "0.03"), "0.01"))
        decay = float(inputs.choice("Weight decay", "decay", ("0", "0.001", "0.01")))
    with right:
        sigma = inputs.slider("σ, noise on each weight", "sigma", 0.1, 0.01, 0.5)
        seed = inputs.seed("seed", 1)
        polished = inputs.switch("Finish by Newton's method (needs weight decay)", "polish") and decay > 0
with part():
    task = Task(widths, activation, (abs(int(seeds[0])), abs(int(seeds[1]))), steps, rate, decay, polished)
    training_button.panel(task)
palette = theme.current()

with part():
    trained = training_button.finished(task)
    if trained:
        found = networks.landscape(task, trained, sigma, seed)
        for which, column in enumerate(st.columns(2, gap="large")):
            with part(column):
                show(f"fits-{which}", networks.fits(found, which, palette), networks.about_fits(found, which))
        st.dataframe(networks.table(found), hide_index=True, height="content", alt="What was measured of both networks")
        label, by = f"S of {found.names[0]}, exact Hessian", "by differences of gradients"
        S, by_differences = found.geometry.scalar_curvature[0], networks.curvature_by_differences(found)
        experiment.check(label, S, by_differences, 1e-5, by)
        for column, name in zip(st.columns(3), ("rises", "spectra", "losses"), strict=True):
            with part(column):
                show(name, getattr(networks, name)(found, palette), getattr(networks, f"about_{name}")(found))
    else:
        st.text("These networks have not been trained yet.")

with part():
    seed_study.section(palette)
with part():
    experiment.python(networks.python(task, sigma, seed))
experiment.footer("networks")
