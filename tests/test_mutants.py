"""The campaign of single-point changes: what it changes, and that it tells tests that notice from
those that do not.
"""

import ast
import json
from pathlib import Path

import pytest

from tests.mutants import campaign, equivalents
from tests.mutants.points import in_javascript, in_python
from tests.mutants.tested import lines

ROOT = Path(__file__).parent.parent

PYTHON = {
    "a + b": {"(a - b)", "(a)"},
    "a*b": {"(a / b)", "(a)"},
    "a < b": {"(a <= b)"},
    "a in b": {"(a not in b)"},
    "a and b": {"(a or b)", "(b)", "(a)"},
    "-a": {"(a)"},
    "x[n:]": {"x[(n + 1):]"},
    "f(3)": {"f((4))"},
    "f(0.0, True)": {"f((1.0), True)", "f(0.0, (False))"},
    "a if b else c": {"a if (not b) else c"},
    "[a for a in b if c]": {"[a for a in b if (not c)]"},
    "if é:\n    pass": {"if (not é):\n    pass"},
    "def f(n: int | None) -> A | B:\n    'text 1'": set(),
    "f'{a + 1}'": set(),
}


@pytest.mark.parametrize("source", PYTHON)
def test_each_part_of_python_has_its_changes(source):
    changed = {point.applied(source) for point in in_python("toy.py", source)}
    assert changed == PYTHON[source]
    assert all(ast.dump(ast.parse(text)) != ast.dump(ast.parse(source)) for text in changed)


JAVASCRIPT = {
    "a + b": {"a - b"},
    "a <= 2": {"a < 2", "a <= 3"},
    "Math.min(a, b)": {"Math.max(a, b)"},
    "!a && b": {"a && b", "!a || b"},
    "x1 => 1.5": {"x1 => 2.5"},
    "// a + b\n/* 1 */ '1 + 2' + `${a + 1}`": {"// a + b\n/* 1 */ '1 + 2' - `${a + 1}`"},
    "f(/a+1/, 2)": {"f(/a+1/, 3)"},
}


@pytest.mark.parametrize("source", JAVASCRIPT)
def test_each_part_of_javascript_has_its_changes(source):
    assert {point.applied(source) for point in in_javascript("toy.js", source)} == JAVASCRIPT[source]


def test_every_change_of_the_project_can_be_read():
    points = campaign.points(ROOT, ["curvlib/curvature", "assets/panel"])
    assert {Path(point.path).suffix for point in points} == {".py", ".js"}
    assert {"assets/panel/ball.js", "assets/panel/zero.js"} <= {point.path for point in points}
    for point in points:
        if point.path.endswith(".py"):
            ast.parse(point.applied((ROOT / point.path).read_text()))


TOY = (
    "def least(a, b):\n    return a if a < b else b\n\n\n"
    "def unheard(a):\n    return a + 1\n\n\ndef unseen(a):\n    return -a\n"
)
TESTS = """from toy.code import least, unheard

def test_least():
    assert (least(1, 2), least(2, 1)) == (1, 2 - 1)

def test_unheard():
    unheard(2)
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "toy").mkdir()
    (tmp_path / "toy" / "code.py").write_text(TOY)
    (tmp_path / "toy" / "__init__.py").touch()
    (tmp_path / "test_toy.py").write_text(TESTS)
    return tmp_path


def test_tests_that_notice_are_told_from_those_that_do_not(project, monkeypatch, capsys):
    pytest.importorskip("coverage", reason="coverage is not installed here")
    monkeypatch.setattr(
        campaign, "EQUIVALENTS", [equivalents.Equivalent("toy/code.py", "return -a", "return (a)", "a test")]
    )
    tests = lines(project, project / "map", ["toy"], ["--rootdir", str(project)])
    assert tests["toy/code.py"]["6"] == ["test_toy.py::test_unheard"]

    def begun(count):
        return campaign.Campaign(project, ["toy"], tests, project / "1.jsonl", 1, count)

    assert not begun(100).run(seconds=0)
    assert begun(2).run(seconds=60)
    whole = begun(100)
    assert len(whole.verdicts) == 2
    assert whole.run(seconds=60)
    words = {verdict.place.split(" ", 1)[1]: verdict.word for verdict in whole.verdicts.values()}
    assert words == {
        "negated condition: a < b → (not a < b)": "killed",
        "comparison: a < b → (a <= b)": "survived",
        "operator: a + 1 → (a - 1)": "survived",
        "dropped term: a + 1 → (a)": "survived",
        "off by one: 1 → (2)": "survived",
        "dropped sign: -a → (a)": "equivalent",
    }
    assert "1 of 5 noticed (20%); 1 equivalent; 0 left" in whole.report()
    assert (project / "toy" / "code.py").read_text() == TOY
    assert len((project / "1.jsonl").read_text().splitlines()) == 6


def test_half_a_map_is_no_map(project):
    pytest.importorskip("coverage", reason="coverage is not installed here")
    with pytest.raises(SystemExit, match="not measured to their end"):
        lines(project, project / "map", ["toy"], ["--no-such-option"])


def test_change_that_no_test_runs_is_not_run(project):
    whole = campaign.Campaign(project, ["toy"], {}, project / "2.jsonl", 1, 100)
    assert whole.run(seconds=60)
    assert {verdict.word for verdict in whole.verdicts.values()} == {"not run"}
    assert json.loads((project / "2.jsonl").read_text().splitlines()[0])["tests"] == 0


@pytest.mark.parametrize("known", equivalents.EQUIVALENTS, ids=str)
def test_equivalent_is_a_change_that_there_is_and_has_its_reason(known):
    source = (ROOT / known.path).read_text()
    change = in_python if known.path.endswith(".py") else in_javascript
    found = (point for point in change(known.path, source) if known.line in source.splitlines()[point.line(source) - 1])
    assert any(known.changed in point.applied(source).splitlines()[point.line(source) - 1] for point in found)
    assert len(known.reason.split()) >= 4
