"""Branches of the cut locus: where the cut time is a smooth function of the direction, and how to
integrate what ends there.

A circle of radius r has a corner where the cut time passes r, and the cut time has a kink where two
branches join. A trapezoid sum over n equally spaced directions is exact to all orders but for such
places: if an integrand jumps by q(x) across x = s in a cell of width 1, then (Euler and Maclaurin,
B_k the Bernoulli polynomials)

    ∫ = trapezoid + (½ − s) q + B₂(s)/2 q' − B₃(s)/6 q'' + …
"""

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np

from curvlib.arrays import Bools, Floats, Ints
from curvlib.balls.cut import ENDS, MEETS, UNCUT, Cut

MOST = 4
"""The most rays through whose values a branch is continued to its end: a cubic, which is all the
order that the mended sums have.
"""

JUMP = 4.0
"""A partner that moves on by so many times what is usual beside it belongs to the next branch."""

STAGGER = 2.0
"""The rays that a partner may move on beyond that, where what is usual is about none."""

SECANTS = 8
"""Steps of the regula falsi: three of them square the error and more."""


@dataclass(frozen=True)
class Ends:
    """Places where an integrand over the cut directions jumps, one a row.

    Attributes:
        radius: on which circle, as the number of its radius.
        cell: in the cell after this ray.
        s: where in the cell, as a share of it.
        sign: +1 where the branch begins there (in the order of the rays), −1 where it ends.
        nodes: rays of the branch, shape (n, MOST).
        values, slopes: weights (n, MOST) with which values at those rays continue to the place, and
            their derivative.
    """

    radius: Ints
    cell: Ints
    s: Floats
    sign: Floats
    nodes: Ints
    values: Floats
    slopes: Floats

    def value(self, of: Floats) -> Floats:
        """A function of the ray, (n_rays,), continued along the branch to the places."""
        return (of[self.nodes] * self.values).sum(axis=1)

    def slope(self, of: Floats) -> Floats:
        """Its derivative there, by the number of the ray."""
        return (of[self.nodes] * self.slopes).sum(axis=1)


def sum_with_jumps(
    inner: Floats, ends: Ends, value: Floats | float, slope: Floats | float, bend: Floats | float
) -> Floats:
    """Sums over the rays, (n_radii,), plus what the jumps of the integrand at the ends of its
    branches make of them.
    """
    s = ends.s
    jump = (0.5 - s) * value + (s**2 - s + 1 / 6) / 2 * slope - (s**3 - 1.5 * s**2 + 0.5 * s) / 6 * bend
    return inner + np.bincount(ends.radius, ends.sign * jump, minlength=len(inner))


def branch_numbers(state: Cut, stopped: Ints) -> Ints:
    """A number for each ray, the same for neighbours whose cut times belong to one smooth branch;
    −1 for rays that are not cut.
    """
    n = len(state.times)
    following = np.roll(np.arange(n), -1)
    turn = np.abs((state.other[following] - state.other + n / 2) % n - n / 2)
    usual = np.fmax(np.fmin(np.roll(turn, 1), np.roll(turn, -1)), 1.0)
    meets = state.kind == MEETS
    meet = meets & meets[following] & (np.nan_to_num(turn, nan=np.inf) < JUMP * np.nan_to_num(usual, nan=1.0) + STAGGER)
    end = (state.kind == ENDS) & (state.kind[following] == ENDS) & (stopped == stopped[following])
    tip = (state.kind != UNCUT) & (state.kind != ENDS)
    lone = tip & tip[following] & ~(meets & meets[following])
    together = meet | end | lone
    if together.all():
        return np.zeros(n, dtype=int)
    first = int(np.argmin(together)) + 1
    starts = np.roll(~np.roll(together, 1), -first)
    return np.where(state.kind == UNCUT, -1, np.roll(np.cumsum(starts), first))


def corners(state_times: Floats, slopes: Floats, branch: Ints, mask: Bools, radii: Floats) -> Ends:
    """The corners of the circles, where the mask of the cut rays (n_radii, n_rays) changes;
    slopes are those of the cut times by the ray.
    """
    radius, cell = np.nonzero(mask ^ np.roll(mask, -1, axis=1))
    begins = ~mask[radius, cell]
    stencil = Differences.of(branch, np.where(begins, cell + 1, cell) % mask.shape[1], cell)
    times, tilts = state_times[stencil.nodes], slopes[stencil.nodes]
    r = radii[radius]
    s = _root(lambda x: stencil.hermite(x, times, tilts) - r, len(r))
    return Ends(radius, cell, s, np.where(begins, 1.0, -1.0), stencil.nodes, *stencil.lagrange(s))


