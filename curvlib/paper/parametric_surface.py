"""The description of a surface in space by formulas: the rows of the gallery in `surfaces`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np

from curvlib.grid import Range
from curvlib.presets.preset import ParameterRange

FULL_TURN: Range = (0.0, 2 * np.pi)


@dataclass(frozen=True)
class ParametricSurface:
    """A surface by the formulas of its coordinates in u and v.

    Attributes:
        title: its name for people.
        x, y, z: the coordinates, in the language.
        u_range, v_range: the patch to draw.
        curvature: S in closed form, in the language; empty if unknown.
        latex: the same, typeset.
        reason: what there is to see, in one line.
        euler_characteristic: χ where the patch covers a closed surface once: then ∫S dA = 4πχ
            (Gauss–Bonnet); None for others.
        parameters: a range for each parameter of the formulas.
    """

    title: str
    x: str
    y: str
    z: str
    u_range: Range
    v_range: Range
    curvature: str = ""
    latex: str = ""
    reason: str = ""
    euler_characteristic: int | None = None
    parameters: Mapping[str, ParameterRange] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    @property
    def defaults(self) -> dict[str, float]:
        """The value of each parameter to begin with."""
        return {name: parameter.default for name, parameter in self.parameters.items()}


def around(
    title: str, radius: str, height: str, u_range: Range, curvature: str, latex: str, reason: str, **more: Any
) -> ParametricSurface:
    """A surface of revolution about the z axis."""
    return ParametricSurface(
        title, f"({radius})*cos(v)", f"({radius})*sin(v)", height, u_range, FULL_TURN, curvature, latex, reason, **more
    )
