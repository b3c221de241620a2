"""The paper's errata as data: as printed, as it should read, and a number that separates the two;
and what is right as printed.

>>> from curvlib.paper.errata import ERRATA, RIGHT_AS_PRINTED
>>> witness = next(erratum for erratum in ERRATA if erratum.key == "implication").witness()
>>> witness.printed, witness.true
(8.0, 10.0)
>>> all(statement.agreement().holds for statement in RIGHT_AS_PRINTED)
True
"""

from curvlib.paper.errata.erratum import EXPERIMENTS, Agreement, Erratum, RightAsPrinted, Witness
from curvlib.paper.errata.right import RIGHT_AS_PRINTED
from curvlib.paper.errata.table import ERRATA, witnessed

__all__ = [
    "ERRATA",
    "EXPERIMENTS",
    "RIGHT_AS_PRINTED",
    "Agreement",
    "Erratum",
    "RightAsPrinted",
    "Witness",
    "witnessed",
]
