r"""The formula typeset: LaTeX written from the checked graph, of commands that KaTeX knows, with
the brackets that a reader needs.

No text of the visitor's is in it but names of letters and digits.
"""

import re
from types import MappingProxyType

from curvlib.language.characters import GREEK
from curvlib.language.infix import AND, ATOM, COMPARISON, NOT, OR, POWER, PRODUCT, SIGN, SUM, flattened
from curvlib.language.nodes import Node, in_order

Piece = tuple[str, int]
"""A text and how tightly it holds together."""

_SIGNS = MappingProxyType(
    {
        "or": (OR, r" \lor ", OR, AND),
        "and": (AND, r" \land ", AND, NOT),
        "lt": (COMPARISON, " < ", SUM, SUM),
        "le": (COMPARISON, r" \le ", SUM, SUM),
        "gt": (COMPARISON, " > ", SUM, SUM),
        "ge": (COMPARISON, r" \ge ", SUM, SUM),
        "eq": (COMPARISON, " = ", SUM, SUM),
        "ne": (COMPARISON, r" \ne ", SUM, SUM),
        "add": (SUM, " + ", SUM, PRODUCT),
        "sub": (SUM, " - ", SUM, PRODUCT),
    }
)
_ENCLOSED = MappingProxyType(
    {
        "sqrt": r"\sqrt{{{}}}",
        "cbrt": r"\sqrt[3]{{{}}}",
        "abs": r"\left|{}\right|",
        "floor": r"\left\lfloor {} \right\rfloor",
        "ceil": r"\left\lceil {} \right\rceil",
        "if": r"\begin{{cases}} {1} & \text{{if }} {0} \\ {2} & \text{{otherwise}} \end{{cases}}",
    }
)
_NAMED = MappingProxyType(
    {
        **{name: rf"\{name}" for name in "sin cos tan sec csc cot sinh cosh tanh coth exp min max".split()},
        **{f"a{name}": rf"\arc{name}" for name in ("sin", "cos", "tan")},
        **{f"a{name}": rf"\operatorname{{ar{name}}}" for name in ("sinh", "cosh", "tanh")},
        "log": r"\ln",
        "log2": r"\log_{2}",
        "log10": r"\log_{10}",
    }
)
_RAISED = frozenset("sin cos tan sec csc cot sinh cosh tanh sech csch coth log".split())
"""The functions whose powers are written sin²(u)."""

_TALL = re.compile(r"\\(?:d?frac|sqrt|left|begin)")
_NAME = re.compile(r"([A-Za-z]+?)(?:_?([0-9]+)|_([A-Za-z0-9]+))?")
_WORDS = MappingProxyType(
    {"lam": r"\lambda", "eps": r"\varepsilon", "epsilon": r"\varepsilon", "phi": r"\varphi", "omicron": "o"}
)


def latex(root: Node) -> str:
    r"""The LaTeX of a graph, without dollar signs.

    >>> from curvlib.language.nodes import Graph
    >>> g = Graph()
    >>> square = g.node("pow", g.node("sin", g.symbol("l_1")), g.number(2))
    >>> print(latex(g.node("div", square, g.symbol("sigma"))))
    \frac{\sin^{2}(l_{1})}{\sigma}
    """
    pieces: dict[Node, Piece] = {}
    for node in in_order([root]):
        pieces[node] = _piece(node, pieces)
    return pieces[root][0]


def _piece(node: Node, pieces: dict[Node, Piece]) -> Piece:
    if node.op == "number":
        return number(node.value)
    if node.op in ("constant", "symbol"):
        return symbol(str(node.value)), ATOM
    if node.op in _SIGNS:
        level, sign, left, right = _SIGNS[node.op]
        return _within(pieces[node.args[0]], left) + sign + _within(pieces[node.args[1]], right), level
    if node.op in _WRITERS:
        return _WRITERS[node.op](node, pieces)
    texts = [pieces[arg][0] for arg in flattened(node)[1]]
    if node.op in _ENCLOSED:
        return _ENCLOSED[node.op].format(*texts), POWER if node.op == "if" else ATOM
    return _head(node.op) + _brackets(", ".join(texts)), ATOM


