"""The endings of geodesics: the place and the reason.
All functions take the states of some rays at once, rows as in `step`, shape (9, n).
"""

import numpy as np

from curvlib.arrays import Bools, Floats, Ints
from curvlib.evaluation.bound_loss import BoundLoss
from curvlib.geodesics.step import AREA, U_, V_, Y_, Z_, U, V, Y

REACHED, UNFINISHED, DOMAIN, EDGE, SINGULAR, KINK, NOWHERE, SHARP = range(8)
WORDS = (
    "reached its length",
    "gave up: too many steps",
    "left the domain of f",
    "met a vertical edge of the graph",
    "ran into a point where f is not smooth",
    "met a kink of f",
    "starts where f is not twice differentiable",
    "starts where f bends more sharply than it can be followed",
)
"""The reason why a ray stopped, by its number, fit to show."""

STUCK, OUTLOOK = 1e-4, 8
"""The share of the ray's length that a failing step must fall short of for a barrier to be looked
for, and how far ahead, in such steps.
"""

LOOKS, ZOOMS, PARTS = 5, 12, 16
"""Looks ahead for a barrier; and how often, and in how many parts, the way to it is divided: 16¹²
parts are finer than the rounding of the last step.
"""

BOUNCED = 0.2
"""The difference of z' and ∇f·x' from which on a ray is on another sheet: within rounding they are
equal, and on the sheet it came from ∇f·x' has the opposite sign.
"""

STEEP, NEAR = 30.0, 3e-3
"""The slope from which on a vertical edge is looked for, and how near it must be, as a share of the
ray's length, for the ray to end there.
"""

FORESIGHT = 20
"""The distance up to which an edge is foretold from the last step, in lengths of that step."""


def barrier(where: BoundLoss, state: Floats, slope: Floats, reach: Floats) -> tuple[Floats, Ints]:
    """The distance, up to `reach` (n,), at which the parabolas that continue the rays leave f's
    domain or meet a kink, NaN if neither; and which of the two.
    """
    start = np.sign(where.gaps(state[U], state[V]))

    def passed(ahead: Floats) -> Bools:
        u, v = _continued(state, slope, ahead)
        lost = ~np.isfinite(where.jet(u, v)[0])
        return lost | (np.sign(where.gaps(u, v)) * start[:, None] < 0).any(axis=0)

    rays = np.arange(len(reach))
    ends = passed(np.linspace(0, reach, LOOKS)).any(axis=0)
    low, high = np.zeros_like(reach), reach
    for _ in range(ZOOMS):
        ahead = np.linspace(low, high, PARTS + 1)
        first = np.argmax(passed(ahead), axis=0)
        low, high = ahead[np.maximum(first - 1, 0), rays], ahead[first, rays]
    beyond = where.jet(*_continued(state, slope, high + (high - low)))[0]
    return np.where(ends, low, np.nan), np.where(np.isfinite(beyond), KINK, DOMAIN)


def vertical_edge(where: BoundLoss, state: Floats, slope: Floats, before: Floats, back: Floats) -> Floats:
    """The distance ahead at which the unit normal is level, NaN where it stays upright.

    w = √β, its height, vanishes there to first order; t(w) is continued to w = 0 by the cubic
    through the states now and `back` ago.
    """
    w, fall = _uprightness(where, state)
    w_, fall_ = _uprightness(where, before)
    ahead = _cubic_at_zero(w, 0.0, 1 / fall, w_, -back, 1 / fall_)
    near = (fall < 0) & (fall_ < 0) & (ahead > 0) & (ahead < FORESIGHT * back)
    tau = 2 * ahead
    u, v = _continued(state, slope, tau)
    f, f_u, f_v, *_ = where.jet(u, v)
    climb = f_u * (state[U_] + tau * slope[U_]) + f_v * (state[V_] + tau * slope[V_])
    beyond = ~np.isfinite(f) | (np.abs(climb - state[Z_]) > BOUNCED)
    return np.where(near & beyond, ahead, np.nan)


def bounced(state: Floats, gradient: Floats) -> Bools:
    """True where z' and ∇f·x' differ: the ray has run over a vertical edge, and back on the
    sheet it came from.
    """
    climb = gradient[0] * state[U_] + gradient[1] * state[V_]
    return np.abs(climb - state[Z_]) > BOUNCED


def continued(state: Floats, slope: Floats, ahead: Floats) -> Floats:
    """The states a little way ahead, by the second derivatives, which are known for u, v, z and y,
    and the third one of Y, which is y'.
    """
    second = np.zeros_like(slope)
    second[:4], second[AREA] = slope[4:8], slope[Y]
    third = np.zeros_like(slope)
    third[AREA] = slope[Y_]
    return state + ahead * slope + ahead**2 / 2 * second + ahead**3 / 6 * third


def _continued(state: Floats, slope: Floats, ahead: Floats) -> tuple[Floats, Floats]:
    """u and v on the parabola that continues the ray."""
    u, v = (state[k] + ahead * state[k_] + ahead**2 / 2 * slope[k_] for k, k_ in ((U, U_), (V, V_)))
    return u, v


def _uprightness(where: BoundLoss, state: Floats) -> tuple[Floats, Floats]:
    """w = √β and w' = −β^(3/2) ∇fᵀH x'."""
    _, f_u, f_v, f_uu, f_uv, f_vv = where.jet(state[U], state[V])
    u_, v_ = state[U_], state[V_]
    w = 1 / np.sqrt(1 + f_u**2 + f_v**2)
    return w, -(w**3) * (f_u * (f_uu * u_ + f_uv * v_) + f_v * (f_uv * u_ + f_vv * v_))


def _cubic_at_zero(x: Floats, p: Floats | float, d: Floats, x_: Floats, p_: Floats, d_: Floats) -> Floats:
    """The value at 0 of the cubic with values p, p_ and slopes d, d_ at x, x_."""
    h = x_ - x
    s = -x / h
    return (1 + 2 * s) * (1 - s) ** 2 * p + s * (1 - s) ** 2 * h * d + s**2 * (3 - 2 * s) * p_ + s**2 * (s - 1) * h * d_
