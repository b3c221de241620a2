"""A geodesic as a curve, shot from a point; the exponential map."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from curvlib.arrays import Bools, Floats
from curvlib.evaluation.bound_loss import BoundLoss, landscape
from curvlib.geodesics import interpolation
from curvlib.geodesics.bisection import last_before
from curvlib.geodesics.endings import REACHED, WORDS
from curvlib.geodesics.frames import norm
from curvlib.geodesics.integration import LONGEST, integrate
from curvlib.geodesics.kinks import ended_at_kinks
from curvlib.geodesics.rays import Rays, initial_states
from curvlib.geodesics.step import Y
from curvlib.given import number, pair
from curvlib.language.expression import Expression

TOLERANCE = 1e-11
"""The error of each step: a tenth of a fan's, because there is one curve instead of hundreds."""

SAMPLES = 129

STEPS = 64
"""The least number of steps of a curve: enough to see each zero of J between two of them."""

ROUGH, COVERED = 100, 10
"""The tolerance of the rough curve that the error is measured against, in tolerances of the curve,
and the share of their distance that is the error: a hundredth is expected, and a tenth is stated.
"""

ROUNDING = 1e-15
"""The error by rounding, relative to the length or to 1."""


@dataclass(frozen=True)
class Geodesic:
    """A curve on the graph that goes straight on, at unit speed.

    Attributes:
        points: u, v, shape (n, 2).
        heights: f there, shape (n,).
        lengths: arc length from the start, shape (n,).
        velocities: unit tangent vectors in the coordinates u, v, shape (n, 2).
        stopped: in words, why it ends where it does.
        complete: whether it reached the requested length.
        error: an estimate of the error of its last point, as a length on the graph.
        conjugate_lengths: where neighbouring geodesics focus; their number is the Morse index. With
            none it is the shortest among the curves near it.
    """

    points: Floats
    heights: Floats
    lengths: Floats
    velocities: Floats
    stopped: str
    complete: bool
    error: float
    conjugate_lengths: tuple[float, ...]

    @property
    def length(self) -> float:
        """The length of the whole curve."""
        return float(self.lengths[-1])

    @property
    def morse_index(self) -> int:
        """The number of conjugate points it has passed; 0 for a local minimum of length."""
        return len(self.conjugate_lengths)

    @property
    def end(self) -> Floats:
        """Its last point (u, v)."""
        return self.points[-1]


def geodesic(
    expression: Expression,
    start: Sequence[float],
    direction: Sequence[float],
    length: float,
    parameters: Mapping[str, float] | None = None,
    *,
    samples: int = SAMPLES,
) -> Geodesic:
    """The geodesic from a point in a direction: x'' = −β (x'ᵀH x') ∇f, at unit speed in the metric
    G = I + ∇f ∇fᵀ.

    Args:
        expression: the loss.
        start: u, v.
        direction: any vector but 0; its size does not matter.
        length: how far, ≥ 0.
        parameters: a value for each parameter that has no default in the text.
        samples: how many points to return.

    Returns:
        The Geodesic, shorter than requested where f ends first; `stopped` says why.

    Raises:
        ParameterError: a parameter has no value, or there is no such parameter.

    >>> from curvlib import parse
    >>> geodesic(parse("2*u"), (0, 0), (1, 0), 5 ** 0.5).end.round(12) + 0
    array([1., 0.])
    """
    heading, far = pair("direction", direction), number(length)
    if not heading.any():
        raise ValueError("direction must not be 0.")
    if not 0 <= far <= LONGEST:
        raise ValueError(f"length must be a number between 0 and {LONGEST:g}; it is {far}.")
    if samples < 2:
        raise ValueError(f"samples must be 2 or more; it is {samples}.")
    return shot(landscape(expression, parameters), pair("start", start), heading[:, None], np.array([far]), samples)[0]


def shot(
    where: BoundLoss, start: Floats, directions: Floats, lengths: Floats, samples: int = SAMPLES
) -> list[Geodesic]:
    """Geodesics from one point in directions (2, n), each as far as its length."""
    headings = directions / np.abs(directions).max(axis=0)
    unit = headings / norm(*where.slope(start), headings)
    state = initial_states(where, np.full(len(lengths), start[0]), np.full(len(lengths), start[1]), unit)
    step = float(lengths.max(initial=0)) / STEPS
    rays = ended_at_kinks(where, integrate(where, state, lengths, TOLERANCE, step))
    rough = ended_at_kinks(where, integrate(where, state, lengths, ROUGH * TOLERANCE, 2 * step))
    return [_curve(where, rays, rough, k, samples) for k in range(len(lengths))]


def _curve(where: BoundLoss, rays: Rays, rough: Rays, k: int, samples: int) -> Geodesic:
    t = np.linspace(0, rays.end[k], samples)
    at = interpolation.places(rays, np.full(samples, k), t)
    points, velocities = interpolation.points(rays, at), interpolation.velocities(rays, at)
    points[:, t == 0] = rays.state[:2, k, :1]  # known also where no direction is
    f, f_u, f_v, *_ = where.jet(*points)
    end = np.array([min(rays.end[k], rough.end[k])])
    apart = interpolation.points(rays, interpolation.places(rays, np.array([k]), end)) - interpolation.points(
        rough, interpolation.places(rough, np.array([k]), end)
    )
    error = float(norm(np.nan_to_num(f_u[-1]), np.nan_to_num(f_v[-1]), apart)[0]) + abs(
        float(rays.end[k] - rough.end[k])
    )
    error = error / COVERED + ROUNDING * (1 + float(rays.end[k]))
    reached = rays.stopped[k] == REACHED
    return Geodesic(
        points.T, f, t, velocities.T, WORDS[rays.stopped[k]], bool(reached), error, _conjugate_lengths(rays, k)
    )


def _conjugate_lengths(rays: Rays, k: int) -> tuple[float, ...]:
    """All zeros of J after the start, by bisection between the nodes where it changes its sign."""
    n = int(rays.count[k])
    t, J = rays.t[k, 1:n], rays.t[k, 1:n] + rays.state[Y, k, 1:n]
    before = np.nonzero((J[1:] > 0) != (J[:-1] > 0))[0]
    ray = np.full(len(before), k)
    sign = np.sign(J[before])

    def focused(t: Floats) -> Bools:
        return (t + interpolation.deviation(rays, interpolation.places(rays, ray, t))) * sign <= 0

    return tuple(float(x) for x in last_before(focused, t[before], t[before + 1]) if x <= rays.end[k])


def exponential_map(
    expression: Expression,
    point: Sequence[float],
    vector: Sequence[float],
    parameters: Mapping[str, float] | None = None,
) -> Floats:
    """The end (u, v) of the geodesic that leaves the point with this velocity after unit time; NaN
    where f ends before.

    >>> from curvlib import parse
    >>> exponential_map(parse("u - v"), (1, 2), (3, 4))
    array([4., 6.])
    """
    where = landscape(expression, parameters)
    start, velocity = pair("point", point), pair("vector", vector)
    length = float(norm(*where.slope(start), velocity))
    if length == 0:
        return start
    if not length <= LONGEST:
        return np.full(2, np.nan)
    end = shot(where, start, velocity[:, None], np.array([length]), 2)[0]
    return end.end if end.complete else np.full(2, np.nan)
