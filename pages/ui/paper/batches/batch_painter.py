"""The batch painter: a brush, a figure whose samples are selected with it, and the line of letters
that the address keeps.
"""

import streamlit as st

from curvlib.arrays import Ints
from pages.ui.paper.batches import batch_figures as batching
from pages.ui.state import inputs

FIGURE = "data"


def brush(k: int) -> int:
    """The batch that selected samples are put into."""
    chosen = inputs.choice(
        "Brush: select samples in the figure to put them into batch",
        "brush",
        [str(number) for number in range(1, k + 1)],
    )
    return int(chosen) - 1


def line() -> str:
    """The painted batches as text: a digit or a letter for each sample."""
    return inputs.text(
        "Painted batches",
        "batches",
        "",
        help=(
            "A digit or letter for each sample, from left to right: "
            "0 is the first batch, 1 the second. Painting writes it."
        ),
    )


def paint(found: Ints, batch: int) -> None:
    """Puts the selected samples into a batch; called when a visitor has selected some."""
    samples = [
        place["point_index"]
        for place in st.session_state[f"chart-{FIGURE}"].selection.points
        if place["curve_number"] == 0
    ]
    if samples:
        painted = found.copy()
        painted[samples] = batch
        st.session_state.batches = batching.write(painted)
        st.session_state.split = batching.PAINTED
