"""Optimisers let loose at the chosen point: which, how, and what came of it."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from curvlib import Expression
from curvlib.geodesics.segment import polyline_length, segment_length
from curvlib.optimisers import Adam, GradientDescent, Momentum, Nesterov, Optimiser, Path, descend
from curvlib.optimisers.path import DIVERGED
from pages.ui.results.shown_balls import Point, Ways, ways

MOST_STEPS = 5000
"""The most steps of a path on the page."""

TOO_STEEP = 15.0
"""The ratio of the straight way's length on the surface to that in the plane above which no
geodesic is looked for: the search takes most of a minute there and seldom finds one.
"""


@dataclass(frozen=True)
class Setting:
    """The chosen setting.

    Attributes:
        optimisers: keys of `OPTIMISERS`, in that order.
        learning_rate, momentum, noise: as in `curvlib.optimisers`; Adam keeps the betas of its
            paper.
        steps: the most of them.
        seed: of the noise.
        direct: whether the geodesics from the start to the ends are looked for.
    """

    optimisers: tuple[str, ...]
    learning_rate: float
    momentum: float
    noise: float
    steps: int
    seed: int
    direct: bool


@dataclass(frozen=True)
class OptimiserKind:
    """An optimiser on the page: its name, how to make it, and the same as Python."""

    name: str
    make: Callable[[Setting], Optimiser]
    python: Callable[[Setting], str]


OPTIMISERS: Mapping[str, OptimiserKind] = MappingProxyType(
    {
        "gd": OptimiserKind(
            "Gradient descent",
            lambda s: GradientDescent(s.learning_rate, s.noise),
            lambda s: f"GradientDescent({s.learning_rate!r}, noise={s.noise!r})",
        ),
        "momentum": OptimiserKind(
            "Momentum",
            lambda s: Momentum(s.learning_rate, s.momentum, s.noise),
            lambda s: f"Momentum({s.learning_rate!r}, {s.momentum!r}, noise={s.noise!r})",
        ),
        "nesterov": OptimiserKind(
            "Nesterov",
            lambda s: Nesterov(s.learning_rate, s.momentum, s.noise),
            lambda s: f"Nesterov({s.learning_rate!r}, {s.momentum!r}, noise={s.noise!r})",
        ),
        "adam": OptimiserKind(
            "Adam",
            lambda s: Adam(s.learning_rate, noise=s.noise),
            lambda s: f"Adam({s.learning_rate!r}, noise={s.noise!r})",
        ),
    }
)
"""The optimisers by their words in the address."""

HEAVY = ("momentum", "nesterov")
"""The optimisers that the momentum is for."""


@dataclass(frozen=True, eq=False)
class Walk:
    """The result of one optimiser.

    Attributes:
        path: where it went.
        length: of its path, on the surface; NaN where f ends on it.
        steepness: the length over the straight way from start to end, as a multiple of that in the
            plane; NaN where f ends on it.
        direct: the geodesics from start to end; None where they were not searched for.
    """

    path: Path
    length: float
    steepness: float
    direct: Ways | None


@dataclass(frozen=True, eq=False)
class Descents:
    """The result of a setting: the start, and the walks by the optimiser's key."""

    setting: Setting
    start: Point
    walks: Mapping[str, Walk]


def descents(expression: Expression, start: Point, parameters: Mapping[str, float], setting: Setting) -> Descents:
    """Every chosen optimiser from the same start, with the same noise."""
    found: dict[Point, Ways] = {}

    def walk(name: str) -> Walk:
        path = descend(expression, start, OPTIMISERS[name].make(setting), setting.steps, parameters, setting.seed)
        flat = math.dist(start, path.end)
        steepness = segment_length(expression, start, path.end, parameters) / flat if flat else 1.0
        end = _rounded(path.end)
        if setting.direct and path.ending != DIVERGED and flat and not steepness > TOO_STEEP and end not in found:
            found[end] = ways(expression, start, end, parameters)
        return Walk(path, polyline_length(expression, path.points, parameters), steepness, found.get(end))

    return Descents(setting, start, {name: walk(name) for name in setting.optimisers})


def _rounded(end: Point) -> Point:
    """An end to nine digits: optimisers that come to rest at one point differ in the last ones."""
    return float(f"{end[0]:.9g}"), float(f"{end[1]:.9g}")
