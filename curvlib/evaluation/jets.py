"""The 2-jet of a loss at points: f with its first and second derivatives.
All that is symbolic lies above it, all that is geometric below.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from numbers import Real
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from curvlib.arrays import AnyFloats, Bools, Floats
from curvlib.curvature.measures import DERIVATIVES, formula
from curvlib.errors import ParameterError
from curvlib.given import array, number
from curvlib.kernels.program import Program, program
from curvlib.kernels.steps import run
from curvlib.language.expression import Expression
from curvlib.language.lowering import Algebra, lower
from curvlib.symbolic.derivatives import JET_NAMES, differentiate

Precision = TypeVar("Precision", bound=np.floating[Any])
"""The type of the numbers: np.float64, or np.longdouble where the points are."""


@dataclass(frozen=True, slots=True)
class Jet(Generic[Precision]):
    """f and its derivatives at some points, each an array of the points' shape and precision.

    NaN where f is not finite. Where f has a kink its value stays and the derivatives are NaN.
    """

    f: NDArray[Precision]
    f_u: NDArray[Precision]
    f_v: NDArray[Precision]
    f_uu: NDArray[Precision]
    f_uv: NDArray[Precision]
    f_vv: NDArray[Precision]


def jet(expression: Expression, u: Any, v: Any, parameters: Mapping[str, float] | None = None) -> Jet[Any]:
    """The 2-jet at the points (u, v), by exact differentiation.

    Args:
        expression: the loss.
        u, v: coordinates, numbers or arrays that broadcast; np.longdouble is kept, everything else
            becomes float64.
        parameters: a value for each parameter of the expression that has no default in its text.

    Raises:
        ParameterError: a parameter has no value, or there is no such parameter.

    >>> from curvlib import parse
    >>> jet(parse("u^2*v"), 3, 2).f_uv
    array(6.)
    """
    symbols = parameter_values(expression, parameters)
    u, v = np.broadcast_arrays(array("u", u), array("v", v))
    code = jet_program(expression)
    values = run(code, {"u": u, "v": v, **symbols})
    f, *derivatives, kinks = (values[code.outputs[name]] for name in (*JET_NAMES, "kinks"))
    kind = np.result_type(u, v)
    f = np.array(np.broadcast_to(f, u.shape), dtype=kind)
    undefined = ~np.isfinite(f)
    f[undefined] = np.nan
    undefined |= np.asarray(kinks, dtype=bool)
    return Jet(f, *(_masked(derivative, undefined, kind) for derivative in derivatives))


def _masked(values: Any, undefined: Bools, kind: Any) -> AnyFloats:
    return np.where(undefined, kind.type(np.nan), values).astype(kind, copy=False)


@lru_cache(maxsize=256)
def jet_program(expression: Expression, further: tuple[str, ...] = ()) -> Program:
    """The steps that compute the jet and, as `kinks`, whether the point lies exactly on a kink;
    then some of the measures of `FURTHER`.
    """
    symbolic = differentiate(expression)
    return program({**symbolic.nodes, "kinks": symbolic.on_kink, **{name: symbolic.further[name] for name in further}})


def further_measure(name: str, *derivatives: Floats) -> Floats:
    """A measure of `FURTHER` where f_u, f_v, f_uu, f_uv, f_vv are known, arrays of one shape.

    >>> float(further_measure("mean_curvature", *map(np.array, (0.0, 0.0, 2.0, 0.0, 4.0))))
    3.0
    """
    code = _measure_program(name)
    with np.errstate(all="ignore"):
        return run(code, dict(zip(DERIVATIVES, derivatives, strict=True)))[code.outputs[name]]


@cache
def _measure_program(name: str) -> Program:
    return program({name: lower(formula(name), Algebra())})


def parameter_values(expression: Expression, parameters: Mapping[str, float] | None = None) -> dict[str, float]:
    """A number for each parameter of the expression: the one given, else the default in its text.

    Raises:
        ParameterError: a parameter has no value, or there is no such parameter.
        TypeError: the expression is none.
    """
    if not isinstance(expression, Expression):
        raise TypeError(f"expression must be what curvlib.parse returns, not of type {type(expression).__name__}.")
    given = dict(parameters or {})
    for name in given:
        if name not in expression.parameters:
            known = ", ".join(expression.parameters) or "none"
            raise ParameterError(f"The formula has no parameter {name!r}; its parameters: {known}.")
    values = {**expression.defaults, **given}
    for name in expression.parameters:
        if name not in values:
            raise ParameterError(
                f"The parameter {name!r} has no value; "
                f"pass parameters={{{name!r}: …}} or write a line {name} = … above the formula."
            )
    numbers = {name: number(values[name]) for name in expression.parameters}
    for name, value in numbers.items():
        if not np.isfinite(value):
            told = value if isinstance(values[name], Real) else f"of type {type(values[name]).__name__}"
            raise ParameterError(f"The parameter {name!r} is {told}; it must be a finite number.")
    return numbers
