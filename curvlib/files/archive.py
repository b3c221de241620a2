"""NPZ, the one file of numbers: arrays by name, and `about`, a text of JSON that says what they are
of. Readable without pickle.
"""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from curvlib.arrays import AnyFloats, Floats
from curvlib.balls.ball import Ball
from curvlib.curvature.measures import COMPUTED, FURTHER
from curvlib.errors import CurvlibError
from curvlib.evaluation.fields import Fields
from curvlib.files.csv_table import measures
from curvlib.grid import Grid
from curvlib.language.expression import Expression
from curvlib.sampled.tables import even_range


class ArchiveError(CurvlibError):
    """A file is no NPZ of this library, or not of the kind that is asked for."""


@dataclass(frozen=True, eq=False)
class Archive:
    """The contents of a file.

    Attributes:
        about: formula, parameters and more, as JSON knows them; empty where there is no formula.
        arrays: name → array, as they were written.
    """

    about: Mapping[str, Any]
    arrays: Mapping[str, Floats]

    @property
    def fields(self) -> Fields:
        """The fields on their `grid`.

        Raises:
            ArchiveError: the file holds something else.
        """
        further = [name for name in FURTHER if name in self.arrays]
        return Fields.from_arrays(self._all([*COMPUTED, *further]), further)

    @property
    def grid(self) -> Grid:
        """The grid of the fields.

        Raises:
            ArchiveError: the file holds something else.
        """
        u, v = self._all("uv")
        return Grid(even_range("u", u), even_range("v", v), (v.size, u.size))

    def _all(self, names: Any) -> list[Floats]:
        lacking = [name for name in names if name not in self.arrays]
        if lacking:
            raise ArchiveError(f"This file holds no fields: it has no array {lacking[0]!r}.")
        return [self.arrays[name] for name in names]


def of_fields(
    fields: Fields,
    grid: Grid,
    expression: Expression | None = None,
    parameters: Mapping[str, float] | None = None,
    errors: Fields | None = None,
) -> bytes:
    """The measures that are there, each (n_v, n_u), with the axes u and v;
    of samples, with the errors of those that are computed, as scalar_curvature_error.
    """
    wrong = {f"{name}_error": array for name, array in measures(errors).items() if name != "f"} if errors else {}
    return _packed(_about(expression, parameters), {"u": grid.u, "v": grid.v, **measures(fields), **wrong})


def of_ball(ball: Ball, expression: Expression, parameters: Mapping[str, float], radius: float | None = None) -> bytes:
    """The measures of a ball, an array a column; its boundary at a radius, the largest if none is
    named (u, v, NaN between curves); its cut points.
    """
    radius = float(ball.radii[-1]) if radius is None else radius
    about = _about(expression, parameters) | {
        "center": [float(x) for x in ball.center],
        "radius": radius,
        "notes": list(ball.notes),
    }
    gap = np.full((1, 2), np.nan)
    curves = [part for curve in ball.boundary(radius) for part in (gap, np.asarray(curve))][1:]
    ends = {"injectivity_radius": np.array(ball.injectivity_radius), "valid_radius": np.array(ball.valid_radius)}
    return _packed(
        about,
        {
            **ball.columns,
            "boundary": np.concatenate(curves or [np.empty((0, 2))]),
            "cut_points": ball.cut_points,
            **ends,
        },
    )


def read(data: bytes) -> Archive:
    """Reads what `of_fields` or `of_ball` wrote.

    >>> from curvlib import evaluate, parse
    >>> loss, grid = parse("c*u*v"), Grid((-1, 1), (-1, 1), (5, 4))
    >>> archive = read(of_fields(evaluate(loss, grid, {"c": 2}), grid, loss, {"c": 2}))
    >>> archive.about, archive.grid == grid
    ({'formula': 'c*u*v', 'parameters': {'c': 2}}, True)

    Raises:
        ArchiveError: the bytes are no NPZ file, or it holds Python objects.
    """
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
    except Exception as trouble:  # zipfile, zlib and numpy each have their own
        raise ArchiveError(f"The file cannot be read as NPZ: {trouble}") from None
    try:
        about = json.loads(str(arrays.pop("about", "{}")))
    except ValueError:
        raise ArchiveError("The text `about` of this file is no JSON, as this library writes it.") from None
    return Archive(about, arrays)


def _about(expression: Expression | None, parameters: Mapping[str, float] | None) -> dict[str, Any]:
    return {"formula": expression.canonical, "parameters": dict(parameters or {})} if expression else {}


def _packed(about: Mapping[str, Any], arrays: Mapping[str, AnyFloats]) -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, about=np.array(json.dumps(about, ensure_ascii=False)), **arrays)
    return buffer.getvalue()
