"""The JavaScript a browser runs during a drag computes what `evaluate` computes, to rounding;
run here by Node.
"""

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

from curvlib import Grid, evaluate, parse
from curvlib.curvature.measures import FURTHER
from curvlib.kernels.javascript import TEMPLATES, javascript
from curvlib.kernels.program import program
from curvlib.kernels.steps import run as run_in_numpy
from curvlib.language.nodes import Graph
from curvlib.language.operations import OPERATIONS
from tests.javascript import SHAPE, arrays, assert_agree, assert_presets_agree, preset_tasks, source_of, task

NODE = shutil.which("node")
RUNNER = Path(__file__).parent / "node" / "fields.mjs"

FORMULAS = [
    "erf(3*u)*erf(v/2)",
    "abs(u)^3 + cbrt(v)",
    "min(u, v) + max(u^2, v)",
    "atan2(u, v) + hypot(u, v)",
    "floor(2*u) + sign(v)*u^2",
    "if(u < v, u^2, v^2) + if(u >= 0, 1, 2)*v",
    "sinh(u) + cosh(v) + tanh(u*v)",
    "asin(u/3) + acos(v/3) + atan(u*v)",
    "asinh(u) + acosh(2 + u^2) + atanh(v/3)",
    "log(1 + exp(30*u)) + log2(v + 3)",
    "sqrt(u^2 + v^2)^3.3",
    "tan(u) - u^v",
    "log(u)",
    "1/u",
    "exp(300*u) + v^2",
    "(u + v)^2 + 1e-9*v^2",
    "5",
    "u",
]


@pytest.fixture(scope="module")
def run():
    """Runs tasks in Node, and gives their answers."""
    if NODE is None:
        pytest.skip("THE PRINTED JAVASCRIPT WAS NOT RUN BY NODE: there is none here; the browser tests run it too")

    def run(tasks):
        done = subprocess.run([NODE, str(RUNNER)], input=json.dumps(tasks), capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    return run


def test_every_operation_can_be_printed():
    assert TEMPLATES.keys() == OPERATIONS.keys()


def test_browser_agrees_with_python_on_every_preset(run):
    assert_presets_agree(run(preset_tasks()))


def test_browser_agrees_with_python_on_hard_formulas(run):
    grid = Grid((-2, 2.1), (-1.7, 1.9), SHAPE)
    expressions = [parse(text) for text in FORMULAS]
    answers = run([task(source_of(expression), grid, {}) for expression in expressions])
    for expression, answer in zip(expressions, answers, strict=True):
        assert_agree(evaluate(expression, grid, further=tuple(FURTHER)), arrays(answer), str(expression))


@pytest.mark.parametrize("op", OPERATIONS)
def test_each_operation_means_the_same_in_both(run, op):
    graph, grid = Graph(), Grid((-2, 2), (-2, 2), SHAPE)
    operands = [graph.symbol("u"), graph.symbol("v"), graph.number(0.75)]
    if op in ("and", "or", "not", "where"):
        operands[0] = graph.node("lt", graph.symbol("u"), graph.symbol("v"))
    if op in ("and", "or"):
        operands[1] = graph.node("lt", graph.symbol("u"), graph.number(0.5))
    node = graph.node(op, *operands[: OPERATIONS[op][0]])
    code = program({"f": node, **dict.fromkeys(("f_u", "f_v", "f_uu", "f_uv", "f_vv", "kinks"), graph.number(0))})
    (answer,) = run([task(javascript(code, ()), grid, {})])
    truth = run_in_numpy(code, {"u": grid.u[None, :], "v": grid.v[:, None]})[code.outputs["f"]]
    truth = np.broadcast_to(np.asarray(truth, dtype=float), SHAPE)
    assert_allclose(arrays(answer)["f"], np.where(np.isfinite(truth), truth, np.nan), rtol=2e-15, atol=1e-300)


def test_error_function_is_right_to_rounding(run):
    from scipy.special import erf

    grid = Grid((-6.5, 6.5), (0, 1), SHAPE)
    (answer,) = run([task(source_of(parse("erf(u)")), grid, {})])
    assert_allclose(arrays(answer)["f"][0], erf(grid.u), rtol=1e-15, atol=0)


def test_values_on_kinks_stay_and_derivatives_do_not(run):
    grid = Grid((-1, 1), (-1, 1), SHAPE)
    (answer,) = run([task(source_of(parse("abs(u) + v")), grid, {})])
    middle = SHAPE[1] // 2
    assert np.isfinite(arrays(answer)["f"][:, middle]).all()
    assert np.isnan(arrays(answer)["S"][:, middle]).all()


@pytest.mark.parametrize("letter", ["theta", "beta", "S", "x1", "b"])
def test_source_holds_nothing_the_visitor_named(letter):
    body = source_of(parse(f"u^2 + {letter}*v")).body
    assert body == source_of(parse("u^2 + a*v")).body


def test_work_on_one_variable_stays_on_its_axis():
    body = source_of(parse("exp(u)*sin(v)")).body
    plane = body[body.index("for (let i = 0, k = 0") :]
    assert "Math.exp" not in plane
    assert "Math.sin" not in plane
