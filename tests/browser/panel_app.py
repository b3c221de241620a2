"""A page with nothing but the live panel, for its tests and its benchmark;
what to show comes from the address.
"""

import numpy as np
import streamlit as st

from curvlib import PRESETS, parse
from pages.ui.page import components
from pages.ui.panel import Overlay, Slider, fan, overlays_of, panel, state
from pages.ui.results import cache

st.set_page_config("Panel", layout="wide")
components.declare()
asked = st.query_params
preset = PRESETS[asked.get("preset", "paper_ex31")]
side = int(asked.get("n", "128"))


@st.fragment
def shown(key: str) -> None:
    was = state(key)
    expression = parse(preset.text)
    values = {
        **expression.defaults,
        **preset.defaults,
        **{name: x for name, x in was.values.items() if name in expression.parameters},
    }
    grid = preset.grid((side, side))
    picture = cache.picture(expression, grid, values)
    sliders = [Slider(name, limits.low, limits.high, values[name]) for name, limits in preset.parameters.items()]
    overlays = overlays_of(picture)
    if was.point:
        radius = was.values.get("radius", 0.5)
        width, depth = np.ptp(grid.u_range), np.ptp(grid.v_range)
        turn = np.linspace(0, 2 * np.pi, 64, endpoint=False)
        ray = np.stack([width * np.cos(turn), depth * np.sin(turn)], axis=-1) / 4
        radii = np.linspace(0.01, 1, 12)
        sliders.append(Slider("radius", 0.01, 1, radius, "r"))
        overlays.append(fan("geodesic ball", [np.array(was.point) + r * ray for r in radii], radii, "radius"))
        t = np.linspace(0, 1, 40)[:, None]
        middle = np.array([np.mean(grid.u_range), np.mean(grid.v_range)])
        overlays.append(
            Overlay("path", (1 - t) * np.array(was.point) + t * middle, "line", "path", values=np.linspace(-1, 1, 40))
        )
    views = asked.get("views", "surface,S,trace,gradient").split(",")
    drawn = {"sliders": sliders, "overlays": overlays, "point": was.point, "shown": views, "title": preset.title}
    now = panel(picture, key=key, expression=None if "mute" in asked else expression, **drawn)
    st.text(f"heard {now.sequence} {now.cause}")


for number in range(int(asked.get("panels", "1"))):
    shown(f"panel{number}")
