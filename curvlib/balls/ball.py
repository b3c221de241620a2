"""The geodesic ball around a point of the graph: Proposition 2.4 of the paper, drawn and measured."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from curvlib.balls.boundary import boundary
from curvlib.balls.cut import ENDS, UNCUT, WORDS, Cut, cut
from curvlib.balls.measures import Measures, measures
from curvlib.balls.notes import UNSURE, notes
from curvlib.balls.series import VolumeSeries, volume_series
from curvlib.geodesics import endings
from curvlib.geodesics.fan import Fan, fan, refined
from curvlib.geodesics.landscape import landscape
from curvlib.language.expression import Expression

ACCURACY = 1e-5
"""The relative error of the volume above which a ball is computed with more rays."""

MOST_RAYS = 1024
MOST_SECONDS = 0.5
"""No rays are added after that long."""


@dataclass(frozen=True)
class Ball:
    """The points of the graph within a distance of one of its points, for a range of radii.

    Attributes:
        center: u, v.
        radii: ascending, shape (n_radii,).
        excess: volume − π r², kept apart because small balls lose it in the difference, shape (n_radii,).
        errors: an estimate of the error of the volumes, shape (n_radii,).
        lengths: lengths of the boundaries, shape (n_radii,).
        euler: Euler characteristic by Gauss and Bonnet, before rounding: 1 for a disc, 0 for an annulus, shape (n_radii,); NaN where f ends inside.
        series: the expansion of the ratio at r = 0 to the orders 2, 4 and 6.
        injectivity_radius: the first cut time; infinite where no ray is cut within the largest radius.
        valid_radius: up to here the ball is complete; beyond, f ended for some rays and the volume is a lower bound. Infinite where that never happens.
        notes: what there is to know about this ball, in sentences fit to show.
        fan: the rays.
        cut: where and why each of them ceases to be the shortest way.
    """

    center: tuple[float, float]
    radii: np.ndarray
    excess: np.ndarray
    errors: np.ndarray
    lengths: np.ndarray
    euler: np.ndarray
    series: VolumeSeries
    injectivity_radius: float
    valid_radius: float
    notes: tuple[str, ...]
    fan: Fan
    cut: Cut

    @property
    def volumes(self) -> np.ndarray:
        """vol(B(r)), shape (n_radii,)."""
        return np.pi * self.radii**2 + self.excess

    @property
    def ratio(self) -> np.ndarray:
        """vol(B(r))/(π r²): below 1 where S > 0, above where S < 0, by Proposition 2.4."""
        return 1 + self.ratio_minus_one

    @property
    def ratio_minus_one(self) -> np.ndarray:
        """The ratio's distance from 1, without the cancellation."""
        return self.excess / (np.pi * self.radii**2)

    @property
    def residual(self) -> np.ndarray:
        """How far Gauss and Bonnet miss a whole number: a check on the cut locus, near 0 where it is right; NaN where f ends inside."""
        return self.euler - np.round(self.euler)

    @property
    def scalar_curvature(self) -> float:
        """S at the center."""
        return -24 * self.series.second

    @property
    def angles(self) -> np.ndarray:
        """The directions of the rays in an orthonormal frame at the center, shape (n_rays,)."""
        return self.fan.angles

    @property
    def cut_times(self) -> np.ndarray:
        """How far each ray is the shortest way, infinite where beyond the largest radius, shape (n_rays,)."""
        return self.cut.times

    @property
    def conjugate_times(self) -> np.ndarray:
        """Where neighbouring rays first focus, infinite where beyond the largest radius, shape (n_rays,)."""
        return self.cut.conjugate

    @property
    def cut_points(self) -> np.ndarray:
        """u, v of the cut points, NaN for rays that are not cut or end with f, shape (n_rays, 2)."""
        known = (self.cut.kind != UNCUT) & (self.cut.kind != ENDS)
        points = self.fan.points(np.arange(self.fan.n), np.where(known, self.cut.times, 0.0)).T
        return np.where(known[:, None], points, np.nan)

    @property
    def stopped(self) -> tuple[str, ...]:
        """In words, what stops each ray."""
        words = [endings.WORDS[why] if kind == ENDS else WORDS[kind] for kind, why in zip(self.cut.kind, self.fan.rays.stopped, strict=True)]
        return tuple(words)

    def boundary(self, radius: float) -> list[np.ndarray]:
        """The boundary of the ball of a radius up to the largest: closed curves (n, 2), the surviving arcs joined at their corners; open where f ends."""
        return boundary(self.fan, self.cut, radius)

    def rays(self, count: int = 32, radius: float | None = None, samples: int = 60) -> list[np.ndarray]:
        """Some rays as curves (samples, 2) from the center to the radius or to where they are cut."""
        chosen = np.arange(0, self.fan.n, max(1, self.fan.n // count))
        ends = self._reach(radius)[chosen]
        points = self.fan.points(chosen[:, None], ends[:, None] * np.linspace(0, 1, samples))
        return list(np.moveaxis(points, 0, 2))

    def mesh(self, radius: float | None = None, samples: int = 40) -> tuple[np.ndarray, np.ndarray]:
        """u and v over the ball, shape (samples, n_rays + 1): rows at equal shares of the way, columns rays, the last one the first."""
        rays = np.arange(self.fan.n + 1) % self.fan.n
        points = self.fan.points(rays[None, :], np.linspace(0, 1, samples)[:, None] * self._reach(radius)[rays][None, :])
        return points[0], points[1]

    def _reach(self, radius: float | None) -> np.ndarray:
        return np.minimum(np.minimum(self.cut.times, self.fan.rays.end), self.radii[-1] if radius is None else radius)


def geodesic_ball(
    expression: Expression,
    center: Sequence[float],
    radii: Any,
    parameters: Mapping[str, float] | None = None,
    *,
    n_rays: int = 256,
    accuracy: float = ACCURACY,
    tolerance: float = 1e-10,
) -> Ball:
    """Volumes of the geodesic balls around a point, for all radii at once, each with an estimate of its error.

        vol_g(B(r)) = π r² (1 − S r²/24 + o(r²))        (Proposition 2.4 of the paper at q = 2)

    Beyond the cut locus it is the metric ball that is measured, not the image of the exponential map, which counts points twice.

    Args:
        expression: the loss.
        center: u, v.
        radii: one or more positive radii, in any order.
        parameters: a value for each parameter that has no default in the text.
        n_rays: how many rays to begin with, an even number.
        accuracy: where the estimated relative error is above it, the number of rays is doubled, up to 1024; infinity keeps it.
        tolerance: of the integration, per step.

    Returns:
        A Ball; where f has no derivatives at the center, one of NaN that says so.

    Raises:
        ParameterError: a parameter has no value, or there is no such parameter.

    >>> from curvlib import parse
    >>> geodesic_ball(parse("sqrt(4 - u^2 - v^2)"), (0, 0), [1.0]).volumes / (8 * np.pi * (1 - np.cos(1 / 2)))
    array([1.])
    """
    radii = np.unique(np.asarray(radii, dtype=float))
    if not len(radii) or not (radii[0] > 0 and np.isfinite(radii[-1])) or n_rays < 8 or n_rays % 2:
        raise ValueError("radii must be positive and finite, and n_rays an even number from 8 on.")
    where = landscape(expression, parameters)
    rays = fan(where, center, radii[-1], n_rays, tolerance)
    deadline = time.monotonic() + MOST_SECONDS
    while True:
        state = cut(rays)
        found, half = measures(rays, state, radii)
        errors = _errors(rays, radii, found, half)
        if rays.n * 2 > MOST_RAYS or time.monotonic() > deadline or not (errors > accuracy * np.pi * radii**2).any():
            break
        rays = refined(rays, tolerance)
    return _ball(rays, state, radii, found, errors, volume_series(expression, *rays.center, dict(where.parameters)))


def _errors(rays: Fan, radii: np.ndarray, found: Measures, half: Measures) -> np.ndarray:
    """|A_N − A_N/2|/8, what the steps may have lost, and rounding; where Gauss and Bonnet have doubts, the order 4 that the 8 allows for is not believed."""
    doubtful = np.abs(found.euler - np.round(found.euler)) > UNSURE
    steps = 2 * np.pi * np.mean(rays.rays.error[1]) * np.minimum(1, (radii / rays.radius) ** 2)
    return np.abs(found.excess - half.excess) * np.where(doubtful, 2, 1 / 8) + steps + 4e-16 * np.pi * radii**2


def _ball(rays: Fan, state: Cut, radii: np.ndarray, found: Measures, errors: np.ndarray, series: VolumeSeries) -> Ball:
    cuts = (state.kind != UNCUT) & (state.kind != ENDS)
    injectivity = float(np.where(cuts, state.times, np.inf).min())
    valid = float(np.where(state.kind == ENDS, state.times, np.inf).min())
    euler = np.where(radii > valid, np.nan, found.euler)
    undefined = not np.isfinite(rays.rays.state[:, :, 0]).all()
    spoilt = np.nan if undefined else 0.0
    words = notes(rays, state, radii, errors, euler, valid, injectivity, undefined)
    return Ball(
        rays.center, radii, found.excess + spoilt, errors + spoilt, found.length + spoilt, euler + spoilt, series, injectivity, valid, words, rays, state
    )
