"""What the terminal shows: a few lines of plain text per question."""

from collections.abc import Mapping

import numpy as np

from curvlib.critical import CriticalCurve, CriticalPoint, CriticalPoints
from curvlib.fields import Fields
from curvlib.geometry import PointGeometry
from curvlib.grid import Grid
from curvlib.language.expression import Expression

ROWS = {"f": "f", "|∇f|": "gradient_norm", "tr H": "hessian_trace", "S": "scalar_curvature"}


def fields_summary(expression: Expression, grid: Grid, values: Mapping[str, float], fields: Fields) -> str:
    """The formula as understood, the window, the range of each field, and what is undefined and why."""
    n_v, n_u = grid.shape
    (u0, u1), (v0, v1) = grid.u_range, grid.v_range
    lines = [f"f(u, v) = {expression}"]
    lines += [f"  {note}" for note in expression.notes]
    if values:
        lines.append("with      " + ", ".join(f"{name} = {value:g}" for name, value in values.items()))
    lines.append(f"window    u {u0:g} … {u1:g}, v {v0:g} … {v1:g}; {n_u} × {n_v} points, by the {fields.kernel} kernel")
    lines += ["", f"{'':10}{'least':>14}{'median':>14}{'greatest':>14}   greatest at (u, v)"]
    lines += [_row(name, getattr(fields, attribute), grid) for name, attribute in ROWS.items()]
    return "\n".join([*lines, "", _undefined(fields)])


def _row(name: str, values: np.ndarray, grid: Grid) -> str:
    known = values[np.isfinite(values)]
    if not known.size:
        return f"{name:10}{'undefined in the whole window':>42}"
    i, j = np.unravel_index(np.nanargmax(values), values.shape)
    numbers = (known.min(), float(np.median(known)), known.max())
    return f"{name:10}" + "".join(f"{number:14.6g}" for number in numbers) + f"   ({grid.u[j]:.6g}, {grid.v[i]:.6g})"


def _undefined(fields: Fields) -> str:
    count, cells = int(fields.undefined.sum()), fields.f.size
    if not count:
        return "Defined in every cell."
    reasons = "; ".join(f"{cause.cells} by {cause.words}" for cause in fields.causes)
    return f"Undefined in {count} of {cells} cells ({count / cells:.2%}): {reasons}."


def critical_summary(found: CriticalPoints) -> str:
    """A line for each critical point, curve of degenerate ones and flat region, then what a reader has to know."""
    if not found:
        return "\n".join(["No critical points in the window.", *found.notes])
    lines = [f"{'kind':12}{'u':>18}{'v':>18}{'f':>14}{'S':>14}{'tr H':>14}{'tr H²':>14}"]
    for item in found:
        if isinstance(item, CriticalPoint):
            numbers = (item.f, item.scalar_curvature, item.hessian_trace, item.hessian_square_trace)
            lines.append(f"{item.kind:12}" + "".join(f"{x:18.12g}" for x in item.point) + "".join(f"{x:14.6g}" for x in numbers))
        elif isinstance(item, CriticalCurve):
            (u, v), shape = item.points[0], "closed" if item.closed else "open"
            lines.append(f"{item.kind}, a {shape} {item.nature} through ({u:.6g}, {v:.6g}): f = {item.f:.6g}, S = 0")
        else:
            lines.append(f"{item.kind} around ({item.point[0]:.6g}, {item.point[1]:.6g}), {item.share:.1%} of the window: f = {item.f:.6g}, S = 0")
    return "\n".join([*lines, *found.notes])


def geometry_summary(here: PointGeometry) -> str:
    """The tensors at a point, each named."""
    u, v = here.point
    if here.undefined:
        return f"at ({u:g}, {v:g})  undefined here: {here.undefined}"
    rows = {
        "f": here.f,
        "∇f": here.gradient,
        "H": here.hessian,
        "eigenvalues of H": here.eigenvalues,
        "metric g": here.metric,
        "inverse of g": here.inverse,
        "Christoffel Γ¹": here.christoffel[0],
        "Christoffel Γ²": here.christoffel[1],
        "Riemann R¹₂₁₂": here.riemann[0, 1, 0, 1],
        "Ricci": here.ricci,
        "S by the formula": here.scalar_curvature,
        "S by definition": here.scalar_curvature_by_definition,
        "mean curvature": here.mean_curvature,
        "principal": here.principal_curvatures,
    }
    return "\n".join([f"at ({u:g}, {v:g})", *(f"  {name:18}{_numbers(value)}" for name, value in rows.items())])


def _numbers(value: object) -> str:
    array = np.asarray(value, dtype=float)
    if array.ndim == 2:
        return "   ".join(_numbers(row) for row in array)
    return "(" + ", ".join(f"{x:.10g}" for x in array) + ")" if array.ndim else f"{float(array):.10g}"
