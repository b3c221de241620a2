"""The output of the terminal: a few lines of plain text per question."""

from collections.abc import Mapping, Sequence

import numpy as np

from curvlib.arrays import AnyFloats
from curvlib.balls.ball import Ball
from curvlib.critical import CriticalCurve, CriticalPoint, CriticalPoints
from curvlib.critical.proof import Proof
from curvlib.curvature.measures import BY_NAME
from curvlib.evaluation.fields import Fields
from curvlib.evaluation.point import PointGeometry
from curvlib.evaluation.undefined import KINK
from curvlib.files.csv_table import measures
from curvlib.geodesics.geodesic import Geodesic
from curvlib.grid import Grid
from curvlib.language.expression import Expression


def fields_summary(expression: Expression, grid: Grid, values: Mapping[str, float], fields: Fields) -> str:
    """The formula as understood, the window, the range of each field, and what is
    undefined and why.
    """
    n_v, n_u = grid.shape
    (u0, u1), (v0, v1) = grid.u_range, grid.v_range
    lines = [f"f(u, v) = {expression}"]
    lines += [f"  {note}" for note in expression.notes]
    if values:
        lines.append("with      " + ", ".join(f"{name} = {value:g}" for name, value in values.items()))
    lines.append(f"window    u {u0:g} … {u1:g}, v {v0:g} … {v1:g}; {n_u} × {n_v} points, by the {fields.kernel} kernel")
    lines += ["", f"{'':10}{'least':>14}{'median':>14}{'greatest':>14}   greatest at (u, v)"]
    lines += [_row(BY_NAME[name].symbol, array, grid) for name, array in measures(fields).items()]
    return "\n".join([*lines, "", _undefined(fields)])


def _row(name: str, values: AnyFloats, grid: Grid) -> str:
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
    """A line for each critical point, curve of degenerate ones and flat region, then
    what a reader has to know.
    """
    if not found:
        return "\n".join(["No critical points in the window.", *found.notes])
    lines = [f"{'kind':12}{'u':>18}{'v':>18}{'f':>14}{'S':>14}{'tr H':>14}{'tr H²':>14}"]
    for item in found:
        if isinstance(item, CriticalPoint):
            numbers = (item.f, item.scalar_curvature, item.hessian_trace, item.hessian_square_trace)
            lines.append(
                f"{item.kind:12}" + "".join(f"{x:18.12g}" for x in item.point) + "".join(f"{x:14.6g}" for x in numbers)
            )
        elif isinstance(item, CriticalCurve):
            (u, v), shape = item.points[0], "closed" if item.closed else "open"
            lines.append(f"{item.kind}, a {shape} {item.nature} through ({u:.6g}, {v:.6g}): f = {item.f:.6g}, S = 0")
        else:
            lines.append(
                f"{item.kind} around ({item.point[0]:.6g}, {item.point[1]:.6g}), "
                f"{item.share:.1%} of the window: f = {item.f:.6g}, S = 0"
            )
    return "\n".join([*lines, *found.notes])


def proof_summary(found: Proof) -> str:
    """A sentence about what is proved of the critical points in the window, and what is open."""
    points = f"{len(found.enclosures)} critical point{'' if len(found.enclosures) == 1 else 's'}"
    if found.complete:
        return f"Proved: the window holds exactly {points}, its border included."
    parts = []
    if len(found.undecided):
        share = f"{found.undecided_share:.1g} of the window is undecided"
        parts.append(f"{share}, partly at kinks of f" if found.at_kinks.any() else share)
    if len(found.flat):
        parts.append("f is constant in a region")
    if found.out_of_time:
        parts.append("the time for the proof was up")
    return f"Proved: {points} in all of the window but a part; {'; '.join(parts)}."


def geometry_summary(here: PointGeometry) -> str:
    """The tensors at a point, each named."""
    u, v = here.point
    if here.undefined:
        return f"at ({u:g}, {v:g})  {undefined_in_words(here)}"
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


def ball_summary(ball: Ball) -> str:
    """A line for every tenth of the largest radius:
    area and error, the ratio and the sums of its series; then what there is to know.
    """
    (u, v), table = ball.center, ball.columns
    lines = [f"geodesic balls around ({u:g}, {v:g}), S = {ball.scalar_curvature:.6g}"]
    if np.isnan(ball.excess[0]):
        return "\n".join([*lines, *ball.notes])
    lines.append(f"{'r':>10}{'volume':>18}{'± error':>10}{'volume/πr²':>16}{'to r²':>14}{'to r⁴':>14}{'to r⁶':>14}")
    every = max(1, len(ball.radii) // 10)
    for k in range(every - 1, len(ball.radii), every):
        bound = "≥" if ball.radii[k] > ball.valid_radius else ""
        row = f"{ball.radii[k]:10.6g}{f'{bound}{ball.volumes[k]:.10g}':>18}{ball.errors[k]:10.1e}{ball.ratio[k]:16.10f}"
        lines.append(row + "".join(f"{table[name][k]:14.8g}" for name in ("series_2", "series_4", "series_6")))
    return "\n".join([*lines, *ball.notes])


def geodesics_summary(start: PointGeometry, end: PointGeometry, found: Sequence[Geodesic], straight: float) -> str:
    """The lengths of the geodesics between two points, the shortest first, and that of
    the straight line; where f has no derivatives at either, the reason.
    """
    (a, b), (c, d) = start.point, end.point
    lines = [f"from ({a:g}, {b:g}) to ({c:g}, {d:g})"]
    lines += [f"  at ({x.point[0]:g}, {x.point[1]:g})  {undefined_in_words(x)}" for x in (start, end) if x.undefined]
    lines += [f"  geodesic {n:<10}{way.length:.12g} ± {way.error:.1e}" for n, way in enumerate(found, start=1)] or [
        "  no geodesic found"
    ]
    told = f"{straight:.12g}" if np.isfinite(straight) else "leaves the domain of f"
    return "\n".join([*lines, f"  straight line      {told}"])


def undefined_in_words(here: PointGeometry) -> str:
    """The part that is undefined at a point, f or only its derivatives, and the reason."""
    if not np.isfinite(here.f):
        return f"f is undefined here: {here.undefined}"
    why = here.undefined if here.undefined == KINK else f"{here.undefined} in their formula"
    return f"f = {here.f:.12g}, but its derivatives are undefined here: {why}"


def _numbers(value: object) -> str:
    array = np.asarray(value, dtype=float)
    if array.ndim == 2:
        return "   ".join(_numbers(row) for row in array)
    return "(" + ", ".join(f"{x:.10g}" for x in array) + ")" if array.ndim else f"{float(array):.10g}"
