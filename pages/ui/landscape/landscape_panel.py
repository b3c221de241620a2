"""The explorer's panel: what goes into it, and what a visitor did there."""

import math
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import streamlit as st

from curvlib import Grid
from pages.ui.charts import marks, theme
from pages.ui.charts.marks import Point
from pages.ui.charts.zero_curves import thinned
from pages.ui.landscape import drawn_over, optimiser_paths, readings
from pages.ui.landscape.scene import Scene
from pages.ui.page import file_names, messages
from pages.ui.page.parts import tried
from pages.ui.panel import Overlay, Slider, fan, overlays_of, panel, state
from pages.ui.results.shown_balls import Shown, Size, Ways
from pages.ui.state import controls, link_values

KEY = "landscape"
"""The panel's key. What a component says lies under its key in the session, as the words of links
do: no word may be the same, or setting all words would unsay what was heard.
"""

RADIUS = "ball radius"
"""The name of the ball's slider; no parameter has a blank in its name."""

RAYS, RADII = 180, 32
"""The most rays of a ball, and the most radii, that are sent:
between them the panel draws straight lines.
"""


def show(seen: Scene, drawn: Sequence[Overlay], shown: Sequence[str]) -> None:
    """Draws the landscape; what a visitor does there goes into the controls before the script runs
    again.

    Args:
        seen: what to show.
        drawn: what lies over it, the lowest first.
        shown: which views.
    """
    landscape = seen.landscape
    if landscape.trouble:
        messages.mistake(landscape.trouble)
    sliders = [*landscape.sliders, *([_radius(seen.size)] if seen.size else [])]
    panel(
        landscape.picture,
        key=KEY,
        expression=landscape.expression,
        sliders=sliders,
        overlays=drawn,
        point=seen.point,
        shown=shown,
        colour=controls.colour(),
        title=f"f(u, v) = {landscape.expression}",
        file=file_names.of_formula(landscape.expression),
        on_change=partial(heard, sliders, landscape.grid),
    )


def explain(seen: Scene) -> None:
    """The legend, and in words the ranges and what is not in the picture."""
    picture, palette = seen.landscape.picture, theme.current()
    st.html(
        marks.legend(
            picture,
            palette,
            [
                *drawn_over.strokes(seen.ball, seen.ways, palette),
                *optimiser_paths.strokes(seen.descents, seen.landscape.grid, palette),
            ],
        )
    )
    if seen.ball and seen.ball.undefined:
        st.text("\n".join(seen.ball.ball.notes))
    st.caption(readings.about(picture, controls.colour(), controls.maps()))


def heard(sliders: Sequence[Slider], grid: Grid) -> None:
    """Puts what a visitor did in the panel into the controls:
    a point of the window, values that sliders can have.
    """
    said = state(KEY)
    if "pick" in said.causes and said.point:
        u, v = said.point
        controls.choose_point((rounded(u, grid.u_range), rounded(v, grid.v_range)))
    if "release" in said.causes:
        known = [slider for slider in sliders if slider.name in said.values]
        values = {slider.name: min(max(said.values[slider.name], slider.low), slider.high) for slider in known}
        radius = values.pop(RADIUS, None)
        controls.release(values)
        if radius:
            controls.keep("r", radius)
    if said.colour:
        controls.keep("colour", said.colour)
    if "maps" in said.causes:
        if single := st.session_state.kept["panel"]:
            controls.keep("panel", next(iter(said.maps), single))
        elif maps := link_values.maps(",".join(said.maps)):
            controls.keep("maps", maps)


def overlays(seen: Scene) -> list[Overlay]:
    """The things drawn over the landscape, the lowest first."""
    layers: tuple[Callable[[], list[Overlay]], ...] = (
        lambda: _ball(seen.ball),
        lambda: overlays_of(seen.landscape.picture),
        lambda: _ways(seen.ways),
        lambda: optimiser_paths.overlays(seen.descents, seen.landscape.grid),
    )
    return [drawn for layer in layers for drawn in tried(layer) or ()]


def _radius(size: Size) -> Slider:
    return Slider(RADIUS, size.step, size.reach, size.radius, "radius", size.step)


def _ball(shown: Shown | None) -> list[Overlay]:
    """The ball as a fan of rays, and the circle that it would be in the plane."""
    if shown is None or shown.undefined:
        return []
    ball = shown.ball
    rays = np.arange(0, ball.fan.n, math.ceil(ball.fan.n / RAYS))
    radii = np.unique([0.0, *ball.radii[thinned(len(ball.radii), RADII)], shown.radius])
    stops = ball.cut_times[rays]
    points = ball.fan.points(rays[:, None], np.minimum(stops[:, None], radii))
    turn = 2 * np.pi * np.arange(120) / 120
    circle = np.array(ball.center) + ball.radii[-1] * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    ended = np.isfinite(ball.edge_points[rays]).all(axis=1)
    return [
        fan(
            "the geodesic ball",
            np.moveaxis(points, 0, 2).swapaxes(0, 1),
            radii.tolist(),
            RADIUS,
            "ball",
            np.where(ended, -stops, stops),
        ),
        fan(
            "the circle of radius r in the plane",
            [np.broadcast_to(ball.center, circle.shape), circle],
            [0.0, ball.radii[-1]],
            RADIUS,
            "circle",
        ),
    ]


def _ways(ways: Ways | None) -> list[Overlay]:
    if ways is None:
        return []
    straight = Overlay("the straight line", np.linspace(ways.start, ways.target, 121), "line", "straight")
    curves = [
        Overlay("geodesic", curve.points, "line", "longer geodesic" if number else "geodesic")
        for number, curve in enumerate(ways.curves)
    ]
    return [straight, *reversed(curves), Overlay("the second point", np.array([ways.target]), "points", "target")]


def rounded(x: float, ends: Point) -> float:
    """A coordinate of the window to a few hundredths of a pixel, so that links stay short."""
    return round(min(max(x, ends[0]), ends[1]), 5 - math.floor(math.log10(ends[1] - ends[0]) + 1))
