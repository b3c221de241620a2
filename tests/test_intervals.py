"""Enclosures hold: whatever a loss, its derivatives and measures are anywhere in a box, at 60
digits.
"""

import os
import random
from typing import Any

import mpmath
import numpy as np
import pytest

from curvlib import PRESETS, ExpressionError, Grid, evaluate, parse
from curvlib.curvature.measures import FURTHER
from curvlib.evaluation.jets import jet_program
from curvlib.intervals import arithmetic
from curvlib.intervals.elementary import FUNCTIONS
from curvlib.intervals.interval import Interval, between, exactly
from curvlib.intervals.jet_bounds import RULES, jet_bounds
from curvlib.kernels.program import Program
from curvlib.language.operations import OPERATIONS
from curvlib.symbolic.derivatives import JET_NAMES
from tests.test_accuracy import MEANING
from tests.visits import formula

FORMULAS = int(os.environ.get("CURVLIB_ENCLOSURES", "60"))
"""Random formulas whose enclosures are tested."""

BOXES = 25
"""Boxes for each of them."""

VALUES = {"a": 0.7, "t_1": -1.3}


def in_digits(code: Program, symbols: dict[str, Any]) -> dict[str, Any]:
    """The results of a program at 60 digits; None where one has no real value."""
    steps: list[Any] = []
    for step in code.steps:
        if step.op in ("number", "symbol"):
            steps.append(mpmath.mpf(step.value if step.op == "number" else symbols[str(step.value)]))
            continue
        operands = [steps[arg] for arg in step.args]
        steps.append(value_of(step.op, operands))
    return {name: steps[k] for name, k in code.outputs.items()}


def value_of(op: str, operands: list[Any]) -> Any:
    if op == "where":
        return operands[1] if operands[0] else operands[2]
    if any(operand is None for operand in operands):
        return None
    try:
        value = MEANING[op](*operands)
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    return value if not isinstance(value, mpmath.mpc) and (isinstance(value, bool) or mpmath.isfinite(value)) else None


def some_boxes(rng: np.random.Generator, n: int, reach: float = 3.0) -> np.ndarray:
    """Boxes of all sizes, some of them points, some with a corner at 0."""
    low = rng.uniform(-reach, reach, (n, 2)) * (rng.random((n, 2)) > 0.1)
    width = 10.0 ** rng.uniform(-8, 0.5, (n, 2)) * (rng.random((n, 2)) > 0.1)
    return np.stack([low[:, 0], low[:, 0] + width[:, 0], low[:, 1], low[:, 1] + width[:, 1]], axis=1)


def assert_held(text: str, boxes: np.ndarray, rng: np.random.Generator, parameters: dict[str, float]) -> int:
    """One point of each box; the number of values that were looked at."""
    expression = parse(text)
    values = {name: parameters.get(name, 1.0) for name in expression.parameters}
    found, code, seen = jet_bounds(expression, boxes, values), jet_program(expression), 0
    for k, (u0, u1, v0, v1) in enumerate(boxes):
        u, v = min(u1, u0 + rng.random() * (u1 - u0)), min(v1, v0 + rng.random() * (v1 - v0))
        with mpmath.workdps(60):
            at = in_digits(code, {"u": float(u), "v": float(v), **values})
            for name in JET_NAMES if not at["kinks"] else ("f",):
                bounds: Interval = getattr(found, name)
                if at[name] is None:
                    assert not bounds.whole[k], f"{name} of {text} has no value at ({u!r}, {v!r})"
                else:
                    assert bounds.low[k] <= at[name] <= bounds.high[k], f"{name} of {text} at ({u!r}, {v!r})"
                    seen += 1
            assert not (at["kinks"] and found.smooth[k]), f"{text} has a kink at ({u!r}, {v!r})"
    return seen


def test_every_operation_has_a_rule():
    assert RULES.keys() == OPERATIONS.keys()


@pytest.mark.parametrize("name", PRESETS)
def test_examples_lie_within_their_bounds(name):
    preset, rng = PRESETS[name], np.random.default_rng(len(name))
    (a, b), (c, d) = preset.window
    low = rng.uniform([a, c], [b, d], (6, 2))
    width = 10.0 ** rng.uniform(-6, -0.5, (6, 1)) * np.array([b - a, d - c])
    boxes = np.stack([low[:, 0], low[:, 0] + width[:, 0], low[:, 1], low[:, 1] + width[:, 1]], axis=1)
    assert assert_held(preset.text, boxes, rng, preset.defaults) > 0