def junctions(state_times: Floats, slopes: Floats, branch: Ints, mask: Bools) -> Ends:
    """The places where two branches join between neighbouring rays, for all circles that reach
    beyond; two rows each, one a branch.
    """
    n = len(branch)
    following = np.roll(branch, -1)
    cell = np.nonzero((branch >= 0) & (following >= 0) & (branch != following))[0]
    left, right = Differences.of(branch, cell, cell), Differences.of(branch, (cell + 1) % n, cell)
    parts = [(side, state_times[side.nodes], slopes[side.nodes]) for side in (left, right)]
    s = _root(lambda x: np.subtract(*(side.hermite(x, times, tilts) for side, times, tilts in parts)), len(cell))
    radius, k = np.nonzero(mask[:, cell] & mask[:, (cell + 1) % n])
    rows = [
        Ends(radius, cell[k], s[k], np.full(len(k), sign), side.nodes[k], *(w[k] for w in side.lagrange(s)))
        for sign, side in ((1.0, right), (-1.0, left))
    ]
    return together(*rows)


def together(*parts: Ends) -> Ends:
    return Ends(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Ends)))


def slopes_along(values: Floats, branch: Ints) -> Floats:
    """The derivative by the ray of values along their branches, by differences;
    0 for a branch of one ray.
    """
    rays = np.arange(len(branch))
    stencil = Differences.of(branch, rays, rays)
    return (values[stencil.nodes] * stencil.lagrange(np.zeros(len(rays)))[1]).sum(axis=1)


def _root(value: Callable[[Floats], Floats], n: int) -> Floats:
    """A zero in [0, 1] of each of n functions; the end nearer to 0 where a function has one sign.
    By regula falsi, in the Illinois form.
    """
    low, high = np.zeros(n), np.ones(n)
    at_low, at_high = value(low), value(high)
    one_sign = np.sign(at_low) == np.sign(at_high)
    x = np.where(np.abs(at_low) < np.abs(at_high), low, high)
    side = np.zeros(n)
    for _ in range(SECANTS):
        slope = np.where(at_high == at_low, 1.0, at_high - at_low)
        x = np.where(one_sign, x, np.clip(low - at_low * (high - low) / slope, 0, 1))
        at = value(x)
        left = np.sign(at) == np.sign(at_low)
        again = np.where(left, 1, -1) == side  # the same end stays twice: its value counts half
        at_low, at_high = (
            np.where(left, at, np.where(again, at_low / 2, at_low)),
            np.where(left, np.where(again, at_high / 2, at_high), at),
        )
        low, high, side = np.where(left, x, low), np.where(left, high, x), np.where(left, 1, -1)
    return x


@dataclass(frozen=True)
class Differences:
    """Stencils of up to MOST rays of one branch around a cell, one a row;
    unused entries have weight 0.

    Attributes:
        nodes: the rays, shape (n, MOST).
        offsets: their distances from the cell's first ray, shape (n, MOST).
        used: which of them count.
        inverse: 1/(offset k − offset m), 0 on the diagonal and where one of the two is not used,
            shape (n, MOST, MOST).
    """

    nodes: Ints
    offsets: Floats
    used: Bools
    inverse: Floats

    @staticmethod
    def of(branch: Ints, node: Ints, cell: Ints) -> "Differences":
        """Stencils on the branches of the nodes, around the cells after the rays `cell`."""
        n = len(branch)
        reach = np.arange(1, MOST)
        own = branch[node][:, None]
        same_left = np.cumprod(branch[(node[:, None] - reach) % n] == own, axis=1).sum(axis=1)
        same_right = np.cumprod(branch[(node[:, None] + reach) % n] == own, axis=1).sum(axis=1)
        at = (node - cell + n // 2) % n - n // 2
        size = np.minimum(np.minimum(same_left + same_right + 1, MOST), n)
        first = np.clip(1 - size // 2, at - same_left, at + same_right - size + 1)
        used = np.arange(MOST) < size[:, None]
        offsets = np.where(used, first[:, None] + np.arange(MOST), first[:, None]).astype(float)
        apart = offsets[:, :, None] - offsets[:, None, :]
        both = used[:, :, None] & used[:, None, :] & ~np.eye(MOST, dtype=bool)
        inverse = np.where(both, 1 / np.where(both, apart, 1.0), 0.0)
        return Differences((cell[:, None] + offsets.astype(int)) % n, offsets, used, inverse)

    def lagrange(self, x: Floats) -> tuple[Floats, Floats]:
        """Weights (n, MOST) of values at x (n,), and of the derivative there."""
        factors = self._factors(x)
        values = self._product(factors)
        slopes = np.zeros_like(values)
        for p in range(MOST):
            kept = factors.copy()
            kept[:, :, p] = 1.0
            slopes += self.inverse[:, :, p] * self._product(kept)
        return values, slopes

    def hermite(self, x: Floats, values: Floats, slopes: Floats) -> Floats:
        """The value at x of the polynomial with these values and slopes (n, MOST) at the rays."""
        square = self._product(self._factors(x)) ** 2
        d = x[:, None] - self.offsets
        return ((values * (1 - 2 * self.inverse.sum(axis=2) * d) + slopes * d) * square).sum(axis=1)

    def _factors(self, x: Floats) -> Floats:
        d = x[:, None] - self.offsets
        return np.where(self.inverse != 0, d[:, None, :] * self.inverse, 1.0)

    def _product(self, factors: Floats) -> Floats:
        product = np.where(self.used, factors[:, :, 0], 0.0)
        for m in range(1, MOST):
            product = product * factors[:, :, m]
        return product
