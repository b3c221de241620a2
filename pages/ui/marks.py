"""What is drawn over a field: the curves S = 0 and tr H = 0, the critical points by kind, the chosen point."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import quote

import numpy as np
import plotly.graph_objects as go

from curvlib.critical import CriticalCurve, CriticalPoint, CriticalPoints
from pages.ui.curves import heights, joined
from pages.ui.theme import Palette


@dataclass(frozen=True)
class Kind:
    """How a kind of critical point looks: its plural, its symbol on a map, in space, and in the line of the legend."""

    plural: str
    on_map: str
    in_space: str
    svg: str


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "minimum": Kind("minima", "circle", "circle", '<circle cx="7" cy="7" r="4"/>'),
        "maximum": Kind("maxima", "square", "square", '<path d="M3.2 3.2H10.8V10.8H3.2Z"/>'),
        "saddle": Kind("saddles", "x", "x", '<path d="M3 4.8 4.8 3 7 5.2 9.2 3 11 4.8 8.8 7 11 9.2 9.2 11 7 8.8 4.8 11 3 9.2 5.2 7Z"/>'),
        "cusp": Kind("cusps", "star-triangle-up", "cross", '<path d="M7 2 9 11.5H5Z"/>'),
        "degenerate": Kind(
            "degenerate", "diamond-open", "diamond-open", '<path d="M7 2.6 11.4 7 7 11.4 2.6 7Z" fill="none" stroke="currentColor" stroke-width="1.6"/>'
        ),
    }
)


@dataclass(frozen=True)
class Marks:
    """What is drawn over the fields, in the coordinates of the plane.

    Attributes:
        flat: the curves S = 0.
        traceless: the curves tr H = 0.
        degenerate: curves of degenerate critical points.
        critical: points (n, 2) by kind, one of `KINDS`.
        point: the chosen point.
    """

    flat: Sequence[np.ndarray] = ()
    traceless: Sequence[np.ndarray] = ()
    degenerate: Sequence[np.ndarray] = ()
    critical: Mapping[str, np.ndarray] = field(default_factory=dict)
    point: tuple[float, float] | None = None


def of(found: CriticalPoints, flat: Sequence[np.ndarray], traceless: Sequence[np.ndarray], point: tuple[float, float]) -> Marks:
    """The marks for what a search for critical points found, the zero curves, and the chosen point."""
    curves = [np.concatenate([at.points, at.points[: int(at.closed)]]) for at in found if isinstance(at, CriticalCurve)]
    isolated = [at for at in found if isinstance(at, CriticalPoint)]
    kinds = {kind: np.array([at.point for at in isolated if at.kind == kind]) for kind in KINDS}
    return Marks(flat, traceless, curves, {kind: points for kind, points in kinds.items() if len(points)}, point)


def on_map(marks: Marks, palette: Palette) -> list[go.Scatter]:
    """The marks as traces of a map."""
    traces = []
    for name, curves, style in _curves(marks):
        line = joined(list(curves))
        for colour, width, dash in ((palette.veil, style["width"] + 2, "solid"), (palette.ink, style["width"], style["dash"])):
            traces.append(
                go.Scatter(x=line[:, 0], y=line[:, 1], mode="lines", line={"color": colour, "width": width, "dash": dash}, name=name, hoverinfo="skip")
            )
    for name, points in marks.critical.items():
        symbol = {"symbol": KINDS[name].on_map, "size": 9, "color": palette.ink, "line": {"color": palette.halo, "width": 1}}
        if KINDS[name].on_map.endswith("-open"):
            symbol["line"] = {"color": palette.ink, "width": 2}
        traces.append(_points(points, symbol, name))
    if marks.point is not None:
        ring = {"symbol": "circle-cross-open", "size": 15, "color": palette.accent, "line": {"color": palette.accent, "width": 2.5}}
        halo = {"symbol": "circle-open", "size": 17, "color": palette.halo, "line": {"color": palette.halo, "width": 5}}
        traces += [_points(np.array([marks.point]), look, "chosen point") for look in (halo, ring)]
    return traces


def in_space(marks: Marks, palette: Palette, f: np.ndarray, u: np.ndarray, v: np.ndarray) -> list[go.Scatter3d]:
    """The marks as traces on the surface f over (u, v), of shape (n_v, n_u); of the curves only the solid ones, which can be followed in space."""
    traces = []
    for name, curves, style in _curves(marks):
        line = joined(list(curves))
        traces.append(_space(line, heights(line, f, u, v), palette, name, mode="lines", line={"color": palette.ink, "width": 3 * style["width"]}))
    for name, points in marks.critical.items():
        symbol = {"symbol": KINDS[name].in_space, "size": 4, "color": palette.ink, "line": {"color": palette.halo, "width": 1}}
        traces.append(_space(points, heights(points, f, u, v), palette, name, mode="markers", marker=symbol))
    if marks.point is not None:
        point = np.array([marks.point])
        symbol = {"symbol": "circle", "size": 7, "color": palette.accent, "line": {"color": palette.halo, "width": 2}}
        traces.append(_space(point, heights(point, f, u, v), palette, "chosen point", mode="markers", marker=symbol))
    return traces


def legend(marks: Marks, palette: Palette, undefined: bool) -> str:
    """The marks that are there, as a line of HTML made of our own words and drawings only."""
    ink, entries = palette.ink, []
    for name, _, style in _curves(marks):
        dash = {"solid": "", "dash": ' stroke-dasharray="5 3"', "dot": ' stroke-dasharray="1.5 2.5"'}[style["dash"]]
        entries.append((f'<path d="M0 7H26" stroke="{ink}" stroke-width="{style["width"] + 0.4}"{dash}/>', 26, name))
    entries += [(KINDS[kind].svg, 14, f"{KINDS[kind].plural} ({len(points)})") for kind, points in marks.critical.items()]
    if marks.point is not None:
        ring = f'<g fill="none" stroke="{palette.accent}" stroke-width="1.8"><circle cx="7" cy="7" r="5"/><path d="M2 7H12M7 2V12"/></g>'
        entries.append((ring, 14, "the chosen point"))
    if undefined:
        entries.append((f'<rect width="14" height="14" fill="{palette.gap}"/>', 14, "not defined there"))
    return f'<div class="legend">{"".join(_entry(svg, width, words, ink) for svg, width, words in entries)}</div>'


def _entry(svg: str, width: int, words: str, ink: str) -> str:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="14" fill="{ink}" color="{ink}">{svg}</svg>'
    return f'<span><img alt="" width="{width}" height="14" src="data:image/svg+xml,{quote(drawing)}"><span>{words}</span></span>'


def _curves(marks: Marks) -> list[tuple[str, Sequence[np.ndarray], dict]]:
    curves = [
        ("<i>S</i> = 0", marks.flat, {"width": 1.4, "dash": "solid"}),
        ("tr <i>H</i> = 0", marks.traceless, {"width": 1.4, "dash": "dash"}),
        ("degenerate critical points", marks.degenerate, {"width": 2.4, "dash": "dot"}),
    ]
    return [curve for curve in curves if len(curve[1])]


def _points(points: np.ndarray, symbol: dict, name: str) -> go.Scatter:
    words = f"{name}<br><i>u</i> = %{{x:.6g}}<br><i>v</i> = %{{y:.6g}}<extra></extra>"
    return go.Scatter(x=points[:, 0], y=points[:, 1], mode="markers", marker=symbol, name=name, hovertemplate=words)


def _space(points: np.ndarray, z: np.ndarray, palette: Palette, name: str, **look: object) -> go.Scatter3d:
    return go.Scatter3d(x=points[:, 0], y=points[:, 1], z=z, name=name, hoverinfo="skip", showlegend=False, **look)
