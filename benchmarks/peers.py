"""Other ways to the same four arrays, each as its users write it.
A way is made from a text and a window; what cannot be imported is left out.
"""

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from typing import Any

import numpy as np

from curvlib.evaluation.fields import Fields, fill
from curvlib.grid import Grid
from curvlib.language.grammar import parse

Way = Callable[[], Any]
"""Computes f, |∇f|, tr H and S on the grid."""


def ours(kernel: str, dtype: type = np.float64) -> Callable[[str, Grid], Way]:
    """One of this library's kernels, into arrays that are used again."""

    def made(text: str, grid: Grid) -> Way:
        expression, out = parse(text), Fields.empty(grid.shape, dtype)

        def way() -> Any:
            fill(expression, grid, None, out, kernel=kernel)
            return out.arrays

        return way

    return made


def _measures(text: str) -> tuple[Any, Any, list[Any]]:
    import sympy

    formula = parse(text).to_sympy()
    names = {symbol.name: symbol for symbol in formula.free_symbols}
    u, v = (names.get(name, sympy.Symbol(name, real=True)) for name in "uv")
    f_u, f_v = formula.diff(u), formula.diff(v)
    f_uu, f_uv, f_vv = f_u.diff(u), f_u.diff(v), f_v.diff(v)
    slope = f_u**2 + f_v**2
    return u, v, [formula, sympy.sqrt(slope), f_uu + f_vv, 2 * (f_uu * f_vv - f_uv**2) / (1 + slope) ** 2]


def lambdify(text: str, grid: Grid) -> Way:
    """sympy's derivatives, printed for numpy."""
    import sympy

    u, v, measures = _measures(text)
    function = sympy.lambdify((u, v), measures, modules="numpy")
    points = np.meshgrid(grid.u, grid.v)
    return lambda: function(*points)


def numexpr(text: str, grid: Grid) -> Way:
    """sympy's derivatives as text for numexpr, one thread."""
    import math

    import numexpr as ne
    import sympy

    _, _, measures = _measures(text)
    ne.set_num_threads(1)
    points = dict(zip("uv", np.meshgrid(grid.u, grid.v), strict=True))
    texts = [str(measure.subs({sympy.pi: math.pi, sympy.E: math.e}).evalf()) for measure in measures]
    return lambda: [ne.evaluate(line, local_dict=points) for line in texts]


def symengine(text: str, grid: Grid) -> Way:
    """symengine's LLVM functions."""
    import symengine as se

    u, v, measures = _measures(text)
    function = se.Lambdify([u, v], [se.sympify(measure) for measure in measures], backend="llvm", cse=True)
    points = np.stack(np.meshgrid(grid.u, grid.v), axis=-1)
    return lambda: np.moveaxis(function(points), -1, 0)


def numba(text: str, grid: Grid) -> Way:
    """A loop over all points, compiled with fastmath, with common subexpressions taken out."""
    import math

    import numba as nb
    import sympy

    u, v, measures = _measures(text)
    point = nb.njit(fastmath=True)(sympy.lambdify((u, v), measures, modules=math, cse=True))

    @nb.njit(fastmath=True)
    def fields(us: Any, vs: Any, out: Any) -> None:
        for i in range(len(vs)):
            for j in range(len(us)):
                out[0, i, j], out[1, i, j], out[2, i, j], out[3, i, j] = point(us[j], vs[i])

    out = np.empty((4, *grid.shape))

    def way() -> Any:
        fields(grid.u, grid.v, out)
        return out

    return way


def jax(text: str, grid: Grid) -> Way:
    """The closed forms under jax.jit, one device, float64."""
    import jax as jx
    import sympy

    jx.config.update("jax_enable_x64", True)
    u, v, measures = _measures(text)
    function = jx.jit(sympy.lambdify((u, v), measures, modules=jx.numpy, cse=True))
    us, vs = jx.numpy.asarray(grid.u)[None, :], jx.numpy.asarray(grid.v)[:, None]
    return lambda: [np.asarray(part) for part in jx.block_until_ready(function(us, vs))]


def torch(text: str, grid: Grid) -> Way:
    """The closed forms on torch tensors, one thread."""
    import sympy
    import torch as th

    th.set_num_threads(1)
    u, v, measures = _measures(text)
    names = {name: getattr(th, name) for name in ("exp", "sin", "cos", "tanh", "log", "sqrt")}
    function = sympy.lambdify((u, v), measures, modules=[names, "math"], cse=True)
    us, vs = (th.as_tensor(points) for points in np.meshgrid(grid.u, grid.v))
    return lambda: [np.asarray(part) for part in function(us, vs)]


_PEERS: Mapping[str, Callable[[str, Grid], Way]] = {
    "sympy.lambdify": lambdify,
    "numexpr as people use it": numexpr,
    "symengine": symengine,
    "numba": numba,
    "jax": jax,
    "torch": torch,
}
_MODULES = {"sympy.lambdify": "sympy", "numexpr as people use it": "numexpr"}

WAYS: Mapping[str, Callable[[str, Grid], Way]] = {
    "native": ours("native"),
    "native, float32": ours("native", np.float32),
    "numpy kernel": ours("numpy"),
    "numexpr kernel": ours("numexpr"),
} | {name: made for name, made in _PEERS.items() if find_spec(_MODULES.get(name, name))}
"""All ways that are installed, ours first."""

HOLDING = frozenset({"native", "native, float32", "numpy kernel", "numexpr kernel", "numba"})
"""The ways that write into arrays which they hold; the others make new ones in each call."""
