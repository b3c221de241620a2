"""Curvature of a landscape of which only samples are known, with an error for each number."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from curvlib.arrays import Bools, Floats
from curvlib.curvature.formulas import jet_scalar_curvature
from curvlib.curvature.measures import FURTHER
from curvlib.evaluation.fields import Fields
from curvlib.evaluation.jets import further_measure
from curvlib.evaluation.undefined import Cause
from curvlib.grid import Grid
from curvlib.sampled.samples_error import SamplesError
from curvlib.sampled.stencils import Stencil, Stencils, noise_level

DEGREE = 4
"""The degree of the fitted polynomials; the error is estimated by a second fit of degree 6."""

HALF_WIDTHS = (2, 3, 4, 6, 8, 12, 16, 24, 32)
"""The windows that are tried where none is given."""

TRIAL = 256
"""The most cells a side on which they are tried: of a larger grid, those in its middle."""

MIN_SIDE = 7
"""The fewest samples along a side: the second fit needs seven."""

LARGEST = 1e100
"""The largest loss that is looked at, in absolute value;
beyond it a run has diverged and the sample counts as missing.
"""

DEVIATIONS = 2.0
"""The number of standard deviations of noise that the stated error contains."""

SPREAD = 2
"""The stated truncation error of a cell is the largest one within so many cells, since the
difference of two fits may vanish by accident.
"""

ORDERS = ((1, 0), (0, 1), (2, 0), (1, 1), (0, 2))
"""Derivatives in u and v of f_u, f_v, f_uu, f_uv, f_vv."""

MISSING, NEAR_GAP = "no sample there", "too near to a gap or an edge of the samples"


@dataclass(frozen=True, eq=False)
class SampledFields:
    """Curvature from samples; arrays have shape (n_v, n_u).

    Attributes:
        fields: the samples as they are, and all other measures by the fit; NaN within a window of a
            missing sample.
        errors: what the numbers of `fields` may be off by: two standard deviations of noise plus
            the truncation error of the fit, carried through the formulas to first order. An
            estimate, not a bound; it trusts that noise is independent from sample to sample.
        noise: estimated standard deviation of the noise of one sample.
        half_width: m of the windows of 2m + 1 samples; near gaps they are narrower.
    """

    fields: Fields
    errors: Fields
    noise: float
    half_width: int

    @property
    def unreliable(self) -> Bools:
        """True where the error of S is larger than S itself, so that not even its sign is known."""
        with np.errstate(invalid="ignore"):
            return self.errors.scalar_curvature > np.abs(self.fields.scalar_curvature)


def from_samples(values: Floats, grid: Grid, half_width: int | None = None) -> SampledFields:
    """|∇f|, tr H, S and further measures of a loss from its values on a grid, each with an error.

    Derivatives are those of polynomials of degree 4, fitted to windows of 2m + 1 by 2m + 1 samples;
    with m = 2 they are central differences of fourth order. Where a window would hold a gap, one
    half as wide is tried, down to m = 2. The truncation error is estimated by the difference from a
    fit of degree 6, that of noise by the fit's amplification of it.

    Args:
        values: the losses, shape of the grid; NaN, infinite or beyond `LARGEST` where there are
            none.
        grid: where they are.
        half_width: m; if not given, that of `HALF_WIDTHS` with the smallest median error of tr H.

    Raises:
        SamplesError: the array does not fit the grid, or is too small for the window.

    >>> grid = Grid((-1, 1), (-1, 1), (21, 21))
    >>> found = from_samples(np.add.outer(grid.v**2, grid.u**2), grid)
    >>> round(float(found.fields.scalar_curvature[10, 10]), 9)
    8.0
    """
    if np.iscomplexobj(values):
        raise SamplesError("The samples are complex numbers; a loss is real. Pass their real parts, or their sizes.")
    values = np.asarray(values, dtype=float)
    _check(values, grid, half_width)
    known = np.abs(values) <= LARGEST
    noise = noise_level(np.where(known, values, np.nan))
    noise = 0.0 if np.isnan(noise) else noise
    steps = (
        (grid.u_range[1] - grid.u_range[0]) / (grid.shape[1] - 1),
        (grid.v_range[1] - grid.v_range[0]) / (grid.shape[0] - 1),
    )
    return _fit(values, known, steps, noise, half_width or _best_width(values, known, steps, noise), tuple(FURTHER))


def _check(values: Floats, grid: Grid, half_width: int | None) -> None:
    if values.shape != grid.shape:
        raise SamplesError(f"The samples have the shape {values.shape}, the grid {grid.shape}.")
    if min(grid.shape) < MIN_SIDE:
        raise SamplesError(
            f"Curvature needs at least {MIN_SIDE} samples along each side; there are {grid.shape[1]} × {grid.shape[0]}."
        )
    if half_width is not None and not HALF_WIDTHS[0] <= half_width <= (min(grid.shape) - 1) // 2:
        raise SamplesError(
            f"A window reaches 2 to {(min(grid.shape) - 1) // 2} samples to each side on this grid; "
            f"{half_width} was given."
        )


def _best_width(values: Floats, known: Bools, steps: tuple[float, float], noise: float) -> int:
    """The half-width with the smallest median error of tr H;
    wider ones are not tried once two were worse.
    """
    middle = tuple(
        slice(max(0, (size - TRIAL) // 2), (size + TRIAL) // 2 if size > TRIAL else size) for size in values.shape
    )
    if not known[middle].any():
        middle = (slice(None), slice(None))
    best, least, worse = HALF_WIDTHS[0], np.inf, 0
    for m in HALF_WIDTHS:
        if worse == 2 or 4 * m >= min(known[middle].shape) and m > best:
            break
        errors = _fit(values[middle], known[middle], steps, noise, m).errors.hessian_trace
        median = float(np.nanmedian(errors)) if np.isfinite(errors).any() else np.inf
        best, least, worse = (m, median, 0) if median < least else (best, least, worse + 1)
    return best


def _fit(
    values: Floats,
    known: Bools,
    steps: tuple[float, float],
    noise: float,
    m: int,
    further: tuple[str, ...] = (),
) -> SampledFields:
    """The fit over windows that reach m samples;
    half as far, and so on, where those would hold a gap.
    """
    slopes, errors = (np.full((len(ORDERS), *values.shape), np.nan) for _ in range(2))
    filled, reach, left = np.where(known, values, 0.0), m, np.ones_like(known)
    with np.errstate(all="ignore"):
        while left.any() and reach >= HALF_WIDTHS[0]:
            whole = left & ~_near_gaps(~known, max(reach, 3))
            if whole.any():
                found = _slopes(filled, steps, noise, reach)
                slopes[:, whole], errors[:, whole] = (part[:, whole] for part in found)
            left, reach = left & ~whole, reach // 2
        fields, wrong = _fields(values, known, slopes), _errors(known, noise, slopes, errors)
        for name in further:
            measured: dict[str, Any] = {name: further_measure(name, *slopes)}
            off: dict[str, Any] = {name: _error_of(name, slopes, errors)}
            fields, wrong = replace(fields, **measured), replace(wrong, **off)
        return SampledFields(fields, wrong, noise, m)


def _slopes(filled: Floats, steps: tuple[float, float], noise: float, m: int) -> tuple[Floats, Floats]:
    """The derivatives of `ORDERS` and their errors, (5, n_v, n_u) each."""
    fit, finer = (
        Stencils(*(Stencil(width, degree, step) for step in steps))
        for width, degree in ((m, DEGREE), (max(m, 3), DEGREE + 2))
    )
    slopes = np.stack([fit.derivative(filled, *orders) for orders in ORDERS])
    truncation = [
        _largest_near(np.abs(slope - finer.derivative(filled, *orders)))
        for slope, orders in zip(slopes, ORDERS, strict=True)
    ]
    blurred = [DEVIATIONS * noise * fit.amplification(filled.shape, *orders) for orders in ORDERS]
    return slopes, np.stack(truncation) + np.stack(blurred)


def _near_gaps(gaps: Bools, m: int) -> Bools:
    """True where the window of a cell contains a gap;
    within m of an end that is the window of the m-th cell.
    """
    from scipy.ndimage import maximum_filter

    if not gaps.any():
        return gaps
    near = maximum_filter(gaps, size=2 * m + 1, mode="constant", cval=0)
    row, column = (np.clip(np.arange(size), m, size - 1 - m) for size in gaps.shape)
    return near[np.ix_(row, column)]


def _largest_near(errors: Floats) -> Floats:
    from scipy.ndimage import maximum_filter

    return maximum_filter(errors, size=2 * SPREAD + 1, mode="nearest")


def _fields(values: Floats, known: Bools, slopes: Floats) -> Fields:
    f_u, f_v, f_uu, f_uv, f_vv = slopes
    S = jet_scalar_curvature(f_u, f_v, f_uu, f_uv, f_vv)
    missing, undefined = int((~known).sum()), int(np.isnan(S).sum())
    causes = tuple(
        Cause(words, cells) for words, cells in ((MISSING, missing), (NEAR_GAP, undefined - missing)) if cells
    )
    return Fields(np.where(known, values, np.nan), np.hypot(f_u, f_v), f_uu + f_vv, S, "samples", causes)


def _error_of(name: str, slopes: Floats, errors: Floats) -> Floats:
    """The error of a further measure: half of its change as each derivative goes from one end of
    its error to the other, none of them cancelling another.
    """
    total = np.zeros(slopes.shape[1:])
    for k, error in enumerate(errors):
        moved = np.zeros_like(slopes)
        moved[k] = error
        total += np.abs(further_measure(name, *(slopes + moved)) - further_measure(name, *(slopes - moved))) / 2
    return total


def _errors(known: Bools, noise: float, slopes: Floats, errors: Floats) -> Fields:
    """The errors of the derivatives carried through |∇f|, tr H and S to first order, none of them
    cancelling another.
    """
    f_u, f_v, f_uu, f_uv, f_vv = slopes
    e_u, e_v, e_uu, e_uv, e_vv = errors
    beta = 1 / (1 + f_u**2 + f_v**2)
    norm = np.hypot(f_u, f_v)
    of_norm = np.where(norm > 0, (np.abs(f_u) * e_u + np.abs(f_v) * e_v) / norm, np.hypot(e_u, e_v))
    by_hessian = np.abs(f_vv) * e_uu + np.abs(f_uu) * e_vv + 2 * np.abs(f_uv) * e_uv + e_uu * e_vv + e_uv**2
    by_slope = 4 * beta * np.abs(f_uu * f_vv - f_uv**2) * (np.abs(f_u) * e_u + np.abs(f_v) * e_v + e_u**2 + e_v**2)
    return Fields(
        np.where(known, DEVIATIONS * noise, np.nan),
        of_norm,
        e_uu + e_vv,
        2 * beta**2 * (by_hessian + by_slope),
        "samples",
    )
