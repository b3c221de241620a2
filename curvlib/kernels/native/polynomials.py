"""Polynomials on vectors, in the two orders that are worth having."""

from curvlib.kernels.native.writer import Writer


def polynomial(w: Writer, x: str, coefficients: tuple[float, ...]) -> str:
    """Σ c_k x^k from c_0 on, in pairs (Estrin): a long one does not wait for itself."""
    terms = [w.constant(c) for c in coefficients]
    power = x
    while len(terms) > 1:
        pairs = [w.fma(terms[i + 1], power, terms[i]) for i in range(0, len(terms) - 1, 2)]
        terms = pairs + terms[len(terms) - len(terms) % 2 :]
        if len(terms) > 1:
            power = w.mul(power, power)
    return terms[0]


def horner(w: Writer, x: str, coefficients: tuple[float, ...]) -> str:
    """The same in the fewest instructions, each of which waits for the one before."""
    total = w.constant(coefficients[-1])
    for c in coefficients[-2::-1]:
        total = w.fma(total, x, w.constant(c))
    return total
