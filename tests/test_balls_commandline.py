"""Balls and geodesics, asked for in the terminal."""

import csv

import pytest

from curvlib.__main__ import DONE, WRONG, main

SADDLE = ["u^2 - v^2", "--size", "9"]


def test_balls_are_told_with_error_and_series(capsys):
    assert main([*SADDLE, "--ball", "0", "0", "1"]) == DONE
    out = capsys.readouterr().out
    assert "where S = -8" in out
    assert "1.33333333" in out  # 1 − S r²/24 at r = 1
    assert len([line for line in out.splitlines() if line.startswith("  ") and "e-" in line]) == 10


def test_notes_are_told(capsys):
    assert main(["sqrt(1 - u^2 - v^2)", "--size", "9", "--ball", "0", "0", "2"]) == DONE
    assert "The graph ends in a vertical edge" in capsys.readouterr().out


def test_a_table_has_a_row_for_each_radius(tmp_path, capsys):
    file = tmp_path / "ball.csv"
    assert main([*SADDLE, "--ball", "0", "0", "1", "--ball-table", str(file)]) == DONE
    with file.open(newline="") as text:
        rows = list(csv.DictReader(text))
    assert len(rows) == 100
    assert float(rows[-1]["radius"]) == 1
    assert float(rows[-1]["volume"]) > 3.15
    assert "wrote" in capsys.readouterr().out


def test_ways_between_two_points_are_told(capsys):
    assert main(["2*u", "--size", "9", "--between", "0", "0", "3", "6"]) == DONE
    assert "length 9  ±" in capsys.readouterr().out
    assert main(["log(u)", "--size", "9", "--between", "1", "0", "-1", "0"]) == DONE
    assert "No geodesic" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--ball", "0", "0", "-1"], "positive radius"),
        (["--ball-table", "x.csv"], "wants --ball"),
        (["--ball", "0", "0", "1", "--ball-table", "x.txt"], "ends in .csv"),
        (["--ball", "0", "0", "1", "--ball-table", "nowhere/x.csv"], "folder"),
    ],
)
def test_mistakes_are_explained(words, complaint, capsys):
    assert main([*SADDLE, *words]) == WRONG
    assert complaint in capsys.readouterr().err
