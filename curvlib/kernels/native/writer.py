"""Writes instructions of LLVM's language on vectors of doubles, each distinct one once.

    >>> w = Writer(4)
    >>> y = w.fma("%x", "%x", w.constant(1.0))
    >>> w.fma("%x", "%x", w.constant(1.0)) == y
    True
    >>> print(w.text())
      %x0 = call <4 x double> @llvm.fma.v4f64(<4 x double> %x, <4 x double> %x, <4 x double> splat (double 0x3FF0000000000000))

No instruction carries a fast-math flag: products are fused with sums only where `fma` says so, so that the same formula gives
the same bits on every processor.
"""

import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LIBRARY = ("asin", "acos", "asinh", "acosh", "atanh", "cbrt", "erf", "pow", "atan2", "sin", "cos", "tan")
"""Functions of the C library that may be called lane by lane."""


class Writer:
    """The lines of one function on vectors of `width` doubles.

    Values are names (`%x7`) or constants, of three kinds: numbers, whole numbers of 64 bits, truth values.

    Args:
        width: how many doubles a vector has.
        has_scale: whether the processor multiplies by powers of two in one instruction (AVX-512).
    """

    def __init__(self, width: int, has_scale: bool = False) -> None:
        self.width, self.has_scale = width, has_scale
        self.numbers, self.integers, self.truths = (f"<{width} x {kind}>" for kind in ("double", "i64", "i1"))
        self.declared: dict[str, str] = {}
        self._lines: list[str] = []
        self._known: dict[str, str] = {}
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
        """The name of the instruction's value; an instruction that was written before is not written again."""
        name = self._known.get(text)
        if name is None:
            name = self._known[text] = self.fresh()
            self._lines.append(f"  {name} = {text}")
        return name

    def read(self, text: str) -> str:
        """Like `let` for what may differ from one time to the next: a load, a loop's counter."""
        name = self.fresh()
        self._lines.append(f"  {name} = {text}")
        return name

    # blocks

    def label(self, kind: str) -> str:
        self._count += 1
        return f"{kind}{self._count - 1}"

    def start(self, label: str) -> None:
        self._lines.append(f"{label}:")
        self.block = label

    @contextmanager
    def aside(self) -> Iterator[None]:
        """What is written inside is not known outside: the block may not have run."""
        known = dict(self._known)
        yield
        self._known = known

    def rarely(self, lanes: str, usual: str, other: Callable[[], str]) -> str:
        """`usual` where no lane of the truth value is set, else the value of `other()`, in a branch of its own."""
        rare, after = self.label("rare"), self.label("after")
        before = self.block
        self.line(f"br i1 {self.any(lanes)}, label %{rare}, label %{after}, !prof !1")
        with self.aside():
            self.start(rare)
            value = other()
            end = self.block
            self.line(f"br label %{after}")
        self.start(after)
        return self.let(f"phi {self.numbers} [ {usual}, %{before} ], [ {value}, %{end} ]")

    # numbers

    def constant(self, value: float) -> str:
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

    def polynomial(self, x: str, coefficients: tuple[float, ...]) -> str:
        """Σ c_k x^k, from c_0 on; in pairs (Estrin), so that a long one does not wait for itself."""
        terms = [self.constant(c) for c in coefficients]
        power = x
        while len(terms) > 1:
            pairs = [self.fma(terms[i + 1], power, terms[i]) for i in range(0, len(terms) - 1, 2)]
            terms = pairs + terms[len(terms) - len(terms) % 2 :]
            if len(terms) > 1:
                power = self.mul(power, power)
        return terms[0]

    def intrinsic(self, name: str, *args: str) -> str:
        """One of LLVM's own functions of numbers: fma, sqrt, fabs, floor, rint, copysign."""
        full = f"llvm.{name}.v{self.width}f64"
        self.declared[full] = f"declare {self.numbers} @{full}({', '.join([self.numbers] * len(args))})"
        return self.let(f"call {self.numbers} @{full}({', '.join(f'{self.numbers} {arg}' for arg in args)})")

    def scaled(self, a: str, n: str) -> str:
        """a 2^n for a whole number n (AVX-512 only)."""
        full = "llvm.x86.avx512.mask.scalef.pd.512"
        self.declared[full] = f"declare {self.numbers} @{full}({self.numbers}, {self.numbers}, {self.numbers}, i8, i32)"
        return self.let(f"call {self.numbers} @{full}({self.numbers} {a}, {self.numbers} {n}, {self.numbers} zeroinitializer, i8 -1, i32 4)")

    def lane_by_lane(self, name: str, *args: str) -> str:
        """A function of the C library on each lane."""
        self.declared[name] = f"declare double @{name}({', '.join(['double'] * len(args))})"
        result = "poison"
        for k in range(self.width):
            lanes = [self.let(f"extractelement {self.numbers} {arg}, i64 {k}") for arg in args]
            value = self.let(f"call double @{name}({', '.join(f'double {lane}' for lane in lanes)})")
            result = self.let(f"insertelement {self.numbers} {result}, double {value}, i64 {k}")
        return result

    # truth values and bits

    def compare(self, relation: str, a: str, b: str) -> str:
        return self.let(f"fcmp {relation} {self.numbers} {a}, {b}")

    def select(self, condition: str, a: str, b: str) -> str:
        return self.let(f"select {self.truths} {condition}, {self.numbers} {a}, {self.numbers} {b}")

    def truth(self, op: str, a: str, b: str) -> str:
        """`and`, `or`, `xor` of truth values."""
        return self.let(f"{op} {self.truths} {a}, {b}")

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
