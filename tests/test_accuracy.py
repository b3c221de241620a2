"""Every kernel against the same program in mpmath, on the conditioned scale: the error of a result is measured in the rounding
errors that cannot be avoided on the way to it, half a unit in the last place for each operation, as they arrive at the result."""

import math
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest

from curvlib.fields import KERNELS, evaluate
from curvlib.grid import Grid
from curvlib.jets import jet_program, parameter_values
from curvlib.kernels.automatic import is_native_here
from curvlib.kernels.program import Program
from curvlib.language.grammar import parse
from curvlib.presets import PRESETS

mp = mpmath.mp
HERE = [name for name in KERNELS if name != "native" or is_native_here()]
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
} | {name: getattr(mpmath, name) for name in "sqrt exp log log1p sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh erf sign floor atan2".split()}
ROUNDED = set(MEANING) - {"neg", "abs", "min", "max", "lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not", "where", "sign", "floor"}

Valued = tuple[Any, Any]
"""What a step is, and how large an error cannot be avoided on the way to it, in units of 2⁻⁵³."""


def with_errors(code: Program, symbols: dict[str, float]) -> list[Valued]:
    """Each step of the program in 60 digits; errors go through an operation as small changes of its operands."""
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
    """f, |∇f|, tr H and S with the errors that the jet's bring along."""
    (f, e), (f_u, e_u), (f_v, e_v), (f_uu, e_uu), (f_uv, e_uv), (f_vv, e_vv) = jet
    norm = mpmath.sqrt(f_u**2 + f_v**2)
    slope = 1 + f_u**2 + f_v**2
    curvature = 2 * (f_uu * f_vv - f_uv**2) / slope**2
    e_norm = norm + ((abs(f_u) * e_u + abs(f_v) * e_v) / norm if norm else e_u + e_v)
    e_curvature = abs(curvature) + 2 * (abs(f_uu) * e_vv + abs(f_vv) * e_uu + 2 * abs(f_uv) * e_uv) / slope**2
    e_curvature += 4 * abs(curvature) * (abs(f_u) * e_u + abs(f_v) * e_v) / slope
    return [(f, e + abs(f)), (norm, e_norm), (f_uu + f_vv, e_uu + e_vv + abs(f_uu + f_vv)), (curvature, e_curvature)]


def worst(text: str, values: dict[str, float], grid: Grid, kernel: str) -> float:
    """The largest error on the grid, in unavoidable errors; cells where something has no value, or lies on a kink, apart."""
    expression = parse(text)
    fields = evaluate(expression, grid, values, kernel=kernel)
    code, found = jet_program(expression), 0.0
    for i, v in enumerate(grid.v):
        for j, u in enumerate(grid.u):
            computed = [array[i, j] for array in fields.arrays]
            if not np.isfinite(computed).all():
                continue
            with mpmath.workdps(60):
                steps = with_errors(code, {"u": float(u), "v": float(v), **parameter_values(expression, values)})
                exact = measures([steps[code.outputs[name]] for name in ("f", "f_u", "f_v", "f_uu", "f_uv", "f_vv")])
                found = max(found, *(float(abs(mpmath.mpf(float(a)) - b) / (e * UNIT + 1e-300)) for a, (b, e) in zip(computed, exact, strict=True)))
    return found


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


def test_the_measure_sees_a_wrong_digit():
    assert worst("u*v", {}, Grid((1, 2), (1, 2), (2, 2)), "numpy") <= 1
    expression = parse("u*v")
    steps = with_errors(jet_program(expression), {"u": 1 / 3, "v": 1 / 7})
    assert abs(float(steps[jet_program(expression).outputs["f"]][0]) - 1 / 21) < 1e-16
    assert math.isclose(float(steps[jet_program(expression).outputs["f"]][1]), 1 / 21)
