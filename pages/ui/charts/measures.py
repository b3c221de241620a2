"""The four measures of the landscape that the app draws, and how each is called,
coloured and read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from curvlib import Fields


@dataclass(frozen=True)
class Measure:
    """One measure.

    Attributes:
        attribute: its name in `Fields`.
        symbol: how a figure writes it (HTML that Plotly reads).
        words: how a control writes it.
        diverging: whether its sign matters.
        meaning: one sentence that says how to read it.
    """

    attribute: str
    symbol: str
    words: str
    diverging: bool
    meaning: str

    def of(self, fields: Fields) -> np.ndarray:
        return getattr(fields, self.attribute)


MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "f": Measure("f", "<i>f</i>", "f", False, "The loss itself."),
        "gradient": Measure("gradient_norm", "|∇<i>f</i> |", "|∇f|", False, "How steep the loss is."),
        "trace": Measure(
            "hessian_trace",
            "tr <i>H</i>",
            "tr H",
            True,
            "The Laplacian of the loss: the sum of the Hessian's eigenvalues.",
        ),
        "S": Measure(
            "scalar_curvature",
            "<i>S</i>",
            "S",
            True,
            "The scalar curvature: positive in bowls and on peaks, "
            "negative at saddles, zero where the surface is a plane or a cylinder.",
        ),
    }
)
