"""What is drawn over the landscape on request: the geodesic ball, the geodesics to a second point. Traces are the dicts Plotly is sent."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pages.ui.balls import Shown, Ways
from pages.ui.curves import heights, joined
from pages.ui.theme import Palette, translucent

Trace = dict[str, Any]
Heights = Callable[[np.ndarray], np.ndarray]

RAYS = 32
LIFT = 0.012
"""How far the shade lies above the surface, as a share of the surface's height; curves lie twice as high."""

CIRCLES = (0.25, 0.5, 0.75)
"""Shares of the radius at which smaller circles are drawn."""


@dataclass(frozen=True, eq=False)
class Stroke:
    """A family of curves.

    Attributes:
        name: what the legend calls it; empty where it needs no words.
        path: points (n, 2), NaN between curves.
        f: the heights of the surface there, (n,).
        colour, width, dash: how it is drawn.
        halo: the colour of the edge that keeps it apart from what is under it; empty for none.
        flat: whether it belongs to the plane of u and v, so that the surface does not show it.
    """

    name: str
    path: np.ndarray
    f: np.ndarray
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
        shade: the colour of the disc.
        opacity: of that colour.
        disc: a closed curve (n, 2) around the disc that runs along the cut locus on both sides; None where there is no ball.
        target: the second point, with its height, as u, v, f.
        colour: of the second point.
    """

    strokes: Sequence[Stroke] = field(default=())
    shade: str = ""
    opacity: float = 0.0
    disc: np.ndarray | None = None
    target: tuple[float, float, float] | None = None
    colour: str = ""


NOTHING = Overlay()


def overlay(ball: Shown | None, ways: Ways | None, palette: Palette, more: Sequence[Stroke] = ()) -> Overlay:
    """The drawing of a ball and of geodesics, either of which may be missing, and of what else there is."""
    strokes = [*(_ball(ball, palette) if ball and not ball.undefined else ()), *(_ways(ways, palette) if ways else ()), *more]
    target = (*ways.target, float(ways.curves[0].heights[-1])) if ways and ways.curves else (*ways.target, np.nan) if ways else None
    disc = np.stack(ball.ball.mesh(ball.radius, 2), axis=-1)[-1] if ball and not ball.undefined else None
    return Overlay(strokes, palette.accent, palette.shade, disc, target, palette.way)


def on_map(over: Overlay, palette: Palette) -> list[Trace]:
    """The drawing as traces of a map."""
    traces: list[Trace] = []
    if over.disc is not None:
        look = {"mode": "none", "fill": "toself", "fillcolor": translucent(over.shade, over.opacity)}
        traces.append(_scatter(over.disc, "the geodesic ball") | look)
    for stroke in over.strokes:
        if stroke.halo:
            traces.append(_scatter(stroke.path, stroke.name) | {"mode": "lines", "line": {"color": stroke.halo, "width": stroke.width + 2.4}})
        traces.append(_scatter(stroke.path, stroke.name) | {"mode": "lines", "line": {"color": stroke.colour, "width": stroke.width, "dash": stroke.dash}})
    if over.target:
        dot = {"symbol": "circle", "size": 10, "color": over.colour, "line": {"color": palette.halo, "width": 2}}
        traces.append(_scatter(np.array([over.target[:2]]), "the second point") | {"mode": "markers", "marker": dot})
    return traces


def in_space(over: Overlay, palette: Palette, f: np.ndarray, u: np.ndarray, v: np.ndarray) -> list[Trace]:
    """The drawing as traces on the surface f over (u, v), of shape (n_v, n_u); outside the window it keeps its own heights."""
    ground = _Ground(f, u, v)
    lines = [stroke for stroke in over.strokes if not stroke.flat]
    lift = LIFT * float(np.nanmax(f) - np.nanmin(f)) if np.isfinite(f).any() else 0.0
    traces = [_space(stroke.path, ground(stroke.path, stroke.f) + 2 * lift) | line(stroke) for stroke in lines]
    if over.disc is not None:
        traces.insert(0, _veil(over.disc, over, f + lift, u, v))
    if over.target:
        place = np.array([over.target[:2]])
        dot = {"symbol": "circle", "size": 6, "color": over.colour, "line": {"color": palette.halo, "width": 2}}
        traces.append(_space(place, ground(place, np.array(over.target[2:]))) | {"mode": "markers", "marker": dot})
    return traces


@dataclass(frozen=True, eq=False)
class _Ground:
    """Heights as the surface is drawn: between its grid points where it has some, else those of the curve itself."""

    f: np.ndarray
    u: np.ndarray
    v: np.ndarray

    def __call__(self, points: np.ndarray, own: np.ndarray) -> np.ndarray:
        inside = (points[:, 0] >= self.u[0]) & (points[:, 0] <= self.u[-1]) & (points[:, 1] >= self.v[0]) & (points[:, 1] <= self.v[-1])
        drawn = heights(points, self.f, self.u, self.v)
        return np.where(inside & np.isfinite(drawn), drawn, own)


def line(stroke: Stroke) -> Trace:
    """How a curve is drawn in space."""
    return {"mode": "lines", "line": {"color": stroke.colour, "width": 2.2 * stroke.width, "dash": stroke.dash}}


def _scatter(points: np.ndarray, name: str) -> Trace:
    return {"type": "scatter", "name": name, "x": _single(points[:, 0]), "y": _single(points[:, 1]), "hoverinfo": "skip"}


def _space(points: np.ndarray, z: np.ndarray) -> Trace:
    return {"type": "scatter3d", "hoverinfo": "skip", "showlegend": False, "x": _single(points[:, 0]), "y": _single(points[:, 1]), "z": _single(z)}


def _veil(disc: np.ndarray, over: Overlay, f: np.ndarray, u: np.ndarray, v: np.ndarray) -> Trace:
    """The disc as a second surface over the first one's points."""
    z = np.where(inside(disc, u, v), f, np.nan).astype(np.float32)
    light = {"ambient": 1, "diffuse": 0, "specular": 0, "fresnel": 0}
    look = {"colorscale": [[0, over.shade], [1, over.shade]], "opacity": over.opacity, "showscale": False, "lighting": light}
    marked = {"x": {"highlight": False}, "y": {"highlight": False}, "z": {"highlight": False}}
    return {"type": "surface", "x": u, "y": v, "z": z, "hoverinfo": "skip", "showlegend": False, "connectgaps": False, "contours": marked} | look


