"""Mounts the panel on a page and says what the visitor did with it."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from hashlib import blake2s
from typing import Any

import numpy as np
import streamlit as st

from curvlib import Expression, Grid
from curvlib.arrays import AnyFloats
from curvlib.curvature.measures import FURTHER
from curvlib.evaluation.jets import jet_program
from curvlib.kernels.javascript import javascript
from pages.ui.charts.measures import MEASURES, html
from pages.ui.charts.picture import Picture
from pages.ui.charts.scale import Scale
from pages.ui.charts.theme import Palette, current
from pages.ui.charts.zero_curves import thinned
from pages.ui.page.components import PANEL
from pages.ui.page.file_names import slug
from pages.ui.page.parts import part
from pages.ui.panel.assets import plotly_addresses, vendor_address
from pages.ui.panel.exchange import Overlay, PanelState, Slider, overlays_of, read_state
from pages.ui.panel.message import pack

SIDE = 128
"""The most points along a side that are sent: enough to look at;
the numbers at the cursor are computed, not read off.
"""

STEPS = 400
"""Steps of a slider that says nothing about them."""

SHOWN = ("surface", "S", "trace", "gradient")


def state(key: str) -> PanelState:
    """The last action of the visitor in the panel of this key, known before the panel
    is mounted again.
    """
    held = st.session_state.get(key)
    return read_state(held.get("event") if isinstance(held, Mapping) else None)


def panel(
    picture: Picture,
    *,
    key: str,
    expression: Expression | None = None,
    sliders: Sequence[Slider] = (),
    overlays: Sequence[Overlay] | None = None,
    point: tuple[float, float] | None = None,
    shown: Sequence[str] = SHOWN,
    colour: str = "S",
    scales: Mapping[str, Scale] | None = None,
    palette: Palette | None = None,
    title: str = "",
    file: str = "",
    side: int = SIDE,
    on_change: Callable[[], None] | None = None,
) -> PanelState:
    """Draws the picture, or redraws them where they stand: views, camera and focus stay.

    Args:
        picture: what to show, computed at the sliders' values; sides longer than `side` are
            thinned.
        key: the panel's identity; also that of its `state`.
        expression: the formula, which lets the browser follow a drag itself; without it every step
            asks the server.
        sliders: the numbers to drag.
        overlays: what is drawn over the maps and on the surface; `overlays_of(picture)` if not
            given.
        point: the chosen point.
        shown: which views, in this order: "surface" and keys of `MEASURES`.
        colour: the measure that colours the surface.
        scales: colour scales to hold, by measure; the others are the picture's.
        palette: colours; those of the visitor's theme if not given.
        title: what files made from the panel are headed.
        file: what they are called, as "himmelblau" in himmelblau-S.png; by their title if not
            given.
        side: the most points along a side that are sent.
        on_change: called before the script runs again because of the panel; `state(key)` is then
            new.

    The panel's files must have been declared (`components.declare`) since the server started.

    Returns:
        What the visitor did last.
    """
    if overlays is None:
        overlays = overlays_of(picture)
    header = {
        "acknowledged": state(key).sequence,
        "identity": _identity(expression, picture.grid, shown),
        "shown": list(shown),
        "colour": colour,
        "point": list(point) if point else None,
        "sliders": [_slider(slider) for slider in sliders],
        "overlays": [_overlay(overlay) for overlay in overlays],
        "palette": _colours(palette or current()),
        "plotly": plotly_addresses(),
        "vendor": vendor_address(),
        **_scene(picture, scales or {}),
        "title": title,
        "file": file or slug(title),
        **(_script(expression) if expression else {}),
    }
    result = _mounted()(
        data=pack(header, _arrays(picture, overlays, side)), key=key, on_event_change=part()(on_change or _nothing)
    )
    return read_state(result.get("event"))


def _arrays(picture: Picture, overlays: Sequence[Overlay], side: int) -> dict[str, AnyFloats]:
    """The fields, thinned, and what is drawn over them."""
    cells = np.ix_(thinned(picture.grid.shape[0], side), thinned(picture.grid.shape[1], side))
    arrays = {name: picture.values(name)[cells] for name, measure in MEASURES.items() if not measure.multiple}
    arrays |= {f"overlay{i}": overlay.points for i, overlay in enumerate(overlays)}
    for name in ("values", "heights"):
        arrays |= {
            f"{name}{i}": values for i, overlay in enumerate(overlays) if (values := getattr(overlay, name)) is not None
        }
    return arrays


def _scene(picture: Picture, scales: Mapping[str, Scale]) -> dict[str, Any]:
    """The ends of the picture: in the plane, in height and in colour."""
    chosen = {**picture.scales, **scales}
    window = [*picture.grid.u_range, *picture.grid.v_range]
    return {
        "window": window,
        "heights": list(picture.heights),
        "measures": {name: _measure(name, chosen[name]) for name in MEASURES},
    }


@cache
def _mounted() -> Any:
    return st.components.v2.component(PANEL, js="panel.js", css="panel.css", isolate_styles=False)


def _nothing() -> None:
    pass


def _identity(expression: Expression | None, grid: Grid, shown: Sequence[str]) -> str:
    """Changes when a view that was zoomed or turned has nothing to do with the new picture."""
    text = repr((str(expression), grid.u_range, grid.v_range, tuple(shown)))
    return blake2s(text.encode(), digest_size=8).hexdigest()


@lru_cache(maxsize=128)
def _script(expression: Expression) -> dict[str, Any]:
    source = javascript(jet_program(expression, tuple(FURTHER)), expression.parameters)
    defaults = {name: expression.defaults[name] for name in expression.parameters if name in expression.defaults}
    return {
        "script": source.body,
        "formula": expression.canonical,
        "parameters": list(source.parameters),
        "defaults": defaults,
    }


def _measure(name: str, scale: Scale) -> dict[str, Any]:
    measure = MEASURES[name]
    return {
        "name": measure.words,
        "symbol": html(name),
        "words": measure.symbol,
        "diverging": measure.signed,
        "multiple": measure.multiple,
        "low": scale.low,
        "limit": scale.limit,
        "unit": scale.unit,
        "zero": scale.zero,
        "clipped": scale.clipped,
        "ticks": [[position, text] for position, text in scale.ticks().items()],
    }


def _slider(slider: Slider) -> dict[str, Any]:
    step = slider.step or (slider.high - slider.low) / STEPS
    reach = {"low": slider.low, "high": slider.high, "value": slider.value, "step": step}
    return {"name": slider.name, "label": slider.label or slider.name, **reach}


def _overlay(overlay: Overlay) -> dict[str, Any]:
    radii = [float(r) for r in overlay.radii]
    known = {name: getattr(overlay, name) for name in ("name", "kind", "look", "slider", "lasting")}
    return known | {"radii": radii}


def _colours(palette: Palette) -> dict[str, Any]:
    plain = "background text line gap ink level halo veil accent shade thread cut way".split()
    four = dict(zip(("first", "second", "third", "fourth"), palette.four, strict=True))
    return (
        {name: getattr(palette, name) for name in plain}
        | four
        | {"diverging": list(palette.diverging), "one_sided": list(palette.one_sided)}
    )
