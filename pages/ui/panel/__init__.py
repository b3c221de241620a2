"""The live panel: the surface and its maps as one instrument that the browser redraws while a
slider is dragged.
"""

from pages.ui.panel.exchange import Overlay, PanelState, Slider, fan, overlays_of
from pages.ui.panel.live_panel import panel, state
from pages.ui.panel.message import pack, unpack

__all__ = ["Overlay", "PanelState", "Slider", "fan", "overlays_of", "pack", "panel", "state", "unpack"]
