"""Fields from jets, a tile of rows at a time, so that what is on the way stays in the processor's cache.

A kernel supplies the six derivatives on a tile; here they become f, |∇f|, tr H and S, and the few cells where plain float64
goes wrong (overflow, a cancelling determinant) are done again with more care.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from curvlib.curvature import jet_scalar_curvature
from curvlib.kernels.program import PLANE, Program
from curvlib.kernels.steps import run
from curvlib.language.nodes import V

CANCELLED = 2.0**-10
"""A determinant below this share of its two terms is computed again without their rounding errors."""

MAX_RESCUED = 65536
"""The most cells of a tile that are done again in extended precision."""

Values = dict[int, Any]
Planes = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
PlaneSteps = Callable[[Values], tuple[Any, ...]]
"""From the values on the axes to f, f_u, f_v, f_uu, f_uv, f_vv and the kinks on one tile."""

Progress = Callable[[float], None]


def fill(code: Program, tile: int, plane_steps: PlaneSteps, symbols: Mapping[str, Any], out: Planes, progress: Progress | None) -> None:
    """Writes f, |∇f|, tr H and S on the grid of `symbols["u"]` and `symbols["v"]` into the four arrays of `out`.

    Args:
        code: the jet's program, whose results are in the order of a jet, then the kinks.
        tile: how many cells to do at once.
        plane_steps: computes what is left once the axes are known.
        symbols: u and v as 1-D arrays, and the parameters.
        out: four arrays of shape (n_v, n_u).
        progress: called with the share that is done after each tile; whatever it raises ends the work.
    """
    symbols = {**symbols, "u": symbols["u"][None, :], "v": symbols["v"][:, None]}
    axes = [i for i, step in enumerate(code.steps) if step.place != PLANE]
    known = run(code, symbols, only=axes)
    n_v, n_u = out[0].shape
    rows = max(1, tile // n_u)
    for start in range(0, n_v, rows):
        part = slice(start, min(n_v, start + rows))
        here = {i: value[part] if code.steps[i].place == V else value for i, value in known.items()}
        f, gradient_norm, hessian_trace, scalar_curvature = (plane[part] for plane in out)
        points = {**symbols, "v": symbols["v"][part]}
        with np.errstate(all="ignore"):
            _measures(code, plane_steps(here), points, (f, gradient_norm, hessian_trace, scalar_curvature))
        if progress:
            progress(part.stop / n_v)


def _measures(code: Program, values: tuple[Any, ...], symbols: Mapping[str, Any], out: Planes) -> None:
    f, f_u, f_v, f_uu, f_uv, f_vv, kinks = values
    out_f, gradient_norm, hessian_trace, scalar_curvature = out
    np.copyto(out_f, f)
    w = f_u * f_u + f_v * f_v
    np.sqrt(w, out=gradient_norm)
    np.add(f_uu, f_vv, out=hessian_trace)
    beta = 1 / (1 + w)
    p, q = f_uu * f_vv, f_uv * f_uv
    det = p - q
    np.multiply(2 * det * beta, beta, out=scalar_curvature)
    cancelled = np.abs(det) < CANCELLED * (np.abs(p) + q)
    if np.any(cancelled):
        where = np.broadcast_to(cancelled, out_f.shape)
        scalar_curvature[where] = jet_scalar_curvature(*(np.broadcast_to(d, out_f.shape)[where] for d in (f_u, f_v, f_uu, f_uv, f_vv)))
    _mend(code, np.broadcast_to(kinks, out_f.shape) != 0, symbols, out)


def _mend(code: Program, kinks: np.ndarray, symbols: Mapping[str, Any], out: Planes) -> None:
    """NaN where f is not finite or has a kink; extended precision where f is finite and something else is not."""
    f, *measures = out
    fine = np.isfinite(f)
    sound = np.isfinite(measures[0]) & np.isfinite(measures[1]) & np.isfinite(measures[2])
    if fine.all() and sound.all() and not kinks.any():
        return
    f[~fine] = np.nan
    broken = np.nonzero(fine & ~sound & ~kinks)
    if 0 < len(broken[0]) <= MAX_RESCUED:
        for measure, values in zip(measures, _extended(code, broken, symbols), strict=True):
            measure[broken] = values
    for measure in measures:
        measure[~fine | kinks | ~np.isfinite(measure)] = np.nan


def _extended(code: Program, cells: tuple[np.ndarray, ...], symbols: Mapping[str, Any]) -> tuple[np.ndarray, ...]:
    """|∇f|, tr H and S at some cells in extended precision, whose exponents reach 10^±4932 where the platform has it."""
    i, j = cells
    points = {**symbols, "u": symbols["u"][0, j].astype(np.longdouble), "v": symbols["v"][i, 0].astype(np.longdouble)}
    values = run(code, points)
    _, f_u, f_v, f_uu, f_uv, f_vv, _ = (np.broadcast_to(values[k], i.shape).astype(np.longdouble) for k in code.outputs.values())
    measures = np.hypot(f_u, f_v), f_uu + f_vv, jet_scalar_curvature(f_u, f_v, f_uu, f_uv, f_vv)
    return tuple(measure.astype(np.float64) for measure in measures)
