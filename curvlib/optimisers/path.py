"""A path of an optimiser, and how it ended."""

from dataclasses import dataclass

from curvlib.arrays import Floats

CONVERGED, DIVERGED, DOMAIN, KINK, UNFINISHED = ENDINGS = (
    "converged",
    "diverged",
    "left the domain",
    "met a kink",
    "steps used up",
)
"""The endings of a path, in words fit to show."""


@dataclass(frozen=True, eq=False)
class Path:
    """The path of an optimiser, and the loss along it.

    Attributes:
        points: (u, v) at the start and after each step, shape (n_steps + 1, 2); all where the loss
            is defined, but for a start where it is not.
        f: the loss along the path, shape (n_steps + 1,).
        scalar_curvature: S along it.
        hessian_trace: tr H along it.
        gradient_norm: |∇f| along it, without noise.
        ending: one of `ENDINGS`. A path without noise has converged when |∇f| and the last step are
            below their tolerances; noise never does. "left the domain" and "met a kink" mean that
            the next step would have.
        kind: of the critical point it has converged to: "minimum", "maximum", "saddle",
            "degenerate" (an eigenvalue of H is zero as far as can be told), or "plateau", where the
            slope is only too small to follow; empty where it has not converged.
    """

    points: Floats
    f: Floats
    scalar_curvature: Floats
    hessian_trace: Floats
    gradient_norm: Floats
    ending: str
    kind: str

    @property
    def steps(self) -> int:
        """The number of steps taken."""
        return len(self.points) - 1

    @property
    def end(self) -> tuple[float, float]:
        """The last point (u, v)."""
        return float(self.points[-1, 0]), float(self.points[-1, 1])
