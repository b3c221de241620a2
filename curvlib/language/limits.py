"""Limits on the work of one formula; each is checked before the work that it bounds.

Chosen by measurement: every preset and a logistic loss of twenty data points fit at least twice
over, and the slowest formula within the limits is read in about ten milliseconds. The lengths hold
for the canonical text too, so that it can always be read back.
"""

MAX_LENGTH = 2_000
"""Characters of the text."""

MAX_TOKENS = 2_000
"""Numbers, names and signs; at least `MAX_LENGTH`, so that only characters that stand for several,
such as ², are held back.
"""

MAX_STATEMENTS = 24
"""Lines: definitions, values of parameters, the formula."""

MAX_NODES = 600
"""Operations and operands of the formula with all definitions written out."""

MAX_DEPTH = 48
"""Brackets, function calls and powers within each other, with all definitions written out."""

MAX_SIGNS = 8
"""Signs in a row, as in u - - - v."""

MAX_ARGUMENTS = 8
"""Arguments of one call."""

MAX_PARAMETERS = 8
"""Names that get a slider."""

MAX_NAME = 16
"""Characters of a name."""

MAX_DIGITS = 25
"""Characters of a number."""

MAX_NUMBER = 1e300
"""The largest number that may be written."""

MAX_EXPONENT = 100
"""The largest constant exponent, in absolute value."""

MAX_DEGREE = 400
"""The largest product of constant exponents that stand over each other, as in ((u^9)^9)^4;
no regrouping of a tower escapes it.
"""
