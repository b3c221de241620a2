"""The formula as a numpy function: source that anybody can run, check and keep,
without this library.
"""

import keyword
from collections.abc import Mapping
from types import MappingProxyType

from curvlib.language.canonical import number
from curvlib.language.infix import infix
from curvlib.language.nodes import PARAMETER, Node, in_order
from curvlib.language.operations import row

_SIGNS = MappingProxyType(
    {"lt": " < ", "le": " <= ", "gt": " > ", "ge": " >= ", "eq": " == ", "ne": " != "}
    | {"add": " + ", "sub": " - ", "neg": "-", "mul": "*", "div": "/", "pow": "**"}
)
_RECIPROCALS = {"sec": "cos", "csc": "sin", "cot": "tan", "sech": "cosh", "csch": "sinh", "coth": "tanh"}
_CALLS = MappingProxyType(
    {
        **{
            name: f"np.{name}({{}})"
            for name in "sin cos tan sinh cosh tanh exp log log2 log10 log1p sqrt cbrt abs sign floor ceil".split()
        },
        **{f"a{name}": f"np.arc{name}({{}})" for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
        **{name: f"(1/np.{inner}({{}}))" for name, inner in _RECIPROCALS.items()},
        "atan2": "np.arctan2({}, {})",
        "hypot": "np.hypot({}, {})",
        "min": "np.minimum({}, {})",
        "max": "np.maximum({}, {})",
        "mod": "np.mod({}, {})",
        "step": "np.heaviside({}, 1)",
        "if": "np.where({}, {}, {})",
        "gauss": "np.exp(-np.square({}))",  # Python's own power of a number raises where it overflows
        "erf": "erf({})",
        "sigmoid": "expit({})",
        "softplus": "np.logaddexp(0, {})",
        "relu": "np.maximum({}, 0)",
        "silu": "(({0})*expit({0}))",
        "gelu": "(({0})*(1 + erf(({0})/np.sqrt(2)))/2)",
        "and": "np.logical_and({}, {})",
        "or": "np.logical_or({}, {})",
        "not": "np.logical_not({})",
    }
)
_CONSTANTS = MappingProxyType({"pi": "np.pi", "e": "np.e", "tau": "(2*np.pi)"})
_IMPORTED = MappingProxyType({"erf": "erf", "gelu": "erf", "sigmoid": "expit", "silu": "expit"})
_TAKEN = frozenset({"np", "erf", "expit"})


def python(root: Node, parameters: tuple[str, ...], defaults: Mapping[str, float]) -> str:
    """The source of a function f(u, v, *, parameters) of numpy arrays.

    >>> from curvlib.language.nodes import Graph
    >>> g = Graph()
    >>> root = g.node("mul", g.symbol("c"), g.node("sin", g.symbol("u")))
    >>> print(python(root, ("c",), {"c": 0.5}))
    import numpy as np
    <BLANKLINE>
    <BLANKLINE>
    def f(u, v, *, c=0.5):
        return c*np.sin(u)
    <BLANKLINE>
    """
    names = {str(node.value): _identifier(str(node.value)) for node in in_order([root]) if node.op == "symbol"}
    special = sorted({_IMPORTED[node.op] for node in in_order([root]) if node.op in _IMPORTED})
    imports = ["import numpy as np", *([f"from scipy.special import {', '.join(special)}"] if special else [])]
    given = [f"{names[name]}={number(defaults[name])}" if name in defaults else names[name] for name in parameters]
    signature = ", ".join(["u", "v", *(["*", *given] if given else [])])
    lines = [*_as_doubles(root, [names[name] for name in parameters]), f"return {_body(root, names)}"]
    return "\n".join([*imports, "", "", f"def f({signature}):", *(f"    {line}" for line in lines), ""])


def _as_doubles(root: Node, names: list[str]) -> list[str]:
    """The line that makes parameters numpy's numbers, where Python's would raise or turn complex:
    in 1/c and c^n, not in c^2.
    """
    alone = any(
        node.depends == PARAMETER and (node.op == "div" or (node.op == "pow" and not _whole(node.args[1])))
        for node in in_order([root])
    )
    listed = ", ".join(names)
    return [f"{listed} = np.float64({listed if len(names) == 1 else f'({listed})'})"] if alone else []


def _whole(exponent: Node) -> bool:
    return isinstance(exponent.value, float) and exponent.value.is_integer()


def _body(root: Node, names: Mapping[str, str]) -> str:
    bases = [node.args[0] for node in in_order([root]) if node.op == "pow" and not node.args[0].depends]
    # 10**20 would be an integer that numpy cannot hold
    floats = {node for node in in_order(bases) if node.op == "number"}

    def leaf(node: Node) -> str:
        if isinstance(node.value, float):
            return repr(node.value) if node in floats or abs(node.value) >= 2**31 else number(node.value)
        return _CONSTANTS[str(node.value)] if node.op == "constant" else names[str(node.value)]

    return infix(root, leaf, _SIGNS, _call, _view)


def _view(node: Node) -> tuple[str, list[Node]]:
    """Powers of e as the exponential."""
    power_of_e = node.op == "pow" and node.args[0].value == "e" and node.args[0].op == "constant"
    return ("exp", [node.args[1]]) if power_of_e else (node.op, list(node.args))


def _call(op: str, args: list[str]) -> str:
    return row(_CALLS, op, "calls in Python").format(*args)


def _identifier(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) or name in _TAKEN else name
