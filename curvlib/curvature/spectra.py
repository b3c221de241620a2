"""The dependence of S on the eigenvalues λ_1 … λ_q of a Hessian at a critical point: only through
their sum and the sum of their squares.

Arrays of eigenvalues have shape (..., q), in any order; results have shape (...).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, cast

import numpy as np

from curvlib.arrays import Bools, Floats


def scalar_curvature(eigenvalues: Any) -> Floats:
    """S = (Σλ)² - Σλ² = 2 Σ_(i<j) λ_i λ_j, Corollary 2.1 (equation 5).

    Summed over pairs, so that one dominant eigenvalue cancels nothing. A canyon, one λ alone, has
    S = 0 however steep it is.

    >>> float(scalar_curvature([3, 3, -1]))
    6.0
    """
    values = np.asarray(eigenvalues, dtype=float)
    values = np.take_along_axis(values, np.argsort(abs(values), axis=-1), axis=-1)
    before = np.cumsum(values, axis=-1) - values
    before[..., 1:] = np.cumsum(values, axis=-1)[..., :-1]
    with np.errstate(over="ignore", invalid="ignore"):  # infinite, or NaN, where it is too large for float64
        return 2 * (values * before).sum(axis=-1)


def norm_form(eigenvalues: Any) -> Floats:
    """‖H‖_*² - ‖H‖_F² = (Σ|λ|)² - Σλ², what the paper writes for S after Corollary 2.1; it is S
    only where `norm_form_holds`.

    >>> float(norm_form([1, -1])), float(scalar_curvature([1, -1]))
    (2.0, -2.0)
    """
    return scalar_curvature(abs(np.asarray(eigenvalues, dtype=float)))


def norm_form_holds(eigenvalues: Any) -> Bools:
    """True if the norm form is S: exactly if H is semidefinite, all λ ≥ 0 or all λ ≤ 0;
    at a saddle the norm form is larger.
    """
    values = np.asarray(eigenvalues, dtype=float)
    return np.asarray((values >= 0).all(axis=-1) | (values <= 0).all(axis=-1))[()]


def participation_ratio(eigenvalues: Any) -> Floats:
    """PR = (Σλ)²/Σλ²: how many equal eigenvalues would spread as these do; S = tr(H)² (1 - 1/PR).
    NaN where all are zero.

    >>> float(participation_ratio([1, 1, 1, 1]))
    4.0
    """
    values = np.asarray(eigenvalues, dtype=float)
    square = (values**2).sum(axis=-1)
    return np.divide(values.sum(axis=-1) ** 2, square, out=np.full(square.shape, np.nan), where=square > 0)[()]


def angle_to_diagonal(eigenvalues: Any) -> Floats:
    """The angle in [0, π/2] between λ and the line of equal eigenvalues, the axis of the null cone;
    NaN where all are zero.

    S = |λ|² (q cos² angle - 1): S > 0 inside the double cone around the axis, S < 0 outside.
    """
    return np.arccos(np.sqrt(np.minimum(participation_ratio(eigenvalues) / np.shape(eigenvalues)[-1], 1)))


def null_cone_angle(q: int) -> float:
    """arccos(1/√q), the half-angle of the cone S = 0 in the space of eigenvalues;
    the coordinate axes, the canyons, lie on it.
    """
    return float(np.arccos(1 / np.sqrt(q)))


def null_cone(radius: float = 1.0, n: int = 120) -> Floats:
    """The circle of the null cone S = 0 at distance `radius` from the origin for q = 3:
    eigenvalues of shape (n, 3), the last row the first.
    """
    turn = np.linspace(0, 2 * np.pi, n)
    axis, first, second = np.ones(3) / np.sqrt(3), np.array([1, -1, 0]) / np.sqrt(2), np.array([1, 1, -2]) / np.sqrt(6)
    angle = null_cone_angle(3)
    return radius * (
        np.cos(angle) * axis + np.sin(angle) * (np.cos(turn)[:, None] * first + np.sin(turn)[:, None] * second)
    )


def onto_null_cone(eigenvalues: Any) -> float:
    """The one further eigenvalue with which S becomes 0, -S/(2 tr H); NaN where tr H = 0.

    >>> onto_null_cone([2, 2])
    -1.0
    """
    trace = float(np.sum(eigenvalues))
    return float(-scalar_curvature(eigenvalues)) / (2 * trace) if trace else float("nan")


@dataclass(frozen=True)
class Spectrum:
    """The quantities that follow from the eigenvalues of a Hessian at a critical point.

    Attributes:
        scalar_curvature: S, and `norm_form`, which is S only if `norm_form_holds`.
        trace, square_trace: tr H and tr H².
        participation_ratio: tr(H)²/tr(H²).
        trace_bound: (1 - 1/q) tr(H)², never below S, and reached by equal eigenvalues.
        square_bound: (q - 1) tr(H²), never below S, and reached by equal eigenvalues.
        kind: "minimum", "maximum", "saddle", or "degenerate" where an eigenvalue is zero and the
            others have one sign.
    """

    scalar_curvature: float
    norm_form: float
    norm_form_holds: bool
    trace: float
    square_trace: float
    participation_ratio: float
    trace_bound: float
    square_bound: float
    kind: str


def spectrum(eigenvalues: Any) -> Spectrum:
    """Everything that S, tr H and tr H² say of eigenvalues of shape (q,).

    >>> spectrum([3, 3, -1]).kind, spectrum([3, 3, -1]).scalar_curvature
    ('saddle', 6.0)
    """
    values = np.asarray(eigenvalues, dtype=float)
    with np.errstate(over="ignore", invalid="ignore"):  # infinite, or NaN, where a square is too large for float64
        trace, square, q = values.sum(), (values**2).sum(), values.size
        return Spectrum(
            scalar_curvature=float(scalar_curvature(values)),
            norm_form=float(norm_form(values)),
            norm_form_holds=bool(norm_form_holds(values)),
            trace=float(trace),
            square_trace=float(square),
            participation_ratio=float(participation_ratio(values)),
            trace_bound=float((1 - 1 / q) * trace**2),
            square_bound=float((q - 1) * square),
            kind=_kind(values),
        )


def _kind(values: Floats) -> str:
    if values.min() < 0 < values.max():
        return "saddle"
    if not values.all():
        return "degenerate"
    return "minimum" if values[0] > 0 else "maximum"


def equal(q: int) -> Floats:
    """q eigenvalues 1: S/tr² = 1 - 1/q, the case that Proposition 3.3 proves."""
    return np.ones(q)


def power_law(q: int, exponent: float = 2.0) -> Floats:
    """i^(-exponent) for i = 1 … q, what trained networks look like;
    above exponent 1 the participation ratio stays finite.
    """
    return cast(Floats, np.arange(1, q + 1) ** -float(exponent))  # numpy declares any float


def outliers(q: int, count: int = 1, size: float | None = None) -> Floats:
    """Ones with `count` eigenvalues of `size` (q if not given) before them."""
    return np.concatenate([np.full(min(count, q), float(q if size is None else size)), np.ones(max(q - count, 0))])


SPECTRA: Mapping[str, Callable[[int], Floats]] = MappingProxyType(
    {"equal": equal, "power law": power_law, "outliers": outliers}
)
"""The families of Proposition 3.3's spectrum designer: the number of parameters → eigenvalues."""


