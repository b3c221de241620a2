"""Writes instructions of LLVM's language on vectors of doubles, each distinct one once.

    >>> w = Writer(4)
    >>> y = w.fma("%x", "%x", w.constant(1.0))
    >>> w.fma("%x", "%x", w.constant(1.0)) == y
    True
    >>> print(w.text())
      %x0 = call <4 x double> @llvm.fma.v4f64(<4 x double> %x, <4 x double> %x, <4 x double> ...)

No instruction carries a fast-math flag: products are fused with sums only where `fma` says so, so
that the same formula gives the same bits on every processor.
"""

import math
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager

REGISTERED = frozenset((0.0, 1.0))
"""Constants that are worth a register in any loop."""


class Writer:
    """The lines of one function on vectors of `width` doubles.

    Values are names (`%x7`) or constants: numbers, whole numbers of 64 bits, truth values.

    Args:
        width: how many doubles a vector has.
        has_scale: whether the processor multiplies by powers of two in one instruction (AVX-512).
    """

    def __init__(self, width: int, has_scale: bool = False) -> None:
        self.width, self.has_scale = width, has_scale
        self.numbers, self.integers, self.truths = (f"<{width} x {kind}>" for kind in ("double", "i64", "i1"))
        self.declared: dict[str, str] = {}
        self.called: set[str] = set()
        self.spares_divider = False  # see costs.py
        self.is_brief = False  # see vectors.py
        self.is_near = False  # see bounds.py
        self._lines: list[str] = []
        self._known: dict[str, str] = {}
        self.remembered: dict[tuple[str, str], list[str]] = {}
        self.table: dict[float, int] = {}
        self._table_base, self._table_first = "", 0
        self._count = 0
        self.block = "entry"

    def text(self) -> str:
        return "\n".join(self._lines)

    def line(self, text: str) -> None:
        self._lines.append("  " + text)

    def fresh(self) -> str:
        self._count += 1
        return f"%x{self._count - 1}"

    def let(self, text: str) -> str:
        """The name of the instruction's value; an instruction is written only once."""
        name = self._known.get(text)
        if name is None:
            name = self._known[text] = self.fresh()
            self._lines.append(f"  {name} = {text}")
        return name

    def read(self, text: str) -> str:
        """Writes, as `let`, what may differ from one time to the next: a load, a loop's counter."""
        name = self.fresh()
        self._lines.append(f"  {name} = {text}")
        return name

    # memory and loops

    def offset(self, base: str, elements: int | str) -> str:
        """The address so many doubles on; a number, or an instruction that makes one."""
        return self.let(
            f"getelementptr double, ptr {base}, i64 {elements if isinstance(elements, int) else self.let(elements)}"
        )

    def load_vector(self, base: str, elements: int | str) -> str:
        return self.read(f"load {self.numbers}, ptr {self.offset(base, elements)}, align 8")

    def load_splat(self, base: str, element: int) -> str:
        """One number in all lanes."""
        one = self.let(f"load <1 x double>, ptr {self.offset(base, element)}, align 8")
        return self.let(f"shufflevector <1 x double> {one}, <1 x double> poison, <{self.width} x i32> zeroinitializer")

    def splat(self, whole: str) -> str:
        """One whole number in all lanes."""
        lane = self.let(f"insertelement {self.integers} poison, i64 {whole}, i64 0")
        return self.let(
            f"shufflevector {self.integers} {lane}, {self.integers} poison, <{self.width} x i32> zeroinitializer"
        )

    def start_table(self, base: str, first: int) -> None:
        """Reads constants from memory from here on, at `base` from element `first` on."""
        self._table_base, self._table_first = base, first

    def open_loop(self, name: str, first: str) -> None:
        """Starts a loop over %name from `first` on."""
        before = self.block
        self.line(f"br label %{name}.loop")
        self.start(f"{name}.loop")
        self.line(f"%{name} = phi i64 [ {first}, %{before} ], [ %{name}.next, %{name}.latch ]")

    def close_loop(self, name: str, last: str) -> None:
        """Ends it before `last`."""
        self.line(f"br label %{name}.latch")
        self.start(f"{name}.latch")
        self.line(f"%{name}.next = add i64 %{name}, 1")
        self.line(f"%{name}.more = icmp slt i64 %{name}.next, {last}")
        self.line(f"br i1 %{name}.more, label %{name}.loop, label %{name}.end")
        self.start(f"{name}.end")

    # blocks

    def label(self, kind: str) -> str:
        self._count += 1
        return f"{kind}{self._count - 1}"

    def start(self, label: str) -> None:
        self._lines.append(f"{label}:")
        self.block = label

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Forgets outside what is written inside: the block may not have run."""
        known, remembered = dict(self._known), dict(self.remembered)
        yield
        self._known, self.remembered = known, remembered

    @contextmanager
    def only_if(self, condition: str) -> Iterator[None]:
        """Runs what is written inside only if the truth value (one, not a vector) is set."""
        then, after = self.label("then"), self.label("after")
        self.line(f"br i1 {condition}, label %{then}, label %{after}")
        with self.aside():
            self.start(then)
            yield
            self.line(f"br label %{after}")
        self.start(after)

    def rarely(self, lanes: str, usual: list[str], other: Callable[[], list[str]]) -> list[str]:
        """`usual` if no lane of the truth value is set, else `other()`, in its own branch."""
        rare, after, before = self.label("rare"), self.label("after"), self.block
        self.line(f"br i1 {self.any(lanes)}, label %{rare}, label %{after}, !prof !1")
        with self.aside():
            self.start(rare)
            others = other()
            end = self.block
            self.line(f"br label %{after}")
        self.start(after)
        return [
            self.let(f"phi {self.numbers} [ {value}, %{before} ], [ {value_}, %{end} ]")
            for value, value_ in zip(usual, others, strict=True)
        ]

    # numbers

    def constant(self, value: float) -> str:
        if self._table_base and value not in REGISTERED:
            self.table.setdefault(value, len(self.table))
            return self.load_splat(self._table_base, self._table_first + self.table[value])
        return f"splat (double 0x{struct.unpack('<Q', struct.pack('<d', value))[0]:016X})"

    def integer(self, value: int) -> str:
        return f"splat (i64 {value})"

    def add(self, a: str, b: str) -> str:
        return self.let(f"fadd {self.numbers} {a}, {b}")

    def sub(self, a: str, b: str) -> str:
        return self.let(f"fsub {self.numbers} {a}, {b}")

    def mul(self, a: str, b: str) -> str:
        return self.let(f"fmul {self.numbers} {a}, {b}")

    def div(self, a: str, b: str) -> str:
        return self.let(f"fdiv {self.numbers} {a}, {b}")

    def neg(self, a: str) -> str:
        return self.let(f"fneg {self.numbers} {a}")

    def fma(self, a: str, b: str, c: str) -> str:
        """a b + c, rounded once."""
        return self.intrinsic("fma", a, b, c)

    def intrinsic(self, name: str, *args: str) -> str:
        """One of LLVM's own functions of numbers: fma, sqrt, fabs, floor, rint, copysign."""
        full = f"llvm.{name}.v{self.width}f64"
        self.declared[full] = f"declare {self.numbers} @{full}({', '.join([self.numbers] * len(args))})"
        return self.let(f"call {self.numbers} @{full}({', '.join(f'{self.numbers} {arg}' for arg in args)})")

    def scaled(self, a: str, n: str) -> str:
        """a 2^n for a whole number n (AVX-512 only)."""
        full = "llvm.x86.avx512.mask.scalef.pd.512"
        self.declared[full] = f"declare {self.numbers} @{full}({self.numbers}, {self.numbers}, {self.numbers}, i8, i32)"
        return self.let(
            f"call {self.numbers} @{full}({self.numbers} {a}, "
            f"{self.numbers} {n}, {self.numbers} zeroinitializer, i8 -1, i32 4)"
        )

    # truth values and bits

    def compare(self, relation: str, a: str, b: str) -> str:
        return self.let(f"fcmp {relation} {self.numbers} {a}, {b}")

    def select(self, condition: str, a: str, b: str) -> str:
        return self.let(f"select {self.truths} {condition}, {self.numbers} {a}, {self.numbers} {b}")

    def truth(self, op: str, a: str, b: str) -> str:
        """`and`, `or`, `xor` of truth values."""
        return self.let(f"{op} {self.truths} {a}, {b}")

    def within(self, a: str, low: float, high: float) -> str:
        """low ≤ a < high for positive limits, by comparing bits; false for NaN and a minus sign."""
        first, last = (struct.unpack("<q", struct.pack("<d", limit))[0] for limit in (low, high))
        shifted = self.whole("sub", self.bits(a), self.integer(first))
        return self.let(f"icmp ult {self.integers} {shifted}, {self.integer(last - first)}")

    def is_abnormal(self, a: str) -> str:
        """True if a is anything but a normal positive number."""
        if not self.has_scale:
            return self.truth("xor", self.within(a, 2.0**-1022, math.inf), "splat (i1 true)")
        full = "llvm.x86.avx512.fpclass.pd.512"
        self.declared[full] = f"declare {self.truths} @{full}({self.numbers}, i32)"
        return self.let(f"call {self.truths} @{full}({self.numbers} {a}, i32 {0b11111111})")

    def any(self, lanes: str) -> str:
        bits = self.let(f"bitcast {self.truths} {lanes} to i{self.width}")
        return self.let(f"icmp ne i{self.width} {bits}, 0")

    def bits(self, a: str) -> str:
        return self.let(f"bitcast {self.numbers} {a} to {self.integers}")

    def from_bits(self, a: str) -> str:
        return self.let(f"bitcast {self.integers} {a} to {self.numbers}")

    def whole(self, op: str, a: str, b: str) -> str:
        """add, sub, and, or, xor, shl, lshr, ashr of whole numbers."""
        return self.let(f"{op} {self.integers} {a}, {b}")
