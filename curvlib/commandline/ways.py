"""Balls and geodesics in the terminal, and balls as a table in a file."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from curvlib.balls.ball import Ball
from curvlib.commandline.arguments import ArgumentError
from curvlib.geodesics.geodesic import Geodesic

ROWS = 10
"""The radii that the terminal shows."""

FINE = 100
"""The radii of a table in a file; every tenth is shown."""


def radii(largest: float) -> np.ndarray:
    """The radii of a table.

    Raises:
        ArgumentError: the largest is not a positive number.
    """
    if not (np.isfinite(largest) and largest > 0):
        raise ArgumentError(f"--ball wants a positive radius; it got {largest:g}.")
    return largest * np.arange(1, FINE + 1) / FINE


def ball_summary(ball: Ball) -> str:
    """Volume, error, ratio to πr² and the partial sums of its series, for ten radii; then what there is to know."""
    lines = [f"Geodesic balls around ({ball.center[0]:g}, {ball.center[1]:g}), where S = {ball.scalar_curvature:.6g}"]
    lines.append(f"  {'radius':>9}  {'volume':>14}  {'± error':>9}  {'/ πr²':>12}  {'1 − Sr²/24':>12}  {'with r⁴':>12}")
    columns = ball.columns
    for k in range(FINE // ROWS - 1, len(ball.radii), FINE // ROWS):
        r, volume, error, ratio, second, fourth = (float(columns[name][k]) for name in ("radius", "volume", "error", "ratio", "series_2", "series_4"))
        lines.append(f"  {r:9.4g}  {volume:14.8g}  {error:9.1e}  {ratio:12.8f}  {second:12.8f}  {fourth:12.8f}")
    return "\n".join([*lines, *(f"  {note}" for note in ball.notes)])


def ways_summary(ways: Sequence[Geodesic], straight: float) -> str:
    """The lengths of the geodesics between two points, shortest first, with their errors."""
    if not ways:
        return "No geodesic between the two points was found: f is undefined at one of them, or the ways leave its domain."
    lines = [f"Shortest ways between the two points ({straight:.8g} over the straight segment)"]
    return "\n".join([*lines, *(f"  length {way.length:.10g}  ± {way.error:.1e}" for way in ways)])


def write_table(path: Path, ball: Ball) -> None:
    """A row for each radius; an undefined number is empty.

    Raises:
        ArgumentError: the file is no .csv, or its folder is not there.
    """
    if path.suffix.lower() != ".csv" or not path.parent.is_dir():
        raise ArgumentError(f"--ball-table {str(path)!r}: a table ends in .csv, and its folder is there.")
    columns = ball.columns
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(columns) + "\r\n")
        for row in zip(*columns.values(), strict=True):
            file.write(",".join("" if np.isnan(x) else repr(float(x)) for x in row) + "\r\n")