def curvature_share(family: Callable[[int], Floats], sizes: Sequence[int]) -> Floats:
    """S/tr(H)² = 1 - 1/PR of a family of spectra for each number of parameters, shape
    (len(sizes),).

    Proposition 3.3 says that it tends to 1. It does so exactly where PR → ∞.

    >>> curvature_share(equal, [2, 10]).tolist()
    [0.5, 0.9]
    """
    return np.array([1 - 1 / participation_ratio(family(q)) for q in sizes])


def power_law_limit(exponent: float) -> float:
    """The limit of S/tr(H)² for eigenvalues i^(-exponent) and q → ∞: 1 - ζ(2p)/ζ(p)² above exponent
    1, and 1 up to it.

    >>> round(power_law_limit(2.0), 12)
    0.6
    """
    from scipy.special import zeta

    return float(1 - zeta(2 * exponent) / zeta(exponent) ** 2) if exponent > 1 else 1.0


def power_law_share(q: int, exponent: float) -> float:
    """S/tr(H)² of q eigenvalues i^(-exponent), exponent above 1, from zeta functions instead of
    sums: another way to `curvature_share`.

    >>> round(power_law_share(2, 2.0), 12)
    0.32
    """
    from scipy.special import zeta

    first, second = (zeta(p) - zeta(p, q + 1) for p in (exponent, 2 * exponent))
    return float(1 - second / first**2)
