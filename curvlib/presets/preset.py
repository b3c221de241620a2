"""Presets: stored losses with a window, parameters, a reason and a source."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from curvlib.grid import Grid, Range


@dataclass(frozen=True, slots=True)
class ParameterRange:
    """A parameter's value to begin with, and the ends of its slider."""

    default: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Preset:
    """A loss worth looking at.

    Attributes:
        name: its identifier, in links and in `PRESETS`.
        title: its name for people.
        group: one of `GROUPS`.
        text: the formula, in the language.
        window: (u_range, v_range) to look at.
        reason: what there is to see, in one line.
        source: author and year where it has a history, else empty.
        parameters: a range for each parameter of the formula.
    """

    name: str
    title: str
    group: str
    text: str
    window: tuple[Range, Range]
    reason: str
    source: str = ""
    parameters: Mapping[str, ParameterRange] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parameters", MappingProxyType(dict(self.parameters)))

    @property
    def defaults(self) -> dict[str, float]:
        """The value of each parameter to begin with."""
        return {name: parameter.default for name, parameter in self.parameters.items()}

    def grid(self, shape: tuple[int, int] = (256, 256)) -> Grid:
        """A grid of (n_v, n_u) points over the preset's window."""
        return Grid(*self.window, shape)
