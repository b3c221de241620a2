"""Where the browser finds the panel's modules and Plotly: all on our own origin.

Streamlit serves the assets of components that an installed package declares. The app is no package, so it declares them itself, in each
runtime once. `plotly` gets an entry of the same kind: its own plotly.min.js is the second source should Streamlit's not be found, and what the
offline HTML is made of.
"""

from pathlib import Path

import plotly
import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

HERE = Path(__file__).parent
NAME = "curvlib.panel"
BUNDLE = "curvlib-plotly.bundle"


def declare() -> None:
    """Makes the folders known to the running server; does nothing the second time."""
    manager = get_bidi_component_manager()
    for name, root, folder in ((NAME, HERE, "assets"), (BUNDLE, Path(plotly.__file__).parent, "package_data")):
        if manager.get_component_asset_root(name) is None:
            package, component = name.split(".")
            manager.register_from_manifest(ComponentManifest(package, "0", [ComponentConfig(component, folder)]), root)


def plotly_addresses() -> list[str]:
    """Where to look for Plotly, best first, relative to the app's base address: the chunk Streamlit itself has, then plotly's own file."""
    chunks = sorted((Path(st.__file__).parent / "static" / "static" / "js").glob("PlotlyChart.*.js"))
    return [*(f"static/js/{chunk.name}" for chunk in chunks[:1]), f"_stcore/bidi-components/{BUNDLE}/plotly.min.js"]
