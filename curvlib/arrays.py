"""The types of arrays, by what they hold: annotations only, no array is made or checked here."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
"""Numbers in double precision: nearly all that is computed."""

Singles = NDArray[np.float32]
"""Numbers in single precision: what a graphics card draws."""

Extended = NDArray[np.longdouble]
"""Numbers in extended precision, where the platform has it."""

AnyFloats = NDArray[np.floating[Any]]
"""Numbers in any of these: fields may be single, jets and some formulas extended."""

Ints = NDArray[np.intp]
"""Whole numbers: indices, counts and labels."""

Bools = NDArray[np.bool_]
"""True or false: masks."""

Bytes = NDArray[np.uint8]
"""Raw memory, flags of compiled code, and pixels."""

Fractions = NDArray[np.object_]
"""Exact numbers, each of them a `fractions.Fraction`."""
