"""The volumes of balls with an estimate of their errors."""

import numpy as np

from curvlib.arrays import Bools, Floats
from curvlib.balls.cut import ENDS, Cut, first_overlap
from curvlib.balls.notes import UNSURE
from curvlib.balls.volumes import Measures, measures
from curvlib.geodesics.fan import Fan

ENOUGH_RADII = 12
"""The number of radii from which on they have neighbours enough among themselves."""

PROBES = (0.96, 0.98)
"""Shares of a radius at which the volume is measured too where radii are few. The difference
between N and N/2 rays goes through zero once while a corner passes a ray, and three looks within a
few per cent do not all fall near a zero.
"""

NEIGHBOURHOOD = 0.08
"""Radii closer together than this share count as neighbours: twice the width of the probes."""

LOOKS = 8
"""The number of fronts that are looked at for a crossing, up to the largest radius."""

USUAL, DOUBTED = 0.5, 8.0
"""The error in differences |A_N − A_N/2|. Order 4 would divide it by 15; half of it leaves room for
the first corners, where the order is not reached. Where the cut locus is in doubt it is no bound,
but the only measure there is.
"""

INTERPOLATED = 1e-8
"""The error beyond the first cut, as a share of the flat disc, from cut times that are read between
the nodes of rays.
"""

STEPS = 20.0
"""The error of the integration in sums of its steps' estimates: these are of a lower order than the
steps, but later steps enlarge what was lost before.
"""

ROUNDING = 4e-16
"""The error by rounding, as a share of the flat disc: two units of the last place."""


def measured(rays: Fan, state: Cut, radii: Floats) -> tuple[Measures, Floats]:
    """The measurements, and the estimated errors of the volumes: |A_N − A_N/2|, what the steps and
    the interpolation of cut times may have lost, and rounding.
    """
    probes = radii if len(radii) >= ENOUGH_RADII else np.unique(np.outer([*PROBES, 1.0], radii))
    found, half = measures(rays, state, probes)
    doubted = _doubted(rays, state, probes, found.euler)
    apart = np.abs(found.excess - half.excess) * np.where(doubted, DOUBTED, USUAL) / probes**2
    cut = probes > np.where(state.kind != ENDS, state.times, np.inf).min()
    steps = STEPS * np.pi * np.mean(rays.rays.error[1]) * np.minimum(1, (probes / rays.radius) ** 2)
    shares = largest_nearby(probes, apart) + np.pi * (np.where(cut, INTERPOLATED, 0.0) + ROUNDING)
    errors = shares * probes**2 + steps
    asked = np.searchsorted(probes, radii)
    return found.at(asked), errors[asked]


def largest_nearby(radii: Floats, values: Floats) -> Floats:
    """The largest of the values at radii in the neighbourhood of each."""
    return np.array([values[np.abs(radii - r) <= NEIGHBOURHOOD * r].max() for r in radii])


def _doubted(rays: Fan, state: Cut, radii: Floats, euler: Floats) -> Bools:
    """True where Gauss and Bonnet miss a whole number, or the front crosses itself."""
    overlap = first_overlap(rays, state, radii[-1] * np.arange(1, LOOKS + 1) / LOOKS)
    return (np.abs(euler - np.round(euler)) > UNSURE) | (radii >= overlap)
