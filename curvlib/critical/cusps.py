"""Strict minima and maxima at which f has no derivative, such as the tip of a cone."""

import numpy as np

from curvlib.arrays import Bools, Floats
from curvlib.critical.polish import STILL
from curvlib.critical.search import Survey
from curvlib.critical.window import ScaledWindow

STENCIL = np.stack(np.meshgrid(np.arange(-2, 3), np.arange(-2, 3)), axis=-1).reshape(-1, 2).astype(float)
MAX_CANDIDATES = 200
"""The most cells whose lowest point is looked for, of each sign."""

EXPLAINED = 8
"""The distance, in half-widths of a cell, up to which a critical point explains a low cell: it may
lie in a cell beside, along a valley.
"""

SHRINK, ROUNDS = 0.4, 70
"""The factor by which the stencil shrinks where it finds nothing better, and how often it moves or
shrinks: 0.4⁴² is the rounding of the window.
"""

POINTED, FAR, NEAR = 0.01, 0.5, 0.005
"""Radii of the circles, in half-widths of a cell, on which f is looked at: by its slope, and by how
far it rises, at two distances a hundred times apart.
"""

SAME = 0.02
"""The distance, in half-widths of a cell, below which two tips are one."""

RISE = 1e-12
"""The least rise of f, relative or from 1: below it is rounding."""

FLATTEST, STEEPEST = 0.25, 1.5
"""The powers of the distance between which f rises at a cusp: 1 for a cone and ½ for a root. Where
it rises with a smaller power there is a pole, with a larger one, as 2, a smooth point.
"""

LOOKS, VALLEYS, NARROWINGS, NARROWING = 64, 4, 16, 5
"""Directions in which f's rise is looked at; the lowest ones of them, which are followed into
narrow valleys, so many times with a fifth of the width.
"""


def cusps(landscape: ScaledWindow, seen: Survey, explained: Floats) -> list[tuple[Floats, float, float]]:
    """(point, f, error) of each cusp found.

    Candidates are cells lower (or higher) than all eight around them with no critical point near to
    explain it. A search without derivatives shrinks onto the best point; it is a cusp when f rises
    from it in every direction, and in one at least in proportion to the distance or faster. Minima
    along a kink that curves are not searched for, only refused.

    Args:
        landscape: where.
        seen: the survey of its cells.
        explained: the critical points already known, shape (n, 2).
    """
    found: list[tuple[Floats, float, float]] = []
    for sign in (1.0, -1.0):
        starts = _extremes(seen, sign)
        starts = starts[_far(landscape, starts, explained, EXPLAINED * seen.half)][:MAX_CANDIDATES]
        if not len(starts):
            continue
        x, error = _shrunk(landscape, starts, sign, 2 * seen.half)
        pointed = _is_pointed(landscape, x, sign, POINTED * seen.half)
        if not pointed.any():
            continue
        x, error = x[pointed], error[pointed]
        f = landscape.sample(x[:, 0], x[:, 1]).f
        sharp = _is_cusp(landscape, x, f, sign, seen.half)
        for point, value, radius in zip(x[sharp], f[sharp], error[sharp], strict=True):
            known = np.array([other[0] for other in found]).reshape(-1, 2)
            if (
                landscape.contains(point)
                and _far(landscape, point[None], np.concatenate([explained, known]), SAME * seen.half)[0]
            ):
                found.append((point, float(value), float(radius)))
    return found


def _extremes(seen: Survey, sign: float) -> Floats:
    """Centres of cells at which sign · f is below its value at all eight around."""
    f = sign * seen.spots.f.reshape(seen.shape)
    centre = f[1:-1, 1:-1]
    rows, columns = centre.shape
    lowest = np.isfinite(centre)
    for i in range(3):
        for j in range(3):
            if (i, j) != (1, 1):
                lowest &= centre < f[i : i + rows, j : j + columns]
    return seen.spots.x.reshape(*seen.shape, 2)[1:-1, 1:-1][lowest]


