"""The geodesic ball and the geodesics to a second point, as curves over the landscape."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from curvlib.arrays import Floats
from pages.ui.charts.strokes import Stroke
from pages.ui.charts.theme import Palette
from pages.ui.charts.zero_curves import joined
from pages.ui.results.shown_balls import Shown, Ways

RAYS = 32
CIRCLES = (0.25, 0.5, 0.75)
"""Shares of the radius at which smaller circles are drawn."""


def strokes(ball: Shown | None, ways: Ways | None, palette: Palette) -> list[Stroke]:
    """The curves of a ball and of geodesics, either of which may be missing; the lowest first."""
    return [*(_ball(ball, palette) if ball and not ball.undefined else ()), *(_ways(ways, palette) if ways else ())]


def _ball(shown: Shown, palette: Palette) -> Iterator[Stroke]:
    ball, radius = shown.ball, shown.radius

    def stroke(name: str, curves: Sequence[Floats], *look: Any) -> Stroke:
        return Stroke(name, joined(curves), *look)

    yield stroke("", ball.rays(RAYS, radius, 25), palette.thread, 0.8)
    yield stroke("", [curve for share in CIRCLES for curve in ball.boundary(share * radius)], palette.thread, 0.8)
    angle = np.linspace(0, 2 * np.pi, 121)
    circle = np.array(ball.center) + radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    yield Stroke("the circle of radius r in the plane", circle, palette.ink, 1.6, "dash", True)
    yield stroke("the geodesic ball", ball.boundary(radius), palette.accent, 2.6)
    cut = cut_locus(shown)
    if cut:
        yield stroke("its cut locus", cut, palette.cut, 2.8)


def cut_locus(shown: Shown) -> list[Floats]:
    """The cut points within the ball as curves:
    those of neighbouring rays are joined where they lie close together.
    """
    points, radius = shown.ball.cut_points, shown.radius
    with np.errstate(invalid="ignore"):
        inside = (shown.ball.cut_times <= radius) & np.isfinite(points).all(axis=1)
        points = np.where(inside[:, None], points, np.nan)
        steps = np.hypot(*(np.roll(points, -1, axis=0) - points).T)
        near = steps < max(0.1 * radius, 1e-300)
    starts = np.nonzero(near & ~np.roll(near, 1))[0]
    lengths = [int(np.argmin(np.roll(near, -start))) or len(near) for start in starts]
    return [
        points[(start + np.arange(length + 1)) % len(points)] for start, length in zip(starts, lengths, strict=True)
    ]


def _ways(ways: Ways, palette: Palette) -> Iterator[Stroke]:
    line = np.linspace(ways.start, ways.target, 121)
    yield Stroke("the straight line", line, palette.way, 1.6, "dash")
    for number, curve in enumerate(ways.curves):
        yield Stroke("geodesics" if not number else "", curve.points, palette.way, 2.6 if not number else 1.8)
