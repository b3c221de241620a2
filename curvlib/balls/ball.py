"""The geodesic ball around a point of the graph: Proposition 2.4, drawn and measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from curvlib.arrays import Bools, Floats
from curvlib.balls.boundary import boundary
from curvlib.balls.cut import ENDS, UNCUT, WORDS, Cut, cut
from curvlib.balls.notes import notes
from curvlib.balls.series import VolumeSeries, volume_series
from curvlib.balls.uncertainty import measured
from curvlib.balls.volumes import Measures
from curvlib.evaluation.bound_loss import landscape
from curvlib.geodesics import endings
from curvlib.geodesics.fan import Fan, fan, refined
from curvlib.geodesics.integration import LONGEST, SHORTEST, TOLERANCE
from curvlib.given import array, pair
from curvlib.language.expression import Expression

ACCURACY = 1e-5
"""The relative error of the volume above which a ball is computed with more rays."""

FEWEST_RAYS, MOST_RAYS = 8, 1024
"""The least and the largest number of rays: every second ray alone must still hold a stencil of
four, and beyond a thousand what is left of the error is f's, not the rays'.
"""

REACH = 1.05
"""The length of the rays, in largest radii: the cut locus is continued from both sides."""

MOST_NODES = 300
"""The number of steps of the rays above which no more rays are added: on a landscape as rough as
that they would take seconds, and narrow the error little.
"""


@dataclass(frozen=True)
class Ball:
    """The points of the graph within a distance of one of its points, for a range of radii.

    Attributes:
        center: u, v.
        radii: ascending, shape (n_radii,).
        excess: volume − π r², kept apart because small balls lose it in the difference, shape
            (n_radii,).
        errors: an estimate of the error of the volumes, shape (n_radii,).
        lengths: lengths of the boundaries, shape (n_radii,).
        euler: Euler characteristic by Gauss and Bonnet, before rounding: 1 for a disc, 0 for an
            annulus, shape (n_radii,); NaN where f ends inside.
        injectivity_radius: the first cut time; infinite where no ray is cut within the largest
            radius.
        valid_radius: up to here the ball is complete; beyond, f ended for some rays and the volume
            is a lower bound. Infinite where that never happens.
        notes: what there is to know about this ball, in sentences fit to show.
        fan: the rays.
        cut: where and why each of them ceases to be the shortest way.
    """

    center: tuple[float, float]
    radii: Floats
    excess: Floats
    errors: Floats
    lengths: Floats
    euler: Floats
    injectivity_radius: float
    valid_radius: float
    notes: tuple[str, ...]
    fan: Fan
    cut: Cut

    @cached_property
    def series(self) -> VolumeSeries:
        """The expansion of the ratio to the orders 2, 4 and 6, by exact derivatives of f."""
        return volume_series(self.fan.where.expression, *self.center, dict(self.fan.where.parameters))

    @property
    def volumes(self) -> Floats:
        """vol(B(r)), shape (n_radii,)."""
        return np.pi * self.radii**2 + self.excess

    @property
    def ratio(self) -> Floats:
        """vol(B(r))/(π r²): below 1 where S > 0, above where S < 0, by Proposition 2.4."""
        return 1 + self.ratio_minus_one

    @property
    def ratio_minus_one(self) -> Floats:
        """The ratio's distance from 1, without the cancellation."""
        return self.excess / (np.pi * self.radii**2)

    @property
    def residual(self) -> Floats:
        """The distance of the Gauss–Bonnet sum from a whole number:
        a check on the cut locus, near 0 where it is right; NaN where f ends inside.
        """
        return self.euler - np.round(self.euler)

    @property
    def columns(self) -> dict[str, Floats]:
        """The table of the ball, a row a radius; partial sums of the series up to r², r⁴, r⁶."""
        partial = {f"series_{order}": self.series(self.radii, order) for order in (2, 4, 6)}
        numbers = {
            "radius": self.radii,
            "volume": self.volumes,
            "error": self.errors,
            "ratio": self.ratio,
            "ratio_minus_one": self.ratio_minus_one,
        }
        return {**numbers, **partial, "boundary_length": self.lengths, "euler_characteristic": self.euler}

    @property
    def scalar_curvature(self) -> float:
        """S at the center."""
        return -24 * self.series.second

    @property
    def angles(self) -> Floats:
        """The directions of the rays in an orthonormal frame at the center, shape (n_rays,)."""
        return self.fan.angles

    @property
    def cut_times(self) -> Floats:
        """The length up to which each ray is shortest, inf beyond all radii, shape (n_rays,)."""
        return np.where(self.cut.times <= self.radii[-1], self.cut.times, np.inf)

    @property
    def conjugate_times(self) -> Floats:
        """The first focus of neighbouring rays, inf beyond the largest radius, shape (n_rays,)."""
        return np.where(self.cut.conjugate <= self.radii[-1], self.cut.conjugate, np.inf)

    @property
    def cut_points(self) -> Floats:
        """u, v of the cut points, NaN for rays not cut or ended by f, shape (n_rays, 2)."""
        return self._points_where((self.cut.kind != UNCUT) & (self.cut.kind != ENDS))

    @property
    def edge_points(self) -> Floats:
        """u, v on the edge of the graph, where rays end with f, else NaN, shape (n_rays, 2)."""
        return self._points_where(self.cut.kind == ENDS)

    @property
    def stopped(self) -> tuple[str, ...]:
        """The reason why each ray stops, in words."""
        kinds = np.where(self.cut.times <= self.radii[-1], self.cut.kind, UNCUT)
        return tuple(
            endings.WORDS[why] if kind == ENDS else WORDS[kind]
            for kind, why in zip(kinds, self.fan.rays.stopped, strict=True)
        )

    def boundary(self, radius: float) -> list[Floats]:
        """The boundary of the ball of a radius up to the largest:
        closed curves (n, 2), the surviving arcs joined at their corners; open where f ends.
        """
        return boundary(self.fan, self.cut, radius)

    def rays(self, count: int = 32, radius: float | None = None, samples: int = 60) -> list[Floats]:
        """Some rays as curves (samples, 2) from the center to the radius or to their cut."""
        chosen = np.arange(0, self.fan.n, max(1, self.fan.n // count))
        ends = self._reach(radius)[chosen]
        points = self.fan.points(chosen[:, None], ends[:, None] * np.linspace(0, 1, samples))
        return list(np.moveaxis(points, 0, 2))

    def mesh(self, radius: float | None = None, samples: int = 40) -> tuple[Floats, Floats]:
        """u, v over the ball, shape (samples, n_rays + 1), a ray a column, the first one twice."""
        rays = np.arange(self.fan.n + 1) % self.fan.n
        points = self.fan.points(
            rays[None, :], np.linspace(0, 1, samples)[:, None] * self._reach(radius)[rays][None, :]
        )
        return points[0], points[1]

    def _points_where(self, chosen: Bools) -> Floats:
        chosen = chosen & (self.cut.times <= self.radii[-1])
        points = self.fan.points(np.arange(self.fan.n), np.where(chosen, self.cut.times, 0.0)).T
        return np.where(chosen[:, None], points, np.nan)

    def _reach(self, radius: float | None) -> Floats:
        return np.minimum(np.minimum(self.cut.times, self.fan.rays.end), self.radii[-1] if radius is None else radius)


def geodesic_ball(
    expression: Expression,
    center: Sequence[float],
    radii: Any,
    parameters: Mapping[str, float] | None = None,
    *,
    n_rays: int = 256,
    accuracy: float = ACCURACY,
    tolerance: float = TOLERANCE,
) -> Ball:
    """Volumes of the geodesic balls around a point, for all radii at once, each with an estimate of
    its error.

        vol_g(B(r)) = π r² (1 − S r²/24 + o(r²))        (Proposition 2.4 of the paper at q = 2)

    Beyond the cut locus it is the metric ball that is measured, not the image of the exponential
    map, which counts points twice.

    Args:
        expression: the loss.
        center: u, v.
        radii: one or more positive radii, in any order.
        parameters: a value for each parameter that has no default in the text.
        n_rays: how many rays to begin with, an even number.
        accuracy: where the estimated relative error is above it, the number of rays is doubled, up
            to `MOST_RAYS`; infinity keeps it.
        tolerance: of the integration, per step.

    Returns:
        A Ball; where f has no derivatives at the center, one of NaN that says so.

    Raises:
        ParameterError: a parameter has no value, or there is no such parameter.

    >>> from curvlib import parse
    >>> ball = geodesic_ball(parse("sqrt(4 - u^2 - v^2)"), (0, 0), [1.0])
    >>> ball.volumes / (8 * np.pi * (1 - np.cos(1 / 2)))
    array([1.])
    """
    r = np.unique(array("radii", radii))
    if not len(r) or not (r[0] >= SHORTEST and REACH * r[-1] <= LONGEST):
        raise ValueError(f"radii must be positive numbers between {SHORTEST:g} and {LONGEST / REACH:.3g}.")
    if n_rays < FEWEST_RAYS or n_rays % 2:
        raise ValueError(f"n_rays must be an even number from {FEWEST_RAYS} on; it is {n_rays}.")
    where = landscape(expression, parameters)
    rays = fan(where, pair("center", center).tolist(), REACH * r[-1], n_rays, tolerance)
    while True:
        state = cut(rays)
        found, errors = measured(rays, state, r)
        if rays.n * 2 > MOST_RAYS or rays.rays.count.max() > MOST_NODES or not (errors > accuracy * np.pi * r**2).any():
            break
        rays = refined(rays, tolerance)
    return _ball(rays, state, r, found, errors)


def _ball(rays: Fan, state: Cut, radii: Floats, found: Measures, errors: Floats) -> Ball:
    within = state.times <= radii[-1]
    injectivity = float(np.where(within & (state.kind != ENDS), state.times, np.inf).min())
    valid = float(np.where(within & (state.kind == ENDS), state.times, np.inf).min())
    euler = np.where(radii > valid, np.nan, found.euler)
    undefined = not np.isfinite(rays.rays.state[:, :, 0]).all()
    spoilt = np.nan if undefined else 0.0
    words = notes(rays, state, radii, errors, euler, undefined)
    excess, errors, lengths, euler = (part + spoilt for part in (found.excess, errors, found.length, euler))
    return Ball(rays.center, radii, excess, errors, lengths, euler, injectivity, valid, words, rays, state)
