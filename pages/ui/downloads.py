"""What a visitor can take home: the numbers, the pictures, the code, the link."""

import csv
import io
import json
from collections.abc import Mapping

import numpy as np
from plotly.graph_objects import Figure

from curvlib import Expression, Fields, Grid

COLUMNS = ("f", "gradient_norm", "hessian_trace", "scalar_curvature")


def npz(fields: Fields, grid: Grid, expression: Expression, parameters: Mapping[str, float]) -> bytes:
    """The fields and their coordinates as a compressed NPZ that `numpy.load` opens without pickle; `about` is JSON."""
    buffer = io.BytesIO()
    about = json.dumps({"formula": expression.canonical, "parameters": dict(parameters)}, ensure_ascii=False)
    arrays = {name: getattr(fields, name) for name in COLUMNS}
    np.savez_compressed(buffer, allow_pickle=False, about=np.array(about), u=grid.u, v=grid.v, **arrays)
    return buffer.getvalue()


def as_csv(fields: Fields, grid: Grid, expression: Expression, parameters: Mapping[str, float]) -> bytes:
    """The fields as CSV, a row a grid point, numbers to the last bit; text cells begin with # or a letter, so that no spreadsheet computes them."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_MINIMAL, lineterminator="\n")
    values = ", ".join(f"{name} = {value!r}" for name, value in parameters.items())
    writer.writerow([f"# f(u, v) = {expression.canonical}" + (f" with {values}" if values else "")])
    writer.writerow(["u", "v", *COLUMNS])
    u, v = np.meshgrid(grid.u, grid.v)
    rows = np.column_stack([u.ravel(), v.ravel(), *(getattr(fields, name).ravel() for name in COLUMNS)])
    writer.writerows(["" if value != value else repr(value) for value in row] for row in rows.tolist())
    return buffer.getvalue().encode()


def snippet(expression: Expression, grid: Grid, parameters: Mapping[str, float], point: tuple[float, float]) -> str:
    """Python that computes the numbers on the page with curvlib; every text in it is a literal of our own printing."""
    values = json.dumps({name: parameters[name] for name in expression.parameters}, ensure_ascii=True)
    return f"""import curvlib

loss = curvlib.parse({expression.canonical!a})
parameters = {values}

grid = curvlib.Grid({grid.u_range!r}, {grid.v_range!r}, shape={grid.shape!r})
fields = curvlib.evaluate(loss, grid, parameters)
print("S on the grid:", fields.scalar_curvature.shape, "from row v =", grid.v[0])

at = curvlib.geometry_at(loss, {point!r}, parameters)
print("S at the point:", at.scalar_curvature)
"""


def page(sheet: Figure) -> bytes:
    """A figure as one HTML file that needs nothing from anywhere."""
    return sheet.to_html(include_plotlyjs=True, full_html=True, config={"displaylogo": False, "responsive": True}).encode()
