"""The end of the fused loop: from the six derivatives in registers to f, |∇f|, tr H and S in
memory; and the further measures of the program, as they come.

    w = f_u² + f_v²,   β = 1/(1 + w),   S = (2 det H · β) · β,

with the determinant compensated by fused products (Kahan), so that it never cancels. Vectors in
which something is not finite, or lies on a kink, take a branch of their own; rows in which f is
finite and a measure is not are flagged, and done again in extended precision by `tiles.mend`.
"""

import math
from dataclasses import dataclass

from curvlib.kernels.native.reciprocal import moderate_reciprocal
from curvlib.kernels.native.writer import Writer

TINY = 2.0**-1022
"""Below, the square of the gradient loses digits to underflow and is scaled."""

SCALE = 2.0**600


@dataclass(frozen=True, slots=True)
class Layout:
    """The way a kernel writes its results.

    Attributes:
        width: doubles in a vector.
        has_scale: see `engine.Host`.
        streaming: whether whole cache lines go past the cache, straight to memory; then vectors
            begin on cache lines, wherever rows do.
        single: whether the results are written as float32.
    """

    width: int
    has_scale: bool = False
    streaming: bool = False
    single: bool = False

    @property
    def kind(self) -> str:
        return "float" if self.single else "double"

    @property
    def size(self) -> int:
        return 4 if self.single else 8


def finish(w: Writer, layout: Layout, jet: list[str], kinks: str | None, further: list[str], bases: list[str]) -> None:
    """Writes the measures of the vector at column %j."""
    values, square = _measures(w, jet)
    values = _defined(w, jet, kinks, values + further, square)
    _store(w, layout, values, bases)


def _measures(w: Writer, jet: list[str]) -> tuple[list[str], str]:
    f, f_u, f_v, f_uu, f_uv, f_vv = jet
    square = w.fma(f_u, f_u, w.mul(f_v, f_v))
    determinant = _determinant(w, f_uu, f_uv, f_vv)
    height = w.add(w.constant(1.0), square)
    beta = moderate_reciprocal(w, height) if w.spares_divider else w.div(w.constant(1.0), height)
    curvature = _curvature(w, determinant, beta)
    return [f, w.intrinsic("sqrt", square), w.add(f_uu, f_vv), curvature], square


def _curvature(w: Writer, determinant: str, beta: str) -> str:
    return w.mul(w.mul(w.add(determinant, determinant), beta), beta)


def _determinant(w: Writer, f_uu: str, f_uv: str, f_vv: str) -> str:
    if f_uv == w.constant(0.0):
        return w.mul(f_uu, f_vv)
    product = w.mul(f_uv, f_uv)
    lost = w.fma(f_uv, f_uv, w.neg(product))
    return w.sub(w.fma(f_uu, f_vv, w.neg(product)), lost)


def _defined(w: Writer, jet: list[str], kinks: str | None, values: list[str], square: str) -> list[str]:
    """The values as they are written, from a branch where anything is not finite or too small to
    square, or on a kink.

    An infinite trace shows in S, as do infinite second derivatives in further measures; an infinite
    norm shows in its square.
    """
    total = w.fma(values[3], w.constant(0.0), w.fma(values[0], w.constant(0.0), square))  # the square, or NaN
    special = w.is_abnormal(total)
    if kinks:
        special = w.truth("or", special, kinks)
    return w.rarely(special, values, lambda: _mended(w, jet, kinks, values, square))


def _mended(w: Writer, jet: list[str], kinks: str | None, values: list[str], square: str) -> list[str]:
    f, gradient_norm, *others = values
    small, nan = w.compare("olt", square, w.constant(TINY)), w.constant(math.nan)
    scaled = [w.mul(part, w.constant(SCALE)) for part in jet[1:3]]
    root = w.mul(w.intrinsic("sqrt", w.fma(scaled[0], scaled[0], w.mul(scaled[1], scaled[1]))), w.constant(1 / SCALE))
    measures = [w.select(small, root, gradient_norm), *others]
    finite = _is_finite(w, f)
    fine = w.truth("and", finite, w.truth("xor", kinks, "splat (i1 true)")) if kinks else finite
    sound = fine
    for measure in measures:
        sound = w.truth("and", sound, _is_finite(w, measure))
    _flag(w, w.truth("xor", fine, sound))
    return [w.select(finite, f, nan), *(w.select(fine, measure, nan) for measure in measures)]