def number(value: float) -> Piece:
    """A number; those in scientific notation are products.

    >>> number(2.5e-7), number(1e20)
    (('2.5 \\\\cdot 10^{-7}', 7), ('10^{20}', 8))
    """
    if value == int(value) and abs(value) < 1e15:
        return str(int(value)), ATOM
    mantissa, _, exponent = repr(value).partition("e")
    if not exponent:
        return mantissa, ATOM
    power = f"10^{{{int(exponent)}}}"
    return (power, POWER) if mantissa in ("1", "1.0") else (rf"{mantissa} \cdot {power}", PRODUCT)


def symbol(name: str) -> str:
    r"""A name with its index below the line.

    >>> print(symbol("theta1"), symbol("w_10"), symbol("u"), symbol("width"))
    \theta_{1} w_{10} u \mathrm{width}
    """
    match = _NAME.fullmatch(name)
    if match is None:
        return rf"\mathrm{{{name.replace('_', '')}}}"
    word, index = match.group(1), match.group(2) or match.group(3)
    head = _WORDS.get(word) or (
        rf"\{word}" if word in GREEK.values() else word if len(word) == 1 else rf"\mathrm{{{word}}}"
    )
    return f"{head}_{{{index}}}" if index else head


def _within(piece: Piece, place: int) -> str:
    text, level = piece
    return text if level >= place else _brackets(text)


def _brackets(text: str) -> str:
    return rf"\left({text}\right)" if _TALL.search(text) else f"({text})"


def _head(op: str) -> str:
    return _NAMED.get(op) or rf"\operatorname{{{op}}}"


def _negative(node: Node, pieces: dict[Node, Piece]) -> Piece:
    return "-" + _within(pieces[node.args[0]], PRODUCT), SIGN


def _negation(node: Node, pieces: dict[Node, Piece]) -> Piece:
    return r"\lnot " + _within(pieces[node.args[0]], ATOM), NOT


def _product(node: Node, pieces: dict[Node, Piece]) -> Piece:
    left, right = (_within(pieces[arg], place) for arg, place in zip(node.args, (PRODUCT, POWER), strict=True))
    if right[0].isdigit() or (left[-1].isdigit() and right.startswith((r"\frac", "10^"))):
        return rf"{left} \cdot {right}", PRODUCT
    return left + (
        r" \, " if r"\mathrm" in (left + right) or right[0] == "(" and left[-1] != ")" else " "
    ) + right, PRODUCT


def _quotient(node: Node, pieces: dict[Node, Piece]) -> Piece:
    return rf"\frac{{{pieces[node.args[0]][0]}}}{{{pieces[node.args[1]][0]}}}", POWER


def _power(node: Node, pieces: dict[Node, Piece]) -> Piece:
    base, exponent = node.args
    raised = pieces[exponent][0]
    if exponent.op == "div" and not any(arg.args for arg in exponent.args):
        raised = "/".join(pieces[arg][0] for arg in exponent.args)
    if base.op in _RAISED and exponent.op == "number" and exponent.value == int(exponent.value):
        return f"{_head(base.op)}^{{{raised}}}" + _brackets(pieces[base.args[0]][0]), ATOM
    return f"{_within(pieces[base], ATOM)}^{{{raised}}}", POWER


def _exponential(node: Node, pieces: dict[Node, Piece]) -> Piece:
    """e with an exponent while that is easily read, exp(…) otherwise."""
    raised = pieces[node.args[0]][0]
    if len(raised) <= 60 and not re.search(r"e\^|\\exp|\\begin|\\frac.*\\frac", raised):
        return f"e^{{{raised}}}", POWER
    return r"\exp" + _brackets(raised), ATOM


_WRITERS = MappingProxyType(
    {"neg": _negative, "not": _negation, "mul": _product, "div": _quotient, "pow": _power, "exp": _exponential}
)
