"""Fields: f, |∇f|, tr H and S of a loss on a grid."""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np

from curvlib.evaluation.automatic import AutomaticKernel, is_native_here
from curvlib.evaluation.executors import spread
from curvlib.evaluation.jets import jet_program, parameter_values
from curvlib.evaluation.undefined import Cause, causes
from curvlib.grid import Grid
from curvlib.kernels import memory
from curvlib.kernels.numexpr_kernel import NumexprKernel
from curvlib.kernels.numpy_kernel import NumpyKernel
from curvlib.kernels.program import Program
from curvlib.kernels.rescue import Planes
from curvlib.kernels.tiles import Progress
from curvlib.language.expression import Expression
from curvlib.language.grammar import parse

DEFAULT_KERNEL = "automatic"


class Kernel(Protocol):
    """Anything that fills the four arrays of a `Fields` from u, v and the parameters."""

    name: str

    def __call__(
        self, symbols: Mapping[str, Any], out: Planes, progress: Progress | None = None, first_row: int = 0
    ) -> None: ...


def _native(code: Program) -> Kernel:
    from curvlib.kernels.native.kernel import NativeKernel

    return NativeKernel(code)


KERNELS: Mapping[str, Callable[[Program], Kernel]] = MappingProxyType(
    {"numpy": NumpyKernel, "numexpr": NumexprKernel, "native": _native}
)
"""The kernels by name; they agree to rounding. "native" takes the optional llvmlite."""


@dataclass(frozen=True)
class Fields:
    """Curvature of the graph of f on a grid; each array has shape (n_v, n_u), row = v, column = u.

    Attributes:
        f: the loss; NaN where it is not finite.
        gradient_norm: |∇f|, Euclidean.
        hessian_trace: tr H = f_uu + f_vv, the Laplacian of f.
        scalar_curvature: S = 2 (f_uu f_vv − f_uv²)/(1 + |∇f|²)², twice the Gaussian curvature
            (Prop. 2.3 at q = 2): positive in a bowl or on a peak, negative at a saddle, zero on a
            plane or a cylinder. NaN where f is not twice differentiable.
        kernel: the name of the kernel that computed them.
        causes: why cells are undefined, each with its number of cells; they add up to
            `undefined.sum()`.
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

    @classmethod
    def empty(cls, shape: tuple[int, int], dtype: Any = np.float64) -> "Fields":
        """Fields with arbitrary contents to be overwritten by `evaluate(…, out=…)`;
        float32 holds half the bytes.
        """
        return cls(
            memory.array(shape, dtype),
            memory.array(shape, dtype),
            memory.array(shape, dtype),
            memory.array(shape, dtype),
        )

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
    executor: Executor | None = None,
) -> Fields:
    """f, |∇f|, tr H and S of the loss on the grid, by exact differentiation.

    Args:
        expression: the loss, from `curvlib.parse`.
        grid: where.
        parameters: a value for each parameter that has no default in the text.
        out: Fields of the grid's shape, float64 or float32, whose arrays are overwritten and
            returned.
        kernel: one of `KERNELS`, which agree to rounding; "automatic" is numpy for the first answer
            to a formula and native code when it is compiled.
        progress: called with the share that is done; an exception it raises ends the work and
            passes through.
        executor: whose workers compute tiles of rows: a process pool, loky,
            `dask.distributed.Client.get_executor()`; the bits do not depend on it.

    Raises:
        ParameterError: a parameter has no value, or there is no such parameter.
        ValueError: no such kernel, or `out` has another shape.
        RuntimeError: the native kernel was requested where there is no llvmlite.

    >>> from curvlib import parse
    >>> evaluate(parse("u^2 - v^2"), Grid((-1, 1), (-1, 1), (3, 3))).scalar_curvature[1, 1]
    np.float64(-8.0)
    """
    out = Fields.empty(grid.shape) if out is None else out
    if any(
        array.shape != grid.shape or array.dtype not in (np.float64, np.float32) or array.dtype != out.f.dtype
        for array in out.arrays
    ):
        raise ValueError(
            f"out has shape {out.f.shape}; the grid needs float64 or float32 arrays of shape {grid.shape}."
        )
    name = fill(expression, grid, parameters, out.arrays, kernel=kernel, progress=progress, executor=executor)
    symbols = {"u": grid.u, "v": grid.v, **parameter_values(expression, parameters)}
    return Fields(*out.arrays, kernel=name, causes=causes(expression, symbols, out.scalar_curvature))


def fill(
    expression: Expression,
    grid: Grid,
    parameters: Mapping[str, float] | None,
    out: Planes,
    *,
    kernel: str = DEFAULT_KERNEL,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> str:
    """Fills the planes as `evaluate` does, without looking for causes;
    returns the name of the kernel.
    """
    values = parameter_values(expression, parameters)
    if executor is None:
        chosen = kernel_for(expression, kernel, out)
        chosen({"u": grid.u, "v": grid.v, **values}, out, progress)
        return chosen.name
    name = kernel if kernel != DEFAULT_KERNEL else "native" if is_native_here() else "numpy"
    kernel_for(expression, name, out)
    spread(executor, partial(tile, expression.canonical, grid, values, name, out[0].dtype), out, progress)
    return name


def tile(
    text: str, grid: Grid, values: Mapping[str, float], kernel: str, dtype: np.dtype, first: int, last: int
) -> Planes:
    """Rows first to last of the fields, for a worker in another process or on another machine;
    the formula travels as text.
    """
    out = Fields.empty((last - first, grid.shape[1]), dtype).arrays
    kernel_for(_parsed(text), kernel, out)({"u": grid.u, "v": grid.v, **values}, out, None, first)
    return out


@lru_cache(maxsize=16)
def _parsed(text: str) -> Expression:
    return parse(text)


def kernel_for(expression: Expression, name: str, out: Planes) -> Kernel:
    """The kernel of that name for the expression; for "automatic", the best one there is by now to
    fill such arrays.

    Raises:
        ValueError: no such kernel.
    """
    if name == DEFAULT_KERNEL:
        return _automatic(expression).choose(out)
    if name not in KERNELS:
        raise ValueError(f"There is no kernel {name!r}; the kernels: {', '.join([DEFAULT_KERNEL, *KERNELS])}.")
    return _kernel(expression, name)


@lru_cache(maxsize=128)
def _automatic(expression: Expression) -> AutomaticKernel:
    return AutomaticKernel(jet_program(expression))


@lru_cache(maxsize=128)
def _kernel(expression: Expression, name: str) -> Kernel:
    return KERNELS[name](jet_program(expression))
