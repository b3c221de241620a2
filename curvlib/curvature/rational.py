"""Exact arithmetic on arrays: floats become the fractions they are, so that the one rounding is
that of the result.
"""

import math
from collections.abc import Callable
from fractions import Fraction
from functools import wraps
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curvlib.arrays import Floats, Fractions

Formula = Callable[..., NDArray[Any]]
"""A formula on arrays: fractions give fractions; once it is rounded, floats give floats."""


def exactly(formula: Formula) -> Formula:
    """Lets a formula in ∇f and H work in fractions: floats in, the nearest floats out.

    Arrays of fractions pass as they are, so that one such formula can use another without a
    rounding between. The result is NaN where a derivative is not finite, infinite where it is too
    large a number.

    Args:
        formula: of ∇f, shape (..., q), and H, shape (..., q, q), or of ∇f alone; the leading axes
            of its result are theirs.

    >>> difference = exactly(lambda gradient: gradient[..., 0] - gradient[..., 1])
    >>> float(difference([0.3, 0.1])) == 0.3 - 0.1
    True
    """

    @wraps(formula)
    def rounded(*derivatives: Any) -> Floats | Fractions:
        arrays = [np.asarray(values) for values in derivatives]
        if arrays[0].dtype == object:
            return np.asarray(formula(*arrays))
        numbers = [values.astype(float) for values in arrays]
        axes = [tuple(range(-order, 0)) for order in range(1, len(numbers) + 1)]
        known = [np.isfinite(values).all(axis=last) for values, last in zip(numbers, axes, strict=True)]
        result = nearest(formula(*(_fractions(np.where(np.isfinite(values), values, 0.0)) for values in numbers)))
        result[~np.logical_and.reduce(np.broadcast_arrays(*known))] = np.nan
        return result

    return rounded


def inverse(matrices: Fractions) -> Fractions:
    """The inverse of positive definite matrices of fractions, shape (..., q, q), by elimination."""
    q = matrices.shape[-1]
    rows = np.concatenate([matrices, np.broadcast_to(_fractions(np.eye(q)), matrices.shape)], axis=-1)
    for i in range(q):
        rows[..., i, :] = rows[..., i, :] / rows[..., i, i, None]
        for j in range(q):
            if j != i:
                rows[..., j, :] = rows[..., j, :] - rows[..., j, i, None] * rows[..., i, :]
    return rows[..., q:]


def nearest(values: Any) -> Floats:
    """Fractions as the nearest floats; only zero becomes zero, so that no number is
    lost where floats end.
    """
    return np.array(np.frompyfunc(_nearest, 1, 1)(values), dtype=float)


def _nearest(value: Any) -> float:
    try:
        return float(value) or math.copysign(math.ulp(0.0), value) * (value != 0)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _fractions(values: Floats) -> Fractions:
    return np.asarray(np.frompyfunc(Fraction, 1, 1)(values), dtype=object)
