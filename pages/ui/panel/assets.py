"""The addresses of the panel's modules and of Plotly in the browser: all on our own origin.

`plotly` gets an entry of the same kind: its own plotly.min.js is the second source should
Streamlit's not be found, and what the offline HTML is made of. So do the modules from npm, which
write films.
"""

from pathlib import Path

import plotly
import streamlit as st

from pages.ui.charts.theme import ASSETS
from pages.ui.page import components

NAME = "curvlib.panel"
BUNDLE = "curvlib-plotly.bundle"
VENDOR = "curvlib-vendor.modules"
ADDRESS = "_stcore/bidi-components"


def declare() -> None:
    """Makes the folders known to the running server; does nothing the second time."""
    components.declare(NAME, ASSETS, "panel")
    components.declare(BUNDLE, Path(plotly.__file__).parent, "package_data")
    components.declare(VENDOR, ASSETS, "vendor")


def plotly_addresses() -> list[str]:
    """The addresses of Plotly, best first, relative to the app's base address:
    the chunk Streamlit itself has, then plotly's own file.
    """
    chunks = sorted((Path(st.__file__).parent / "static" / "static" / "js").glob("PlotlyChart.*.js"))
    return [*(f"static/js/{chunk.name}" for chunk in chunks[:1]), f"{ADDRESS}/{BUNDLE}/plotly.min.js"]


def vendor_address() -> str:
    """The folder of the modules from npm, relative to the app's base address."""
    return f"{ADDRESS}/{VENDOR}"
