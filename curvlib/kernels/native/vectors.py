"""The elementary operations on vectors: what each name of `language/operations.py` becomes in
LLVM's language.
"""

from collections.abc import Callable

from curvlib.kernels.native import mathematics
from curvlib.kernels.native.reciprocal import reciprocal
from curvlib.kernels.native.subroutines import by_function, lane_by_lane
from curvlib.kernels.native.writer import Writer
from curvlib.language.operations import BOOLEAN, row


def _compared(relation: str) -> Callable[[Writer, str, str], str]:
    return lambda w, a, b: w.compare(relation, a, b)


def _extreme(relation: str) -> Callable[[Writer, str, str], str]:
    """The smaller or larger operand; NaN where either is, as in numpy."""
    return lambda w, a, b: w.select(w.compare("uno", b, b), b, w.select(w.compare(relation, a, b), a, b))


def _divided(w: Writer, a: str, b: str) -> str:
    return reciprocal(w, b) if w.spares_divider and a == w.constant(1.0) else w.div(a, b)


def _sign(w: Writer, a: str) -> str:
    unit = w.intrinsic("copysign", w.constant(1.0), a)
    return w.select(w.compare("one", a, w.constant(0.0)), unit, w.select(w.compare("uno", a, a), a, w.constant(0.0)))


def _called(name: str) -> Callable[..., str]:
    return lambda w, *args: lane_by_lane(w, name, *args)


def _inbuilt(name: str) -> Callable[..., str]:
    return lambda w, *args: w.intrinsic(name, *args)


def _not(w: Writer, a: str) -> str:
    return w.truth("xor", a, "splat (i1 true)")


_OWN: dict[str, Callable[..., str]] = {
    "add": Writer.add,
    "sub": Writer.sub,
    "mul": Writer.mul,
    "div": _divided,
    "neg": Writer.neg,
    "sqrt": _inbuilt("sqrt"),
    "abs": _inbuilt("fabs"),
    "floor": _inbuilt("floor"),
    "sign": _sign,
    "min": _extreme("ult"),
    "max": _extreme("ugt"),
    "lt": _compared("olt"),
    "le": _compared("ole"),
    "gt": _compared("ogt"),
    "ge": _compared("oge"),
    "eq": _compared("oeq"),
    "ne": _compared("une"),
    "and": lambda w, a, b: w.truth("and", a, b),
    "or": lambda w, a, b: w.truth("or", a, b),
    "not": _not,
    "where": Writer.select,
    "exp": mathematics.exp,
    "log": mathematics.log,
    "log1p": mathematics.log1p,
    "sin": mathematics.sin,
    "cos": mathematics.cos,
    "tan": mathematics.tan,
    "sinh": mathematics.sinh,
    "cosh": mathematics.cosh,
    "tanh": mathematics.tanh,
    "sigmoid": mathematics.sigmoid,
    "softplus": mathematics.softplus,
}
WRITTEN = _OWN | {
    name: _called(name)
    for name in ("asin", "acos", "atan", "asinh", "acosh", "atanh", "cbrt", "erf", "pow", "atan2", "hypot")
}

LONG = frozenset("exp log log1p sin cos tan sinh cosh tanh sigmoid softplus".split())
"""Operations long enough to be functions of their own on the axes, where it is the time of
compiling that counts.
"""

TAKES_TRUTH = {"and": (0, 1), "or": (0, 1), "not": (0,), "where": (0,)}
"""The operands of an operation that are truth values."""


def written(w: Writer, op: str, args: list[str], kinds: list[bool]) -> str:
    """The value of the operation.

    Args:
        w: where to write it.
        op: its name.
        args: the operands.
        kinds: whether each operand is a truth value; one in the other's place is converted.
    """
    wanted = TAKES_TRUTH.get(op, ())
    operands = (
        as_truth(w, arg, kind) if k in wanted else as_number(w, arg, kind)
        for k, (arg, kind) in enumerate(zip(args, kinds, strict=True))
    )
    write = row(WRITTEN, op, "vector operations")
    return by_function(w, op, write, *operands) if w.is_brief and op in LONG else write(w, *operands)


def as_truth(w: Writer, value: str, is_truth: bool) -> str:
    return value if is_truth else w.compare("une", value, w.constant(0.0))


def as_number(w: Writer, value: str, is_truth: bool) -> str:
    return w.select(value, w.constant(1.0), w.constant(0.0)) if is_truth else value


def gives_truth(op: str) -> bool:
    return op in BOOLEAN
