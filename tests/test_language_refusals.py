"""What is no formula is refused with its column, the cause and a remedy, and nothing that was typed
gets further than the tokens.
"""

import re
import threading

import pytest

from curvlib.errors import ExpressionError
from curvlib.language.grammar import parse

MISTAKES = [
    # text, column, cause, remedy
    ("", 0, "no formula", "Type one"),
    (" \n\t ", 0, "no formula", "Type one"),
    (";;", 0, "no formula", "Type one"),
    ("u =", 0, "'u' has a meaning already", "another name"),
    ("r =", 3, "no formula", "Type one"),
    (")", 0, "closes a bracket that was never opened", "Remove it"),
    ("u)", 1, "closes a bracket that was never opened", "Remove it"),
    ("arctan(u", 6, re.escape("'(' is never closed"), re.escape("Add ')'")),
    ("[u + (v", 5, re.escape("'(' is never closed"), re.escape("Add ')'")),
    ("(u]", 2, re.escape("'(' cannot be closed by ']'"), re.escape("with ')'")),
    ("()", 1, re.escape("missing before ')'"), "Put it there"),
    ("sin()", 4, re.escape("missing before ')'"), "Put it there"),
    ("|u", 0, re.escape("'|' is never closed"), "abs"),
    ("|u, v|", 2, "comma stands outside", "decimal point"),
    ("u*", 2, "ends too early", re.escape("after '*'")),
    ("*u", 0, re.escape("missing before '*'"), "remove the sign"),
    ("u*/v", 2, re.escape("missing before '/'"), "remove the sign"),
    ("u not v", 2, "'not' cannot follow 'u'", "operation"),
    ("u^", 2, "ends too early", re.escape("after '^'")),
    ("u 2", 2, "number 2 follows 'u'", "product or . for a power"),
    ("(u+1)2", 5, re.escape("number 2 follows ')'"), "Write"),
    ("1.2.3", 3, "number .3 follows '1.2'", "Write"),
    ("0x10*u", 0, "'0x10' is not a decimal number", "decimal digits"),
    ("0,5*u", 1, "decimal comma", r"0\.5"),
    ("1,000 u", 1, "decimal comma", "1000 without the comma"),
    ("u.^2", 1, r"'\.'", "Write . without the point"),
    ("usin(v)", 0, "Unknown name 'usin'", re.escape("mean u*sin(…)")),
    ("u + 1,25", 5, "decimal comma", r"1\.25"),
    ("sin(0,5*u)", 0, "'sin' takes 1 argument, not 2", r"write a point: 0\.5"),
    ("u, v", 1, "comma stands outside", "decimal point"),
    ("sin(u, v)", 0, "'sin' takes 1 argument, not 2", "sine"),
    ("max(u)", 0, "'max' takes 2 to 8 arguments, not 1", "largest"),
    ("atan2 u", 0, "'atan2' takes 2 arguments, not 1", "in brackets"),
    ("sin", 0, "'sin' needs something to work on", re.escape("sin(u)")),
    ("sin + 1", 0, "'sin' needs something to work on", re.escape("sin(u)")),
    ("if", 0, "'if' needs something to work on", re.escape("if(u, v, w)")),
    ("|sin|", 1, "'sin' needs something", re.escape("sin(u)")),
    ("cos 2 pi u", 6, "not clear where the argument of 'cos' ends", "brackets"),
    ("sin^-1(u)", 3, "inverse function or the reciprocal", re.escape("asin(…) or 1/sin(…)")),
    ("tanh⁻¹(u)", 4, "inverse function or the reciprocal", re.escape("atanh(…) or 1/tanh(…)")),
    ("erf^{-1}(u)", 3, "inverse function or the reciprocal", re.escape("Write 1/erf(…)")),
    ("x[0]^2 + x[1]^2", 1, "looks like an index", "x_1"),
    ("a(u, v)", 0, "'a' is not a function", "Define it"),
    # names
    ("sigmod(u)", 0, "Unknown name 'sigmod'", "mean 'sigmoid'"),
    ("u + arctann(v)", 4, "Unknown name 'arctann'", "mean 'arctan'"),
    ("Sin(u)", 0, "Unknown name 'Sin'", "mean 'sin'"),
    ("thetta*u", 0, "Unknown name 'thetta'", "mean 'theta'"),
    ("width = 1; widht*u", 11, "Unknown name 'widht'", "mean 'width'"),
    ("cu", 0, "Unknown name 'cu'", re.escape("write c*u")),
    ("ab", 0, "Unknown name 'ab'", re.escape("write a*b")),
    ("2piu", 1, "Unknown name 'piu'", re.escape("write pi*u")),
    ("sinu", 0, "Unknown name 'sinu'", re.escape("mean sin(u)")),
    ("u2v", 0, "Unknown name 'u2v'", re.escape("write u2*v")),
    ("loss", 0, "Unknown name 'loss'", "value on a line of its own"),
    ("x + u", 0, "both 'u' and 'x'", "one pair"),
    ("l1*u + l_1", 7, "look the same", "one spelling"),
    ("lam + lambda", 6, "look the same", "one spelling"),
    # lines
    ("c = 0.1", 0, "only the value of a parameter", "formula"),
    ("u\nv", 2, "two formulas", "names"),
    ("f(u, v) = u\nu + v", 12, "two formulas: this one and f", "use f in the other"),
    ("a = 1\na = 2\na u", 6, "'a' is defined twice", "one"),
    ("sin = 2\nu", 0, "'sin' has a meaning already", "another name"),
    ("e = 2\nu", 0, "'e' has a meaning already", "another name"),
    ("g(pi) = 2\nu", 2, "'pi' has a meaning already", "another name"),
    ("1 = u", 0, "Left of an equals sign", "=="),
    ("u + v = 1", 0, "Left of an equals sign", "=="),
    ("g(2) = 1\nu", 0, "Left of an equals sign", "=="),
    ("= u", 0, "Left of an equals sign", "=="),
    ("r = (s = 2)", 7, "equals sign stands inside", "=="),
    ("sin(u = 1)", 6, "equals sign stands inside", "=="),
    ("g(t, t) = t\ng(u, v)", 5, "have the same name", "different"),
    ("g(t) = g(t)\ng(u)", 0, "'g' is defined by itself", "does not use"),
    ("a = b u\nb = a v\na", 0, "'a' is defined by itself", "does not use"),
    ("g(t) = u\ng(v)", 2, "does not use its argument 't'", "Leave it out"),
    ("g(t) = t\ng", 9, "needs its argument", re.escape("g(u)")),
    ("g(t) = t\ng(u, v)", 9, "'g' takes 1 argument, not 2", "definition"),
    ("f(u, v, w) = u", 8, "two variables, not 3", "parameters"),
    ("f(s, t) = s u", 12, "'u' is used beside the variables s, t", "s and t throughout"),
    ("(u; v)", 2, "semicolon stands inside a bracket", "Close the bracket"),
    # conditions
    ("u > 0", 0, "condition stands where a number", "if"),
    ("(u > 0)*u", 7, "condition stands where a number", "if"),
    ("if(u, 1, 2)", 0, "'if' needs a condition", "Compare"),
    ("if(not u, 1, 2)", 3, "'not' needs a condition", "Compare"),
    ("u and v", 2, "'and' needs a condition", "Compare"),
    ("if(u > 0, v < 1, 2)", 0, "condition stands where a number", "if"),
    ("c = 1 < 2\nc u", 4, "condition stands where a number", "if"),
    # constants without a value
    ("1/0", 1, "1/0 divides by zero", "Change"),
    ("u/(1-1)", 1, re.escape("u/(1-1) divides by zero"), "Change"),
    ("u + sqrt(-1)", 4, re.escape("sqrt(-1) is not a real number"), "not negative"),
    ("log(0)", 0, re.escape("log(0) is not a real number"), "positive"),
    ("u*log2(-2)", 2, "not a real number", "needs a value"),
    ("asin(2) u", 0, "not a real number", "needs a value"),
    ("(-8)^(1/3)", 4, "not a real number", "cbrt"),
    ("10^400", 2, "10.400 is not a finite number", "1.8e308"),
    ("u + 1e300*1e300", 9, "not a finite number", "1.8e308"),
    ("exp(1000)", 0, "not a finite number", "1.8e308"),
    ("g(t) = 1/t\ng(2-2)", 11, "divides by zero", "Change"),
    ("1e400*u", 0, "number 1e400 is too large", "largest"),
    ("1e-400*u", 0, "too small to be told from 0", "larger"),
    # characters
    ("u + 😀", 4, r"U\+1F600, GRINNING FACE", "Remove"),
    ("u\x00", 1, r"U\+0000", "Remove"),
    ("u\u200bv", 1, r"U\+200B \(ZERO WIDTH SPACE\)", "Remove"),
    ("\u202eu", 0, r"U\+202E \(RIGHT-TO-LEFT OVERRIDE\)", "Remove"),
    ("u\u0301", 1, r"U\+0301 \(COMBINING ACUTE ACCENT\)", "Remove"),
    ("u\ud800", 1, r"U\+D800", "Remove"),
    ("а*u", 0, r"U\+0430, CYRILLIC SMALL LETTER A", "Latin"),
    ("Α*u", 0, r"U\+0391, GREEK CAPITAL LETTER ALPHA", "Latin"),
    ("ｕ", 0, r"U\+FF55", "Type it as 'u'"),
    ("𝑢", 0, r"U\+1D462", "Type it as 'u'"),
    ("א*u", 0, r"U\+05D0 \(HEBREW LETTER ALEF\)", "Remove"),
    ("٣*u", 0, r"U\+0663", "Remove"),
    ("u!", 1, "'!'", "Factorials"),
    ("u % 2", 2, "'%'", "mod"),
    ("u'", 1, r"U\+0027", "Derivatives"),
    ("np.sin(u)", 2, r"'\.'", "names stand alone"),
    ("1_000 u", 1, "'_'", "index"),
    ("u = v : 2", 6, "':'", "definition"),
    ("∞ u", 0, r"U\+221E", "Infinity"),
    ("u $ v", 2, r"'\$'", "whole formula"),
    (r"\foo{u}", 0, r"LaTeX command \\foo", "Known are"),
    (r"\int u", 0, r"LaTeX command \\int", "Known are"),
    ("\\\u200b", 0, r"U\+200B", "Known are"),
    ("\\", 0, r"'\\'", "LaTeX command has a name"),
    (r"\frac + u", 0, "needs its parts in braces", "frac"),
    (r"\frac{u}", 0, "needs its parts in braces", "frac"),
    (r"\sqrt", 0, "needs its parts in braces", "sqrt"),
]


