"""Walking with an update rule: blocks of steps by themselves, and after each a
look at where they led.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from curvlib.arrays import Bools, Floats
from curvlib.curvature import formulas
from curvlib.evaluation.bound_loss import BoundLoss, landscape
from curvlib.evaluation.jets import Jet, jet
from curvlib.evaluation.undefined import KINK as ON_KINK, OVERFLOW, reasons
from curvlib.language.expression import Expression
from curvlib.optimisers.kinds import kind_of
from curvlib.optimisers.methods import Optimiser
from curvlib.optimisers.path import CONVERGED, DIVERGED, DOMAIN, KINK, UNFINISHED, Path
from curvlib.symbolic.derivatives import JET_NAMES

GRADIENT_TOLERANCE = 1e-8
"""A path has converged only where |∇f| is not above this."""

STEP_TOLERANCE = 1e-8
"""A path has converged only when its last step is not longer than this:
a heavy ball may pass a critical point at full speed.
"""

FAR = 1e6
"""A path farther than this from its start has diverged."""

MAX_POINTS = 4_000_000
"""The most points of all paths together."""

BLOCK = 256
"""The number of steps between two looks."""


def descend(
    expression: Expression,
    start: Sequence[float],
    optimiser: Optimiser,
    steps: int,
    parameters: Mapping[str, float] | None = None,
    seed: int | np.random.Generator = 0,
) -> Path:
    """The path of an optimiser from a point, by the exact gradient.

    Args:
        expression: the loss.
        start: u, v.
        optimiser: one of `GradientDescent`, `Momentum`, `Nesterov`, `Adam`.
        steps: how many steps at most.
        parameters: a value for each parameter that has no default in the text.
        seed: of the noise, or the generator; one seed is the same noise for every optimiser.

    Returns:
        The Path, shorter where it converges, diverges or leaves the domain of f; `ending` says
        which.

    Raises:
        ParameterError: a parameter has no value, or there is no such parameter.

    >>> from curvlib import parse
    >>> from curvlib.optimisers import GradientDescent
    >>> path = descend(parse("u^2/2 + v^2/2"), (1, 0), GradientDescent(0.5), 3)
    >>> path.points[:, 0], path.ending
    (array([1.   , 0.5  , 0.25 , 0.125]), 'steps used up')
    """
    return descents(expression, np.asarray(start, float)[None], optimiser, steps, parameters, seed)[0]


def descents(
    expression: Expression,
    starts: Floats,
    optimiser: Optimiser,
    steps: int,
    parameters: Mapping[str, float] | None = None,
    seed: int | np.random.Generator = 0,
) -> list[Path]:
    """The paths from several starts (n, 2), walked together, each with noise of its own;
    the first is that of `descend`. Arguments as there.
    """
    starts = np.asarray(starts, float)
    if starts.ndim != 2 or starts.shape[1] != 2 or not np.isfinite(starts).all():
        raise ValueError(f"starts must be finite numbers of shape (n, 2); their shape is {starts.shape}.")
    if steps < 0 or len(starts) * (steps + 1) > MAX_POINTS:
        raise ValueError(
            f"{len(starts)} paths of {steps} steps: "
            f"steps must not be negative, and all points together at most {MAX_POINTS}."
        )
    where = landscape(expression, parameters)
    points = _walked(where, starts, optimiser, steps, np.random.default_rng(seed))
    return [_path(where, optimiser, row) for row in points]


def _walked(where: BoundLoss, starts: Floats, optimiser: Optimiser, steps: int, rng: np.random.Generator) -> Floats:
    """The points (n, n_taken + 1, 2); they go on past the ends of paths until all have ended."""
    n, x = len(starts), starts
    points = np.empty((n, steps + 1, 2))
    points[:, 0] = x
    memory, seen = np.zeros((optimiser.n_memories, n, 2)), _gradient(where, n)
    noises = optimiser.noise * rng.standard_normal((n, steps, 2)) if optimiser.noise else None
    over = np.zeros(n, dtype=bool)
    with np.errstate(all="ignore"):
        for first in range(0, steps, BLOCK):
            last = min(first + BLOCK, steps)
            for k in range(first + 1, last + 1):
                g = seen(optimiser.ahead(x, memory))
                move, memory = optimiser.update(memory, g if noises is None else g + noises[:, k - 1], k)
                x = x + move
                points[:, k] = x
            block = points[:, first : last + 1]
            over |= _over(_jet(where, block), block, starts[:, None], bool(optimiser.noise))[:, 1:].any(axis=1)
            if over.all():
                return points[:, : last + 1]
    return points


def _gradient(where: BoundLoss, n: int) -> Callable[[Floats], Floats]:
    """A function from points (n, 2) to ∇f there, NaN where f is not finite."""
    u, v = np.empty(n), np.empty(n)
    kernel = where.bind(u, v)

    def gradient(x: Floats) -> Floats:
        u[:], v[:] = x[:, 0], x[:, 1]
        f, f_u, f_v, *_ = kernel()
        g = np.empty((n, 2))
        g[:, 0], g[:, 1] = f_u, f_v
        g[~np.isfinite(np.broadcast_to(f, n))] = np.nan
        return g

    return gradient


def _over(at: Jet[np.float64], points: Floats, start: Floats, noisy: bool) -> Bools:
    """True at points (..., m, 2) where a path is over: lost, far away, or at rest.
    The first point has no step behind it.
    """
    with np.errstate(all="ignore"):
        steps = np.linalg.norm(np.diff(points, axis=-2, prepend=points[..., :1, :]), axis=-1)
        rests = (np.hypot(at.f_u, at.f_v) <= GRADIENT_TOLERANCE) & (steps <= STEP_TOLERANCE) & (not noisy)
        return np.isnan(at.f_u) | np.isnan(at.f_v) | (np.linalg.norm(points - start, axis=-1) > FAR) | rests


def _jet(where: BoundLoss, points: Floats) -> Jet[np.float64]:
    with np.errstate(all="ignore"):
        return jet(where.expression, points[..., 0], points[..., 1], dict(where.parameters))


def _path(where: BoundLoss, optimiser: Optimiser, points: Floats) -> Path:
    """The path up to its end, and why it is there;
    a point at which f is not defined is left out.
    """
    at = _jet(where, points)
    over = _over(at, points, points[0], bool(optimiser.noise))
    end = int(over.argmax()) if over.any() else len(points) - 1
    lost = bool(np.isnan(at.f_u[end]) | np.isnan(at.f_v[end]))
    ending = (
        _why_lost(where, optimiser, points[: end + 1])
        if lost
        else UNFINISHED
        if not over.any()
        else _why_over(points[: end + 1])
    )
    kept = max(end, 1) if lost else end + 1
    f, f_u, f_v, f_uu, f_uv, f_vv = (getattr(at, name)[:kept] for name in JET_NAMES)
    with np.errstate(all="ignore"):
        S = formulas.jet_scalar_curvature(f_u, f_v, f_uu, f_uv, f_vv)
        kind = kind_of(where, points[end]) if ending == CONVERGED else ""
        return Path(points[:kept].copy(), f, S, f_uu + f_vv, np.hypot(f_u, f_v), ending, kind)


def _why_over(points: Floats) -> str:
    return DIVERGED if np.linalg.norm(points[-1] - points[0]) > FAR else CONVERGED


def _why_lost(where: BoundLoss, optimiser: Optimiser, points: Floats) -> str:
    """The reason why f has no gradient at the last point;
    where that is not a point at all, at the one where the gradient was taken to get there.
    """
    place = points[-1]
    if not np.isfinite(place).all():
        velocity = points[-2] - points[max(len(points) - 3, 0)]
        place = optimiser.ahead(points[-2][None], velocity[None, None])[0]
    words = reasons(where.expression, {"u": place[:1], "v": place[1:], **dict(where.parameters)})
    return {OVERFLOW: DIVERGED, ON_KINK: KINK}.get(next(iter(words)), DOMAIN)
