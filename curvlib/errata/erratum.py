"""What an erratum is, and what a statement that is right as printed is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

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
    """Two numbers that tell the print from the truth.

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
    """A place where the paper as we hold it, a scan of the preprint, says something that does not hold.

    Attributes:
        key: its identifier.
        item: the numbered item or place.
        printed, corrected: LaTeX.
        reason: what is different, in a sentence or two, and what stays true.
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


@dataclass(frozen=True)
class RightAsPrinted:
    """A statement that holds as printed.

    Attributes:
        item: the numbered item.
        statement: LaTeX.
        check: how we know.
        experiment: one of `EXPERIMENTS`.
    """

    item: str
    statement: str
    check: str
    experiment: str