@pytest.mark.parametrize(("text", "column", "cause", "remedy"), MISTAKES, ids=[ascii(text) for text, *_ in MISTAKES])
def test_a_mistake_is_told_with_its_column_cause_and_remedy(text, column, cause, remedy):
    with pytest.raises(ExpressionError, match=cause) as caught:
        parse(text)
    assert caught.value.position == column
    assert re.search(remedy, caught.value.hint), caught.value.hint


BUILTINS = (
    "eval exec open compile input print getattr globals vars dir breakpoint "
    "exit quit help memoryview object type super sympify __import__"
).split()
HOSTILE = [
    *(f"{name}('u')" for name in BUILTINS), *(f"{name}(u)" for name in BUILTINS), "__import__('os').system('true')",
    "__import__(\"os\")", "().__class__", "(u).__class__.__bases__", "u.__init__", "u.__init__.__globals__",
    "[].append", "lambda: u", "lambda u: u", "lambda u, v: u", "(lambda: 1)()", "[u for u in v]", "{u: v}", "f'{u}'",
    "f\"{u}\"", "'u'", '"u"', "b'u'", "`u`", "u if v else 1", "u := 2", "import os", "from os import system", "del u",
    "yield u", "await u", "assert u", "return u", "raise u", "pass", "while u: v", "print(u)", "u.real", "u.T", "u[0]",
    "u[0", "u@v", "u//v", "u<<2", "u>>2", "~u", "u;__import__('os')", "u\n__import__('os')", "u#comment", "u\\\nv",
    "*u", "**u", "u,", "...", "None", "True", "False", "NaN", "nan", "inf", "Infinity", "0b11", "0o17", "0xff", "1_000",
    "e e e 1", "numpy.sin(u)", "np", "math.exp(u)", "os.system", "sys.exit()", "Symbol('u')", "Function('f')(u)",
    "solve(u)", "diff(u, v)", "integrate(u)", "limit(u)", "factorial(9)", "gamma(5,6)", "9**9**9**9", "9^9^9^9",
    "10^10^10^10", "2^(2^(2^(2^99)))", "((9^99)^99)^99", "(((((u^9)^9)^9)^9)^9)", "u^1e9", "u^-1e9", "(u^20)^21",
    "99999999999999999999999999^u", "1" * 500, "9" * 26 + "*u", "u" * 5000, "u+" * 99_999 + "u", "(" * 50_000,
    "-" * 50_000 + "u", "[" * 900, "{" * 900, "|" * 900, "sin " * 400 + "u", "u^" * 600 + "u", "√" * 900 + "u",
    "\\frac" * 300, "\\sqrt{" * 300, "not " * 400 + "u", "if(" * 300, "sin(" * 400 + "u" + ")" * 400, "u(" * 700,
    "a=" * 500 + "1", "a=1\n" * 400, "g(t)=t\n" * 200, "\n" * 1999 + ")", "=" * 900, "," * 900, "." * 900, "e" * 900,
    "é", "u\u2028v", "u\u0085v", "u\ufeff", "\ufeffu", "u\u00adv", "\u2066u\u2069", "u\u034f", "ｅｖａｌ(u)",
    "u\x1b[31m", "u\x07", "u\x7f", "\ud83d", "\udcff", "\U0010ffff", "\uffff", "\ue000", "<script>alert(1)</script>",
    "![](http://example.org/x.png)", "[u](javascript:v)", "=cmd|' /C calc'!A0", "@SUM(u)", "%s%s%n", "${u}", "#{u}",
    "$(ls)", "; ls", "u && ls", "../../etc/passwd", "file:///etc/passwd", "u\r\nHost: x", "' OR 1=1 --",
    r"\input{/etc/passwd}", r"\write18{ls}", r"\def\u{u}", r"\href{javascript:u}{v}", r"\includegraphics{u}",
    r"\begin{cases}u\end{cases}", r"\unicode{x41}", r"\text{u v}", "Max(*[u]*99)", "max(" * 60 + "u",
    "min(" + "u," * 99 + "u)", "hypot(u,v", "g(t)=t*t*t*t*t*t*t*t;h(t)=g(g(g(g(t))));h(h(u))",
    "a=b+b;b=c+c;c=d+d;d=g+g;g=h+h;h=a;a",
    *(f"{a}{b}" for a in ("u", "sin", "2", "(", "|")
      for b in ("*", "/", "^", ",", "=", "<", "and", "or", ")", "]", "}")),
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:40]))
def test_a_hostile_text_is_refused_in_words_that_are_safe_to_show(text):
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    error = caught.value
    assert 0 <= error.position <= len(text)
    assert error.message
    assert error.hint
    assert str(error).isprintable()
    assert len(str(error)) < 400
    error.caret(text).encode()


