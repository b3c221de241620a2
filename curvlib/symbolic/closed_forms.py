"""tr H and S in closed form, by sympy: for reading, never for computing.

Differentiating and simplifying may take any time and memory: to visitors it is offered by a process
of its own, `python -m curvlib.symbolic.closed_forms`, which can be killed.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from curvlib.jobs import answer
from curvlib.language.expression import Expression
from curvlib.language.grammar import parse
from curvlib.language.latex import symbol

CPU_SECONDS = 2
"""The processor time, in seconds, that an answer may take."""

MEMORY_BYTES = 2 * 2**30
"""The address space it may take."""


@dataclass(frozen=True)
class ClosedForms:
    """Formulas as LaTeX.

    Attributes:
        hessian_trace: tr H = f_uu + f_vv.
        scalar_curvature: S = 2 (f_uu f_vv − f_uv²)/(1 + f_u² + f_v²)².
    """

    hessian_trace: str
    scalar_curvature: str


def closed_forms(expression: Expression) -> Iterator[ClosedForms]:
    """tr H and S as they come out of differentiation, then, if that is shorter, simplified.

    >>> from curvlib import parse
    >>> next(closed_forms(parse("u^2 - v^2"))).hessian_trace
    '0'
    """
    import sympy

    f = expression.to_sympy()
    u, v = (
        next((symbol for symbol in f.free_symbols if symbol.name == name), sympy.Symbol(name, real=True))
        for name in ("u", "v")
    )
    f_u, f_v = _away_from_jumps(f.diff(u)), _away_from_jumps(f.diff(v))
    f_uu, f_uv, f_vv = (_away_from_jumps(derivative) for derivative in (f_u.diff(u), f_u.diff(v), f_v.diff(v)))
    trace, twice_det, area = f_uu + f_vv, 2 * (f_uu * f_vv - f_uv**2), 1 + f_u**2 + f_v**2
    forms = trace, twice_det / area**2
    yield _typeset(*forms)
    forms = (
        _shorter(trace, sympy.simplify(trace)),
        _shorter(forms[1], sympy.simplify(twice_det) / sympy.simplify(area) ** 2),
    )
    yield _typeset(*forms)


def work(question: Sequence[str], progress: Callable[[float], None]) -> Iterator[dict[str, str]]:
    """The forms that a question asks for, [subject, formula], as they are found; the subject is
    "tensors", for `tensor_forms`, or "closed forms".
    """
    from curvlib.symbolic.tensor_forms import tensor_forms

    subject, text = question
    for forms in [tensor_forms(parse(text))] if subject == "tensors" else closed_forms(parse(text)):
        yield asdict(forms)


def _away_from_jumps(form: Any) -> Any:
    """A derivative where there is one: without the deltas at kinks, with steps as cases."""
    import sympy

    without = form.replace(sympy.DiracDelta, lambda *_: sympy.S.Zero)
    return without.replace(sympy.Heaviside, lambda at, *_: sympy.Piecewise((1, at > 0), (0, True)))


def _shorter(first: Any, second: Any) -> Any:
    return min(first, second, key=lambda form: form.count_ops())


def _typeset(trace: Any, curvature: Any) -> ClosedForms:
    import sympy

    names = {at: symbol(at.name) for at in trace.free_symbols | curvature.free_symbols}
    return ClosedForms(sympy.latex(trace, symbol_names=names), sympy.latex(curvature, symbol_names=names))


if __name__ == "__main__":
    import sympy  # noqa: F401  loaded ahead of the question

    answer(work, CPU_SECONDS, MEMORY_BYTES)
