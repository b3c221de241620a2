"""What is drawn over the landscape on request: the geodesic ball, the geodesics to a second point. Traces are the dicts Plotly is sent."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pages.ui.balls import Shown, Ways
from pages.ui.curves import joined
from pages.ui.theme import Palette

Trace = dict[str, Any]
Heights = Callable[[np.ndarray], np.ndarray]

RAYS = 32
CIRCLES = (0.25, 0.5, 0.75)
"""Shares of the radius at which smaller circles are drawn."""


@dataclass(frozen=True, eq=False)
class Stroke:
    """A family of curves.

    Attributes:
        name: what the legend calls it; empty where it needs no words.
        path: points (n, 2), NaN between curves.
        colour, width, dash: how it is drawn.
        halo: the colour of the edge that keeps it apart from what is under it; empty for none.
        flat: whether it belongs to the plane of u and v, so that the surface does not show it.
    """

    name: str
    path: np.ndarray
    colour: str
    width: float
    dash: str = "solid"
    halo: str = ""
    flat: bool = False


@dataclass(frozen=True, eq=False)
class Overlay:
    """What is drawn over the landscape.

    Attributes:
        strokes: the curves, the lowest first.
    """

    strokes: Sequence[Stroke] = field(default=())


NOTHING = Overlay()


def overlay(ball: Shown | None, ways: Ways | None, palette: Palette, more: Sequence[Stroke] = ()) -> Overlay:
    """The drawing of a ball and of geodesics, either of which may be missing, and of what else there is."""
    strokes = [*(_ball(ball, palette) if ball and not ball.undefined else ()), *(_ways(ways, palette) if ways else ()), *more]
    return Overlay(strokes)


def line(stroke: Stroke) -> Trace:
    """How a curve is drawn in space."""
    return {"mode": "lines", "line": {"color": stroke.colour, "width": 2.2 * stroke.width, "dash": stroke.dash}}


def _ball(shown: Shown, palette: Palette) -> Iterator[Stroke]:
    ball, radius = shown.ball, shown.radius

    def stroke(name: str, curves: Sequence[np.ndarray], *look: Any) -> Stroke:
        return Stroke(name, joined(curves), *look)

    yield stroke("", ball.rays(RAYS, radius, 25), palette.thread, 0.8)
    yield stroke("", [curve for share in CIRCLES for curve in ball.boundary(share * radius)], palette.thread, 0.8)
    angle = np.linspace(0, 2 * np.pi, 121)
    circle = np.array(ball.center) + radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    yield Stroke("the circle of radius r in the plane", circle, palette.ink, 1.6, "dash", palette.veil, True)
    yield stroke("the geodesic ball", ball.boundary(radius), palette.accent, 2.6, "solid", palette.halo)
    cut = cut_locus(shown)
    if cut:
        yield stroke("its cut locus", cut, palette.cut, 2.8, "solid", palette.halo)


def cut_locus(shown: Shown) -> list[np.ndarray]:
    """The cut points within the ball as curves: those of neighbouring rays are joined where they lie close together."""
    points, radius = shown.ball.cut_points, shown.radius
    with np.errstate(invalid="ignore"):
        inside = (shown.ball.cut_times <= radius) & np.isfinite(points).all(axis=1)
        points = np.where(inside[:, None], points, np.nan)
        steps = np.hypot(*(np.roll(points, -1, axis=0) - points).T)
        near = steps < max(0.1 * radius, 1e-300)
    starts = np.nonzero(near & ~np.roll(near, 1))[0]
    lengths = [int(np.argmin(np.roll(near, -start))) or len(near) for start in starts]
    return [points[(start + np.arange(length + 1)) % len(points)] for start, length in zip(starts, lengths, strict=True)]


def _ways(ways: Ways, palette: Palette) -> Iterator[Stroke]:
    line = np.linspace(ways.start, ways.target, 121)
    yield Stroke("the straight line", line, palette.way, 1.6, "dash", palette.veil)
    for number, curve in enumerate(ways.curves):
        yield Stroke("geodesics" if not number else "", curve.points, palette.way, 2.6 if not number else 1.8, "solid", palette.halo)
