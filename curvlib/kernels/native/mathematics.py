"""exp, log, sin, cos, tanh and their kin on vectors, in instructions of LLVM's language.

Arguments are reduced in parts whose products are exact or fused, polynomials do the rest (nearly
minimax, or with the coefficients of Sun's fdlibm); infinities, NaN, signed zeros and subnormals
come out as C's functions have them. The largest error of each over its whole range stands in
docs/performance.md.
"""

import math

from curvlib.kernels.native.polynomials import horner, polynomial
from curvlib.kernels.native.subroutines import lane_by_lane
from curvlib.kernels.native.writer import Writer

LOG2_E = math.log2(math.e)
LN2_HIGH, LN2_LOW = float.fromhex("0x1.62e42fefa3800p-1"), float.fromhex("0x1.ef35793c76730p-45")
ROUNDING = 1.5 * 2.0**52
"""Added to a number below 2^51 it leaves the nearest whole number in the low bits."""

HALF_PI = (
    float.fromhex("0x1.921fb54442d18p+0"),
    float.fromhex("0x1.1a62633145c07p-54"),
    float.fromhex("-0x1.f1976b7ed8fbcp-110"),
)
"""π/2 in three parts."""

MAX_ANGLE = 2.0**27
"""The largest angle of our own sin and cos; beyond, they come from the C library, lane by lane."""

EXP_TAIL = tuple(
    float.fromhex(c)
    for c in (
        "0x1.0000000000001p-1 0x1.5555555555556p-3 0x1.5555555553d4fp-5 0x1.11111111109adp-7 0x1.6c16c17893833p-10 "
        "0x1.a01a01a7c8d47p-13 0x1.a019b8ef67c6cp-16 0x1.71de0d9c145d0p-19 0x1.2891a8c1d838dp-22 0x1.af38d53857513p-26"
    ).split()
)
"""(e^r − 1 − r)/r² on |r| ≤ ½ log 2, nearly minimax; off by 2⁻⁵⁶ at most."""

LOG_SERIES = (
    6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01, 2.222219843214978396e-01,
    1.818357216161805012e-01, 1.531383769920937332e-01, 1.479819860511658591e-01,
)  # fmt: skip

SIN_SERIES = (
    1.66666666666666324348e-01, -8.33333333332248946124e-03, 1.98412698298579493134e-04,
    -2.75573137070700676789e-06, 2.50507602534068634195e-08, -1.58969099521155010221e-10,
)  # fmt: skip
"""(r − sin r)/r³ in powers of r²."""

COS_SERIES = (
    -0.5, 4.16666666666666019037e-02, -1.38888888888741095749e-03, 2.48015872894767294178e-05,
    -2.75573143513906633035e-07, 2.08757232129817482790e-09, -1.13596475577881948265e-11,
)  # fmt: skip
"""(cos r − 1)/r²."""


def exp(w: Writer, x: str) -> str:
    """e^x = 2^n e^r with |r| ≤ ½ log 2."""
    x = w.select(w.compare("olt", x, w.constant(-750.0)), w.constant(-750.0), x)
    x = w.select(w.compare("ogt", x, w.constant(720.0)), w.constant(720.0), x)
    n, whole, rest = _reduced(w, x)
    return _times_power(w, w.add(w.constant(1.0), rest), n, whole)


def expm1(w: Writer, x: str) -> str:
    """e^x − 1 for x ≤ 700, right where it is small."""
    x = w.select(w.compare("olt", x, w.constant(-50.0)), w.constant(-50.0), x)
    x = w.select(w.compare("ogt", x, w.constant(700.0)), w.constant(700.0), x)
    _, whole, rest = _reduced(w, x)
    power = _power_of_two(w, whole)
    return w.fma(power, rest, w.sub(power, w.constant(1.0)))


def _reduced(w: Writer, x: str) -> tuple[str, str, str]:
    """n as a number and in the low bits of another, and e^r − 1."""
    shifted = w.fma(x, w.constant(LOG2_E), w.constant(ROUNDING))
    n = w.sub(shifted, w.constant(ROUNDING))
    r = w.fma(n, w.constant(-LN2_HIGH), x)
    r = w.fma(n, w.constant(-LN2_LOW), r)
    square = w.mul(r, r)
    tail = w.fma(horner(w, square, EXP_TAIL[1::2]), r, horner(w, square, EXP_TAIL[::2]))
    return n, w.bits(shifted), w.fma(square, tail, r)


