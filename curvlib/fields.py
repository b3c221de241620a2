"""Fields: f, |∇f|, tr H and S of a loss on a grid, in float64."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np

from curvlib.causes import Cause, causes
from curvlib.grid import Grid
from curvlib.jets import jet_program, parameter_values
from curvlib.kernels.numexpr_kernel import NumexprKernel
from curvlib.kernels.numpy_kernel import NumpyKernel
from curvlib.kernels.program import Program
from curvlib.kernels.tiles import Planes, Progress
from curvlib.language.expression import Expression

DEFAULT_KERNEL = "numpy"


class Kernel(Protocol):
    """Anything that fills the four arrays of a `Fields` from u, v and the parameters."""

    name: str

    def __call__(self, symbols: Mapping[str, Any], out: Planes, progress: Progress | None = None) -> None: ...


KERNELS: Mapping[str, Callable[[Program], Kernel]] = MappingProxyType({"numpy": NumpyKernel, "numexpr": NumexprKernel})
"""The kernels by name; they agree to rounding."""


@dataclass(frozen=True)
class Fields:
    """Curvature of the graph of f on a grid; each array has shape (n_v, n_u), row = v, column = u.

    Attributes:
        f: the loss; NaN where it is not finite.
        gradient_norm: |∇f|, Euclidean.
        hessian_trace: tr H = f_uu + f_vv, the Laplacian of f.
        scalar_curvature: S = 2 (f_uu f_vv − f_uv²)/(1 + |∇f|²)², twice the Gaussian curvature (Prop. 2.3 at q = 2): positive in a bowl
            or on a peak, negative at a saddle, zero on a plane or a cylinder. NaN where f is not twice differentiable.
        kernel: the name of the kernel that computed them.
        causes: why cells are undefined, each with its number of cells; they add up to `undefined.sum()`.
    """

    f: np.ndarray
    gradient_norm: np.ndarray
    hessian_trace: np.ndarray
    scalar_curvature: np.ndarray
    kernel: str = ""
    causes: tuple[Cause, ...] = field(default=(), compare=False)

    @property
    def arrays(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        return self.f, self.gradient_norm, self.hessian_trace, self.scalar_curvature

    @property
    def undefined(self) -> np.ndarray:
        """True where S is undefined, shape (n_v, n_u)."""
        return np.isnan(self.scalar_curvature)


def evaluate(
    expression: Expression,
    grid: Grid,
    parameters: Mapping[str, float] | None = None,
    *,
    out: Fields | None = None,
    kernel: str = DEFAULT_KERNEL,
    progress: Callable[[float], None] | None = None,
) -> Fields:
    """f, |∇f|, tr H and S of the loss on the grid, by exact differentiation.

    Args:
        expression: the loss, from `curvlib.parse`.
        grid: where.
        parameters: a value for each parameter that has no default in the text.
        out: Fields of the grid's shape whose arrays are overwritten and returned.
        kernel: one of `KERNELS`; they agree to rounding.
        progress: called with the share that is done; an exception it raises ends the work and passes through.

    Raises:
        ParameterError: a parameter has no value, or there is no such parameter.
        ValueError: no such kernel, or `out` has another shape.

    >>> from curvlib import parse
    >>> evaluate(parse("u^2 - v^2"), Grid((-1, 1), (-1, 1), (3, 3))).scalar_curvature[1, 1]
    np.float64(-8.0)
    """
    if kernel not in KERNELS:
        raise ValueError(f"There is no kernel {kernel!r}; the kernels: {', '.join(KERNELS)}.")
    f, gradient_norm, hessian_trace, scalar_curvature = (np.empty(grid.shape) for _ in range(4)) if out is None else out.arrays
    arrays = f, gradient_norm, hessian_trace, scalar_curvature
    if any(array.shape != grid.shape or array.dtype != np.float64 for array in arrays):
        raise ValueError(f"out has shape {arrays[0].shape}; the grid needs float64 arrays of shape {grid.shape}.")
    symbols = {"u": grid.u, "v": grid.v, **parameter_values(expression, parameters)}
    _kernel(expression, kernel)(symbols, arrays, progress)
    return Fields(*arrays, kernel=kernel, causes=causes(expression, symbols, scalar_curvature))


@lru_cache(maxsize=128)
def _kernel(expression: Expression, name: str) -> Kernel:
    return KERNELS[name](jet_program(expression))
