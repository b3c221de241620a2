"""The terminal, driven as a person would: words in, text, files and exit codes out."""

import csv
import json
import subprocess
import sys

import numpy as np
import pytest

from curvlib.__main__ import DONE, INTERRUPTED, WRONG, main, progress_line
from curvlib.curvature.measures import BY_NAME, MEASURES
from curvlib.evaluation.fields import evaluate
from curvlib.grid import Grid
from curvlib.language.grammar import parse

PAPER = ["exp(-c*u)*sin(u)*sin(v)", "--set", "c=0.1", "--window", "0", "10", "0", "10", "--size", "64"]


def test_the_paper_example_is_summed_up(capsys):
    assert main(PAPER) == DONE
    out = capsys.readouterr().out
    assert "c = 0.1" in out
    assert "64 × 64 points" in out
    assert "Defined in every cell." in out


def test_files_hold_the_numbers_that_the_library_computes(tmp_path, capsys):
    files = [tmp_path / name for name in ("fields.npz", "fields.csv", "report.html")]
    assert main([*PAPER, "--kernel", "numpy", *(word for file in files for word in ("--output", str(file)))]) == DONE
    fields = evaluate(parse(PAPER[0]), Grid((0, 10), (0, 10), (64, 64)), {"c": 0.1}, kernel="numpy")
    with np.load(files[0], allow_pickle=False) as stored:
        np.testing.assert_array_equal(stored["scalar_curvature"], fields.scalar_curvature)
        assert set(stored) == {"u", "v", "about", *BY_NAME}
        assert stored["u"].shape == (64,)
        assert json.loads(str(stored["about"])) == {"formula": parse(PAPER[0]).canonical, "parameters": {"c": 0.1}}
    with files[1].open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 64 * 64
    assert float(rows[65]["scalar_curvature"]) == fields.scalar_curvature[1, 1]
    page = files[2].read_text()
    assert page.count("data:image/png;base64,") == len(MEASURES)
    assert "<script" not in page
    assert capsys.readouterr().out.count("wrote ") == 3


def test_undefined_cells_are_nan_in_csv_and_named_in_the_summary(tmp_path, capsys):
    file = tmp_path / "log.csv"
    assert main(["log(u)", "--window", "-1", "1", "-1", "1", "--size", "9", "--output", str(file)]) == DONE
    assert "36 by logarithm of a negative number" in capsys.readouterr().out
    assert file.read_text().splitlines()[1].endswith(",nan" * len(MEASURES))


def test_a_point_and_the_critical_points_are_told(capsys):
    assert main(["u^2 - v^2", "--at", "0", "0", "--critical", "--size", "65"]) == DONE
    out = capsys.readouterr().out
    assert "S by the formula  -8" in out
    assert "S by definition   -8" in out
    assert "saddle" in out


def test_a_preset_brings_its_window_and_parameters(capsys):
    assert main(["--preset", "rosenbrock", "--set", "b=5", "--size", "32"]) == DONE
    assert "a = 1, b = 5" in capsys.readouterr().out


def test_the_presets_are_listed(capsys):
    assert main(["--presets"]) == DONE
    assert "himmelblau" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["arctan(u"], "^"),
        (["a*u"], "'a' has no value"),
        (["u", "--set", "c"], "--set expects NAME=NUMBER"),
        (["u", "--set", "c=one"], "--set expects NAME=NUMBER"),
        (["u", "--size", "ten"], "--size expects one number of points"),
        (["u", "--size", "99999"], "2 to 16384 points"),
        (["u", "--window", "1", "0", "0", "1"], "window of u is empty"),
        (["u", "--output", "fields.xlsx"], "a file ends in"),
        (["u", "--output", "no/such/folder/f.npz"], "there is no folder"),
        (["u", "--ball", "1"], "add --at U V"),
        (["u", "--geodesic", "1", "0"], "add --at U V"),
        (["u", "--at", "0", "inf"], "--at expects two finite numbers"),
        (["u", "--at", "0", "0", "--geodesic", "nan", "1"], "--geodesic expects two finite numbers"),
        (["u", "--at", "0", "0", "--ball", "-1"], "--ball expects a positive radius"),
        (["u", "--at", "0", "0", "--ball-output", "ball.csv"], "add --ball R"),
        (["u", "--at", "0", "0", "--ball", "1", "--ball-output", "ball.html"], "a file ends in .npz, .csv"),
        (["--preset", "nothing"], "no preset 'nothing'"),
        ([], "Give a formula"),
        (["u", "--preset", "saddle"], "Give a formula"),
    ],
)
def test_what_is_wrong_is_said_on_standard_error_with_exit_code_2(words, message, capsys):
    assert main(words) == WRONG
    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.err.startswith("curvlib: ")
    assert captured.out == ""