def _power_of_two(w: Writer, whole: str) -> str:
    """2^n from the low bits of a whole number."""
    return w.from_bits(w.whole("shl", w.whole("add", whole, w.integer(1023)), w.integer(52)))


def _times_power(w: Writer, a: str, n: str, whole: str) -> str:
    if w.has_scale:
        return w.scaled(a, n)
    signed = w.whole("sub", whole, w.bits(w.constant(ROUNDING)))
    half = w.whole("ashr", signed, w.integer(1))
    return w.mul(w.mul(a, _power_of_two(w, half)), _power_of_two(w, w.whole("sub", signed, half)))


def log(w: Writer, x: str) -> str:
    k, f = _split(w, x)
    return _log_limits(w, x, _log_of_parts(w, k, f, w.constant(0.0)))


def log1p(w: Writer, x: str) -> str:
    """log(1 + x) = log(s) + (x − (s − 1))/s with s = 1 + x rounded."""
    s = w.add(w.constant(1.0), x)
    k, f = _split(w, s)
    lost = w.sub(x, w.sub(s, w.constant(1.0)))
    large = w.compare("ogt", x, w.constant(2.0**53))
    lost = w.select(large, w.constant(0.0), lost)
    value = _log_limits(w, s, _log_of_parts(w, k, f, w.div(lost, s)))
    tiny = w.compare("olt", w.intrinsic("fabs", x), w.constant(2.0**-54))
    return w.select(tiny, x, value)


def _split(w: Writer, x: str) -> tuple[str, str]:
    """k and m − 1 where x = 2^k m, m in [√½, √2)."""
    subnormal = w.compare("olt", x, w.constant(2.0**-1022))
    bits = w.bits(w.select(subnormal, w.mul(x, w.constant(2.0**54)), x))
    above = w.whole("sub", bits, w.integer(0x3FE6A09E667F3BCD))
    exponent = w.whole("ashr", above, w.integer(52))
    m = w.from_bits(w.whole("sub", bits, w.whole("shl", exponent, w.integer(52))))
    k = w.sub(w.from_bits(w.whole("add", exponent, w.bits(w.constant(ROUNDING)))), w.constant(ROUNDING))
    k = w.select(subnormal, w.sub(k, w.constant(54.0)), k)
    return k, w.sub(m, w.constant(1.0))


def _log_of_parts(w: Writer, k: str, f: str, lost: str) -> str:
    s = w.div(f, w.add(w.constant(2.0), f))
    z = w.mul(s, s)
    half = w.mul(w.mul(w.constant(0.5), f), f)
    series = w.mul(z, polynomial(w, z, LOG_SERIES))
    low = w.fma(s, w.add(half, series), w.fma(k, w.constant(LN2_LOW), lost))
    return w.fma(k, w.constant(LN2_HIGH), w.sub(f, w.sub(half, low)))


def _log_limits(w: Writer, x: str, value: str) -> str:
    value = w.select(w.compare("olt", x, w.constant(0.0)), w.constant(math.nan), value)
    value = w.select(w.compare("oeq", x, w.constant(0.0)), w.constant(-math.inf), value)
    return w.select(w.compare("ult", x, w.constant(math.inf)), w.select(w.compare("uno", x, x), x, value), x)


def sin(w: Writer, x: str) -> str:
    return _sine_and_cosine(w, x)[0]


def cos(w: Writer, x: str) -> str:
    return _sine_and_cosine(w, x)[1]


def _sine_and_cosine(w: Writer, x: str) -> list[str]:
    """Both, from one reduction and one branch for large angles; unused values cost nothing."""
    found = w.remembered.get(("turns", x))
    if found is None:
        sine, cosine, quarter = _quarter_turns(w, x)
        odd = _is_odd(w, quarter)
        values = [
            _signed(w, quarter, w.select(odd, cosine, sine)),
            _signed(w, w.whole("add", quarter, w.integer(1)), w.select(odd, sine, cosine)),
        ]
        found = _unless_far(w, x, ("sin", "cos"), values)
        w.remembered["turns", x] = found
    return found