def inside(rim: np.ndarray, u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Which points of a grid, (n_v, n_u), lie inside a closed curve (n, 2): those from which a row crosses it an odd number of times."""
    (x, y), (x_, y_) = rim.T, np.roll(rim, -1, axis=0).T
    row, edge = np.nonzero((y > v[:, None]) != (y_ > v[:, None]))
    crossing = x[edge] + (v[row] - y[edge]) / (y_[edge] - y[edge]) * (x_[edge] - x[edge])
    turns = np.zeros((v.size, u.size + 1), dtype=int)
    np.add.at(turns, (row, np.searchsorted(u, crossing)), 1)
    return np.cumsum(turns, axis=1)[:, :-1] % 2 == 1


def _ball(shown: Shown, palette: Palette) -> Iterator[Stroke]:
    ball, radius = shown.ball, shown.radius

    def stroke(name: str, curves: Sequence[np.ndarray], *look: Any) -> Stroke:
        path = joined(curves)
        return Stroke(name, path, _f(shown, path), *look)

    yield stroke("", ball.rays(RAYS, radius, 25), palette.thread, 0.8)
    yield stroke("", [curve for share in CIRCLES for curve in ball.boundary(share * radius)], palette.thread, 0.8)
    angle = np.linspace(0, 2 * np.pi, 121)
    circle = np.array(ball.center) + radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    yield Stroke("the circle of radius r in the plane", circle, np.full(len(circle), np.nan), palette.ink, 1.6, "dash", palette.veil, True)
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


def _single(values: np.ndarray) -> np.ndarray:
    return values.astype(np.float32)


def _ways(ways: Ways, palette: Palette) -> Iterator[Stroke]:
    line = np.linspace(ways.start, ways.target, 121)
    yield Stroke("the straight line", line, np.full(len(line), np.nan), palette.way, 1.6, "dash", palette.veil)
    for number, curve in enumerate(ways.curves):
        yield Stroke("geodesics" if not number else "", curve.points, curve.heights, palette.way, 2.6 if not number else 1.8, "solid", palette.halo)


def _f(shown: Shown, path: np.ndarray) -> np.ndarray:
    return shown.ball.fan.where.jet(path[:, 0], path[:, 1])[0]
