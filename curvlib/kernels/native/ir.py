"""From a program to the text of a module in LLVM's language, with three functions.

    axis_u(x, n, p, out)     fills the arrays that the plane reads along u, [k][n], from inputs x [k][n] and the parameters p [k]
    axis_v(x, n, p, out)     the same along v
    rows(f, g, t, s, …)      writes f, |∇f|, tr H and S for some rows of the grid

`Module.listing()` of a formula prints all of it; docs/performance.md walks through one.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from curvlib.kernels.native.measures import Layout, finish
from curvlib.kernels.native.vectors import as_number, as_truth, gives_truth, written
from curvlib.kernels.native.writer import Writer
from curvlib.kernels.program import PLANE, Program
from curvlib.language.nodes import U, V
from curvlib.language.operations import BOOLEAN

JET_NAMES = ("f", "f_u", "f_v", "f_uu", "f_uv", "f_vv")
NAMES = ("axis_u", "axis_v", "rows")
ROWS = (
    "ptr noalias %f, ptr noalias %g, ptr noalias %t, ptr noalias %s, i64 %n, i64 %stride, i64 %first, i64 %last, "
    "ptr noalias %u, ptr noalias %v, i64 %n_v, ptr noalias %p, ptr noalias %flags, ptr noalias %extremes"
)


@dataclass(frozen=True)
class Module:
    """A module's text and what its functions read and write.

    Attributes:
        text: what LLVM compiles.
        parameters: the steps in `p`.
        inputs: the steps in `x` of axis_u and of axis_v.
        axes: the steps in `out` of axis_u and of axis_v, which are `u` and `v` of `rows`.
    """

    text: str
    parameters: tuple[int, ...]
    inputs: tuple[tuple[int, ...], tuple[int, ...]]
    axes: tuple[tuple[int, ...], tuple[int, ...]]


def module(code: Program, layout: Layout) -> Module:
    """The module that evaluates a jet's program."""
    parameters = tuple(_read(code, lambda place: place != 0, 0))
    axes = tuple(_read(code, lambda place: place == PLANE, U)), tuple(_read(code, lambda place: place == PLANE, V))
    inputs = tuple(_symbols(code, U)), tuple(_symbols(code, V))
    parts = [_Part(code, layout, parameters, inputs, axes) for _ in range(3)]
    bodies = [parts[0].axis("axis_u", 0), parts[1].axis("axis_v", 1), parts[2].rows()]
    declared = sorted({line for part in parts for line in part.w.declared.values()})
    metadata = '!0 = !{i32 1}\n!1 = !{!"branch_weights", i32 1, i32 100000}'
    return Module("\n\n".join([*bodies, "\n".join(declared), metadata]) + "\n", parameters, inputs, axes)


def _read(code: Program, by: object, place: int) -> Iterable[int]:
    """The steps of a place, numbers apart, that steps of another place or the results read."""
    read = {arg for step in code.steps if by(step.place) for arg in step.args} | set(code.outputs.values())
    return (i for i in sorted(read) if code.steps[i].place == place and code.steps[i].op != "number")


def _symbols(code: Program, place: int) -> Iterable[int]:
    return (i for i, step in enumerate(code.steps) if step.place == place and step.op == "symbol")


def exact_steps(code: Program) -> frozenset[int]:
    """The steps on which a truth value depends: there products are rounded before they are added, as numpy does it, so
    that a kink lies where the other kernels see it."""
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
            candidates = [a for a in step.args if steps[a].op == "mul" and code.uses[a] == 1 and steps[a].place == step.place and a not in exact]
            fused.update(candidates[-1:])
    return frozenset(fused)


