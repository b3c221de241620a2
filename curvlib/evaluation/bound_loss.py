"""A loss with its parameters filled in, ready to be evaluated thousands of times
at a few hundred points.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import Any

import numpy as np

from curvlib.arrays import Floats
from curvlib.evaluation.jets import jet, jet_program, parameter_values
from curvlib.kernels.program import Program, program
from curvlib.kernels.steps import run
from curvlib.language.expression import Expression
from curvlib.language.operations import OPERATIONS
from curvlib.symbolic.derivatives import JET_NAMES, differentiate

Kernel = Callable[[], tuple[Any, ...]]
"""Reads the buffers it was bound to; returns f, f_u, f_v, f_uu, f_uv, f_vv, each an array that the
next call overwrites, or a number.
"""


@dataclass(frozen=True)
class BoundLoss:
    """f with a value for each of its parameters."""

    expression: Expression
    parameters: tuple[tuple[str, float], ...]

    def bind(self, u: Floats, v: Floats) -> Kernel:
        """A kernel that computes the 2-jet at the points which the buffers u, v (n,) hold
        when it is called.
        """
        return _bound(jet_program(self.expression), JET_NAMES, {"u": u, "v": v, **dict(self.parameters)}, u.shape)

    def jet(self, u: Any, v: Any) -> tuple[Floats, ...]:
        """f, f_u, f_v, f_uu, f_uv, f_vv at points of any shape;
        NaN where undefined, the derivatives also on kinks.
        """
        at = jet(self.expression, u, v, dict(self.parameters))
        return at.f, at.f_u, at.f_v, at.f_uu, at.f_uv, at.f_vv

    def slope(self, point: Sequence[float] | Floats) -> tuple[float, float]:
        """f_u, f_v at one point; NaN where a first or second derivative is missing, or is
        no finite number.
        """
        at = self.jet(point[0], point[1])
        return (float(at[1]), float(at[2])) if np.isfinite(at).all() else (np.nan, np.nan)

    @cached_property
    def kinks(self) -> tuple[str, ...]:
        """The kinks that the formula has somewhere, in words."""
        return tuple(kink.words for kink in differentiate(self.expression).kinks)

    def gaps(self, u: Floats, v: Floats) -> Floats:
        """A value for each kink that changes its sign across it, shape (n_kinks, ...)."""
        code = _gap_program(self.expression)
        values = run(code, {"u": u, "v": v, **dict(self.parameters)})
        gaps = np.empty((len(self.kinks), *u.shape))
        for k in range(len(gaps)):
            gaps[k] = values[code.outputs[str(k)]]
        return gaps


def landscape(expression: Expression, parameters: Mapping[str, float] | None = None) -> BoundLoss:
    """The loss with these parameters and, for the others, the defaults in its text."""
    return _landscape(expression, tuple(parameter_values(expression, parameters).items()))


@lru_cache(maxsize=64)
def _landscape(expression: Expression, parameters: tuple[tuple[str, float], ...]) -> BoundLoss:
    return BoundLoss(expression, parameters)


@lru_cache(maxsize=64)
def _gap_program(expression: Expression) -> Program:
    return program({str(k): kink.gap for k, kink in enumerate(differentiate(expression).kinks)})


def _bound(code: Program, names: tuple[str, ...], symbols: Mapping[str, Any], shape: tuple[int, ...]) -> Kernel:
    """The program as calls that write into buffers chosen once:
    a call on such short arrays costs no more than its arithmetic.
    """
    values: dict[int, Any] = {}
    calls: list[Callable[[], Any]] = []
    free: list[Floats] = []
    for i, step in enumerate(code.steps):
        if step.op in ("number", "symbol"):
            values[i] = np.float64(step.value) if step.op == "number" else symbols[str(step.value)]
            continue
        operation, args = OPERATIONS[step.op][1], [values[arg] for arg in step.args]
        if not step.place:
            with np.errstate(all="ignore"):
                values[i] = np.float64(operation(*args))
            continue
        values[i] = free.pop() if free else np.empty(shape)
        calls.append(partial(operation, *args, out=values[i]))
        free.extend(
            values[arg]
            for arg in set(step.args)
            if code.last_use[arg] == i and code.steps[arg].args and code.steps[arg].place
        )
    results = tuple(values[code.outputs[name]] for name in names)

    def kernel() -> tuple[Any, ...]:
        for call in calls:
            call()
        return results

    return kernel
