"""Every kernel, and the printed JavaScript, on the conditioned scale: the error of a result is
measured in the rounding errors that cannot be avoided on the way to it, half a unit in the last
place for each operation, as they arrive at the result.

The exact results are those of the derivatives' program in 60 digits; that they are the derivatives
is checked against difference quotients of the formula as typed, in 150 digits, which know nothing
of how the library differentiates.
"""

import json
import math
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mpmath
import numpy as np
import pytest

from curvlib.curvature.measures import FURTHER
from curvlib.evaluation.automatic import is_native_here
from curvlib.evaluation.fields import KERNELS, evaluate
from curvlib.evaluation.jets import jet_program, parameter_values
from curvlib.grid import Grid
from curvlib.kernels.javascript import javascript
from curvlib.kernels.program import Program
from curvlib.language.expression import Expression
from curvlib.language.functions import FUNCTIONS
from curvlib.language.grammar import parse
from curvlib.language.nodes import in_order
from curvlib.presets import PRESETS

mp = mpmath.mp
NODE = shutil.which("node")
RUNNER = Path(__file__).parent / "node" / "fields.mjs"
HERE = [*(name for name in KERNELS if name != "native" or is_native_here()), *(["javascript"] if NODE else [])]
UNIT = 2.0**-53
MOST = 3
"""The most units of unavoidable error; a kernel that sums terms in another order comes near 1."""

MEANING: dict[str, Callable[..., Any]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "neg": lambda a: -a,
    "pow": lambda a, b: a**b,
    "cbrt": lambda a: mpmath.sign(a) * mpmath.cbrt(abs(a)),
    "abs": abs,
    "sigmoid": lambda a: 1 / (1 + mpmath.exp(-a)),
    "softplus": lambda a: mpmath.log1p(mpmath.exp(a)),
    "min": min,
    "max": max,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "and": lambda a, b: bool(a) and bool(b),
    "or": lambda a, b: bool(a) or bool(b),
    "not": lambda a: not a,
    "where": lambda a, b, c: b if a else c,
} | {
    name: getattr(mpmath, name)
    for name in (
        "sqrt exp log log1p sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh erf sign floor atan2"
    ).split()
}
ROUNDED = set(MEANING) - set("neg abs min max lt le gt ge eq ne and or not where sign floor".split())

Valued = tuple[Any, Any]
"""The value of a step, and the error that cannot be avoided on the way to it, in units of 2⁻⁵³."""


def with_errors(code: Program, symbols: dict[str, float]) -> list[Valued]:
    """Each step of the program in 60 digits; errors go through an operation as small
    changes of its operands.
    """
    steps: list[Valued] = []
    for step in code.steps:
        if step.op in ("number", "symbol"):
            steps.append((mpmath.mpf(step.value if step.op == "number" else symbols[str(step.value)]), mpmath.mpf(0)))
            continue
        operands = [steps[arg] for arg in step.args]
        values = [value for value, _ in operands]
        result = MEANING[step.op](*values)
        error = abs(result) if step.op in ROUNDED else mpmath.mpf(0)
        for k, (value, own) in enumerate(operands):
            if own and not isinstance(value, bool):
                moved = MEANING[step.op](*values[:k], value + own * UNIT, *values[k + 1 :])
                error += abs(moved - result) / UNIT
        steps.append((result, error))
    return steps


def measures(jet: list[Valued]) -> list[Valued]:
    """f, |∇f|, tr H, S and the mean curvature with the errors that the jet's bring along; the
    terms of the last are rounded each.
    """
    (f, e), (f_u, e_u), (f_v, e_v), (f_uu, e_uu), (f_uv, e_uv), (f_vv, e_vv) = jet
    norm = mpmath.sqrt(f_u**2 + f_v**2)
    slope = 1 + f_u**2 + f_v**2
    curvature = 2 * (f_uu * f_vv - f_uv**2) / slope**2
    e_norm = norm + ((abs(f_u) * e_u + abs(f_v) * e_v) / norm if norm else e_u + e_v)
    e_curvature = abs(curvature) + 2 * (abs(f_uu) * e_vv + abs(f_vv) * e_uu + 2 * abs(f_uv) * e_uv) / slope**2
    e_curvature += 4 * abs(curvature) * (abs(f_u) * e_u + abs(f_v) * e_v) / slope
    height = 2 * mpmath.sqrt(slope)
    a, b, c = ((1 + f_v**2) / slope, f_u * f_v / slope, (1 + f_u**2) / slope)
    mean, terms = (a * f_uu - 2 * b * f_uv + c * f_vv) / height, a * abs(f_uu) + 2 * abs(b * f_uv) + c * abs(f_vv)
    e_mean = terms + a * e_uu + 2 * abs(b) * e_uv + c * e_vv
    e_mean += (3 * terms * abs(f_u) + 2 * abs(f_u * f_vv) + 2 * abs(f_v * f_uv)) * e_u / slope
    e_mean += (3 * terms * abs(f_v) + 2 * abs(f_v * f_uu) + 2 * abs(f_u * f_uv)) * e_v / slope
    trace = f_uu + f_vv, e_uu + e_vv + abs(f_uu + f_vv)
    return [(f, e + abs(f)), (norm, e_norm), trace, (curvature, e_curvature), (mean, e_mean / height)]