@pytest.mark.parametrize("name", ["beta", "gamma", "zeta", "S", "N", "Q", "O", "C", "I", "lambda", "E1", "f", "i", "j"])
def test_names_that_other_libraries_claim_are_a_visitors_to_use(name):
    assert parse(f"{name}*u").parameters == (name,)


def test_deep_nesting_is_read_on_a_thread_with_a_small_stack():
    results = []
    texts = ["sin(" * 48 + "u" + ")" * 48, "-(" * 48 + "u" + ")" * 48, "2^" * 48 + "u", "(" * 2000, "sin " * 49 + "u"]

    def read():
        for text in texts:
            try:
                results.append(parse(text).canonical)
            except ExpressionError as error:
                results.append(error.message)

    before = threading.stack_size(256 * 1024)
    try:
        thread = threading.Thread(target=read)
        thread.start()
        thread.join()
    finally:
        threading.stack_size(before)
    assert [result.startswith("The formula is nested") for result in results] == [False, False, False, True, True]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("u + )", "u + )\n    ^"),
        ("c = 1\nc*)", "c*)\n  ^"),
        ("u\u202e", "u\ufffd\n ^"),
        ("(" + "u+" * 100 + "u", "(" + "u+" * 35 + "u…\n^"),
        ("u+" * 100 + ")", "…" + "u+" * 27 + ")\n" + " " * 55 + "^"),
    ],
)
def test_a_caret_stands_under_the_mistake(text, shown):
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert caught.value.caret(text) == shown
