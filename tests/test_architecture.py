"""The recipes of docs/architecture.md name files that are there, and all rooms."""

import importlib
import re
from pathlib import Path

import pytest

from tests.test_layers import LAYERS, ROOMS

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "architecture.md").read_text()
NAMED = sorted(set(re.findall(r"`([\w./]+/[\w./]*\w)`", PAGE)))


@pytest.mark.parametrize("path", NAMED)
def test_file_that_the_architecture_names_is_there(path):
    assert (ROOT / path).exists()


@pytest.mark.parametrize(
    "module", sorted(set(re.findall(r"`(curvlib\.[\w.]+)`", PAGE.split("## What is public")[1].split("## Twelve")[0])))
)
def test_public_module_is_there_and_says_what_it_is_for(module):
    assert (importlib.import_module(module).__doc__ or "").strip()


def test_recipes_are_twelve():
    table = PAGE.split("## Twelve changes")[1]
    assert len(re.findall(r"^\| (?!to \|)[a-z]", table, re.MULTILINE)) == 12


@pytest.mark.parametrize("room", [*" ".join(LAYERS).split(), *ROOMS])
def test_every_room_is_on_the_page(room):
    assert room == "__init__" or re.search(rf"`{room}/?`", PAGE)
