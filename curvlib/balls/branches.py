"""Branches of the cut locus: where the cut time is a smooth function of the direction, and how to integrate what ends there.

A circle of radius r has a corner where the cut time passes r, and the cut time has a kink where two branches join. A trapezoid sum
over n equally spaced directions is exact to all orders but for such places: if an integrand jumps by q(x) across x = s in a cell of
width 1, then (Euler and Maclaurin, B_k the Bernoulli polynomials)

    ∫ = trapezoid + (½ − s) q + B₂(s)/2 q' − B₃(s)/6 q'' + …
"""

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np

from curvlib.balls.cut import ENDS, MEETS, UNCUT, Cut

MOST = 4
"""The most rays through whose values a branch is continued to its end."""


@dataclass(frozen=True)
class Ends:
    """Places where an integrand over the cut directions jumps, one a row.

    Attributes:
        radius: on which circle, as the number of its radius.
        cell: in the cell after this ray.
        s: where in the cell, as a share of it.
        sign: +1 where the branch begins there (in the order of the rays), −1 where it ends.
        nodes: rays of the branch, shape (n, MOST).
        values, slopes: weights (n, MOST) with which values at those rays continue to the place, and their derivative.
    """

    radius: np.ndarray
    cell: np.ndarray
    s: np.ndarray
    sign: np.ndarray
    nodes: np.ndarray
    values: np.ndarray
    slopes: np.ndarray

    def value(self, of: np.ndarray) -> np.ndarray:
        """A function of the ray, (n_rays,), continued along the branch to the places."""
        return (of[self.nodes] * self.values).sum(axis=1)

    def slope(self, of: np.ndarray) -> np.ndarray:
        """Its derivative there, by the number of the ray."""
        return (of[self.nodes] * self.slopes).sum(axis=1)


def sum_with_jumps(inner: np.ndarray, ends: Ends, value: np.ndarray | float, slope: np.ndarray | float, bend: np.ndarray | float) -> np.ndarray:
    """Sums over the rays, (n_radii,), plus what the jumps of the integrand at the ends of its branches make of them."""
    s = ends.s
    jump = (0.5 - s) * value + (s**2 - s + 1 / 6) / 2 * slope - (s**3 - 1.5 * s**2 + 0.5 * s) / 6 * bend
    return inner + np.bincount(ends.radius, ends.sign * jump, minlength=len(inner))


def branch_numbers(state: Cut, stopped: np.ndarray) -> np.ndarray:
    """A number for each ray, the same for neighbours whose cut times belong to one smooth branch; −1 for rays that are not cut."""
    n = len(state.times)
    following = np.roll(np.arange(n), -1)
    turn = np.abs((state.other[following] - state.other + n / 2) % n - n / 2)
    usual = np.fmax(np.fmin(np.roll(turn, 1), np.roll(turn, -1)), 1.0)
    meets = state.kind == MEETS
    meet = meets & meets[following] & (np.nan_to_num(turn, nan=np.inf) < 4 * np.nan_to_num(usual, nan=1.0) + 2)
    end = (state.kind == ENDS) & (state.kind[following] == ENDS) & (stopped == stopped[following])
    tip = (state.kind != UNCUT) & (state.kind != ENDS)
    lone = tip & tip[following] & ~(meets & meets[following])
    together = meet | end | lone
    if together.all():
        return np.zeros(n, dtype=int)
    first = int(np.argmin(together)) + 1
    starts = np.roll(~np.roll(together, 1), -first)
    return np.where(state.kind == UNCUT, -1, np.roll(np.cumsum(starts), first))


def corners(state: Cut, slopes: np.ndarray, branch: np.ndarray, mask: np.ndarray, radii: np.ndarray) -> Ends:
    """The corners of the circles, where the mask of the cut rays (n_radii, n_rays) changes; slopes are those of the cut times by the ray."""
    after = np.roll(mask, -1, axis=1)
    radius, cell = np.nonzero(mask != after)
    begins = after[radius, cell]
    nodes, offsets = _stencils(branch, np.where(begins, cell + 1, cell) % mask.shape[1], cell)
    times, tilts = state.times[nodes], slopes[nodes]
    r = radii[radius]
    s = _root(lambda x: _hermite(x, offsets, times, tilts) - r, len(r))
    return Ends(radius, cell, s, np.where(begins, 1.0, -1.0), nodes, *_lagrange(s, offsets)[:2])


