"""Single-point changes: one operator, comparison, constant, term, sign or condition at a time, in
Python and JavaScript.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """One change of one file.

    Attributes:
        path: the file, from the root of the repository.
        start, end: the bytes that go.
        text: what comes in their place.
        kind: of change, in words.
    """

    path: str
    start: int
    end: int
    text: str
    kind: str

    def applied(self, source: str) -> str:
        """The file with the change.

        >>> Point("x.py", 2, 3, "-", "operator").applied("a + b")
        'a - b'
        """
        data = source.encode()
        return (data[: self.start] + self.text.encode() + data[self.end :]).decode()

    def line(self, source: str) -> int:
        """The number of the line on which the change begins."""
        return source.encode()[: self.start].count(b"\n") + 1

    def shown(self, source: str) -> str:
        """The words that go and those that come, on one line."""
        gone = " ".join(source.encode()[self.start : self.end].decode().split())
        return f"{gone} → {self.text or 'nothing'}"


PAIRS = (
    (ast.Add, ast.Sub),
    (ast.Mult, ast.Div),
    (ast.BitAnd, ast.BitOr),
    (ast.Lt, ast.LtE),
    (ast.Gt, ast.GtE),
    (ast.Eq, ast.NotEq),
    (ast.In, ast.NotIn),
    (ast.Is, ast.IsNot),
    (ast.And, ast.Or),
)
SWAPS: dict[type, type] = {one: other for pair in PAIRS for one, other in (pair, pair[::-1])}
SWAPS |= {ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv, ast.Pow: ast.Mult}
NOT_CODE = ("annotation", "returns", "decorator_list", "type_comment")
"""Fields of the tree that say nothing of what is computed."""

ONE = ast.Constant(1)


def in_python(path: str, source: str) -> Iterator[Point]:
    """Every change of a Python file, in the order of its tree."""
    starts = [0]
    for line in source.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for node in _code(ast.parse(source)):
        for kind, old, new in _changes(node):
            start, end = starts[old.lineno - 1] + old.col_offset, starts[old.end_lineno - 1] + old.end_col_offset
            yield Point(path, start, end, f"({ast.unparse(new)})", kind)


def _code(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a tree that compute; what stands in an f-string has no place of its own."""
    yield node
    for name, value in ast.iter_fields(node):
        parts = value if isinstance(value, list) else [value]
        if name not in NOT_CODE:
            for part in parts:
                if isinstance(part, ast.AST) and not isinstance(part, ast.JoinedStr):
                    yield from _code(part)


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST, ast.AST]]:
    """Kind, the part that goes, and the one that comes."""
    match node:
        case ast.BinOp(left, op, right):
            if type(op) in SWAPS:
                yield "operator", node, ast.BinOp(left, SWAPS[type(op)](), right)
            if isinstance(op, ast.Add | ast.Sub | ast.Mult | ast.BitAnd | ast.BitOr):
                yield "dropped term", node, left
        case ast.Compare(left, [op], right) if type(op) in SWAPS:
            yield "comparison", node, ast.Compare(left, [SWAPS[type(op)]()], right)
        case ast.BoolOp(op, [first, *others]):
            yield "operator", node, ast.BoolOp(SWAPS[type(op)](), node.values)
            yield "dropped condition", node, ast.BoolOp(op, others) if len(others) > 1 else others[0]
            yield "dropped condition", node, ast.BoolOp(op, [first, *others[:-1]]) if len(others) > 1 else first
        case ast.UnaryOp(ast.USub(), operand):
            yield "dropped sign", node, operand
        case ast.Constant(bool(value)):
            yield "constant", node, ast.Constant(not value)
        case ast.Constant(int(value)):
            yield "off by one", node, ast.Constant(value + 1)
        case ast.Constant(float(value)):
            yield "constant", node, ast.Constant(2 * value or 1.0)
        case ast.Slice(lower, upper):
            for bound in (lower, upper):
                if bound and not isinstance(bound, ast.Constant):
                    yield "off by one", bound, ast.BinOp(bound, ast.Add(), ONE)
        case ast.If(test) | ast.While(test) | ast.IfExp(test):
            yield "negated condition", test, ast.UnaryOp(ast.Not(), test)
        case ast.comprehension(ifs=conditions):
            for test in conditions:
                yield "negated condition", test, ast.UnaryOp(ast.Not(), test)


JS_PAIRS = "+ - * / += -= < <= > >= === !== && || true false Math.min Math.max Math.floor Math.ceil".split()
JS_SWAPS = {one: other for pair in zip(JS_PAIRS[::2], JS_PAIRS[1::2], strict=True) for one, other in (pair, pair[::-1])}
JS_SWAPS |= {"**": "*", "%": "*", "??": "&&", "!": ""}
TOKENS = re.compile(
    r"""//[^\n]* | /\*.*?\*/ | "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' | `(?:\\.|[^`\\])*`
    | (?<=[(=,:\[!&|?{};]) \s* /(?![*/]) (?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n])+ /[a-z]*
    | (?P<number> \b\d+(?:\.\d+)?(?:e[+-]?\d+)?\b )
    | (?P<token> ===|!==|<=|>=|=>|&&|\|\||\?\?|\?\.|\+\+|--|\*\*|[-+*/]=|Math\.\w+|[\w$]+|[-+*/%<>!] )""",
    re.VERBOSE | re.DOTALL,
)
"""Comments, texts and regular expressions, which stay as they are; numbers; names and signs."""


def in_javascript(path: str, source: str) -> Iterator[Point]:
    """Every change of a JavaScript file, from its first token to its last."""
    for found in TOKENS.finditer(source):
        start, end = (len(source[:at].encode()) for at in found.span())
        if found["number"]:
            number = float(found["number"]) + 1
            yield Point(path, start, end, repr(number).removesuffix(".0"), "off by one")
        elif (token := found["token"]) in JS_SWAPS:
            yield Point(path, start, end, JS_SWAPS[token], "operator")
