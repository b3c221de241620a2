"""Errata, and statements that are right as printed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

EXPERIMENTS = (
    "tensors",
    "spectrum",
    "ball",
    "example31",
    "wells",
    "batches",
    "perturbations",
    "escaping",
    "reparametrisation",
    "networks",
    "surfaces",
)
"""The experiments that an erratum may lead to, in the paper's order."""


@dataclass(frozen=True)
class Witness:
    """Two numbers that separate the print from the truth.

    Attributes:
        quantity: what they measure, in words.
        printed: what the paper's formula or claim gives.
        true: what the definition gives.
    """

    quantity: str
    printed: float
    true: float


@dataclass(frozen=True)
class Erratum:
    """A place where the paper as we hold it, a scan of the preprint, says something that does not
    hold.

    Attributes:
        key: its identifier.
        item: the numbered item or place.
        printed, corrected: LaTeX.
        reason: what is different, in a sentence or two, and what stays true; formulas in it are
            LaTeX between dollars.
        witness: computes the numbers; takes milliseconds.
        experiment: one of `EXPERIMENTS`.
        state: settings of that experiment that show it.
    """

    key: str
    item: str
    printed: str
    corrected: str
    reason: str
    witness: Callable[[], Witness]
    experiment: str
    state: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)


def entry(witness: Any, item: str, printed: str, corrected: str, reason: str, experiment: str, **state: str) -> Erratum:
    """The erratum whose key is the name of the function that computes its numbers."""
    return Erratum(witness.__name__, item, printed, corrected, reason, witness, experiment, MappingProxyType(state))


@dataclass(frozen=True)
class Agreement:
    """A statement as printed, compared with the definition at a number of points.

    Attributes:
        quantity: what the numbers shown measure, in words.
        printed, true: one of the numbers, by the print and by the definition.
        n: how many were compared.
        difference: the largest difference between the two, as a share of the number where that is
            above 1.
        tolerance: how large that may be.
        apart: True where the statement is that the two numbers are not one.
    """

    quantity: str
    printed: float
    true: float
    n: int
    difference: float
    tolerance: float = 1e-12
    apart: bool = False

    @property
    def holds(self) -> bool:
        """True if the numbers confirm the statement; False where one of them is not a number."""
        return self.difference > self.tolerance if self.apart else self.difference <= self.tolerance


@dataclass(frozen=True)
class RightAsPrinted:
    """A statement that holds as printed.

    Attributes:
        key: its identifier.
        item: the numbered item.
        statement: LaTeX.
        check: what it is held against.
        agreement: compares the two; takes milliseconds.
        experiment: one of `EXPERIMENTS`.
    """

    key: str
    item: str
    statement: str
    check: str
    agreement: Callable[[], Agreement]
    experiment: str
