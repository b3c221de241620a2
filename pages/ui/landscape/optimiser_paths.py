"""The paths of optimisers over the landscape: for the panel, and as strokes of the legend."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

import numpy as np

from curvlib import Grid
from curvlib.arrays import Floats, Ints
from curvlib.geodesics.geodesic import Geodesic
from pages.ui.charts.strokes import Stroke
from pages.ui.charts.theme import Palette
from pages.ui.panel import Overlay
from pages.ui.results.descents import OPTIMISERS, Descents, Walk

FINE, LONG = 1 / 400, 1 / 60
"""Shares of the window: steps shorter than the first are drawn as one;
longer than the second, as several, so that they lie on the surface.
"""

MOST = 600
"""The most points of a path that are drawn before long steps are divided."""


DASHES: Mapping[str, str] = MappingProxyType({"gd": "solid", "momentum": "dash", "nesterov": "dot", "adam": "dashdot"})
"""The dashes of each optimiser's path, so that colour is not the only difference."""


def colours(palette: Palette) -> dict[str, str]:
    """A colour for each optimiser."""
    return dict(zip(OPTIMISERS, palette.four, strict=True))


def overlays(done: Descents | None, grid: Grid) -> list[Overlay]:
    """The paths in the panel: one alone is coloured by S along it, several have a colour each."""
    if done is None:
        return []
    drawn = [(name, *_drawn(walk, grid)) for name, walk in done.walks.items()]
    alone = len(drawn) == 1
    lines = [
        Overlay(OPTIMISERS[name].name, points, "line", "path" if alone else name, values=S if alone else None)
        for name, points, S in drawn
    ]
    ends = np.array([walk.path.end for walk in done.walks.values()])
    direct = [Overlay("geodesic", way.points, "line", "longer geodesic") for way in _direct(done)]
    return [*direct, *lines, Overlay("where it ends" if alone else "where they end", ends, "points", "end")]


def strokes(done: Descents | None, grid: Grid, palette: Palette) -> list[Stroke]:
    """The paths in the legend."""
    if done is None:
        return []
    alone = len(done.walks) == 1
    found = [
        Stroke("" if number else "geodesic to the end", way.points, palette.way, 1.8)
        for number, way in enumerate(_direct(done))
    ]
    for name, walk in done.walks.items():
        points, _ = _drawn(walk, grid)
        look = (palette.ink, 2.4, "solid") if alone else (colours(palette)[name], 2.6, DASHES[name])
        found.append(Stroke(f"{OPTIMISERS[name].name}{', coloured by S' if alone else ''}", points, *look))
    return found


def _direct(done: Descents) -> list[Geodesic]:
    """The shortest geodesics to the ends, each once."""
    ways = {
        walk.direct.target: walk.direct.curves[0] for walk in done.walks.values() if walk.direct and walk.direct.curves
    }
    return list(ways.values())


def _drawn(walk: Walk, grid: Grid) -> tuple[Floats, Floats]:
    """Points (n, 2) and S of a path as it is drawn in a window: NaN between the parts inside."""
    path = walk.path
    size = np.array([grid.u_range[1] - grid.u_range[0], grid.v_range[1] - grid.v_range[0]])
    kept = _apart(path.points / size)
    rows = np.column_stack([path.points, path.scalar_curvature])[kept]
    inside = clipped(divided(rows, size), np.array([grid.u_range, grid.v_range]).T)
    return inside[:, :2], inside[:, 2]


def _apart(points: Floats) -> Ints:
    """The indices of points that are a little apart, both ends among them, and so many at most."""
    kept = [0]
    for k in range(1, len(points)):
        if np.abs(points[k] - points[kept[-1]]).max() > FINE:
            kept.append(k)
    if kept[-1] != len(points) - 1:
        kept.append(len(points) - 1)
    return np.array(kept)[np.unique(np.linspace(0, len(kept) - 1, min(len(kept), MOST)).round().astype(int))]


def divided(rows: Floats, size: Floats) -> Floats:
    """Rows (n, m) that begin with u, v, with others between them where they are far apart in a
    window of this size.
    """
    steps = np.abs(np.diff(rows[:, :2], axis=0) / size).max(axis=1, initial=0)
    counts = np.clip(np.ceil(steps / LONG), 1, 60).astype(int)
    first = np.repeat(np.arange(len(counts)), counts)
    share = (np.arange(len(first)) - np.repeat(np.cumsum(counts) - counts, counts)) / counts[first]
    return np.concatenate([rows[first] + share[:, None] * (rows[first + 1] - rows[first]), rows[-1:]])


def clipped(rows: Floats, window: Floats) -> Floats:
    """Rows (n, m) that begin with u, v, cut off at the borders of a window ((u, v) low, high);
    a row of NaN where the path is outside.
    """
    parts: list[Sequence[float] | Floats] = []
    gap = np.full(rows.shape[1], np.nan)
    for a, b in pairwise(rows):
        enter, leave = _span(a[:2], b[:2] - a[:2], window)
        if enter > leave:
            continue
        if not parts or enter > 0:
            parts += [gap, a + enter * (b - a)] if parts else [a + enter * (b - a)]
        parts.append(a + leave * (b - a))
    return np.array(parts) if parts else rows[:1]


def _span(start: Floats, step: Floats, window: Floats) -> tuple[float, float]:
    """The shares of a step between which it is inside the window."""
    with np.errstate(all="ignore"):
        crossings = (window - start) / step
    low, high = np.where(
        step == 0,
        np.where((start >= window[0]) & (start <= window[1]), [[-np.inf], [np.inf]], [[np.inf], [-np.inf]]),
        np.sort(crossings, axis=0),
    )
    return max(0.0, float(low.max())), min(1.0, float(high.min()))
