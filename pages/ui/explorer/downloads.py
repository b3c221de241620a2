"""Tables and Python for a visitor to take home."""

import json
from collections.abc import Mapping

from curvlib import Expression, Fields, Grid
from curvlib.files.csv_table import csv_lines, field_columns
from pages.ui.results.descents import OPTIMISERS, Descents
from pages.ui.results.shown_balls import Point, Shown, Ways


def as_csv(fields: Fields, grid: Grid) -> bytes:
    """The fields as CSV, a row a grid point."""
    return "".join(csv_lines(field_columns(fields, grid))).encode()


def ball_csv(shown: Shown) -> bytes:
    """The ball's measures as CSV, a row a radius."""
    return "".join(csv_lines(shown.ball.columns)).encode()


def snippet(
    expression: Expression,
    grid: Grid,
    parameters: Mapping[str, float],
    point: Point,
    ball: Shown | None = None,
    ways: Ways | None = None,
    descents: Descents | None = None,
) -> str:
    """Python that computes the numbers on the page with curvlib;
    every text in it is a literal of our own printing.
    """
    values = json.dumps({name: parameters[name] for name in expression.parameters}, ensure_ascii=True)
    return f"""import curvlib

loss = curvlib.parse({expression.canonical!a})
parameters = {values}

grid = curvlib.Grid({grid.u_range!r}, {grid.v_range!r}, shape={grid.shape!r})
fields = curvlib.evaluate(loss, grid, parameters)
print("S on the grid:", fields.scalar_curvature.shape, "from row v =", grid.v[0])

at = curvlib.geometry_at(loss, {point!r}, parameters)
print("S at the point:", at.scalar_curvature)
{_ball_lines(point, ball) if ball else ""}{_ways_lines(point, ways) if ways else ""}\
{_descent_lines(descents) if descents else ""}"""


def _ball_lines(point: Point, shown: Shown) -> str:
    return f"""
ball = curvlib.geodesic_ball(loss, {point!r}, [{shown.radius!r}], parameters)
print("area of the ball:", ball.volumes[0], "with an error of about", ball.errors[0])
print("over πr²:", ball.ratio[0], "and by the series:", ball.series({shown.radius!r}))
"""


def _ways_lines(point: Point, ways: Ways) -> str:
    return f"""
for way in curvlib.geodesics_between(loss, {point!r}, {ways.target!r}, parameters):
    print("a geodesic of length", way.length, "with an error of about", way.error)
"""


def _descent_lines(done: Descents) -> str:
    made = ", ".join(OPTIMISERS[name].python(done.setting) for name in done.walks)
    names = ", ".join(sorted({OPTIMISERS[name].python(done.setting).split("(")[0] for name in done.walks}))
    return f"""
from curvlib.optimisers import {names}, descend

for optimiser in [{made}]:
    path = descend(loss, {done.start!r}, optimiser, {done.setting.steps}, parameters, seed={done.setting.seed})
    print(optimiser, path.ending, "in", path.steps, "steps at", path.end, path.kind, "S:", path.scalar_curvature[-1])
"""
