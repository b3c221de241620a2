"""The characters beyond ASCII that a formula may contain, and what each stands for;
every other one is refused by name.
"""

import unicodedata
from types import MappingProxyType

GREEK = MappingProxyType(
    {
        **dict(zip("αβγδεζηθικλμνξπρστυφχψω", (
            "alpha beta gamma delta epsilon zeta eta theta iota kappa "
            "lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega"
        ).split(), strict=True)),
        **dict(zip("ΓΔΘΛΞΣΥΦΨΩ", "Gamma Delta Theta Lambda Xi Sigma Upsilon Phi Psi Omega".split(), strict=True)),
        **dict(zip("ϵϑϕϱµ", "epsilon theta phi rho mu".split(), strict=True)),
    }
)  # fmt: skip
"""Greek letter → its name. Those that look like Latin letters (omicron, capital alpha …) or like
the product sign are left out.
"""

SIGNS = MappingProxyType(
    {
        **dict.fromkeys("·⋅∙•×∗", "*"),
        **dict.fromkeys("÷∕⁄", "/"),
        **dict.fromkeys("−–‐‑", "-"),
        **dict.fromkeys("≤⩽", "<="),
        **dict.fromkeys("≥⩾", ">="),
        "≠": "!=",
        "∧": "and",
        "∨": "or",
        "¬": "not",
        "∣": "|",
        "√": "√",
        "∛": "∛",
    }
)
"""Mathematical sign → the sign of the language."""

SUPERSCRIPTS = MappingProxyType(dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ⁺⁻⁽⁾", "0123456789n+-()", strict=True)))
SUBSCRIPTS = MappingProxyType(dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True)))

BLANKS = " \t\N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}\N{EN SPACE}\N{EM SPACE}"

REMEDIES = MappingProxyType(
    {
        "!": "Factorials are not part of the language; to say 'not equal' write !=.",
        "%": "For a remainder write mod(a, b); for per cent write a decimal number.",
        "'": "Derivatives are taken for you; give the function alone.",
        '"': "Quotation marks are not needed.",
        "_": "An index follows its letter directly, as in l_1.",
        ".": "A point belongs inside a number, as in 0.5; names stand alone: sin(u), not np.sin(u).",
        ":": "Give one formula in u and v; a definition is written g(t) = t^2.",
        "?": "For a choice write if(condition, a, b).",
        "&": "Join conditions with and.",
        "\\": r"A LaTeX command has a name, as in \frac{u}{v}.",
        "$": "Dollar signs may stand around the whole formula only.",
        "∞": "Infinity is not a number; write a large number if you need one.",
    }
)
"""The replacement for a character that the language does not have."""


def described(character: str) -> str:
    """A character in words that are safe to show: itself only where it cannot disturb the text
    around it.

    >>> described("ж")
    "'ж' (U+0436, CYRILLIC SMALL LETTER ZHE)"
    >>> described("\\u200b")
    'U+200B (ZERO WIDTH SPACE)'
    """
    code, name = f"U+{ord(character):04X}", unicodedata.name(character, "")
    if character.isascii() and character.isprintable() and character != "'":
        return f"'{character}'"
    if (
        unicodedata.category(character)[0] in "LNPS"
        and unicodedata.bidirectional(character) not in ("R", "AL")
        and name
    ):
        return f"'{character}' ({code}, {name})"
    return f"{code} ({name})" if name else code


def remedy(character: str) -> str:
    """A suggestion for a character that cannot be read; empty where there is none."""
    if character in REMEDIES:
        return REMEDIES[character]
    plain = unicodedata.normalize("NFKC", character)
    if len(plain) == 1 and plain != character and (plain.isascii() and plain.isprintable() or plain in GREEK):
        return f"Type it as '{plain}'."
    if "CYRILLIC" in unicodedata.name(character, "") or "GREEK" in unicodedata.name(character, ""):
        return "If it was meant as a Latin letter, type that letter."
    return "Remove it, or type what it stands for."
