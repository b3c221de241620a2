"""Fields: f, |∇f|, tr H and S of a loss on a grid, and further measures of it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np

from curvlib.arrays import AnyFloats, Bools
from curvlib.curvature.measures import COMPUTED, FURTHER, MEASURES
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
    """Anything that fills the arrays of a `Fields` from u, v and the parameters."""

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
        mean_curvature: the mean of the two principal curvatures of the graph, positive in a bowl:
            tr(H − β ∇f ∇fᵀH)·√β/2 with β = 1/(1 + |∇f|²). None unless it was asked for.
        kernel: the name of the kernel that computed them.
        causes: why cells are undefined, each with its number of cells; they add up to
            `undefined.sum()`.
    """

    f: AnyFloats
    gradient_norm: AnyFloats
    hessian_trace: AnyFloats
    scalar_curvature: AnyFloats
    kernel: str = ""
    causes: tuple[Cause, ...] = field(default=(), compare=False)
    mean_curvature: AnyFloats | None = None

    @property
    def gaussian_curvature(self) -> AnyFloats:
        """K = S/2, the product of the two principal curvatures."""
        return self.scalar_curvature / 2

    def measure(self, short: str) -> AnyFloats:
        """One of `curvlib.curvature.measures.MEASURES`, by its short name."""
        values = getattr(self, MEASURES[short].name)
        if values is None:
            raise ValueError(f"These fields are without {MEASURES[short].words}; evaluate(…, further=…) computes it.")
        return values

    @property
    def further(self) -> tuple[str, ...]:
        """The measures of `FURTHER` that are there."""
        return tuple(name for name in FURTHER if getattr(self, name) is not None)

    @property
    def arrays(self) -> tuple[AnyFloats, ...]:
        """f, |∇f|, tr H and S, then the further measures."""
        return tuple(getattr(self, name) for name in (*COMPUTED, *self.further))

    @classmethod
    def from_arrays(cls, planes: Iterable[AnyFloats], further: Sequence[str] = (), kernel: str = "") -> "Fields":
        """Fields from what `arrays` is."""
        values: dict[str, Any] = dict(zip((*COMPUTED, *further), planes, strict=True))
        return cls(**values, kernel=kernel)

    @classmethod
    def empty(cls, shape: tuple[int, int], dtype: Any = np.float64, further: Sequence[str] = ()) -> "Fields":
        """Fields with arbitrary contents to be overwritten by `evaluate(…, out=…)`;
        float32 holds half the bytes.
        """
        return cls.from_arrays([memory.array(shape, dtype) for _ in (*COMPUTED, *further)], further)

    @property
    def undefined(self) -> Bools:
        """True where S is undefined, shape (n_v, n_u)."""
        return np.isnan(self.scalar_curvature)


def evaluate(
    expression: Expression,
    grid: Grid,
    parameters: Mapping[str, float] | None = None,
    *,
    further: Collection[str] = (),
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
        further: measures to compute beside them, "mean_curvature"; each costs time and memory.
        out: Fields of the grid's shape, float64 or float32, whose arrays are overwritten and
            returned; which measures it has goes before `further`.
        kernel: one of `KERNELS`, which agree to rounding; "automatic" is numpy for the first answer
            to a formula and native code when it is compiled.
        progress: called with the share that is done; an exception it raises ends the work and
            passes through.
        executor: whose workers compute tiles of rows: a process pool, loky,
            `dask.distributed.Client.get_executor()`; the bits do not depend on it.

    Raises:
        ParameterError: a parameter has no value, or there is no such parameter.
        ValueError: no such kernel or measure, or `out` has another shape.
        RuntimeError: the native kernel was requested where there is no llvmlite.

    >>> from curvlib import parse
    >>> evaluate(parse("u^2 - v^2"), Grid((-1, 1), (-1, 1), (3, 3))).scalar_curvature[1, 1]
    np.float64(-8.0)
    """
    if unknown := [name for name in further if name not in FURTHER]:
        raise ValueError(f"There is no further measure {unknown[0]!r}; there is {', '.join(FURTHER)}.")
    out = Fields.empty(grid.shape, further=[name for name in FURTHER if name in further]) if out is None else out
    if any(
        array.shape != grid.shape or array.dtype not in (np.float64, np.float32) or array.dtype != out.f.dtype
        for array in out.arrays
    ):
        raise ValueError(
            f"out has shape {out.f.shape}; the grid needs float64 or float32 arrays of shape {grid.shape}."
        )
    name = fill(expression, grid, parameters, out, kernel=kernel, progress=progress, executor=executor)
    symbols = {"u": grid.u, "v": grid.v, **parameter_values(expression, parameters)}
    return replace(out, kernel=name, causes=causes(expression, symbols, out.scalar_curvature))


def fill(
    expression: Expression,
    grid: Grid,
    parameters: Mapping[str, float] | None,
    out: Fields,
    *,
    kernel: str = DEFAULT_KERNEL,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> str:
    """Fills the fields as `evaluate` does, without looking for causes;
    returns the name of the kernel.
    """
    values = parameter_values(expression, parameters)
    if executor is None:
        chosen = kernel_for(expression, kernel, out)
        chosen({"u": grid.u, "v": grid.v, **values}, out.arrays, progress)
        return chosen.name
    name = kernel if kernel != DEFAULT_KERNEL else "native" if is_native_here() else "numpy"
    kernel_for(expression, name, out)
    task = partial(tile, expression.canonical, grid, values, name, out.f.dtype, out.further)
    spread(executor, task, out.arrays, progress)
    return name


def tile(
    text: str,
    grid: Grid,
    values: Mapping[str, float],
    kernel: str,
    dtype: np.dtype,
    further: tuple[str, ...],
    first: int,
    last: int,
) -> Planes:
    """Rows first to last of the fields, for a worker in another process or on another machine;
    the formula travels as text.
    """
    out = Fields.empty((last - first, grid.shape[1]), dtype, further)
    kernel_for(_parsed(text), kernel, out)({"u": grid.u, "v": grid.v, **values}, out.arrays, None, first)
    return out.arrays


@lru_cache(maxsize=16)
def _parsed(text: str) -> Expression:
    return parse(text)


def kernel_for(expression: Expression, name: str, out: Fields) -> Kernel:
    """The kernel of that name for the expression; for "automatic", the best one there is by now to
    fill such fields.

    Raises:
        ValueError: no such kernel.
    """
    if name == DEFAULT_KERNEL:
        return _automatic(expression, out.further).choose(out.arrays)
    if name not in KERNELS:
        raise ValueError(f"There is no kernel {name!r}; the kernels: {', '.join([DEFAULT_KERNEL, *KERNELS])}.")
    return _kernel(expression, name, out.further)


@lru_cache(maxsize=128)
def _automatic(expression: Expression, further: tuple[str, ...]) -> AutomaticKernel:
    return AutomaticKernel(jet_program(expression, further))


@lru_cache(maxsize=128)
def _kernel(expression: Expression, name: str, further: tuple[str, ...]) -> Kernel:
    return KERNELS[name](jet_program(expression, further))
