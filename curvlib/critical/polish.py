"""Newton's method on the gradient, for many starting points at once."""

from dataclasses import dataclass

import numpy as np

from curvlib.critical.landscape import UNDERFLOWN, Array, Landscape, Spots, newton_step

STEPS = 80
"""Newton steps at most: degenerate points are approached by a constant factor a step."""

REACH = 0.02
"""The longest step, scaled: a start that leads further away was not near a critical point."""


@dataclass(frozen=True, slots=True)
class Polished:
    """Points at which the gradient vanishes, and how exactly they are known.

    Attributes:
        spots: the points.
        error: the scaled distance within which the critical point lies, shape (n,).
    """

    spots: Spots
    error: Array

    def where(self, chosen: Array) -> "Polished":
        return Polished(self.spots.where(chosen), self.error[chosen])


def polish(landscape: Landscape, starts: Array) -> Polished:
    """Where damped Newton steps from the starts settle, no two of them the same; starts that settle nowhere are dropped."""
    spots = landscape.spots(starts)
    spots = spots.where(spots.defined)
    damping, last = np.ones(len(spots)), np.full(len(spots), np.inf)
    done: list[Polished] = []
    for _ in range(STEPS):
        step = newton_step(spots.gradient, spots.hessian)
        length = np.linalg.norm(step, axis=-1)
        settled = length <= 2 * landscape.rounding(spots.x) + 1e-17
        stuck = damping < 1e-3
        done.append(_finished(landscape, spots, length, last, settled | stuck))
        going = ~(settled | stuck) & landscape.contains(spots.x, margin=2 * REACH)
        if not going.any():
            break
        spots, step, length, damping, last = spots.where(going), step[going], length[going], damping[going], last[going]
        shortened = step * (damping * np.minimum(1, REACH / length))[:, None]
        spots, better = _better(landscape, spots, shortened)
        last = np.where(better, length, last)
        damping = np.where(better, np.minimum(1, 2 * damping), damping / 4)
    else:
        step = newton_step(spots.gradient, spots.hessian)
        done.append(_finished(landscape, spots, np.linalg.norm(step, axis=-1), last, np.ones(len(spots), dtype=bool)))
    return _joined(done)


def _better(landscape: Landscape, spots: Spots, step: Array) -> tuple[Spots, Array]:
    """The spots after the step where it makes the gradient smaller, as they were elsewhere."""
    trial = landscape.spots(landscape.moved(spots.x, step))
    with np.errstate(all="ignore"):
        better = trial.defined & (np.linalg.norm(trial.gradient, axis=-1) < np.linalg.norm(spots.gradient, axis=-1))
    pick = better.reshape(-1, 1)
    return Spots(
        np.where(pick, trial.x, spots.x),
        np.where(better, trial.f, spots.f),
        np.where(pick, trial.gradient, spots.gradient),
        np.where(pick[..., None], trial.hessian, spots.hessian),
    ), better


def _finished(landscape: Landscape, spots: Spots, length: Array, last: Array, ended: Array) -> Polished:
    """The ended spots that are critical points as far as can be told.

    Steps that shrink by a constant factor ρ (at a degenerate point) still have ρ/(1 - ρ) of the last one before them.
    """
    with np.errstate(all="ignore"):
        ratio = np.clip(np.where(np.isfinite(last) & (last > 0), length / last, 0), 0, 0.99)
        error = length / (1 - ratio) + 2 * landscape.rounding(spots.x)
    known = ended & (error < 1e-5) & (np.abs(spots.hessian).max(axis=(-1, -2)) > UNDERFLOWN)
    exact_zero = ended & (spots.gradient == 0).all(axis=-1) & (spots.hessian == 0).all(axis=(-1, -2))
    chosen = known | exact_zero
    return Polished(spots.where(chosen), error[chosen])


def _joined(parts: list[Polished]) -> Polished:
    spots = Spots(*(np.concatenate([getattr(part.spots, name) for part in parts]) for name in ("x", "f", "gradient", "hessian")))
    return Polished(spots, np.concatenate([part.error for part in parts]))
