"""Fields from jets, a tile of rows at a time, so that what is on the way stays in the processor's
cache.

A kernel supplies the six derivatives on a tile; here they become f, |∇f|, tr H and S, and the few
cells where plain float64 goes wrong (overflow, a cancelling determinant) are done again with more
care.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from curvlib.curvature.formulas import jet_scalar_curvature
from curvlib.kernels.program import PLANE, Program
from curvlib.kernels.rescue import Planes, mend
from curvlib.kernels.steps import run
from curvlib.language.nodes import V

CANCELLED = 2.0**-10
"""A determinant below this share of its two terms is computed again without their
rounding errors.
"""

TINY, SCALE = 2.0**-900, 2.0**600
"""A square of the gradient below TINY loses digits to underflow;
its root is taken from derivatives times SCALE.
"""

Values = dict[int, Any]
PlaneSteps = Callable[[Values], tuple[Any, ...]]
"""f, f_u, f_v, f_uu, f_uv, f_vv and the kinks on one tile, from the values on the axes."""

Progress = Callable[[float], None]


def fill(
    code: Program,
    tile: int,
    plane_steps: PlaneSteps,
    symbols: Mapping[str, Any],
    out: Planes,
    progress: Progress | None,
    first_row: int = 0,
) -> None:
    """Writes f, |∇f|, tr H and S on rows of the grid of `symbols["u"]` and `symbols["v"]` into the
    four arrays of `out`.

    Args:
        code: the jet's program, whose results are in the order of a jet, then the kinks.
        tile: how many cells to do at once.
        plane_steps: computes what is left once the axes are known.
        symbols: u and v as 1-D arrays, and the parameters.
        out: four arrays of shape (rows, n_u), float64 or float32.
        progress: called with the share that is done after each tile; whatever it raises ends the
            work.
        first_row: the row of the grid that is the first of `out`.
    """
    symbols = {**symbols, "u": symbols["u"][None, :], "v": symbols["v"][first_row : first_row + len(out[0]), None]}
    axes = [i for i, step in enumerate(code.steps) if step.place != PLANE]
    known = run(code, symbols, only=axes)
    n_v, n_u = out[0].shape
    rows = max(1, tile // n_u)
    for start in range(0, n_v, rows):
        part = slice(start, min(n_v, start + rows))
        here = {i: value[part] if code.steps[i].place == V else value for i, value in known.items()}
        points = {**symbols, "v": symbols["v"][part]}
        planes = _as_four(plane[part] for plane in out)
        exact = planes if planes[0].dtype == np.float64 else _as_four(np.empty(plane.shape) for plane in planes)
        with np.errstate(all="ignore"):
            _measures(code, plane_steps(here), points, exact)
            if exact is not planes:
                for plane, values in zip(planes, exact, strict=True):
                    plane[...] = values
        if progress:
            progress(part.stop / n_v)


def _as_four(planes: Iterable[np.ndarray]) -> Planes:
    f, gradient_norm, hessian_trace, scalar_curvature = planes
    return f, gradient_norm, hessian_trace, scalar_curvature


def _measures(code: Program, values: tuple[Any, ...], symbols: Mapping[str, Any], out: Planes) -> None:
    f, f_u, f_v, f_uu, f_uv, f_vv, kinks = values
    out_f, gradient_norm, hessian_trace, scalar_curvature = out
    np.copyto(out_f, f)
    w = f_u * f_u + f_v * f_v
    np.sqrt(w, out=gradient_norm)
    if np.any(tiny := w < TINY):
        np.copyto(gradient_norm, np.sqrt((f_u * SCALE) ** 2 + (f_v * SCALE) ** 2) / SCALE, where=tiny)
    np.add(f_uu, f_vv, out=hessian_trace)
    beta = 1 / (1 + w)
    p, q = f_uu * f_vv, f_uv * f_uv
    det = p - q
    np.multiply(2 * det * beta, beta, out=scalar_curvature)
    cancelled = np.abs(det) < CANCELLED * (np.abs(p) + q)
    if np.any(cancelled):
        where = np.broadcast_to(cancelled, out_f.shape)
        scalar_curvature[where] = jet_scalar_curvature(
            *(np.broadcast_to(d, out_f.shape)[where] for d in (f_u, f_v, f_uu, f_uv, f_vv))
        )
    mend(code, np.broadcast_to(kinks, out_f.shape) != 0, symbols, out)
