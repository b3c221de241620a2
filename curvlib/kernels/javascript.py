"""The JavaScript printer: the same program as source for a browser, so that a slider can be
followed without asking the server.

The text is made of internal names (`x12`), numbers and the operations below; nothing of what a
visitor typed is in it, not even the names of parameters, which arrive as an array in the order of
`Source.parameters`. What depends on one variable is computed once along its axis.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from curvlib.curvature.measures import MEASURES
from curvlib.kernels.program import PLACES, PLANE, Program, Step
from curvlib.language.nodes import U, V
from curvlib.language.operations import row

TEMPLATES = (
    {
        "add": "{} + {}",
        "sub": "{} - {}",
        "mul": "{} * {}",
        "div": "{} / {}",
        "neg": "-{}",
        "lt": "+({} < {})",
        "le": "+({} <= {})",
        "gt": "+({} > {})",
        "ge": "+({} >= {})",
        "eq": "+({} === {})",
        "ne": "+({} !== {})",
        "and": "+({} && {})",
        "or": "+({} || {})",
        "not": "+!{}",
        "where": "{} ? {} : {}",
        "pow": "power({}, {})",
        "erf": "erf({})",
        "sigmoid": "sigmoid({})",
        "softplus": "softplus({})",
    }
    | {
        name: f"Math.{name}({{}})"
        for name in (
            "sqrt cbrt exp log log1p sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh abs sign floor"
        ).split()
    }
    | {name: f"Math.{name}({{}}, {{}})" for name in ("min", "max", "hypot", "atan2")}
)
"""The JavaScript of each of `OPERATIONS`."""

PRELUDE = """\
function power(a, b) {
  return a === 1 || (a === -1 && !isFinite(b) && b === b) ? 1 : Math.pow(a, b);
}
function sigmoid(a) {
  const small = Math.exp(-Math.abs(a));
  return (a < 0 ? small : 1) / (1 + small);
}
function softplus(a) {
  return Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)));
}
function erf(a) {
  const size = Math.abs(a);
  if (!(size > 1)) {
    const y = a * a;
    let sum = 0;
    for (let n = 20, factor = 1; n >= 0; n--) sum = erfSeries[n] + y * sum;
    return a * sum;
  }
  if (size > 6) return Math.sign(a);
  const t = (48 / (size + 2) - 11) / 5;
  let ahead = 0, sum = 0;
  for (let n = erfTail.length - 1; n > 0; n--) [ahead, sum] = [sum, 2 * t * sum - ahead + erfTail[n]];
  return Math.sign(a) * (1 - Math.exp(-size * size) * (t * sum - ahead + erfTail[0]));
}
function product(a, b) {
  const split = 134217729, high = a * b;
  const a1 = a * split - (a * split - a), a2 = a - a1, b1 = b * split - (b * split - b), b2 = b - b1;
  return [high, a1 * b1 - high + a1 * b2 + a2 * b1 + a2 * b2];
}
function determinant(a, b, d) {
  const [p, pLow] = product(a, d), [q, qLow] = product(b, b);
  const sure = p - q + (pLow - qLow);
  return sure === sure ? sure : a * d - b * b;
}
function steep(fU, fV, fUU, fUV, fVV) {
  const size = Math.max(Math.abs(fU), Math.abs(fV)), r = (fU / size) ** 2 + (fV / size) ** 2;
  const [a, b, d] = [fUU, fUV, fVV].map((x) => x / size / size);
  return 2 * (a * d - b * b) / r / r;
}
"""
"""Functions that JavaScript lacks. For |x| > 1, erfc(x) exp(x²) is a Chebyshev series in
t = (48/(x + 2) − 11)/5. `product` is Dekker's: a rounded product and its rounding error. `steep` is
S where |∇f|² overflows; where it is tiny or overflows, |∇f| comes from Math.hypot.
"""

ERF_TAIL = (
    0.24078150322816145, 0.16603573437134461, 0.01937548512710411, 0.0013725838866457217, 2.3301617872657464e-5,
    -4.8424394560153621e-6, -2.1925049177302585e-7, 2.8603646284729238e-8, 1.2581149611361460e-9,
    -2.4685801467325005e-10, -2.494144837888475e-12, 2.3295004504759956e-12, -9.6802017756041024e-14,
    -1.7796924050450159e-14, 2.2446258610059347e-15, 2.9106217488718165e-17, -2.8444183771306698e-17,
)  # fmt: skip
"""The coefficients of that series, from 40-digit values at 40 Chebyshev points."""

LOOP = """\
const nU = u.length, nV = v.length;
{parameters}{u_axis}{v_axis}for (let i = 0, k = 0; i < nV; i++) {{
{v_known}  for (let j = 0; j < nU; j++, k++) {{
{u_known}{plane}    const f = {f}, fU = {f_u}, fV = {f_v}, fUU = {f_uu}, fUV = {f_uv}, fVV = {f_vv};
    const fine = isFinite(f), smooth = fine && !({kinks});
    out.f[k] = fine ? f : NaN;
    const w = fU * fU + fV * fV, b = 1 / (1 + w);
    const p = fUU * fVV, q = fUV * fUV;
    let det = p - q;
    if (Math.abs(det) < 0.0009765625 * (Math.abs(p) + q)) det = determinant(fUU, fUV, fVV);
    const gradient = w > 1e-270 && w < Infinity ? Math.sqrt(w) : Math.hypot(fU, fV), trace = fUU + fVV;
    const S = w < Infinity ? 2 * det * b * b : steep(fU, fV, fUU, fUV, fVV);
    out.gradient[k] = smooth && isFinite(gradient) ? gradient : NaN;
    out.trace[k] = smooth && isFinite(trace) ? trace : NaN;
    out.S[k] = smooth && isFinite(S) ? S : NaN;
{further}  }}
}}
"""

FURTHER_LINE = "    out.{key}[k] = smooth && isFinite({value}) ? {value} : NaN;\n"


@dataclass(frozen=True, slots=True)
class Source:
    """JavaScript that fills the fields.

    Attributes:
        body: of a function (u, v, p, out): the axes and the parameters' values as Float64Array, and
            an object whose arrays `f`, `gradient`, `trace` and `S`, and those of the program's
            further measures, of length n_v n_u, it fills row by row.
        parameters: which parameter each entry of p is.
    """

    body: str
    parameters: tuple[str, ...]


def javascript(code: Program, parameters: tuple[str, ...]) -> Source:
    """The source of f, |∇f|, tr H and S = 2 β² det H for the program of a jet, β = 1/(1 + |∇f|²),
    and of the further measures in it.

    NaN where f is not finite or has a kink, as in `evaluate`; but what overflows on the way stays
    NaN here, where `evaluate` has extended precision.
    """
    read = {arg for step in code.steps if step.place == PLANE for arg in step.args} | set(code.outputs.values())
    body = LOOP.format(
        parameters=_statements(code, parameters, 0, ""),
        u_axis=_axis(code, parameters, U, "u", "j", read),
        v_axis=_axis(code, parameters, V, "v", "i", read),
        u_known=_known(code, U, "j", read, "    "),
        v_known=_known(code, V, "i", read, "  "),
        plane=_statements(code, parameters, PLANE, "    "),
        further="".join(
            FURTHER_LINE.format(key=key, value=_name(code, code.outputs[measure.name]))
            for key, measure in MEASURES.items()
            if measure.name in code.further
        ),
        **{name: _name(code, i) for name, i in code.outputs.items()},
    )
    series = ", ".join(repr((-1) ** n * 2 / math.sqrt(math.pi) / (math.factorial(n) * (2 * n + 1))) for n in range(21))
    tables = (
        f"const erfSeries = [{series}];\nconst erfTail = [{', '.join(map(repr, ERF_TAIL))}];\n"
        if "erf(" in body
        else ""
    )
    return Source(f'"use strict";\n{tables}{PRELUDE}{body}', parameters)


def _axis(code: Program, parameters: tuple[str, ...], place: int, axis: str, index: str, read: set[int]) -> str:
    kept = _kept(code, place, read)
    if not kept:
        return ""
    arrays = "".join(f"const a{i} = new Float64Array(n{axis.upper()});\n" for i in kept)
    stores = "".join(f"  a{i}[{index}] = x{i};\n" for i in kept)
    return (
        f"{arrays}for (let {index} = 0; {index} < n{axis.upper()}; {index}++) {{\n"
        f"{_statements(code, parameters, place, '  ')}{stores}}}\n"
    )


def _known(code: Program, place: int, index: str, read: set[int], indent: str) -> str:
    return "".join(f"{indent}const x{i} = a{i}[{index}];\n" for i in _kept(code, place, read))


def _kept(code: Program, place: int, read: Iterable[int]) -> list[int]:
    return [i for i in sorted(read) if code.steps[i].place == place and code.steps[i].op != "number"]


def _statements(code: Program, parameters: tuple[str, ...], place: int, indent: str) -> str:
    lines = [
        f"{indent}const x{i} = {_text(code, step, parameters)};\n"
        for i, step in enumerate(code.steps)
        if step.place == place and step.op != "number"
    ]
    return "".join(lines)


def _text(code: Program, step: Step, parameters: tuple[str, ...]) -> str:
    if step.op == "symbol":
        axis = {"u": "u[j]", "v": "v[i]"}
        return axis[PLACES[step.place]] if step.place else f"p[{parameters.index(str(step.value))}]"
    return row(TEMPLATES, step.op, "JavaScript").format(*(_name(code, arg) for arg in step.args))


def _name(code: Program, i: int) -> str:
    step = code.steps[i]
    return _number(float(step.value or 0)) if step.op == "number" else f"x{i}"


def _number(value: float) -> str:
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else f"({value:+f})".replace("inf", "Infinity")
    return f"({value!r})" if value < 0 else repr(value)
