"""Volume, boundary length and Euler characteristic of balls of many radii, from
one fan and its cut times.
"""

from dataclasses import dataclass, fields, replace

import numpy as np

from curvlib.arrays import Bools, Floats, Ints
from curvlib.balls.between_rays import between
from curvlib.balls.branches import Ends, branch_numbers, corners, junctions, slopes_along, sum_with_jumps, together
from curvlib.balls.cut import MEETS, Cut
from curvlib.geodesics import interpolation
from curvlib.geodesics.fan import Fan
from curvlib.geodesics.frames import inner

HEAD_ON = 1e-3
"""The sine of half the angle between two rays that meet below which J cot(φ/2) has lost its digits:
differences of the cut times give the slope there.
"""


@dataclass(frozen=True)
class Measures:
    """The quantities measured at each radius, arrays of shape (n_radii,).

    Attributes:
        excess: volume − π r².
        length: length of the boundary.
        euler: (1/2π) (∫ K + ∫ κ_g + the turning at the corners): by Gauss and Bonnet the Euler
            characteristic, so a whole number.
    """

    excess: Floats
    length: Floats
    euler: Floats

    def at(self, chosen: Ints) -> "Measures":
        """The same at some of the radii."""
        return Measures(self.excess[chosen], self.length[chosen], self.euler[chosen])


def measures(fan: Fan, state: Cut, radii: Floats) -> tuple[Measures, Measures]:
    """Measures of the balls with these radii, none beyond the fan's, and the same from every second
    ray: vol = Δθ Σ I(min(r, c)), I = ∫ J.
    """
    rays = np.arange(fan.n)
    here = fan.places(rays[None, :], np.minimum(radii[:, None], fan.rays.end[None, :]))
    excess, J = interpolation.area_and_deviation(fan.rays, here)
    J += here.t
    mask = state.times[None, :] < radii[:, None]
    if not mask.any():
        return _plain(excess, J), _plain(excess[:, ::2], J[:, ::2])
    edge = _edge(fan, state)
    return _measures(excess, J, mask, edge, radii), _measures(
        excess[:, ::2], J[:, ::2], mask[:, ::2], edge.every_second(), radii
    )


def _plain(excess: Floats, J: Floats) -> Measures:
    return Measures(2 * np.pi * excess.mean(axis=1), 2 * np.pi * J.mean(axis=1), np.ones(len(J)))


def _measures(excess: Floats, J: Floats, mask: Bools, edge: "_Edge", radii: Floats) -> Measures:
    """The sums, mended at the corners of the circles and where branches of the cut locus join."""
    at_corners = corners(edge.time, edge.slope, edge.branch, mask, radii)
    ends = together(at_corners, junctions(edge.time, edge.slope, edge.branch, mask))
    inside = np.where(mask, edge.area - (radii[:, None] ** 2 - edge.time**2) / 2, excess).sum(axis=1)
    turn, climb = edge.J * edge.slope, edge.J_slope * edge.slope
    volume = sum_with_jumps(inside, ends, 0.0, ends.value(turn), ends.slope(turn) + ends.value(climb))
    length = sum_with_jumps(np.where(mask, 0.0, J).sum(axis=1), at_corners, -_central(J, at_corners), 0.0, 0.0)
    width = 2 * np.pi / J.shape[1]
    return Measures(width * volume, width * length, _euler(mask, ends, at_corners, edge))


def corners_of(fan: Fan, state: Cut, mask: Bools, radii: Floats) -> Ends:
    """The corners of the circles with these radii, where the mask of the cut rays
    (n_radii, n_rays) changes.
    """
    edge = _edge(fan, state)
    return corners(edge.time, edge.slope, edge.branch, mask, radii)


@dataclass(frozen=True)
class _Edge:
    """The cut of each ray, where it is cut, and zeros where it is not.
    Slopes are by the number of the ray.
    """

    branch: Ints
    time: Floats
    slope: Floats
    angle: Floats
    area: Floats
    J: Floats
    J_slope: Floats
    turning: Floats

    def every_second(self) -> "_Edge":
        """The same from every second ray."""
        half = _Edge(*(getattr(self, field.name)[::2] for field in fields(_Edge)))
        return replace(half, slope=2 * half.slope, J_slope=2 * half.J_slope)


def _edge(fan: Fan, state: Cut) -> _Edge:
    """The cut time's slope is J cot(φ/2), φ the angle between the two rays that meet:
    both fronts pass the cut locus equally fast.
    """
    rays, width = np.arange(fan.n), 2 * np.pi / fan.n
    time = np.where(np.isfinite(state.times), state.times, 0.0)
    branch = branch_numbers(state, fan.rays.stopped)
    at = fan.places(rays, time)
    J = time + interpolation.deviation(fan.rays, at)
    beside = [(rays + side) % fan.n for side in (-1, 1)]
    J_slope = np.subtract(*(fan.deviation(ray, np.minimum(time, fan.rays.end[ray])) for ray in beside[::-1])) / 2
    angle = _meeting_angles(fan, state)
    slope = slopes_along(time, branch)
    meets = (state.kind == MEETS) & (np.abs(np.sin(angle / 2)) > HEAD_ON)
    slope = np.where(meets, width * J / np.tan(np.where(meets, angle, 1.0) / 2), slope)
    return _Edge(
        branch,
        time,
        slope,
        np.abs(angle),
        interpolation.area(fan.rays, at),
        J,
        J_slope,
        interpolation.deviation_slope(fan.rays, at) + 1,
    )


def _meeting_angles(fan: Fan, state: Cut) -> Floats:
    """The signed angle from each ray to the one it meets, 0 where it meets none,
    shape (n_rays,).
    """
    angles = np.zeros(fan.n)
    i = np.nonzero(state.kind == MEETS)[0]
    t = state.times[i]
    _, f_u, f_v, *_ = fan.where.jet(*fan.points(i, t))
    own = fan.velocities(i, t)
    nodes, weights = between(state.other[i])
    other = (fan.velocities(nodes % fan.n, t[:, None]) * weights).sum(axis=2)
    across = np.sqrt(1 + f_u**2 + f_v**2) * (own[0] * other[1] - own[1] * other[0])
    angles[i] = np.arctan2(across, inner(f_u, f_v, own, other))
    return angles


def _central(J: Floats, at: Ends) -> Floats:
    """J at the corners, from the four rays around them."""
    n = J.shape[1]
    a, b, c, d = (J[at.radius, (at.cell + k) % n] for k in (-1, 0, 1, 2))
    x = at.s
    return (
        -x * (x - 1) * (x - 2) * a
        + (x + 1) * (x - 2) * 3 * (x - 1) * b
        - (x + 1) * x * 3 * (x - 2) * c
        + (x + 1) * x * (x - 1) * d
    ) / 6


def _euler(mask: Bools, ends: Ends, at_corners: Ends, edge: _Edge) -> Floats:
    """2πχ = 2π − ∫_cut J'(c) dθ − Σ (angle between the rays that meet at a corner);
    each corner is seen from both.
    """
    cut = sum_with_jumps(
        np.where(mask, edge.turning, 0.0).sum(axis=1), ends, ends.value(edge.turning), ends.slope(edge.turning), 0.0
    )
    angle = np.bincount(at_corners.radius, at_corners.value(edge.angle), minlength=len(cut)) / 2
    return 1 - cut / mask.shape[1] - angle / (2 * np.pi)
