"""The largest angles of a program on a grid, from the extremes of the arrays on its axes.

Where they are known to be moderate, the loop over the plane need not look at each of them.
"""

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

from curvlib.kernels.native.stages import needed
from curvlib.kernels.program import PLANE, Program

TURNS = ("sin", "cos", "tan")

_RULES: Mapping[str, Callable[..., float]] = MappingProxyType(
    {
        **dict.fromkeys(("add", "sub"), lambda a, b: a + b),
        **dict.fromkeys(("min", "max"), max),
        **dict.fromkeys(("neg", "abs"), lambda a: a),
        **dict.fromkeys(("sin", "cos", "tanh", "sigmoid"), lambda a: 1.0),
        "mul": lambda a, b: a * b,
        "sqrt": math.sqrt,
    }
)
"""Operation → the largest modulus of its value from those of its operands;
there is no limit to the others.
"""


class Angles:
    """The angles of which the loop over the plane takes a sine, a cosine or a tangent."""

    def __init__(self, code: Program) -> None:
        self._code = code
        self._angles = {step.args[0] for step in code.steps if step.op in TURNS and step.place == PLANE}
        self._steps = sorted(needed(code, self._angles, set()))
        read = {arg for i in self._steps for arg in code.steps[i].args}
        self._read = [(i, code.steps[i]) for i in read if code.steps[i].place != PLANE]

    def __bool__(self) -> bool:
        return bool(self._angles)

    def largest(self, known: Mapping[int, float]) -> float:
        """An upper bound of the absolute value of all angles, or infinity, from bounds of the
        values that the plane reads from elsewhere.
        """
        limits = {i: abs(float(step.value or 0)) if step.op == "number" else known[i] for i, step in self._read}
        for i in self._steps:
            step = self._code.steps[i]
            rule = _RULES.get(step.op)
            limit = rule(*(limits[arg] for arg in step.args)) if rule else math.inf
            limits[i] = math.inf if math.isnan(limit) else limit
        return max((limits[i] for i in self._angles), default=0.0)
