"""Colours of values: scales that show the many small values and the few large
ones, and say what they cut.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from curvlib.arrays import AnyFloats, Bools, Floats

NO_CLIP_UP_TO = 1.3
"""The factor (on the asinh scale) by which a scale may grow to take in every value before it cuts
off the extremes instead.
"""

LARGEST = 1e150
"""Values beyond it get the colour of it."""

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Scale:
    """An asinh colour scale: linear below `unit`, logarithmic above, cut at `limit`.

    Attributes:
        diverging: from −limit to limit with 0 in the middle; otherwise from `low` to limit.
        low: the value at the lower end.
        limit: the value at the upper end, positive for a diverging scale.
        unit: where the scale turns from linear to logarithmic, measured from `zero`.
        zero: the value the asinh is taken about.
        clipped: share of the defined values outside the scale, 0 to 1.
    """

    diverging: bool
    low: float
    limit: float
    unit: float
    zero: float
    clipped: float

    def position(self, values: AnyFloats | float) -> Floats:
        """The places of values on the scale: 0 at the lower end, 1 at the upper, NaN
        stays; any shape.
        """
        bottom, top = self._stretched(self.low), self._stretched(self.limit)
        return np.clip((self._stretched(values) - bottom) / (top - bottom), 0, 1)

    def value(self, position: Floats | float) -> Floats:
        """The inverse of `position` on [0, 1]."""
        bottom, top = self._stretched(self.low), self._stretched(self.limit)
        return self.zero + self.unit * np.sinh(bottom + np.asarray(position) * (top - bottom))

    def ticks(self) -> dict[float, str]:
        """Positions on the scale that deserve a tick, with the true values as text."""
        ticks: dict[float, str] = {}
        for value in _round_numbers(self):
            position = float(self.position(value))
            if all(abs(position - other) > 0.13 for other in ticks):
                ticks[position] = short(value, 7)
        return dict(sorted(ticks.items()))

    def _stretched(self, values: AnyFloats | float) -> Floats:
        return np.arcsinh((np.asarray(values, dtype=float) - self.zero) / self.unit)


ZERO = Scale(True, -1.0, 1.0, 1.0, 0.0, 0.0)
"""The scale of values that are all zero."""


def diverging(values: AnyFloats) -> Scale:
    """A scale centred at 0 for values of either sign, of any shape;
    NaN and infinities are ignored.
    """
    sizes = np.abs(_drawable(values))
    limit, unit = _limit_and_unit(sizes)
    return Scale(True, -limit, limit, unit, 0.0, _share(sizes > limit))


def one_sided(values: AnyFloats) -> Scale:
    """A scale from the smallest value up, for values that have no natural centre;
    NaN and infinities are ignored.
    """
    values = _drawable(values)
    low = float(values.min()) if values.size else 0.0
    limit, unit = _limit_and_unit(values - low)
    if limit <= 1e-12 * abs(low):
        limit = unit = max(1.0, abs(low))
    return Scale(False, low, low + limit, unit, low, _share(values - low > limit))


def short(value: float, digits: int = 4) -> str:
    """A number in as little room as it can be read in: −0.05, 1.2, 300, 4·10⁶."""
    if value == 0 or not math.isfinite(value):
        return {"inf": "∞", "-inf": "−∞", "nan": "undefined"}.get(str(value), "0")
    rounded = float(f"{value:.{digits}g}")
    if 1e-3 <= abs(rounded) < 10 ** max(5, digits):
        return f"{rounded:.15g}".replace("-", "−")
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    mantissa = mantissa.rstrip("0").rstrip(".").replace("-", "−")
    power = "10" + str(int(exponent)).translate(SUPERSCRIPTS)
    return {"1": power, "−1": f"−{power}"}.get(mantissa, f"{mantissa}·{power}")


def _drawable(values: AnyFloats) -> AnyFloats:
    return np.clip(values[np.isfinite(values)], -LARGEST, LARGEST)


def _limit_and_unit(sizes: AnyFloats) -> tuple[float, float]:
    largest = float(sizes.max(initial=0.0))
    if largest <= 1e-300:
        return 1.0, 1.0
    limit = float(np.percentile(sizes, 99)) or largest
    unit = max(float(np.median(sizes)), 1e-6 * limit)
    if math.asinh(largest / unit) <= NO_CLIP_UP_TO * math.asinh(limit / unit):
        limit = largest
    return limit, unit


def _share(outside: Bools) -> float:
    return float(np.count_nonzero(outside) / outside.size) if outside.size else 0.0


def _round_numbers(scale: Scale) -> Iterator[float]:
    """Multiples of 1-2-5 steps on the scale, the indispensable first:
    those of the coarsest step, then finer ones about the zero.
    """
    coarsest = math.floor(math.log10(scale.limit - scale.low))
    finest = math.floor(math.log10(max(min(scale.unit, scale.limit - scale.low) / 4, 1e-300)))
    for step in (m * 10.0**k for k in range(coarsest, finest - 1, -1) for m in (5, 2, 1)):
        nearest = round(scale.zero / step)
        for offset in (0, *(sign * n for n in (1, 2, 3, 4, 5) for sign in (1, -1))):
            value = float(f"{(nearest + offset) * step:.12g}")
            if scale.low <= value <= scale.limit:
                yield value
