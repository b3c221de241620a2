"""Marks over a field: the curves S = 0 and tr H = 0, the critical points by kind, the chosen point.
Traces are the dicts Plotly is sent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote

from curvlib.arrays import Floats
from pages.ui.charts.picture import Picture
from pages.ui.charts.strokes import Stroke
from pages.ui.charts.theme import Palette

Point = tuple[float, float]


@dataclass(frozen=True)
class PointKind:
    """The looks of a kind of critical point: its plural, its symbol in the figures, the same as SVG
    for the legend.
    """

    plural: str
    symbol: str
    svg: str


DIAMOND = '<path d="M7 2.2 11.8 7 7 11.8 2.2 7Z"/>'
DOT = '<circle cx="7" cy="7" r="4"/>'
OUTLINE = '<g fill="none" stroke="currentColor" stroke-width="1.7">{}</g>'

KINDS: Mapping[str, PointKind] = MappingProxyType(
    {
        "minimum": PointKind("minima", "circle", DOT),
        "maximum": PointKind("maxima", "square", '<path d="M3.2 3.2H10.8V10.8H3.2Z"/>'),
        "saddle": PointKind("saddles", "diamond", DIAMOND),
        "degenerate": PointKind("degenerate points", "circle-open", OUTLINE.format(DOT)),
        "cusp": PointKind("cusps", "diamond-open", OUTLINE.format(DIAMOND)),
    }
)


@dataclass(frozen=True)
class Line:
    """A family of curves and how it is drawn."""

    name: str
    curves: Sequence[Floats]
    width: float
    dash: str


def legend(picture: Picture, palette: Palette, over: Sequence[Stroke] = ()) -> str:
    """The marks that are there, as a line of HTML made of our own words and drawings only."""
    ink = palette.ink
    dashes = {
        "solid": "",
        "dash": ' stroke-dasharray="5 3"',
        "dot": ' stroke-dasharray="1.5 2.5"',
        "dashdot": ' stroke-dasharray="7 2.5 1.5 2.5"',
    }
    entries = [
        (f'<path d="M0 7H26" stroke="{ink}" stroke-width="{line.width + 0.4}"{dashes[line.dash]}/>', 26, line.name)
        for line in _lines(picture)
    ]
    entries += [(kind.svg, 14, f"{kind.plural} ({len(points)})") for kind, points in _critical(picture)]
    ring = (
        f'<g fill="none" stroke="{palette.accent}" stroke-width="1.8">'
        '<circle cx="7" cy="7" r="5"/><path d="M2 7H12M7 2V12"/></g>'
    )
    entries.append((ring, 14, "the chosen point"))
    for stroke in over:
        if stroke.name:
            look = f'stroke="{stroke.colour}" stroke-width="{stroke.width}"{dashes[stroke.dash]}'
            entries.append((f'<path d="M0 7H26" {look}/>', 26, stroke.name))
    if picture.fields.undefined.any():
        entries.append((f'<rect width="14" height="14" fill="{palette.gap}"/>', 14, "not defined there"))
    return f'<div class="legend">{"".join(_entry(svg, width, words, ink) for svg, width, words in entries)}</div>'


def _entry(svg: str, width: int, words: str, ink: str) -> str:
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="14" fill="{ink}" color="{ink}">{svg}</svg>'
    )
    return (
        f'<span><img alt="" width="{width}" height="14" '
        f'src="data:image/svg+xml,{quote(drawing)}"><span>{words}</span></span>'
    )


def _lines(picture: Picture) -> list[Line]:
    lines = [
        Line("<i>S</i> = 0", picture.flat, _width(picture.flat), "solid"),
        Line("tr <i>H</i> = 0", picture.traceless, _width(picture.traceless), "dash"),
        Line("degenerate critical points", picture.degenerate, 2.4, "dot"),
    ]
    return [line for line in lines if len(line.curves)]


def _width(curves: Sequence[Floats]) -> float:
    return 1.4 if len(curves) <= 60 else 0.8


def _critical(picture: Picture) -> list[tuple[PointKind, Floats]]:
    return [(kind, points) for name, kind in KINDS.items() if len(points := picture.points(name))]
