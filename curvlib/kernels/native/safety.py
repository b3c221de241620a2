"""The grids on which a separated program may be run:
no factor leaves the range of float64 and no angle is far away.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from curvlib.kernels.native.bounds import Angles
from curvlib.kernels.native.mathematics import MAX_ANGLE
from curvlib.kernels.program import Program

LARGEST = 1e140
"""Above, the product of two axis functions might overflow where the formula does not."""


@dataclass(frozen=True)
class Separated:
    """A program and the conditions under which it may be run.

    Attributes:
        code: results of a jet's program, then the factors of the exponentials that were split, on
            their axes.
        splits: for each split exponential the names of its two factors, and the largest exponent it
            may have.
    """

    code: Program
    splits: tuple[tuple[str, str, float], ...]

    @cached_property
    def angles(self) -> Angles | None:
        """The plane's angles, which have to be moderate;
        None if there are none or the axes do not limit all of them.
        """
        found = Angles(self.code)
        return found if found and found.largest(dict.fromkeys(range(len(self.code.steps)), 1.0)) < math.inf else None

    def is_safe(self, extremes: Mapping[int, tuple[float, float]]) -> bool:
        """True if no product of axis functions can overflow or vanish where the formula does not,
        and no angle is far away.

        Args:
            extremes: step → the least and the largest value, for all axis arrays and parameters
                that the plane reads.
        """
        if not all(-LARGEST < low and high < LARGEST for low, high in extremes.values()):
            return False
        if (
            self.angles
            and self.angles.largest({i: max(-low, high) for i, (low, high) in extremes.items()}) >= MAX_ANGLE
        ):
            return False
        total = 0.0
        for name_u, name_v, most in self.splits:
            (low_a, high_a), (low_b, high_b) = (
                map(_log, extremes[self.code.outputs[name]]) for name in (name_u, name_v)
            )
            if not (high_a + high_b < most and (low_a > -650 or high_b <= 1) and (low_b > -650 or high_a <= 1)):
                return False
            total += max(0.0, high_a + high_b) if most < 600 else 0.0
        return total < 600


def _log(x: float) -> float:
    return math.log(x) if x > 0 else -math.inf