def _far(landscape: ScaledWindow, x: Floats, others: Floats, radius: float) -> Bools:
    """True for points that have none of the others within a scaled radius."""
    return np.array([not len(others) or landscape.distance(others, point).min() > radius for point in x], dtype=bool)


def _shrunk(landscape: ScaledWindow, x: Floats, sign: float, width: float) -> tuple[Floats, Floats]:
    """The best points a shrinking stencil finds from x, and the size of the last stencil in the
    plane's own units.
    """
    scale = np.full(len(x), width)
    for _ in range(ROUNDS):
        trial = landscape.moved(x[:, None], scale[:, None, None] * STENCIL)
        f = sign * landscape.sample(trial[..., 0], trial[..., 1]).f
        f = np.where(np.isfinite(f), f, np.inf)
        best = f.argmin(axis=1)
        stays = f[np.arange(len(x)), best] >= f[:, len(STENCIL) // 2]
        x = np.where(stays[:, None], x, trial[np.arange(len(x)), best])
        scale = np.where(stays, scale * SHRINK, scale)
        if (scale < landscape.rounding(x) + STILL).all():
            break
    return x, np.linalg.norm(landscape.size) * (2 * scale + landscape.rounding(x))


def _is_pointed(landscape: ScaledWindow, x: Floats, sign: float, radius: float) -> Bools:
    """True if sign · f rises outwards all around points x, shape (n,):
    only near strict minima, and quick to compute.
    """
    angles = np.pi / 6 * np.arange(12) + 0.1
    directions = np.stack([np.cos(angles), np.sin(angles)], axis=-1)
    around = landscape.spots(landscape.moved(x[:, None], radius * directions).reshape(-1, 2)).gradient.reshape(
        len(x), 12, 2
    )
    return (sign * (around * directions).sum(axis=-1) > 0).all(axis=1)


def _is_cusp(landscape: ScaledWindow, x: Floats, f: Floats, sign: float, half: float) -> Bools:
    """True if f rises all around points x, at two distances a hundred times apart, and
    nowhere near them smoothly.
    """
    far, near = FAR * half, NEAR * half
    (least_far, most_far), (least_near, most_near) = (_rises(landscape, x, f, sign, radius) for radius in (far, near))
    power = np.log(most_far / most_near) / np.log(far / near)
    return (np.minimum(least_far, least_near) > RISE * (1 + np.abs(f))) & (power > FLATTEST) & (power < STEEPEST)


def _rises(landscape: ScaledWindow, x: Floats, f: Floats, sign: float, radius: float) -> tuple[Floats, Floats]:
    """The least and the largest rise of sign · f on circles around points x;
    the least one followed into narrow valleys.
    """
    n = len(x)

    def rise(angles: Floats) -> Floats:
        circle = landscape.moved(
            x[:, None], radius * np.stack([np.cos(angles), np.sin(angles)], axis=-1).reshape(n, -1, 2)
        )
        rises = sign * (landscape.sample(circle[..., 0], circle[..., 1]).f - f[:, None])
        return np.where(np.isfinite(rises), rises, -np.inf)

    angles = np.tile(np.linspace(0, 2 * np.pi, LOOKS + 1)[:-1] + 0.01, (n, 1))
    rises = rise(angles)
    centre = np.take_along_axis(angles, np.argsort(rises, axis=1)[:, :VALLEYS], axis=1)
    width = 2 * np.pi / LOOKS
    for _ in range(NARROWINGS):
        nearby = centre[..., None] + width * np.linspace(-1, 1, 13)
        around = rise(nearby.reshape(n, -1)).reshape(nearby.shape)
        centre = np.take_along_axis(nearby, around.argmin(axis=-1)[..., None], axis=-1)[..., 0]
        width /= NARROWING
    return np.minimum(rises.min(axis=1), around.min(axis=(1, 2))), rises.max(axis=1)