def test_an_interruption_has_its_own_exit_code(monkeypatch, capsys):
    def interrupted(*args: object, **keywords: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("curvlib.__main__.evaluate", interrupted)
    assert main(["u"]) == INTERRUPTED


def test_quiet_says_nothing(capsys, tmp_path):
    assert main(["u", "--quiet", "--output", str(tmp_path / "f.npz")]) == DONE
    assert capsys.readouterr() == ("", "")


def test_progress_is_shown_on_a_terminal_only(monkeypatch, capsys):
    assert progress_line() is None
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setattr("curvlib.__main__.SLOW", -1.0)
    show = progress_line()
    assert show is not None
    show(0.5)
    show(1.0)
    assert "50%" in capsys.readouterr().err


def test_the_module_runs_and_reads_standard_input():
    words = [sys.executable, "-m", "curvlib", "-", "--size", "16"]
    done = subprocess.run(words, input="-u^2 + v\n", capture_output=True, text=True, check=False)
    assert done.returncode == DONE, done.stderr
    assert "f(u, v) = " in done.stdout


def test_a_reader_who_leaves_costs_no_file(tmp_path):
    file = tmp_path / "fields.csv"
    words = [sys.executable, "-m", "curvlib", "u^2", "--size", "16", "--output", str(file)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        complaints = running.stderr.read()
    assert (running.returncode, complaints) == (DONE, "")
    assert len(file.read_text().splitlines()) == 1 + 16 * 16


def test_ball_and_geodesic_are_told_and_stored(tmp_path, capsys):
    files = [tmp_path / "ball.npz", tmp_path / "ball.csv"]
    words = ["sqrt(4-u^2-v^2)", "--at", "0", "0", "--ball", "1", "--geodesic", "1", "0", "--size", "16"]
    assert main([*words, *(word for file in files for word in ("--ball-output", str(file)))]) == DONE
    out = capsys.readouterr().out
    area = 8 * np.pi * (1 - np.cos(1 / 2))
    assert f"{area:.10g}" in out
    assert f"{2 * np.arcsin(1 / 2):.9f}" in out
    with np.load(files[0], allow_pickle=False) as stored:
        assert json.loads(str(stored["about"]))["center"] == [0, 0]
        assert all(stored[name].dtype.kind in "fUbi" for name in stored)
        np.testing.assert_allclose(stored["volume"][-1], area, rtol=1e-9)
    with files[1].open(newline="") as file:
        rows = list(csv.DictReader(file))
    np.testing.assert_allclose(float(rows[-1]["volume"]), area, rtol=1e-9)


def test_ball_without_a_metric_and_way_without_a_geodesic_are_said(capsys):
    assert main(["log(u)", "--at", "-1", "0", "--ball", "1", "--geodesic", "1", "0", "--size", "16"]) == DONE
    out = capsys.readouterr().out
    assert "no geodesic starts there and there is no ball" in out
    assert "no geodesic found" in out
    assert "leaves the domain of f" in out


def test_what_is_undefined_at_a_point_is_said_and_why(capsys):
    """Bukin's ravine has a height but no slope; a geodesic from a kink has no direction."""
    assert main(["--preset", "bukin", "--at", "-10", "1", "--size", "16"]) == DONE
    out = capsys.readouterr().out
    assert "f = 0, but its derivatives are undefined here: division by zero in their formula" in out
    assert main(["abs(u) + v^2", "--at", "0", "1", "--geodesic", "1", "0", "--size", "16"]) == DONE
    out = capsys.readouterr().out
    assert "no geodesic found" in out
    assert out.count("at (0, 1)  f = 1, but its derivatives are undefined here: kink or jump of f") == 2
    assert main(["log(u)", "--at", "1", "0", "--geodesic", "-1", "0", "--size", "16"]) == DONE
    assert "at (-1, 0)  f is undefined here: logarithm of a negative number" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("(u^2+v-11)^2+(u+v^2-7)^2", "Proved: the window holds exactly 1 critical point, its border included."),
        ("u^2 - v^2", "exactly 1 critical point,"),
        ("u + v", "exactly 0 critical points,"),
        ("abs(u) + v^2", "Proved: 0 critical points in all of the window but a part; "),
        ("max(u, 0)^2 + max(v, 0)^2", "f is constant in a region"),
    ],
)
def test_what_is_proved_of_critical_points_is_said(formula, said, capsys):
    assert main([formula, "--window", "-1", "1", "-1", "1", "--size", "33", "--critical"]) == DONE
    assert said in capsys.readouterr().out
