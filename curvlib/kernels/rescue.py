"""The few cells where plain float64 goes wrong on the way to a finite result, done again in
extended precision.
"""

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

import numpy as np

from curvlib.arrays import AnyFloats, Bools, Floats, Ints
from curvlib.curvature.formulas import jet_scalar_curvature
from curvlib.kernels.program import Program
from curvlib.kernels.steps import run

MAX_RESCUED = 65536
"""The most cells that are done again at a time."""

Planes = tuple[AnyFloats, ...]
"""f, |∇f|, tr H, S and the further measures of the program, in its order."""


def mend(code: Program, kinks: Bools, symbols: Mapping[str, Any], out: Planes) -> None:
    """NaN where f is not finite or has a kink; extended precision where f is finite and something
    else is not.

    Args:
        code: the jet's program.
        kinks: true where f has a kink, of the shape of the planes.
        symbols: u as a row, v as a column, and the parameters.
        out: what to mend, float64.
    """
    f, *measures = out
    fine = np.isfinite(f)
    sound = _all_finite(measures)
    if fine.all() and sound.all() and not kinks.any():
        return
    f[~fine] = np.nan
    _rescue(code, np.nonzero(fine & ~sound & ~kinks), symbols, out)
    for measure in measures:
        measure[~fine | kinks | ~np.isfinite(measure)] = np.nan


def mend_unsound(code: Program, symbols: Mapping[str, Any], out: Planes) -> None:
    """The same for planes in which cells that are not finite, and kinks, are NaN already."""
    f, *measures = out
    unsound = np.isfinite(f) & ~_all_finite(measures)
    i, j = np.nonzero(unsound)
    if not len(i):
        return
    kinks = run(code, {**symbols, "u": symbols["u"][0, j], "v": symbols["v"][i, 0]})[code.outputs["kinks"]]
    smooth = np.broadcast_to(kinks, i.shape) == 0
    _rescue(code, (i[smooth], j[smooth]), symbols, out)
    for measure in measures:
        measure[unsound & ~np.isfinite(measure)] = np.nan


def _all_finite(measures: Sequence[AnyFloats]) -> Bools:
    return reduce(np.logical_and, map(np.isfinite, measures))


def _rescue(code: Program, cells: tuple[Ints, ...], symbols: Mapping[str, Any], out: Planes) -> None:
    for start in range(0, len(cells[0]), MAX_RESCUED):
        part = tuple(index[start : start + MAX_RESCUED] for index in cells)
        for measure, values in zip(out[1:], _extended(code, part, symbols), strict=True):
            measure[part] = values


def _extended(code: Program, cells: tuple[Ints, ...], symbols: Mapping[str, Any]) -> tuple[Floats, ...]:
    """|∇f|, tr H, S and the further measures at some cells in extended precision, whose exponents
    reach 10^±4932 where the platform has it.
    """
    i, j = cells
    points = {**symbols, "u": symbols["u"][0, j].astype(np.longdouble), "v": symbols["v"][i, 0].astype(np.longdouble)}
    values = run(code, points)
    _, f_u, f_v, f_uu, f_uv, f_vv, _, *further = (
        np.broadcast_to(values[k], i.shape).astype(np.longdouble) for k in code.outputs.values()
    )
    measures = np.hypot(f_u, f_v), f_uu + f_vv, jet_scalar_curvature(f_u, f_v, f_uu, f_uv, f_vv), *further
    with np.errstate(all="ignore"):
        return tuple(measure.astype(np.float64) for measure in measures)