def worst(text: str, values: dict[str, float], grid: Grid, kernel: str) -> float:
    """The largest error on the grid, in unavoidable errors;
    cells where something has no value, or lies on a kink, apart.
    """
    expression = parse(text)
    planes = (
        in_node(expression, values, grid)
        if kernel == "javascript"
        else evaluate(expression, grid, values, further=tuple(FURTHER), kernel=kernel).arrays
    )
    code, found = jet_program(expression), 0.0
    for i, v in enumerate(grid.v):
        for j, u in enumerate(grid.u):
            computed = [plane[i, j] for plane in planes]
            if not np.isfinite(computed).all():
                continue
            with mpmath.workdps(60):
                steps = with_errors(code, {"u": float(u), "v": float(v), **parameter_values(expression, values)})
                exact = measures([steps[code.outputs[name]] for name in ("f", "f_u", "f_v", "f_uu", "f_uv", "f_vv")])
                found = max(
                    found,
                    *(
                        float(abs(mpmath.mpf(float(a)) - b) / (e * UNIT + 1e-300))
                        for a, (b, e) in zip(computed, exact, strict=True)
                    ),
                )
    return found


def in_node(expression: Expression, values: dict[str, float], grid: Grid) -> list[np.ndarray]:
    source = javascript(jet_program(expression, tuple(FURTHER)), expression.parameters)
    given = parameter_values(expression, values)
    task = {"body": source.body, "u": list(grid.u), "v": list(grid.v), "p": [given[name] for name in source.parameters]}
    done = subprocess.run(
        [str(NODE), str(RUNNER)], input=json.dumps([task]), capture_output=True, text=True, check=True
    )
    (answer,) = json.loads(done.stdout)
    return [np.array(answer[name], dtype=float).reshape(grid.shape) for name in ("f", "gradient", "trace", "S", "mean")]


@pytest.mark.parametrize("kernel", HERE)
@pytest.mark.parametrize("name", PRESETS)
def test_presets_are_as_accurate_as_rounding_lets_them(name, kernel):
    preset = PRESETS[name]
    rng = np.random.default_rng(len(name))
    (a, b), (c, d) = preset.window
    us, vs = sorted(rng.uniform(a, b, 2)), sorted(rng.uniform(c, d, 2))
    values = {key: parameter.default for key, parameter in preset.parameters.items()}
    assert worst(preset.text, values, Grid((us[0], us[1]), (vs[0], vs[1]), (2, 9)), kernel) < MOST


HOSTILE = {
    "far from the origin": ("(u-1000)^2*(v-1000)^2 + (u-v)^2*(u+v)^2", (999, 1001)),
    "near a perfect fit": ("(v*tanh(0.5*u)-0.3)^2+(v*tanh(1.5*u)-0.6)^2", (0.63, 0.64)),
    "a sum of logistic losses, far out": ("log(1+exp(-u-v))+log(1+exp(-2*u+v))+log(1+exp(v/3-u))", (30, 60)),
    "tails": ("exp(-u^2-v^2) + tanh(u*v) + sigmoid(-u-v)", (9, 12)),
    "flat to the smallest numbers": ("exp(-u^2-v^2)*(1+u)", (18.5, 19)),
    "beside a pole": ("1/(u*v) + 1/(u^2+v^2)", (1e-9, 1e-8)),
    "small angles": ("sin(u+v)*sin(u-v) + cos(u*v)", (1e-9, 1e-8)),
    "large angles": ("sin(1000*u*v) + cos(300*u+200*v)", (50, 51)),
    "large slopes": ("1e100*sin(u*v) + 1e90*u", (0.5, 1)),
    "cancelling Hessian": ("exp(u+v) + 1e-6*u^2*v", (0.1, 0.2)),
    "powers": ("(u^2+v)^c + sqrt(u*v)", (0.5, 90)),
    "signed zeros": ("u*abs(v)^3 + atan2(u, v+2) + u^3/(1+v^2)", (-1, 1)),
}


