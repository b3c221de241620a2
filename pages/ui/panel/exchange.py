"""The messages into the panel and out of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np

from curvlib.arrays import Floats
from pages.ui.charts.marks import KINDS as KINDS_OF_POINTS
from pages.ui.charts.measures import MEASURES
from pages.ui.charts.picture import Picture
from pages.ui.charts.zero_curves import joined
from pages.ui.page import plain

KINDS = ("line", "points", "fan")

CAUSES = ("pick", "release", "colour", "maps")
"""The reasons for which the panel speaks: a point was picked, a slider was let go, the surface was
given other colours, a map another measure.
"""


@dataclass(frozen=True)
class Slider:
    """A number that is dragged inside the panel.

    Attributes:
        name: a parameter of the expression, or any other name (`radius`), which then only moves the
            overlays that name it.
        low, high: the ends.
        value: where it stands.
        label: the text next to it; the name if empty.
        step: between two values on the slider; a four-hundredth of its length if 0.
    """

    name: str
    low: float
    high: float
    value: float
    label: str = ""
    step: float = 0.0


@dataclass(frozen=True, eq=False)
class Overlay:
    """Something drawn over the fields, in coordinates of the plane.

    Attributes:
        name: how the legend and the summary call it.
        points: (n, 2), a row of NaN between curves; for a fan (n_rays, n_radii, 2), the points at
            each radius along each ray.
        kind: "line", "points" or "fan".
        look: how it is drawn (overlays.js has the list): flat, traceless, degenerate curve,
            geodesic, longer geodesic, straight, tangent, path, gd, momentum, nesterov, adam,
            brownian for lines; minimum, maximum, saddle, degenerate, cusp, point, end, target for
            points; ball, circle for fans.
        values: one number per point; the line is coloured by them on the scale of S. Of a ball: how
            long each ray is the shortest way, negative where it ends with f, beyond the radii where
            neither happens.
        radii: of a fan, increasing.
        slider: the slider whose value is the fan's radius.
        lasting: whether it stays true while a parameter is dragged; the others fade until Python
            has spoken.
        heights: of a line that is not on the surface, the third coordinate of each point.
    """

    name: str
    points: Floats
    kind: str = "line"
    look: str = "path"
    values: Floats | None = None
    radii: Sequence[float] = ()
    slider: str = ""
    lasting: bool = False
    heights: Floats | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"There is no kind of overlay {self.kind!r}; the kinds: {', '.join(KINDS)}.")


@dataclass(frozen=True)
class PanelState:
    """The last action of the visitor.

    Attributes:
        sequence: how many messages the panel has sent; 0 before the first.
        point: the picked point (u, v), or None.
        values: slider → value at its release.
        cause: what the last message was about: one of `CAUSES`, or "" before the first.
        causes: the same for all that was not yet answered.
        colour: the measure that colours the surface; "" before the first message.
        maps: the measures of the maps, in their order.
    """

    sequence: int = 0
    point: tuple[float, float] | None = None
    values: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    cause: str = ""
    causes: frozenset[str] = frozenset()
    colour: str = ""
    maps: tuple[str, ...] = ()


def read_state(event: Any) -> PanelState:
    """The state from what the browser sent, without anything that is not a finite number."""
    if not isinstance(event, Mapping):
        return PanelState()
    sent, point, sequence, cause, causes, colour, maps = (
        event.get(name) for name in ("values", "point", "sequence", "cause", "causes", "colour", "maps")
    )
    named = sent if isinstance(sent, Mapping) else {}
    numbers = {plain.text(str(name)[:32]): plain.number(x) for name, x in named.items()}
    u, v = map(plain.number, point) if isinstance(point, Sequence) and len(point) == 2 else (None, None)
    return PanelState(
        plain.count(sequence),
        (u, v) if u is not None and v is not None else None,
        MappingProxyType({name: x for name, x in numbers.items() if x is not None}),
        cause if cause in CAUSES else "",
        frozenset(known for known in CAUSES if known in causes) if isinstance(causes, list) else frozenset(),
        colour if isinstance(colour, str) and colour in MEASURES else "",
        tuple(known for name in maps for known in MEASURES if name == known) if isinstance(maps, list) else (),
    )


def overlays_of(picture: Picture) -> list[Overlay]:
    """The marks of the still figures as overlays of the panel, which follows the two zero curves
    itself during a drag.
    """
    curves = (
        ("S = 0", "flat", picture.flat),
        ("tr H = 0", "traceless", picture.traceless),
        ("degenerate critical points", "degenerate curve", picture.degenerate),
    )
    lines = [Overlay(name, joined(parts), "line", look) for name, look, parts in curves if len(parts)]
    return lines + [
        Overlay(kind.plural, points, "points", name)
        for name, kind in KINDS_OF_POINTS.items()
        if len(points := picture.points(name))
    ]


def fan(
    name: str,
    boundaries: Iterable[Floats],
    radii: Sequence[float],
    slider: str,
    look: str = "ball",
    stops: Floats | None = None,
) -> Overlay:
    """A ball whose radius is dragged: boundaries, each (n_rays, 2), at increasing radii, between
    which the panel interpolates; `stops`: where rays are cut.
    """
    return Overlay(name, np.stack(list(boundaries), axis=1), "fan", look, stops, tuple(radii), slider)
