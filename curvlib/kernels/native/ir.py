"""The text of a module in LLVM's language, with three functions, from a program.

    axis_u(x, n, p, out)  what the plane reads along u, for n vectors of x and parameters p
    axis_v(x, n, p, out)  the same along v
    rows(out0, out1, …)   writes f, |∇f|, tr H, S and further measures for some rows and the columns
                          from `low` to n

The arrays on an axis lie side by side: [vector][array][lane] along u, [row][array] along v, so that
the loop reads memory in one stream. Numbers on v, parameters and the constants of the mathematics
are read where they are used, as operands in memory, when there are too many for the registers.

`NativeKernel.listing()` prints all of it for a formula; docs/performance.md walks through one.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from curvlib.curvature.measures import COMPUTED
from curvlib.kernels.native.costs import spares_divider
from curvlib.kernels.native.outputs import Layout, fetch_edges, finish
from curvlib.kernels.native.stages import AHEAD, Stages, stages
from curvlib.kernels.native.subroutines import BRIEF
from curvlib.kernels.native.vectors import as_number, as_truth, gives_truth, written
from curvlib.kernels.native.writer import Writer
from curvlib.kernels.program import PLANE, Program
from curvlib.language.nodes import U, V
from curvlib.language.operations import BOOLEAN

JET_NAMES = ("f", "f_u", "f_v", "f_uu", "f_uv", "f_vv")
NAMES = ("axis_u", "axis_v", "rows")
ROWS = "i64 %n, i64 %stride, i64 %low, i64 %first, i64 %last, ptr %u, ptr %v, ptr %p, ptr %flags"
HOISTED = 8
"""The most numbers a row that stay in registers."""


@dataclass(frozen=True)
class Module:
    """A module's text and what its functions read and write.

    Attributes:
        text: what LLVM compiles.
        parameters: the steps in `p`.
        constants: the numbers in `p` after them.
        called: the functions of the C library.
        axes: the steps in `out` of axis_u and of axis_v, which are `u` and `v` of `rows`.
    """

    text: str
    parameters: tuple[int, ...]
    constants: tuple[float, ...]
    called: frozenset[str]
    axes: tuple[tuple[int, ...], tuple[int, ...]]


def module(code: Program, layout: Layout, is_near: bool = False) -> Module:
    """The module that evaluates a jet's program;
    `is_near` promises that all angles on the plane are below MAX_ANGLE.
    """
    parameters = tuple(_read(code, lambda place: place != 0, 0))
    axes = tuple(_read(code, lambda place: place == PLANE, U)), tuple(_read(code, lambda place: place == PLANE, V))
    fused = fused_products(code)
    parts = [_Part(code, layout, parameters, axes, fused) for _ in range(3)]
    parts[2].w.is_near = is_near
    bodies = [parts[0].axis("axis_u", 0), parts[1].axis("axis_v", 1), parts[2].rows()]
    declared = sorted({line for part in parts for line in part.w.declared.values()})
    metadata = '!0 = !{i32 1}\n!1 = !{!"branch_weights", i32 1, i32 100000}'
    text = "\n\n".join([*bodies, "\n".join(declared), metadata]) + "\n"
    return Module(
        text, parameters, tuple(parts[2].w.table), frozenset().union(*(part.w.called for part in parts)), axes
    )


def _read(code: Program, by: Callable[[int], bool], place: int) -> Iterable[int]:
    """The steps of a place, numbers apart, that steps of another place or the results read."""
    read = {arg for step in code.steps if by(step.place) for arg in step.args} | set(code.outputs.values())
    return (i for i in sorted(read) if code.steps[i].place == place and code.steps[i].op != "number")


def exact_steps(code: Program) -> frozenset[int]:
    """The steps on which a truth value depends: there products are rounded before they are added,
    as numpy does it, so that a kink lies where the other kernels see it.
    """
    exact = {i for i, step in enumerate(code.steps) if step.op in BOOLEAN}
    for i in range(len(code.steps) - 1, -1, -1):
        if i in exact:
            exact.update(code.steps[i].args)
    return frozenset(exact)


def fused_products(code: Program) -> frozenset[int]:
    """The products that are read once, by a sum of their own place: one multiply-add does both."""
    exact, steps = exact_steps(code), code.steps
    fused: set[int] = set()
    for i, step in enumerate(steps):
        if step.op in ("add", "sub") and i not in exact:
            products = [a for a in step.args if steps[a].op == "mul" and steps[a].place == step.place]
            fused.update([a for a in products if code.uses[a] == 1 and a not in exact][-1:])
    return frozenset(fused)


class _Part:
    """One function on its way to text: what each step is called so far."""

    def __init__(
        self,
        code: Program,
        layout: Layout,
        parameters: tuple[int, ...],
        axes: tuple[tuple[int, ...], tuple[int, ...]],
        fused: frozenset[int],
    ) -> None:
        self.code, self.layout, self.fused = code, layout, fused
        self.w = Writer(layout.width, layout.has_scale)
        self.parameters, self.axes = parameters, axes
        self.names: dict[int, tuple[str, bool]] = {}
        self.planes = [f"out{k}" for k in range(len(COMPUTED) + len(code.further))]

    def axis(self, name: str, which: int) -> str:
        w, place, wanted = self.w, (U, V)[which], self.axes[which]
        w.is_brief = True
        w.start("entry")
        w.open_loop("j", "0")
        self._load_splats(self.parameters, "%p")
        for i, step in enumerate(self.code.steps):
            if step.place == place and step.op == "symbol":
                self.names[i] = w.load_vector("%x", f"mul i64 %j, {w.width}"), False
        self._steps(place, upto=max(wanted, default=-1))
        base = w.offset("%out", f"mul i64 %j, {w.width * len(wanted)}")
        for k, i in enumerate(wanted):
            w.line(f"store {w.numbers} {self.number(i)}, ptr {w.offset(base, k * w.width)}, align 8")
        w.close_loop("j", "%n")
        return (
            f"define void @{name}(ptr noalias %x, i64 %n, ptr noalias %p, ptr noalias %out) {BRIEF} {{\n"
            f"{w.text()}\n  ret void\n}}"
        )

    def rows(self) -> str:
        w, parts = self.w, stages(self.code)
        w.spares_divider = spares_divider(self.code)
        w.declared["smin"] = "declare i64 @llvm.smin.i64(i64, i64)"
        w.start("entry")
        w.line(f"%last_vector = sub i64 %n, {w.width}")
        w.line(f"%vectors = udiv i64 {w.read(f'add i64 %n, {w.width - 1}')}, {w.width}")
        if parts:
            w.line(f"%buffer = alloca [{AHEAD * len(parts.handed) * w.width} x double], align 64")
        w.open_loop("i", "%first")
        row = w.read("mul i64 %i, %stride")
        bases = [w.read(f"getelementptr {self.layout.kind}, ptr %{name}, i64 {row}") for name in self.planes]
        if self.layout.streaming:
            fetch_edges(w, self.layout, bases)
        if not self.is_crowded:
            self._load_row()
        w.open_loop("k", str(-AHEAD) if parts else "0")
        if parts:
            with w.only_if(w.read("icmp sge i64 %k, 0")):
                self._measured(bases, parts)
            w.line(f"%ahead = add i64 %k, {AHEAD}")
            with w.only_if(w.read("icmp slt i64 %ahead, %vectors")):
                self._first_stage(parts)
        else:
            self._measured(bases, None)
        w.close_loop("k", "%vectors")
        w.close_loop("i", "%last")
        planes = ", ".join(f"ptr %{name}" for name in self.planes)
        return f"define void @rows({planes}, {ROWS}) alignstack(64) {{\n{w.text()}\n  ret void\n}}"

    @property
    def is_crowded(self) -> bool:
        return len(self.axes[1]) + len(self.parameters) > HOISTED

    def _load_row(self) -> None:
        self._load_splats(self.parameters, "%p")
        self._load_splats(self.axes[1], self.w.offset("%v", f"mul i64 %i, {len(self.axes[1])}"))

    def _load_columns(self, vector: str) -> None:
        w, on_u = self.w, self.axes[0]
        w.start_table("%p", len(self.parameters))
        if self.is_crowded:
            self._load_row()
        here = w.offset("%u", f"mul i64 {vector}, {w.width * len(on_u)}")
        for k, i in enumerate(on_u):
            self.names[i] = w.load_vector(here, k * w.width), False

    def _first_stage(self, parts: Stages) -> None:
        """Stores the intermediate values of a vector to come in the place that `_measured`
        has just read.
        """
        self._load_columns("%ahead")
        self._steps(PLANE, len(self.code.steps) - 1, parts.first)
        for i, place in self._places(parts, "%ahead"):
            self.w.line(f"store {self.w.numbers} {self.number(i)}, ptr {place}, align 8")

    def _places(self, parts: Stages, vector: str) -> Iterator[tuple[int, str]]:
        """The steps that are handed over, each with where the buffer has it for a vector."""
        w = self.w
        base = w.offset("%buffer", f"mul i64 {w.let(f'and i64 {vector}, {AHEAD - 1}')}, {len(parts.handed) * w.width}")
        return ((i, w.offset(base, k * w.width)) for k, i in enumerate(parts.handed))

    def _measured(self, bases: list[str], parts: Stages | None) -> None:
        """All of the plane's work on vector %k, or the second half of it."""
        w, before = self.w, dict(self.names)
        self._load_columns("%k")
        if parts:
            for i, place in self._places(parts, "%k"):
                self.names[i] = w.read(f"load {w.numbers}, ptr {place}, align 8"), False
        column = w.read(f"mul i64 %k, {w.width}")
        bounded = f"call i64 @llvm.smin.i64(i64 {column}, i64 %last_vector)"
        w.line(f"%j = {f'add i64 {column}, 0' if self.layout.streaming else bounded}")
        self._steps(PLANE, len(self.code.steps) - 1, parts.second if parts else None)
        jet = [self.number(self.code.outputs[name]) for name in JET_NAMES]
        further = [self.number(self.code.outputs[name]) for name in self.code.further]
        finish(w, self.layout, jet, self._kinks(), further, bases)
        self.names = before

    def _kinks(self) -> str | None:
        i = self.code.outputs["kinks"]
        if self.code.steps[i].op == "number" and not self.code.steps[i].value:
            return None
        return as_truth(self.w, *self._value(i))

    def _steps(self, place: int, upto: int, only: frozenset[int] | None = None) -> None:
        for i, step in enumerate(self.code.steps[: upto + 1]):
            is_asked = step.place == place and (only is None or i in only)
            if is_asked and step.args and i not in self.fused and i not in self.names:
                self.names[i] = self._written(i)

    def _written(self, i: int) -> tuple[str, bool]:
        step, w = self.code.steps[i], self.w
        product = next((arg for arg in step.args if arg in self.fused), None)
        if product is not None:
            a, b = (self.number(arg) for arg in self.code.steps[product].args)
            first, second = step.args
            if step.op == "add":
                return w.fma(a, b, self.number(second if product == first else first)), False
            if product == first:
                return w.fma(a, b, w.neg(self.number(second))), False
            return w.fma(w.neg(a), b, self.number(first)), False
        values, kinds = zip(*(self._value(arg) for arg in step.args), strict=True)
        return written(w, step.op, list(values), list(kinds)), gives_truth(step.op)

    def _value(self, i: int) -> tuple[str, bool]:
        step = self.code.steps[i]
        return (self.w.constant(float(step.value or 0)), False) if step.op == "number" else self.names[i]

    def number(self, i: int) -> str:
        return as_number(self.w, *self._value(i))

    def _load_splats(self, steps: tuple[int, ...], base: str) -> None:
        for k, i in enumerate(steps):
            self.names[i] = self.w.load_splat(base, k), False
