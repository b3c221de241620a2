"""The results of a search for critical points."""

from dataclasses import dataclass

from curvlib.arrays import Floats

KINDS = ("minimum", "saddle", "maximum", "degenerate", "cusp", "curve of degenerate points", "flat region")
"""The kinds of what is found, in the order of the list."""


@dataclass(frozen=True, slots=True)
class CriticalPoint:
    """An isolated point where the gradient vanishes, or where a cusp takes its place.

    Attributes:
        point: (u, v).
        kind: "minimum", "maximum", "saddle", "degenerate" (an eigenvalue of H is zero within its
            error) or "cusp" (a strict minimum or maximum at which f has no derivative; what follows
            from the Hessian is NaN).
        f: the loss.
        scalar_curvature: S = tr(H)² - tr(H²), Corollary 2.1 of the paper.
        hessian_trace: tr(H).
        hessian_square_trace: tr(H²).
        eigenvalues: those of H, ascending.
        error: how far the true point may be from `point`.
    """

    point: tuple[float, float]
    kind: str
    f: float
    scalar_curvature: float
    hessian_trace: float
    hessian_square_trace: float
    eigenvalues: tuple[float, float]
    error: float


@dataclass(frozen=True, slots=True, eq=False)
class CriticalCurve:
    """A curve along which the gradient vanishes, so that H has rank one at most and S = 0.

    Attributes:
        points: its vertices in order, shape (n, 2), cut off at the window's border; each is on the
            curve within `error`.
        closed: whether the last vertex joins the first.
        nature: "valley" where H ≥ 0, "ridge" where H ≤ 0, else "shelf".
        f: the loss, the same all along.
        hessian_trace: tr(H) at the vertices, shape (n,).
        error: how far the vertices may be from the curve.
    """

    points: Floats
    closed: bool
    nature: str
    f: float
    hessian_trace: Floats
    error: float
    kind: str = "curve of degenerate points"
    scalar_curvature: float = 0.0


@dataclass(frozen=True, slots=True)
class FlatRegion:
    """A part of the window on which f is constant in floating point, so that every point is
    critical.

    Attributes:
        point: somewhere inside.
        f: the loss there.
        u_range, v_range: a box around it.
        share: its part of the window.
    """

    point: tuple[float, float]
    f: float
    u_range: tuple[float, float]
    v_range: tuple[float, float]
    share: float
    kind: str = "flat region"
    scalar_curvature: float = 0.0
    hessian_trace: float = 0.0


Critical = CriticalPoint | CriticalCurve | FlatRegion


class CriticalPoints(list[Critical]):
    """The list of what was found, with `notes`: what a reader of the list has to know,
    fit to show.
    """

    def __init__(self, found: list[Critical], notes: tuple[str, ...] = ()) -> None:
        super().__init__(found)
        self.notes = notes
