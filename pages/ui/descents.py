"""Optimisers let loose at the chosen point: which, how, and what came of it."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from curvlib import Expression
from curvlib.geodesics.segment import polyline_length, segment_length
from curvlib.optimisers import Adam, GradientDescent, Momentum, Nesterov, Optimiser, Path, descend

MOST_STEPS = 5000
"""The most steps of a path on the page."""

TOO_STEEP = 15.0
"""Where the straight way is so many times as long on the surface as in the plane, looking for a geodesic takes most of a minute and seldom finds one."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Setting:
    """What is chosen.

    Attributes:
        optimisers: keys of `OPTIMISERS`, in that order.
        learning_rate, momentum, noise: as in `curvlib.optimisers`; Adam keeps the betas of its paper.
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
class Kind:
    """An optimiser on the page: its name, how to make it, and the same as Python."""

    name: str
    make: Callable[[Setting], Optimiser]
    python: Callable[[Setting], str]


OPTIMISERS: Mapping[str, Kind] = MappingProxyType(
    {
        "gd": Kind(
            "Gradient descent",
            lambda s: GradientDescent(s.learning_rate, s.noise),
            lambda s: f"GradientDescent({s.learning_rate!r}, noise={s.noise!r})",
        ),
        "momentum": Kind(
            "Momentum",
            lambda s: Momentum(s.learning_rate, s.momentum, s.noise),
            lambda s: f"Momentum({s.learning_rate!r}, {s.momentum!r}, noise={s.noise!r})",
        ),
        "nesterov": Kind(
            "Nesterov",
            lambda s: Nesterov(s.learning_rate, s.momentum, s.noise),
            lambda s: f"Nesterov({s.learning_rate!r}, {s.momentum!r}, noise={s.noise!r})",
        ),
        "adam": Kind("Adam", lambda s: Adam(s.learning_rate, noise=s.noise), lambda s: f"Adam({s.learning_rate!r}, noise={s.noise!r})"),
    }
)
"""The optimisers by their words in the address."""

HEAVY = ("momentum", "nesterov")
"""Those that the momentum is for."""


@dataclass(frozen=True, eq=False)
class Walk:
    """A path with its length on the surface."""

    path: Path
    length: float


@dataclass(frozen=True, eq=False)
class Descents:
    """What came of a setting.

    Attributes:
        setting: the setting.
        start: where all began.
        walks: by the optimiser's key.
        steepness: by the optimiser's key, the length over the straight way from start to end, as a multiple of that in the plane; NaN where f ends on it.
    """

    setting: Setting
    start: Point
    walks: Mapping[str, Walk]
    steepness: Mapping[str, float]

    def too_steep(self, name: str) -> bool:
        """Whether there is no looking for a geodesic to the end of this path."""
        return self.steepness[name] > TOO_STEEP


def descents(expression: Expression, start: Point, parameters: Mapping[str, float], setting: Setting) -> Descents:
    """Every chosen optimiser from the same start, with the same noise."""
    walks, steepness = {}, {}
    for name in setting.optimisers:
        path = descend(expression, start, OPTIMISERS[name].make(setting), setting.steps, parameters, setting.seed)
        walks[name] = Walk(path, polyline_length(expression, path.points, parameters))
        flat = math.dist(start, path.end)
        steepness[name] = segment_length(expression, start, path.end, parameters) / flat if flat else 1.0
    return Descents(setting, start, walks, steepness)


def drawn(points: np.ndarray, size: float, most: int = 600) -> np.ndarray:
    """Indices of the points worth drawing, both ends among them: those that are a little apart, for a window of this size, and so many at most."""
    kept, last = [0], points[0]
    for k in range(1, len(points)):
        if math.dist(points[k], last) > size / 400:
            kept.append(k)
            last = points[k]
    if kept[-1] != len(points) - 1:
        kept.append(len(points) - 1)
    return np.array(kept)[np.unique(np.linspace(0, len(kept) - 1, min(len(kept), most)).round().astype(int))]