@pytest.mark.parametrize("part", range(6))
def test_random_formulas_lie_within_their_bounds(part):
    chance, rng, seen = random.Random(f"enclosures {part}"), np.random.default_rng(part), 0
    for _ in range(FORMULAS // 6):
        try:
            text = parse(formula(chance, 3)).canonical
            jet_program(parse(text))
        except ExpressionError:
            continue
        seen += assert_held(text, some_boxes(rng, BOXES), rng, VALUES)
    assert seen > 10 * FORMULAS // 6


@pytest.mark.parametrize("op", [op for op in OPERATIONS if OPERATIONS[op][0] <= 2 and op in MEANING])
def test_each_operation_over_intervals_of_all_kinds(op):
    rng, n = np.random.default_rng(len(op)), 300
    operands = []
    for _ in range(OPERATIONS[op][0]):
        low = rng.uniform(-4, 4, n) * rng.choice([0.0, 1e-9, 1.0, 1.0, 30.0], n)
        low[:40] = np.round(low[:40])
        operands.append((low, low + 10.0 ** rng.uniform(-9, 1.2, n) * rng.choice([0, 1, 1], n)))
    if op in ("and", "or", "not"):
        operands = [(low > 1, (low > 1) | (high > 3)) for low, high in operands]
    found = RULES[op](*(between(np.asarray(low, float), np.asarray(high, float)) for low, high in operands))
    with mpmath.workdps(60):
        for k in range(n):
            share = rng.random(len(operands)) * rng.choice([0.0, 1.0, 1.0, 1.0])
            at = [
                low[k] if op in ("and", "or", "not") else mpmath.mpf(min(high[k], low[k] + x * (high[k] - low[k])))
                for x, (low, high) in zip(share, operands, strict=True)
            ]
            value = value_of(op, at)
            if value is None or (op == "pow" and at[0] == 0 and at[1] <= 0):
                assert value is not None or not found.whole[k], f"{op}{at} has no value"
            else:
                assert found.low[k] <= value <= found.high[k], f"{op}{at}"


def test_squares_are_never_negative_and_exact_zeros_stay_exact():
    spans = between(np.array([-2.0, 1.0]), np.array([1.0, 3.0]))
    assert arithmetic.square(spans).low[0] == 0
    assert (arithmetic.mul(spans, exactly(0.0)).high == 0).all()
    assert (arithmetic.add(spans, exactly(0.0)).low == spans.low).all()


def test_what_has_no_value_anywhere_is_empty_and_half_of_it_is_not_whole():
    root = FUNCTIONS["sqrt"](between(np.array([-3.0, -1.0, 1.0]), np.array([-2.0, 1.0, 4.0])))
    assert root.is_empty.tolist() == [True, False, False]
    assert root.whole.tolist() == [False, False, True]
    logarithm = FUNCTIONS["log"](between(np.array([0.0, -1.0]), np.array([1.0, 0.0])))
    assert logarithm.is_empty.tolist() == [False, True]
    assert not logarithm.whole.any()


def test_waves_know_their_crests_at_any_distance():
    for n in (0, 1, -7, 10**6):
        crest = np.array([np.pi * (2 * n + 0.5)])
        assert FUNCTIONS["sin"](between(crest - 1e-3, crest + 1e-3)).high[0] == 1
        assert FUNCTIONS["sin"](between(crest + 0.5, crest + 1.0)).high[0] < 0.9
        assert FUNCTIONS["cos"](between(crest - 2.0, crest - 1.0)).low[0] > -1
    pole = FUNCTIONS["tan"](between(np.array([1.5, 1.0]), np.array([1.6, 1.5])))
    assert np.isinf(pole.low).tolist() == [True, False]


def test_a_broken_rule_is_caught(monkeypatch):
    """The derivative of sin with the wrong sign leaves its enclosure."""
    monkeypatch.setitem(RULES, "cos", lambda a: arithmetic.neg(FUNCTIONS["cos"](a)))
    boxes = np.array([[0.1, 0.2, 0.1, 0.2]])
    with pytest.raises(AssertionError, match=r"f_u of sin"):
        assert_held("sin(u)", boxes, np.random.default_rng(1), {})


@pytest.mark.parametrize("name", ["paper_ex31", "himmelblau", "peaks", "rosenbrock"])
def test_measures_of_the_window_lie_within_their_bounds(name):
    preset = PRESETS[name]
    (a, b), (c, d) = preset.window
    loss, n = parse(preset.text), 24
    u, v = np.linspace(a, b, n + 1), np.linspace(c, d, n + 1)
    boxes = np.array([[u[i], u[i + 1], v[j], v[j + 1]] for j in range(n) for i in range(n)])
    found = jet_bounds(loss, boxes, preset.defaults, tuple(FURTHER))
    fields = evaluate(loss, Grid((a, b), (c, d), (4 * n + 1, 4 * n + 1)), preset.defaults, further=tuple(FURTHER))
    bounds = {
        "scalar_curvature": found.scalar_curvature,
        "hessian_trace": found.hessian_trace,
        "gradient_norm": found.gradient_norm,
        **found.further,
    }
    for measure, interval in bounds.items():
        values = getattr(fields, measure)
        for k in range(len(boxes)):
            j, i = divmod(k, n)
            cell = values[4 * j : 4 * j + 5, 4 * i : 4 * i + 5]
            slack = 1e-12 * np.abs(cell).max()
            assert interval.low[k] - slack <= cell.min() <= cell.max() <= interval.high[k] + slack, measure
