"""1/x in a few multiplications: for loops that keep the divider busy already."""

from curvlib.kernels.native.writer import Writer

BITS = 0x7FDE5C28F5C28F5D
"""Minus the bits of x, the bits of 1/x to within 5 %."""

MODERATE = 2.0**1000
"""x and 1/x up to which `reciprocal` needs no division."""


def reciprocal(w: Writer, x: str) -> str:
    """1/x by Newton's iteration."""
    size = w.intrinsic("fabs", x)
    odd = w.truth("xor", w.within(size, 1 / MODERATE, MODERATE), "splat (i1 true)")
    usual = moderate_reciprocal(w, x)
    return w.rarely(odd, [usual], lambda: [w.select(odd, w.div(w.constant(1.0), x), usual)])[0]


def moderate_reciprocal(w: Writer, x: str) -> str:
    """1/x where neither is beyond MODERATE: errors e, then e³, then e⁹, then e¹⁸, below half a unit
    in the last place.
    """
    y, one, minus = w.from_bits(w.whole("sub", w.integer(BITS), w.bits(x))), w.constant(1.0), w.neg(x)
    for _ in range(2):
        e = w.fma(minus, y, one)
        y = w.fma(y, w.fma(e, e, e), y)
    return w.fma(y, w.fma(minus, y, one), y)
