"""The folders whose files a browser may fetch: our components', Plotly's and those from npm.

Streamlit serves the assets of components that installed packages declare. The app is not a package,
so it declares its own. The server does it before it answers anybody (app.py): a page that an
earlier server began, or another one behind the same address, asks for the rest of its files before
its script has run here.
"""

from pathlib import Path

import plotly
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from pages.ui.charts.theme import ASSETS

ADDRESS = "_stcore/bidi-components"
"""The path that Streamlit serves them below, relative to the app's base address."""

PANEL = "curvlib.panel"
FORMULA_BOX = "curvlib-formula.box"
PLOTLY = "curvlib-plotly.bundle"
VENDOR = "curvlib-vendor.modules"

FOLDERS = {
    PANEL: (ASSETS, "panel"),
    FORMULA_BOX: (ASSETS, "formula_box"),
    PLOTLY: (Path(plotly.__file__).parent, "package_data"),
    VENDOR: (ASSETS, "vendor"),
}
"""A root and a folder below it for each name."""


def declare() -> None:
    """Makes the folders known to the running server; does nothing the second time."""
    manager = get_bidi_component_manager()
    for name, (root, folder) in FOLDERS.items():
        if manager.get_component_asset_root(name) is None:
            package, component = name.split(".")
            manager.register_from_manifest(ComponentManifest(package, "0", [ComponentConfig(component, folder)]), root)
