"""The one file of numbers: what is written is read back by the library, and by numpy alone."""

import io

import numpy as np
import pytest

from curvlib import CurvlibError, Grid, evaluate, geodesic_ball, parse, sampled
from curvlib.curvature.measures import FURTHER
from curvlib.files import archive
from curvlib.files.archive import ArchiveError

LOSS, GRID, VALUES = parse("a*log(u) + v^2"), Grid((-1, 2), (0.5, 1.25), (7, 9)), {"a": 0.5}


def test_fields_come_back_with_their_grid_and_formula():
    fields = evaluate(LOSS, GRID, VALUES)
    found = archive.read(archive.of_fields(fields, GRID, LOSS, VALUES))
    for mine, theirs in zip(fields.arrays, found.fields.arrays, strict=True):
        np.testing.assert_array_equal(mine, theirs)
    assert found.grid == GRID
    assert parse(found.about["formula"]) == LOSS
    assert found.about["parameters"] == VALUES


def test_further_measures_come_back_too():
    fields = evaluate(LOSS, GRID, VALUES, further=tuple(FURTHER))
    found = archive.read(archive.of_fields(fields, GRID, LOSS, VALUES))
    assert found.fields.further == tuple(FURTHER)
    np.testing.assert_array_equal(found.fields.mean_curvature, fields.mean_curvature)
    np.testing.assert_array_equal(found.arrays["gaussian_curvature"], fields.scalar_curvature / 2)


def test_samples_come_back_with_their_errors():
    measured = sampled.from_samples(evaluate(parse("u^2*v"), GRID).f, GRID)
    found = archive.read(archive.of_fields(measured.fields, GRID, errors=measured.errors))
    np.testing.assert_array_equal(found.arrays["scalar_curvature_error"], measured.errors.scalar_curvature)
    assert found.about == {}


def test_boundary_of_a_ball_is_that_of_the_radius_which_is_named():
    ball = geodesic_ball(parse("0*u"), (0, 0), [0.5, 1.0, 2.0])
    for radius, wanted in ((None, 2.0), (0.5, 0.5)):
        found = archive.read(archive.of_ball(ball, parse("0*u"), {}, radius))
        np.testing.assert_allclose(np.hypot(*found.arrays["boundary"].T), wanted, rtol=1e-9)
        assert found.about["radius"] == wanted
    np.testing.assert_allclose(found.arrays["volume"], np.pi * np.array([0.25, 1, 4]), rtol=1e-9)


def test_file_of_a_ball_holds_no_fields():
    found = archive.read(archive.of_ball(geodesic_ball(parse("u*v"), (0, 0), [0.5]), parse("u*v"), {}))
    with pytest.raises(ArchiveError, match="holds no fields: it has no array 'f'"):
        _ = found.fields


def test_broken_file_and_one_with_objects_are_refused():
    buffer = io.BytesIO()
    np.savez(buffer, f=np.array([{}], dtype=object))
    for data in (b"PK nothing", b"", buffer.getvalue()):
        with pytest.raises(ArchiveError, match="cannot be read as NPZ"):
            archive.read(data)


def written(**arrays) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def test_words_about_a_file_that_are_no_json_are_refused():
    with pytest.raises(ArchiveError, match="is no JSON"):
        archive.read(written(about=np.array("a landscape"), f=np.ones((3, 3))))


def test_axis_that_is_uneven_makes_no_grid():
    found = archive.read(written(f=np.ones((3, 3)), u=np.array([0.0, 1.0, 3.0]), v=np.arange(3.0)))
    with pytest.raises(CurvlibError, match="The coordinates u must grow in even steps"):
        _ = found.grid