class _Part:
    """One function on its way to text: what each step is called so far."""

    def __init__(self, code: Program, layout: Layout, parameters: tuple[int, ...], inputs: tuple, axes: tuple) -> None:
        self.code, self.layout = code, layout
        self.w = Writer(layout.width, layout.has_scale)
        self.parameters, self.inputs, self.axes = parameters, inputs, axes
        self.names: dict[int, tuple[str, bool]] = {}
        self.fused = fused_products(code)

    def axis(self, name: str, which: int) -> str:
        w, code = self.w, self.code
        w.start("entry")
        self._load_parameters()
        _loop(w, "0", "%n", "j")
        for k, i in enumerate(self.inputs[which]):
            self.names[i] = w.read(f"load {w.numbers}, ptr {self._at('%x', k, '%n', '%j')}, align 8"), False
        wanted = self.axes[which]
        self._steps(U if which == 0 else V, upto=max(wanted, default=-1))
        for k, i in enumerate(wanted):
            w.line(f"store {w.numbers} {self.number(i)}, ptr {self._at('%out', k, '%n', '%j')}, align 8")
        _end_of_overlapping_loop(w, "%n", f"add i64 %j, {w.width}", "j", "ret void")
        return f"define void @{name}(ptr noalias %x, i64 %n, ptr noalias %p, ptr noalias %out) {{\n{w.text()}\n}}"

    def rows(self) -> str:
        w = self.w
        w.start("entry")
        self._load_parameters()
        _loop(w, "%first", "%last", "i")
        for k, i in enumerate(self.axes[1]):
            self.names[i] = self._splat(self._at("%v", k, "%n_v", "%i")), False
        row = w.read("mul i64 %i, %stride")
        bases = [w.read(f"getelementptr {self.layout.kind}, ptr %{name}, i64 {row}") for name in "fgts"]
        _loop(w, "0", "%n", "j")
        for k, i in enumerate(self.axes[0]):
            self.names[i] = w.read(f"load {w.numbers}, ptr {self._at('%u', k, '%n', '%j')}, align 8"), False
        self._steps(PLANE, upto=len(self.code.steps) - 1)
        jet = [self.number(i) for name, i in self.code.outputs.items() if name in JET_NAMES]
        following = finish(w, self.layout, jet, self._kinks(), bases)
        _end_of_overlapping_loop(w, "%n", following, "j", None)
        w.line("br label %i.latch")
        w.start("i.latch")
        w.line("%i.next = add i64 %i, 1")
        w.line("%i.done = icmp sge i64 %i.next, %last")
        w.line("br i1 %i.done, label %end, label %i.loop")
        w.start("end")
        w.line("ret void")
        return f"define void @rows({ROWS}) {{\n{w.text()}\n}}"

    def _kinks(self) -> str | None:
        i = self.code.outputs["kinks"]
        if self.code.steps[i].op == "number" and not self.code.steps[i].value:
            return None
        return as_truth(self.w, *self._value(i))

    def _steps(self, place: int, upto: int) -> None:
        for i, step in enumerate(self.code.steps[: upto + 1]):
            if step.place == place and i not in self.fused and i not in self.names and step.args:
                self.names[i] = self._written(i)

    def _written(self, i: int) -> tuple[str, bool]:
        step, w = self.code.steps[i], self.w
        product = next((arg for arg in step.args if arg in self.fused), None)
        if product is not None:
            a, b = (self.number(arg) for arg in self.code.steps[product].args)
            first, second = step.args
            if step.op == "add":
                return w.fma(a, b, self.number(second if product == first else first)), False
            return (w.fma(a, b, w.neg(self.number(second))) if product == first else w.fma(w.neg(a), b, self.number(first))), False
        values, kinds = zip(*(self._value(arg) for arg in step.args), strict=True)
        return written(w, step.op, list(values), list(kinds)), gives_truth(step.op)

    def _value(self, i: int) -> tuple[str, bool]:
        step = self.code.steps[i]
        return (self.w.constant(float(step.value)), False) if step.op == "number" else self.names[i]

    def number(self, i: int) -> str:
        return as_number(self.w, *self._value(i))

    def _load_parameters(self) -> None:
        for k, i in enumerate(self.parameters):
            self.names[i] = self._splat(f"getelementptr double, ptr %p, i64 {k}"), False

    def _splat(self, address: str) -> str:
        w = self.w
        pointer = address if address.startswith("%") else w.read(address)
        one = w.read(f"load double, ptr {pointer}, align 8")
        lane = w.read(f"insertelement {w.numbers} poison, double {one}, i64 0")
        return w.read(f"shufflevector {w.numbers} {lane}, {w.numbers} poison, <{w.width} x i32> zeroinitializer")

    def _at(self, base: str, k: int, n: str, index: str) -> str:
        """The address of element `index` of the k-th array of length n."""
        w = self.w
        offset = w.let(f"mul i64 {n}, {k}")
        return w.read(f"getelementptr double, ptr {base}, i64 {w.read(f'add i64 {offset}, {index}')}")


def _loop(w: Writer, first: str, last: str, name: str) -> None:
    """Opens a loop of the counter %name."""
    before = w.block
    w.line(f"br label %{name}.loop")
    w.start(f"{name}.loop")
    w.line(f"%{name} = phi i64 [ {first}, %{before} ], [ %{name}.next, %{name}.latch ]")


def _end_of_overlapping_loop(w: Writer, n: str, following: str, name: str, then: str | None) -> None:
    """Closes a loop over vectors whose last one ends at n, overlapping the one before it."""
    w.line(f"%{name}.end = add i64 %{name}, {w.width}")
    w.line(f"%{name}.done = icmp sge i64 %{name}.end, {n}")
    w.line(f"br i1 %{name}.done, label %{name}.exit, label %{name}.latch")
    w.start(f"{name}.latch")
    w.line(f"%{name}.after = {following}")
    w.line(f"%{name}.most = sub i64 {n}, {w.width}")
    w.line(f"%{name}.less = icmp slt i64 %{name}.after, %{name}.most")
    w.line(f"%{name}.next = select i1 %{name}.less, i64 %{name}.after, i64 %{name}.most")
    w.line(f"br label %{name}.loop")
    w.start(f"{name}.exit")
    if then:
        w.line(then)