def junctions(state: Cut, slopes: np.ndarray, branch: np.ndarray, mask: np.ndarray) -> Ends:
    """Where two branches join between neighbouring rays, for all circles that reach beyond; two rows each, one a branch."""
    n = len(branch)
    following = np.roll(branch, -1)
    cell = np.nonzero((branch >= 0) & (following >= 0) & (branch != following))[0]
    (left, at_left), (right, at_right) = _stencils(branch, cell, cell), _stencils(branch, (cell + 1) % n, cell)

    def step(x: np.ndarray) -> np.ndarray:
        return _hermite(x, at_right, state.times[right], slopes[right]) - _hermite(x, at_left, state.times[left], slopes[left])

    s = _root(step, len(cell))
    radius, k = np.nonzero(mask[:, cell] & mask[:, (cell + 1) % n])
    parts = [(np.ones(len(k)), right[k], *_lagrange(s[k], at_right[k])[:2]), (-np.ones(len(k)), left[k], *_lagrange(s[k], at_left[k])[:2])]
    return together(*(Ends(radius, cell[k], s[k], *part) for part in parts))


def together(*parts: Ends) -> Ends:
    return Ends(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Ends)))


def slopes_along(values: np.ndarray, branch: np.ndarray) -> np.ndarray:
    """The derivative by the ray of values along their branches, by differences; 0 for a branch of one ray."""
    n = len(branch)
    rays = np.arange(n)
    nodes, offsets = _stencils(branch, rays, rays)
    return (np.where(np.isfinite(offsets), values[nodes], 0.0) * _lagrange(np.zeros(n), offsets)[1]).sum(axis=1)


def _root(value: Callable[[np.ndarray], np.ndarray], n: int) -> np.ndarray:
    """Where in [0, 1] each of n functions vanishes; the end nearer to 0 where it has one sign. By regula falsi, in the form from Illinois."""
    low, high = np.zeros(n), np.ones(n)
    at_low, at_high = value(low), value(high)
    one_sign = np.sign(at_low) == np.sign(at_high)
    x = np.where(np.abs(at_low) < np.abs(at_high), low, high)
    for _ in range(10):
        slope = np.where(at_high == at_low, 1.0, at_high - at_low)
        x = np.where(one_sign, x, np.clip(low - at_low * (high - low) / slope, 0, 1))
        at = value(x)
        left = np.sign(at) == np.sign(at_low)
        low, high = np.where(left, x, low), np.where(left, high, x)
        at_low, at_high = np.where(left, at, at_low / 2), np.where(left, at_high / 2, at)
    return x


def _stencils(branch: np.ndarray, node: np.ndarray, cell: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Up to MOST rays of the node's branch around the cell, and their offsets from the cell's first ray; NaN for those not used."""
    n = len(branch)
    reach = np.arange(1, MOST)
    own = branch[node][:, None]
    same_left = np.cumprod(branch[(node[:, None] - reach) % n] == own, axis=1).sum(axis=1)
    same_right = np.cumprod(branch[(node[:, None] + reach) % n] == own, axis=1).sum(axis=1)
    at = (node - cell + n // 2) % n - n // 2
    size = np.minimum(np.minimum(same_left + same_right + 1, MOST), n)
    first = np.clip(1 - size // 2, at - same_left, at + same_right - size + 1)
    offsets = first[:, None] + np.arange(MOST)
    used = np.arange(MOST) < size[:, None]
    nodes = np.where(used, (cell[:, None] + offsets) % n, node[:, None])
    return nodes, np.where(used, offsets.astype(float), np.nan)


def _lagrange(x: np.ndarray, offsets: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Weights (n, MOST) at x (n,) of values at the offsets, those of the derivative, distances to the offsets, and slopes at home.

    The slope at home is that of each Lagrange polynomial at its own offset, which Hermite interpolation asks for.
    """
    used = np.isfinite(offsets)
    where = np.where(used, offsets, 0.0)
    d = np.where(used, x[:, None] - where, 0.0)
    values, slopes, tilts = np.where(used, 1.0, 0.0), np.zeros_like(d), np.zeros_like(d)
    for k in range(MOST):
        for m in range(MOST):
            if m != k:
                both = used[:, k] & used[:, m]
                scale = np.where(both, where[:, k] - where[:, m], 1.0)
                factor = np.where(both, d[:, m] / scale, 1.0)
                slopes[:, k] = slopes[:, k] * factor + np.where(both, values[:, k] / scale, 0.0)
                values[:, k] *= factor
                tilts[:, k] += np.where(both, 1 / scale, 0.0)
    return values, slopes, d, tilts


def _hermite(x: np.ndarray, offsets: np.ndarray, values: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    """At x the polynomial with these values and slopes at the offsets."""
    line, _, d, tilts = _lagrange(x, offsets)
    used = np.isfinite(offsets)
    return (np.where(used, values, 0.0) * (1 - 2 * tilts * d) * line**2 + np.where(used, slopes, 0.0) * d * line**2).sum(axis=1)
