"""The first page: a picture to touch, and three ways in."""

from collections.abc import Mapping
from types import MappingProxyType

import streamlit as st

from curvlib import PRESETS, parse
from pages.ui.lessons import lesson_view
from pages.ui.page import experiment, file_names, sections
from pages.ui.page.parts import part
from pages.ui.paper import dragging
from pages.ui.results import cache
from pages.ui.state import inputs, link_values, url

LANDSCAPES: Mapping[str, str] = MappingProxyType(
    {
        "Waves": "paper_ex31",
        "Two wells and a canyon": "three_wells",
        "A curved valley": "rosenbrock_soft",
        "A monkey saddle": "monkey_saddle",
        "A hat": "mexican_hat",
    }
)
"""The choices for the picture: words → the preset."""

EXAMPLES = ("himmelblau", "rosenbrock", "peaks", "dinh_uv", "tanh_neuron", "logistic_reg")
"""Presets that the explorer can be opened with from here."""

PANEL = "picture"
"""The key of the picture."""


NETWORK = """import numpy as np
from curvlib.nets import stochastic

# your loss: here a logistic regression with 50 weights
rng = np.random.default_rng(0)
x, y = rng.standard_normal((200, 50)), rng.integers(0, 2, 200)

def gradient(theta):  # by hand, or from whatever differentiates it
    return x.T @ (1 / (1 + np.exp(-x @ theta)) - y) / len(y) + 0.01 * theta

def product(v, step=1e-5):  # the Hessian times v: by differences, or exactly, from the same
    return (gradient(theta + step * v) - gradient(theta - step * v)) / (2 * step)

theta = 0.1 * rng.standard_normal(50)
found = stochastic.scalar_curvature(product, gradient(theta))
print("S:", found.scalar_curvature, "+-", found.scalar_curvature_error)
print("tr H:", found.hessian_trace, " participation ratio:", found.participation_ratio)
"""
"""The steps for a network of one's own."""


def pass_on() -> None:
    """Sends links to the explorer that have no page in their address on to it;
    its state is read already.
    """
    lesson_view.pass_on()
    if any(key in (*link_values.READERS, "example") or key.startswith(url.PARAMETER) for key in st.query_params):
        st.switch_page(sections.file("explorer"))


@st.fragment
@part()
def picture() -> None:
    """A surface that can be turned, and changed while it is looked at."""
    preset = PRESETS[LANDSCAPES[inputs.choice("Landscape", "landscape", list(LANDSCAPES))]]
    held, colour = dragging.held(PANEL, preset.parameters, f"{preset.name}."), dragging.colour(PANEL)
    expression = parse(preset.text)
    drawn = cache.picture(expression, preset.grid((128, 128)), held.values)
    dragging.surface(
        PANEL, drawn, expression, held, preset.title, colour=colour, file=file_names.of_formula(expression)
    )


def explore() -> None:
    """The first door."""
    _door("Explore")
    st.page_link(sections.file("explorer"), label="Open the explorer")
    st.text("Lessons, each with a question:")
    with st.container(gap=None):
        lesson_view.links()
    st.text("Or begin with one of these:")
    with st.container(gap=None):
        for name in EXAMPLES:
            if st.button(PRESETS[name].title, key=f"open {name}", type="tertiary"):
                _open(PRESETS[name].text)


def read() -> None:
    """The second door: the pages of the paper."""
    _door("Read the paper")
    with st.container(gap=None):
        for page in (*sections.SECTIONS["The paper"], *sections.SECTIONS["Errata"]):
            st.page_link(page.file, label=page.title)


def bring() -> None:
    """The third door: a formula, a grid of numbers, or a network."""
    _door("Bring your own")
    typed = st.text_input(
        "Your loss f(u, v)",
        max_chars=inputs.MAX_FORMULA,
        key="own",
        placeholder="(u v - 1)^2 + a u^2",
        autocomplete="off",
    )
    if st.button("See its curvature", key="see", disabled=not typed.strip()):
        _open(typed)
    st.text("Or a grid of numbers from your own code, as a file:")
    st.page_link(sections.file("grid"), label="Upload a grid")
    st.text("Or a network: train a small one here, or take S of your own, of any size, with the Python library.")
    st.page_link(sections.file("networks"), label="Train a network")
    with st.expander("Your network in Python"):
        st.code(NETWORK, language="python")


def _open(formula: str) -> None:
    """Goes to the explorer with a formula, as if it had been typed there."""
    st.session_state.kept |= {"f": formula} | url.defaults(formula)
    st.switch_page(sections.file("explorer"))


def _door(name: str) -> None:
    st.subheader(name)
    st.markdown(experiment.prose("home").sections[name])
