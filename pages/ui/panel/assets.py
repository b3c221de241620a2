"""The addresses in the browser of Plotly and of the modules from npm: all on our own origin.

plotly.min.js of the package `plotly` is the second source should Streamlit's not be found, and
what the offline HTML is made of. The modules from npm write films.
"""

from pathlib import Path

import streamlit as st

from pages.ui.page.components import ADDRESS, PLOTLY, VENDOR


def plotly_addresses() -> list[str]:
    """The addresses of Plotly, best first, relative to the app's base address:
    the chunk Streamlit itself has, then plotly's own file.
    """
    chunks = sorted((Path(st.__file__).parent / "static" / "static" / "js").glob("PlotlyChart.*.js"))
    return [*(f"static/js/{chunk.name}" for chunk in chunks[:1]), f"{ADDRESS}/{PLOTLY}/plotly.min.js"]


def vendor_address() -> str:
    """The folder of the modules from npm, relative to the app's base address."""
    return f"{ADDRESS}/{VENDOR}"
