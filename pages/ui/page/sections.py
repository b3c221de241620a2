"""The pages by section, in the order of the navigation and of the paper.
A page that is not yet there is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import streamlit as st

PAGES = Path(__file__).parents[2]


@dataclass(frozen=True)
class Page:
    """A page of the app.

    Attributes:
        address: its word in the address and the name of its file; an errata link's `experiment` is
            one.
        title: its name in the navigation.
        default: whether it is shown at the bare address.
    """

    address: str
    title: str
    default: bool = False

    @property
    def file(self) -> str:
        return str(PAGES / f"{self.address}.py")

    def registered(self) -> "st.Page":
        return st.Page(self.file, title=self.title, url_path=self.address, default=self.default)


SECTIONS: Mapping[str, tuple[Page, ...]] = MappingProxyType(
    {
        "Explore": (
            Page("home", "Start", default=True),
            Page("explorer", "Explorer"),
            Page("lessons", "Lessons"),
            Page("grid", "Your own grid"),
        ),
        "The paper": (
            Page("tensors", "Metric and curvature at a point"),
            Page("spectrum", "What S sees"),
            Page("ball", "Geodesic balls"),
            Page("example31", "Example 3.1 and Figure 2"),
            Page("wells", "Two wells and a canyon"),
            Page("batches", "Mini-batches"),
            Page("perturbations", "Perturbations"),
            Page("escaping", "Escaping a minimum"),
            Page("reparametrisation", "Reparametrisation"),
            Page("networks", "Networks"),
            Page("surfaces", "Surfaces"),
        ),
        "Errata": (Page("errata", "Errata"),),
    }
)


def page(address: str) -> Page | None:
    """The page with this address, if it is there."""
    return next((page for pages in SECTIONS.values() for page in pages if page.address == address), None)


def file(address: str) -> str:
    """The page with this address, for links to it; KeyError if there is none."""
    return {known.address: known.file for pages in SECTIONS.values() for known in pages}[address]
