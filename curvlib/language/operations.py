"""The elementary operations: what is left of the language once `functions.py` has expanded the
rest.

Every printer (numpy, numexpr, native code, JavaScript, sympy) and every derivative rule covers
exactly these names.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np

from curvlib.language.extended import extended_erf

Row = TypeVar("Row")


def _erf(x: Any, **keywords: Any) -> Any:
    if getattr(x, "dtype", None) == np.longdouble:
        return extended_erf(x)
    from scipy.special import erf  # costs 0.1 s to import, and most formulas never need it

    return erf(x, **keywords)


def _sigmoid(x: Any, out: Any = None) -> Any:
    small = np.exp(-np.abs(x))
    return np.divide(np.where(np.less(x, 0), small, 1.0), 1 + small, out=out)


def _softplus(x: Any, out: Any = None) -> Any:
    return np.add(np.maximum(x, 0), np.log1p(np.exp(-np.abs(x))), out=out)


def _where(condition: Any, yes: Any, no: Any, out: Any = None) -> Any:
    chosen = np.where(condition, yes, no)
    if out is None:
        return chosen
    out[...] = chosen
    return out


OPERATIONS: MappingProxyType[str, tuple[int, Callable[..., Any]]] = MappingProxyType(
    {
        "add": (2, np.add),
        "sub": (2, np.subtract),
        "mul": (2, np.multiply),
        "div": (2, np.divide),
        "neg": (1, np.negative),
        "pow": (2, np.power),
        "sqrt": (1, np.sqrt),
        "cbrt": (1, np.cbrt),
        "exp": (1, np.exp),
        "log": (1, np.log),
        "log1p": (1, np.log1p),
        "sin": (1, np.sin),
        "cos": (1, np.cos),
        "tan": (1, np.tan),
        "asin": (1, np.arcsin),
        "acos": (1, np.arccos),
        "atan": (1, np.arctan),
        "sinh": (1, np.sinh),
        "cosh": (1, np.cosh),
        "tanh": (1, np.tanh),
        "asinh": (1, np.arcsinh),
        "acosh": (1, np.arccosh),
        "atanh": (1, np.arctanh),
        "erf": (1, _erf),
        "sigmoid": (1, _sigmoid),
        "softplus": (1, _softplus),
        "abs": (1, np.abs),
        "sign": (1, np.sign),
        "floor": (1, np.floor),
        "min": (2, np.minimum),
        "max": (2, np.maximum),
        "hypot": (2, np.hypot),
        "atan2": (2, np.arctan2),
        "lt": (2, np.less),
        "le": (2, np.less_equal),
        "gt": (2, np.greater),
        "ge": (2, np.greater_equal),
        "eq": (2, np.equal),
        "ne": (2, np.not_equal),
        "and": (2, np.logical_and),
        "or": (2, np.logical_or),
        "not": (1, np.logical_not),
        "where": (3, _where),
    }
)
"""Name → (number of operands, its meaning on arrays of float64 or np.longdouble).
lt … not take or give truth values; `where` takes one first.
"""

BOOLEAN = frozenset({"lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not"})
"""The operations whose value is true or false."""


def row(table: Mapping[str, Row], op: str, of: str) -> Row:
    """The row of an operation in a table that must know it: a new operation is never taken for an
    old one.

    >>> row({"add": "+"}, "lambertw", "signs")
    Traceback (most recent call last):
    NotImplementedError: The operation 'lambertw' has no row in the table of signs; add one.
    """
    if op not in table:
        raise NotImplementedError(f"The operation {op!r} has no row in the table of {of}; add one.")
    return table[op]