def _unless_far(w: Writer, x: str, names: tuple[str, ...], values: list[str]) -> list[str]:
    """The values, and those of the C library in lanes that are far away:
    what a lane gets does not depend on its neighbours.
    """
    if w.is_near:
        return values
    far = w.compare("uge", w.intrinsic("fabs", x), w.constant(MAX_ANGLE))
    return w.rarely(
        far,
        values,
        lambda: [w.select(far, lane_by_lane(w, name, x), value) for name, value in zip(names, values, strict=True)],
    )


def _quarter_turns(w: Writer, x: str) -> tuple[str, str, str]:
    """sin(r − l), cos r and, in the low bits, n where x = n π/2 + r − l, |r| ≤ π/4 and
    l = n·HALF_PI[2] is too small for the cosine.

    The first step of the reduction is exact. The sum with 0 makes l positive where n = 0, so that
    sin(−0) is −0.
    """
    shifted = w.fma(x, w.constant(2 / math.pi), w.constant(ROUNDING))
    n = w.sub(shifted, w.constant(ROUNDING))
    r = w.fma(w.neg(n), w.constant(HALF_PI[0]), x)
    r = w.fma(w.neg(n), w.constant(HALF_PI[1]), r)
    lost = w.fma(n, w.constant(HALF_PI[2]), w.constant(0.0))
    z = w.mul(r, r)
    sine = w.sub(r, w.fma(w.mul(z, r), horner(w, z, SIN_SERIES), lost))
    cosine = w.fma(z, horner(w, z, COS_SERIES), w.constant(1.0))
    return sine, cosine, w.bits(shifted)


def _is_odd(w: Writer, quarter: str) -> str:
    return w.let(f"icmp ne {w.integers} {w.whole('and', quarter, w.integer(1))}, zeroinitializer")


def _signed(w: Writer, quarter: str, value: str) -> str:
    """Minus the value where the number of quarter turns has its second bit set."""
    sign = w.whole("and", w.whole("shl", quarter, w.integer(62)), w.integer(-(2**63)))
    return w.from_bits(w.whole("xor", w.bits(value), sign))


def tan(w: Writer, x: str) -> str:
    sine, cosine, quarter = _quarter_turns(w, x)
    odd = _is_odd(w, quarter)
    value = w.div(w.select(odd, w.neg(cosine), sine), w.select(odd, sine, cosine))
    return _unless_far(w, x, ("tan",), [value])[0]


def tanh(w: Writer, x: str) -> str:
    """−m/(m + 2) with m = e^(−2|x|) − 1."""
    size = w.intrinsic("fabs", x)
    m = expm1(w, w.mul(w.constant(-2.0), size))
    return w.intrinsic("copysign", w.div(m, w.add(m, w.constant(2.0))), x)


def sinh(w: Writer, x: str) -> str:
    """½ (m + m/(m + 1)) with m = e^|x| − 1; far out, a square, so that nothing overflows early."""
    size = w.intrinsic("fabs", x)
    m = expm1(w, size)
    value = w.mul(w.constant(0.5), w.add(m, w.div(m, w.add(m, w.constant(1.0)))))
    return w.intrinsic("copysign", _far(w, size, value), x)


def cosh(w: Writer, x: str) -> str:
    size = w.intrinsic("fabs", x)
    e = w.mul(w.constant(0.5), exp(w, size))
    return _far(w, size, w.add(e, w.div(w.constant(0.25), e)))


def _far(w: Writer, size: str, value: str) -> str:
    root = exp(w, w.mul(w.constant(0.5), size))
    return w.select(w.compare("ogt", size, w.constant(700.0)), w.mul(w.mul(w.constant(0.5), root), root), value)


def sigmoid(w: Writer, x: str) -> str:
    small = exp(w, w.neg(w.intrinsic("fabs", x)))
    top = w.select(w.compare("olt", x, w.constant(0.0)), small, w.constant(1.0))
    return w.div(top, w.add(w.constant(1.0), small))


def softplus(w: Writer, x: str) -> str:
    small = exp(w, w.neg(w.intrinsic("fabs", x)))
    positive = w.select(w.compare("olt", x, w.constant(0.0)), w.constant(0.0), x)
    return w.add(positive, log1p(w, small))