@pytest.mark.parametrize("kernel", HERE)
@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_places_too(case, kernel):
    text, window = HOSTILE[case]
    values = {"c": 1.7} if "^c" in text else {}
    assert worst(text, values, Grid(window, window, (3, 9)), kernel) < MOST


class Numbers:
    """The operations that a function's `expand` needs, on numbers of mpmath."""

    def number(self, value: float) -> Any:
        return mpmath.mpf(value)

    def apply(self, op: str, *args: Any) -> Any:
        return MEANING[op](*args)

    def __getattr__(self, op: str) -> Any:
        return lambda *args: self.apply(op, *args)


CONSTANTS = {"pi": math.pi, "e": math.e, "tau": math.tau}


def as_typed(expression: Expression, symbols: dict[str, Any]) -> Any:
    """f from the formula as typed, operation by operation."""
    values: dict[int, Any] = {}
    for node in in_order([expression.root]):
        args = [values[id(arg)] for arg in node.args]
        function = FUNCTIONS.get(node.op)
        if not args:
            value = (
                symbols[node.value]
                if node.op == "symbol"
                else mpmath.mpf(CONSTANTS[node.value] if node.op == "constant" else node.value)
            )
        elif node.op == "pow" and node.args[0].op == "constant" and node.args[0].value == "e":
            value = mpmath.exp(args[1])
        else:
            value = function.expand(Numbers(), *args) if function and function.expand else MEANING[node.op](*args)
        values[id(node)] = value
    return values[id(expression.root)]


def difference_quotients(expression: Expression, u: float, v: float, values: dict[str, float]) -> list[Any]:
    """f, f_u, f_v, f_uu, f_uv and f_vv by central differences;
    their error is of the order of 10⁻⁶⁰ times the next derivatives.
    """
    h = mpmath.mpf(10) ** -30
    f = {
        (i, j): as_typed(expression, {**values, "u": u + i * h, "v": v + j * h}) for i in (-1, 0, 1) for j in (-1, 0, 1)
    }
    f_u, f_v = (f[1, 0] - f[-1, 0]) / (2 * h), (f[0, 1] - f[0, -1]) / (2 * h)
    f_uu, f_vv = ((f[i, j] - 2 * f[0, 0] + f[-i, -j]) / h**2 for i, j in ((1, 0), (0, 1)))
    return [f[0, 0], f_u, f_v, f_uu, (f[1, 1] - f[1, -1] - f[-1, 1] + f[-1, -1]) / (4 * h**2), f_vv]


HOSTILE_HERE = {name: (text, window, {"c": 1.7} if "^c" in text else {}) for name, (text, window) in HOSTILE.items()}
ORACLE = {name: (preset.text, preset.window, preset.defaults) for name, preset in PRESETS.items()}
ORACLE |= {name: (text, (window, window), values) for name, (text, window, values) in HOSTILE_HERE.items()}


@pytest.mark.parametrize("name", ORACLE)
def test_the_exact_results_are_the_derivatives_of_the_formula_as_typed(name):
    text, (u_range, v_range), values = ORACLE[name]
    expression, rng = parse(text), np.random.default_rng(len(name))
    given = parameter_values(expression, values)
    code, seen = jet_program(expression), 0
    for u, v in zip(rng.uniform(*u_range, 12), rng.uniform(*v_range, 12), strict=True):
        point = {"u": mpmath.mpf(u), "v": mpmath.mpf(v), **given}
        with mpmath.workdps(150):
            try:
                wanted = difference_quotients(expression, point["u"], point["v"], given)
            except (ZeroDivisionError, TypeError, ValueError):
                continue
            if not all(isinstance(value, mpmath.mpf) and mpmath.isfinite(value) for value in wanted):
                continue  # outside the domain of f
            steps = with_errors(code, point)
        for (found, error), value in zip(
            (steps[code.outputs[part]] for part in ("f", "f_u", "f_v", "f_uu", "f_uv", "f_vv")), wanted, strict=True
        ):
            # numbers that are multiplied beforehand are rounded
            assert abs(found - value) <= UNIT * (error + abs(value)) + 1e-40
        seen += 1
    assert seen >= 3


def test_the_measure_sees_a_wrong_digit():
    assert worst("u*v", {}, Grid((1, 2), (1, 2), (2, 2)), "numpy") <= 1
    expression = parse("u*v")
    steps = with_errors(jet_program(expression), {"u": 1 / 3, "v": 1 / 7})
    assert abs(float(steps[jet_program(expression).outputs["f"]][0]) - 1 / 21) < 1e-16
    assert math.isclose(float(steps[jet_program(expression).outputs["f"]][1]), 1 / 21)
