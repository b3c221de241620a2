"""The panel's pure modules, run by Node: framing for every example, curves and vertices on the
border of colours.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from curvlib import PRESETS, evaluate, parse
from pages.ui.charts.picture import height_range
from pages.ui.charts.scale import short

NODE = shutil.which("node")
HERE = Path(__file__).parent / "node"
MODULES = Path(__file__).parents[1] / "assets" / "panel"

SIZES = [(518, 460), (1100, 460), (343, 343), (310, 420), (1360, 820)]
"""Canvases of a surface: beside a map and alone, from a phone to a full screen."""

pytestmark = pytest.mark.skipif(
    NODE is None and not os.environ.get("CI"), reason="no Node here to run the panel's modules"
)


def run(script: str, task: Any = None) -> str:
    answer = subprocess.run(
        [str(NODE), str(HERE / script)], input=json.dumps(task), capture_output=True, text=True, timeout=120
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def scenes() -> list[dict[str, Any]]:
    """Window and heights of every example, as it opens and with each slider at its ends."""
    found = []
    for preset in PRESETS.values():
        expression, grid = parse(preset.text), preset.grid((41, 41))
        ends = [{name: end} for name, parameter in preset.parameters.items() for end in (parameter.low, parameter.high)]
        for values in [{}, *ends]:
            fields = evaluate(expression, grid, {**expression.defaults, **preset.defaults, **values})
            found.append({"window": [*grid.u_range, *grid.v_range], "heights": height_range(fields.f)})
    return found


@pytest.fixture(scope="module")
def frames() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        run("frames.mjs", {"modules": str(MODULES), "scenes": scenes(), "sizes": SIZES})
    )
    return found


def test_box_and_labels_lie_inside_the_canvas_from_every_side(frames):
    assert len(frames) >= 46 * 4 * len(SIZES)
    assert [frame for frame in frames if frame["beyond"] > 0] == []


def test_box_and_labels_fill_the_canvas_from_every_side(frames):
    fills = np.array([frame["fills"] for frame in frames])
    assert fills.min() > 0.93
    assert np.median(fills) > 0.96


@pytest.mark.parametrize("script", sorted(path.name for path in HERE.glob("*.test.mjs")))
def test_modules_do_what_their_facts_say(script):
    assert NODE
    answer = subprocess.run([NODE, "--test", str(HERE / script)], capture_output=True, text=True, timeout=120)
    assert answer.returncode == 0, answer.stdout


def test_panel_and_pages_write_numbers_alike():
    rng = np.random.default_rng(3)
    sizes = 10 ** rng.uniform(-8, 9, 300)
    values = [
        0.0, 1.0, -1.0, 1e5, 99999.5, -1e-3, 9.995e-4, 1e6 + 0.26, *(sizes * rng.choice([-1, 1], 300)).tolist(),
        1e-300, -4e307,
    ]  # fmt: skip
    pairs = [(value, int(digits)) for value, digits in zip(values, rng.integers(3, 9, len(values)), strict=True)]
    assert json.loads(run("short.mjs", pairs)) == [short(*pair) for pair in pairs]
