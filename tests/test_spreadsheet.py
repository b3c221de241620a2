"""CSV as everybody's first try reads it, from the app and from the command line;
and the names of files.
"""

import io

import numpy as np
import pandas
import pytest
from numpy.testing import assert_array_equal

from curvlib import PRESETS, Grid, evaluate, geodesic_ball, parse
from curvlib.__main__ import main
from curvlib.curvature.measures import BY_NAME, FURTHER
from curvlib.files.csv_table import csv_lines, measures
from curvlib.sampled import read
from pages.ui.explorer import downloads
from pages.ui.page import file_names
from pages.ui.results import shown_balls

LOSS, WINDOW = "a*log(u) + v^2/3", ((-1.0, 2.0), (0.0, 1.0))
GRID = Grid(*WINDOW, (8, 9))
FIELDS = evaluate(parse(LOSS), GRID, {"a": 0.3}, further=tuple(FURTHER), kernel="numpy")
OPTIONS = "--set a=0.3 --window -1 2 0 1 --size 9x8".split()
NAMES = ["u", "v", *BY_NAME]


def by_pandas(path):
    table = pandas.read_csv(path)
    return list(table.columns), table.to_numpy()


def by_loadtxt(path):
    with open(path) as file:
        names = file.readline().strip().split(",")
    return names, np.loadtxt(path, delimiter=",", skiprows=1)


def by_genfromtxt(path):
    table = np.genfromtxt(path, delimiter=",", names=True)
    return list(table.dtype.names), np.column_stack([table[name] for name in table.dtype.names])


READERS = [by_pandas, by_loadtxt, by_genfromtxt]


@pytest.fixture(params=["app", "command line"])
def fields_csv(request, tmp_path):
    path = tmp_path / "fields.csv"
    if request.param == "app":
        path.write_bytes(downloads.as_csv(FIELDS, GRID))
    else:
        words = [LOSS, *OPTIONS, "--kernel", "numpy", "--output", str(path), "--quiet"]
        assert main(words) == 0
    return path


@pytest.mark.parametrize("reader", READERS)
def test_fields_are_read_at_the_first_try_with_their_names_and_gaps(reader, fields_csv):
    names, table = reader(fields_csv)
    assert names == NAMES
    u, v = np.meshgrid(GRID.u, GRID.v)
    assert_array_equal(table, np.column_stack([part.ravel() for part in (u, v, *measures(FIELDS).values())]))
    assert np.isnan(table).any()


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("place", ["app", "command line"])
def test_balls_are_read_at_the_first_try(reader, place, tmp_path):
    path, loss = tmp_path / "ball.csv", parse("sqrt(1 - u^2) + v^2")
    if place == "app":
        shown = shown_balls.shown(shown_balls.measured(loss, (0.5, 0.0), {}, 1.0), shown_balls.Size(1.0, 1.0))
        path.write_bytes(downloads.ball_csv(shown))
        columns = shown.ball.columns
    else:
        assert (
            main([str(loss), "--at", "0.5", "0", "--ball", "1", "--size", "8", "--ball-output", str(path), "--quiet"])
            == 0
        )
        columns = geodesic_ball(loss, (0.5, 0.0), np.arange(1, 101) / 100).columns
    names, table = reader(path)
    assert names == list(columns)
    assert_array_equal(table, np.column_stack(list(columns.values())))


def test_app_and_command_line_write_the_same_file(tmp_path):
    path = tmp_path / "fields.csv"
    main([LOSS, *OPTIONS, "--kernel", FIELDS.kernel, "--output", str(path), "--quiet"])
    assert path.read_bytes() == downloads.as_csv(FIELDS, GRID)


def test_numbers_are_kept_to_the_last_bit_up_to_the_ends_of_floats():
    values = np.array([0.1, -0.0, 5e-324, 1.7976931348623157e308, np.inf, -np.inf, np.nan])
    text = "".join(csv_lines({"f": values}))
    assert_array_equal(np.loadtxt(io.StringIO(text), skiprows=1), values)
    assert_array_equal(pandas.read_csv(io.StringIO(text))["f"], values)


def test_own_csv_comes_back_through_the_door_for_files(fields_csv):
    samples = read(fields_csv.read_bytes())
    assert_array_equal(samples.values, FIELDS.f)
    assert samples.u_range == pytest.approx(GRID.u_range)


@pytest.mark.parametrize("name", PRESETS)
def test_files_of_an_example_have_its_name(name):
    loss = parse(PRESETS[name].text)
    first = next(preset.name for preset in PRESETS.values() if parse(preset.text) == loss)
    assert file_names.of_formula(loss) == first.replace("_", "-")[: file_names.LONGEST].strip("-")


@pytest.mark.parametrize(
    ("formula", "stem"),
    [
        ("u^2 + v^4", "u-2+v-4"),
        ("(u^2 + v - 11)^2 + (u + v^2 - 7)^2", "himmelblau"),
        ("exp(-u^2)*sin(u)*cos(v)*sin(u*v)", "exp-u-2-sin-u-cos-v-sin"),
        ("1/(1 + u)", "1-1+u"),
        ("ψ*u", "psi-u"),
    ],
)
def test_files_of_a_formula_have_a_short_name_of_letters_and_digits(formula, stem):
    assert file_names.of_formula(parse(formula)) == stem
    assert len(stem) <= file_names.LONGEST


def test_words_without_letters_have_a_name_all_the_same():
    assert file_names.slug("∇ − 曲") == file_names.NAMELESS