def _flag(w: Writer, lanes: str) -> None:
    address = w.let("getelementptr i8, ptr %flags, i64 %i")
    flag = w.let(f"zext i1 {w.any(lanes)} to i8")
    before = w.read(f"load i8, ptr {address}, align 1")
    w.line(f"store i8 {w.read(f'or i8 {before}, {flag}')}, ptr {address}, align 1")


def _is_finite(w: Writer, value: str) -> str:
    return w.compare("olt", w.intrinsic("fabs", value), w.constant(math.inf))


def _store(w: Writer, layout: Layout, values: list[str], bases: list[str]) -> None:
    kind = f"<{w.width} x {layout.kind}>"
    if layout.single:
        values = [w.let(f"fptrunc {w.numbers} {value} to {kind}") for value in values]
    addresses = [w.read(f"getelementptr {layout.kind}, ptr {base}, i64 %j") for base in bases]
    if not layout.streaming:
        _stores(w, kind, values, addresses, f"align {layout.size}")
        return
    vector = w.width * layout.size
    begins, ends = w.read("icmp sge i64 %j, %low"), w.read("icmp sle i64 %j, %last_vector")
    whole, part, stored = w.label("whole"), w.label("part"), w.label("stored")
    w.line(f"br i1 {w.read(f'and i1 {begins}, {ends}')}, label %{whole}, label %{part}")
    w.start(whole)
    _stores(w, kind, values, addresses, f"align {vector}, !nontemporal !0")
    w.line(f"br label %{stored}")
    w.start(part)
    _edges(w, kind, values, addresses, vector)
    w.line(f"br label %{stored}")
    w.start(stored)


def _edges(w: Writer, kind: str, values: list[str], addresses: list[str], vector: int) -> None:
    """Stores only the lanes that are columns from %low to %n, as ordinary stores."""
    lanes = f"<{', '.join(f'i64 {k}' for k in range(w.width))}>"
    columns = w.whole("add", w.splat("%j"), lanes)
    inside = w.truth(
        "and",
        *(
            w.let(f"icmp {relation} {w.integers} {columns}, {w.splat(limit)}")
            for relation, limit in (("sge", "%low"), ("slt", "%n"))
        ),
    )
    name = f"llvm.masked.store.v{w.width}f{8 * vector // w.width}.p0"
    w.declared[name] = f"declare void @{name}({kind}, ptr, i32, {w.truths})"
    for value, address in zip(values, addresses, strict=True):
        w.line(f"call void @{name}({kind} {value}, ptr {address}, i32 {vector}, {w.truths} {inside})")


def fetch_edges(w: Writer, layout: Layout, bases: list[str]) -> None:
    """Asks for the lines that the next row writes in part:
    stores wait in order, and a line that is not there holds up the others.
    """
    w.declared["prefetch"] = "declare void @llvm.prefetch.p0(ptr, i32, i32, i32)"
    over = w.let(f"and i64 %n, {w.width - 1}")
    for edge, is_cut in (("%low", w.let("icmp sgt i64 %low, 0")), ("%n", w.let(f"icmp ne i64 {over}, 0"))):
        ahead = w.let(f"add i64 {edge}, %stride")
        for base in bases:
            place = w.let(f"getelementptr {layout.kind}, ptr {base}, i64 {ahead}")
            w.line(
                f"call void @llvm.prefetch.p0(ptr {w.let(f'select i1 {is_cut}, ptr {place}, ptr %flags')}, "
                "i32 1, i32 3, i32 1)"
            )


def _stores(w: Writer, kind: str, values: list[str], addresses: list[str], how: str) -> None:
    for value, address in zip(values, addresses, strict=True):
        w.line(f"store {kind} {value}, ptr {address}, {how}")
