r"""The LaTeX commands that a pasted formula may contain, and the tokens each stands for."""

import re
from types import MappingProxyType

from curvlib.language.characters import GREEK
from curvlib.language.functions import NAMES

SKIPPED = frozenset(
    r"""\left \right \big \Big \bigg \Bigg \bigl \bigr \Bigl \Bigr \biggl \biggr
    \, \; \: \! \quad \qquad \displaystyle \textstyle \limits""".split()
) | {"\\ "}
"""Spacing and sizes: read as a blank."""

NAME = re.compile(
    r"\\(?:operatorname\*?|mathrm|mathit|mathcal|mathbf|text|textrm|textit)\s*\{\s*([A-Za-z][A-Za-z0-9]*)\s*\}"
)
"""A name in upright or other letters; the name is group 1."""

DIGIT_FRACTION = re.compile(r"\\[dtc]?frac\s*([0-9])\s*([0-9])")
r"""\frac12: each digit is an operand of its own."""

COMMANDS = MappingProxyType(
    {
        **{rf"\{name}": ("name", name) for name in NAMES if name.isalpha()},
        **{rf"\{name}": ("name", name) for name in GREEK.values()},
        **{rf"\var{name}": ("name", name) for name in ("epsilon", "theta", "phi", "rho")},
        **dict.fromkeys((r"\cdot", r"\times", r"\ast"), ("*", "*")),
        **dict.fromkeys((r"\frac", r"\dfrac", r"\tfrac", r"\cfrac"), ("frac", r"\frac")),
        **dict.fromkeys((r"\lvert", r"\rvert", r"\vert", r"\mid"), ("|", "|")),
        **dict.fromkeys((r"\le", r"\leq", r"\leqslant"), ("<=", "<=")),
        **dict.fromkeys((r"\ge", r"\geq", r"\geqslant"), (">=", ">=")),
        **dict.fromkeys((r"\ne", r"\neq"), ("!=", "!=")),
        **dict.fromkeys((r"\land", r"\wedge"), ("and", "and")),
        **dict.fromkeys((r"\lor", r"\vee"), ("or", "or")),
        **dict.fromkeys((r"\lnot", r"\neg"), ("not", "not")),
        r"\sqrt": ("root", r"\sqrt"),
        r"\div": ("/", "/"),
        r"\lt": ("<", "<"),
        r"\gt": (">", ">"),
        r"\{": ("{", "{"),
        r"\}": ("}", "}"),
        r"\lbrace": ("{", "{"),
        r"\rbrace": ("}", "}"),
    }
)
"""Command → (kind, text) of the token it stands for."""
