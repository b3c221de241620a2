"""The addresses of our components' files in the browser: on our own origin, as packaged assets.

Streamlit serves the assets of components that installed packages declare. The app is not a package,
so it declares its own, in each runtime once.
"""

from pathlib import Path

from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest


def declare(name: str, root: Path, folder: str = "assets") -> None:
    """Makes a folder known to the running server under a name such as "curvlib.panel";
    does nothing the second time.
    """
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(name) is None:
        package, component = name.split(".")
        manager.register_from_manifest(ComponentManifest(package, "0", [ComponentConfig(component, folder)]), root)
