"""Fields in files: NPZ for numpy, CSV for everything else, HTML for reading."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from curvlib.balls.ball import Ball
from curvlib.errors import CurvlibError
from curvlib.evaluation.fields import Fields
from curvlib.files import archive
from curvlib.files.csv_table import Columns, csv_lines, field_columns
from curvlib.files.html_page import html
from curvlib.grid import Grid
from curvlib.language.expression import Expression


class FileNameError(CurvlibError):
    """A file cannot be written under the name that was given."""


def write_npz(path: Path, expression: Expression, grid: Grid, values: Mapping[str, float], fields: Fields) -> None:
    """Writes the archive of the fields."""
    path.write_bytes(archive.of_fields(fields, grid, expression, values))


def write_csv(path: Path, expression: Expression, grid: Grid, values: Mapping[str, float], fields: Fields) -> None:
    """A row for each point: u, v and the four fields."""
    _write_table(path, field_columns(fields, grid))


def write_html(path: Path, expression: Expression, grid: Grid, values: Mapping[str, float], fields: Fields) -> None:
    """One page that needs nothing else: the four maps and their ranges."""
    path.write_text(html(expression, grid, values, fields), encoding="utf-8")


def write_ball_npz(path: Path, expression: Expression, values: Mapping[str, float], ball: Ball) -> None:
    """Writes the archive of the ball."""
    path.write_bytes(archive.of_ball(ball, expression, values))


def write_ball_csv(path: Path, expression: Expression, values: Mapping[str, float], ball: Ball) -> None:
    """A row for each radius."""
    _write_table(path, ball.columns)


def _write_table(path: Path, columns: Columns) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(csv_lines(columns))


WRITERS: dict[str, Callable[[Path, Expression, Grid, Mapping[str, float], Fields], None]] = {
    ".npz": write_npz,
    ".csv": write_csv,
    ".html": write_html,
}
"""File ending → who writes it."""


BALL_WRITERS: dict[str, Callable[[Path, Expression, Mapping[str, float], Ball], None]] = {
    ".npz": write_ball_npz,
    ".csv": write_ball_csv,
}
"""File ending → who writes a ball."""


def ball_writer(path: Path) -> Callable[[Path, Expression, Mapping[str, float], Ball], None]:
    """The function that writes a ball into a file of this ending.

    Raises:
        FileNameError: no such format, or no such folder.
    """
    return BALL_WRITERS[_ending(path, "--ball-output", BALL_WRITERS)]


def writer(path: Path) -> Callable[[Path, Expression, Grid, Mapping[str, float], Fields], None]:
    """The function that writes a file of this ending.

    Raises:
        FileNameError: no such format, or no such folder.
    """
    return WRITERS[_ending(path, "--output", WRITERS)]


def _ending(path: Path, option: str, known: Collection[str]) -> str:
    if path.suffix.lower() not in known:
        raise FileNameError(f"{option} {str(path)!r}: a file ends in {', '.join(known)}.")
    if not path.parent.is_dir():
        raise FileNameError(f"{option} {str(path)!r}: there is no folder {str(path.parent)!r}.")
    return path.suffix.lower()
