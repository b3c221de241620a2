"""Geodesics with their Jacobi fields in q dimensions,
all directions at once with one common step.
"""

from collections.abc import Callable

import numpy as np

from curvlib.arrays import Floats
from curvlib.geodesics import step_length
from curvlib.geodesics.tableau import FINAL, STAGES, A

TOLERANCE = 1e-12
"""The error of each step, relative to the state, or to the step for what begins at 0."""

FLOOR = 1e-6
"""The size to whose tolerance a state that is 0 is held."""

MOST_STEPS = 4000
"""Steps after which the radii that are left are given up."""

FIRST = 4
"""The first step is the smallest radius over this."""

ARRIVED = 1e-14
"""The share of a radius that counts as reached: the sum of the steps is rounded."""

SHORTEST_STEP = 1e-8
"""The shortest step, as a share of the largest radius: where even that is too long f ends."""

Field = Callable[[Floats], Floats]


def excess_densities(
    gradient: Field, hessian: Field, center: Floats, directions: Floats, radii: Floats
) -> tuple[Floats, float]:
    """∫_0^r (det A − t^(q−1)) dt for each radius and direction, (n_radii, n), and the length at
    which det A first vanishes.

    A = t I + D is integrated as D, so that nothing cancels where r is small. Directions (n, q) are
    unit vectors of an orthonormal frame.
    """
    n, q = directions.shape
    state = _start(gradient(center[None])[0], center, directions)
    slopes = _Slopes(gradient, hessian, q)
    t, h, found, conjugate = 0.0, float(radii[0]) / FIRST, np.zeros((len(radii), n)), np.inf
    flat = np.zeros((STAGES + 1, state.size))
    flat[0] = slopes(0.0, state).ravel()
    for _ in range(MOST_STEPS):
        k = int(np.searchsorted(radii, t * (1 + ARRIVED)))
        step = min(h, radii[k] - t)
        new, error = _stepped(slopes, flat, t, state, step)
        proposal = step * (float(step_length.change(error)) if np.isfinite(error) else step_length.SHRINK)
        if error <= 1:
            t, state = t + step, new
            flat[0] = flat[STAGES]
            if _density(t, state, q).min() <= 0 or not np.isfinite(state).all():
                conjugate = min(conjugate, t)
            if t >= radii[k] * (1 - ARRIVED):
                found[k] = state[:, -1]
                if k == len(radii) - 1 or conjugate < np.inf:
                    return found, conjugate
        h = max(h, proposal) if error <= 1 and step < h else proposal  # a radius cut the step short
        if not error <= 1 and not h > SHORTEST_STEP * float(radii[-1]):
            break
    return found, min(conjugate, t)


def _stepped(slopes: "_Slopes", flat: Floats, t: float, state: Floats, h: float) -> tuple[Floats, float]:
    with np.errstate(all="ignore"):
        for k in range(1, STAGES):
            stage = state + h * (A[k, :k] @ flat[:k]).reshape(state.shape)
            flat[k] = slopes(t + h * float(A[k].sum()), stage).ravel()
        increment, fifth, third = h * (FINAL @ flat[:STAGES])
        new = state + increment.reshape(state.shape)
        flat[STAGES] = slopes(t + h, new).ravel()
        scale = TOLERANCE * (np.abs(state) + np.abs(new) + np.array(h + FLOOR)).ravel()
        a, b = np.max(np.abs(fifth) / scale), np.max(np.abs(third) / scale)
        return new, float(step_length.combined(a**2, b**2))


def _start(gradient: Floats, center: Floats, directions: Floats) -> Floats:
    """Rows: x, x', the q − 1 vectors of the frame, D, D', and the integral; one row a direction."""
    n, q = directions.shape
    height = np.sqrt(1 + gradient @ gradient)
    root = np.eye(q) - np.outer(gradient, gradient) / (height * (1 + height))
    _, _, complements = np.linalg.svd(directions[:, None, :])
    frames = complements[:, 1:, :] @ root
    zeros = np.zeros((n, 2 * (q - 1) ** 2 + 1))
    return np.concatenate([np.broadcast_to(center, (n, q)), directions @ root, frames.reshape(n, -1), zeros], axis=1)


class _Slopes:
    """The right-hand side, for states of shape (n, rows)."""

    def __init__(self, gradient: Field, hessian: Field, q: int) -> None:
        self.gradient, self.hessian, self.q = gradient, hessian, q

    def __call__(self, t: float, state: Floats) -> Floats:
        x, v, E, D, D_, _ = _parts(state, self.q)
        grad, H = self.gradient(x), self.hessian(x)
        beta = 1 / (1 + (grad**2).sum(axis=1))
        frame = np.concatenate([v[:, None], E], axis=1)
        second = np.einsum("nai,nij,nbj->nab", frame, H, frame)
        vv, vE, EE = second[:, 0, 0], second[:, 0, 1:], second[:, 1:, 1:]
        R = beta[:, None, None] * (vv[:, None, None] * EE - vE[:, :, None] * vE[:, None, :])
        turn = -(beta[:, None] * second[:, 0])[:, :, None] * grad[:, None, :]
        bend = -R @ (t * np.eye(self.q - 1) + D)
        n = len(x)
        return np.concatenate(
            [v, turn[:, 0], turn[:, 1:].reshape(n, -1), D_.reshape(n, -1), bend.reshape(n, -1), _excess(t, D)[:, None]],
            axis=1,
        )


def _parts(state: Floats, q: int) -> tuple[Floats, ...]:
    n, m = len(state), q - 1
    cuts = np.cumsum([q, q, m * q, m * m, m * m])
    x, v, E, D, D_, total = np.split(state, cuts, axis=1)
    return x, v, E.reshape(n, m, q), D.reshape(n, m, m), D_.reshape(n, m, m), total


def _excess(t: float, D: Floats) -> Floats:
    """det(t I + D) − t^m = Σ_k t^(m−k) e_k(D), the e_k by Faddeev and LeVerrier."""
    m = D.shape[-1]
    M, total = np.broadcast_to(np.eye(m), D.shape), np.zeros(len(D))
    for k in range(1, m + 1):
        product = D @ M
        e = np.einsum("nii->n", product) / k
        total = total + t ** (m - k) * e
        M = e[:, None, None] * np.eye(m) - product
    return total


def _density(t: float, state: Floats, q: int) -> Floats:
    return t ** (q - 1) + _excess(t, _parts(state, q)[3])
