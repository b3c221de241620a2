"""The surface is whole: the corners of its box, each tick label and each title lie inside its
canvas, for all examples, ends of sliders and screens.
"""

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from curvlib import PRESETS, Preset, evaluate, parse
from pages.ui.charts.measures import MEASURES
from pages.ui.charts.picture import height_range
from tests.browser.explorer import SCREENS, Explorer

pytestmark = pytest.mark.flaky(reruns=0)  # right every time, or not right

FRAMING = (Path(__file__).parent / "framing.js").read_text()

SIDE = 12
"""Grid points a side of the surfaces whose frames are only computed."""

SHOW = """
async ([window, heights, fields]) => {
    const i = document.querySelector(".cl-panel").instrument, shape = [SIDE, SIDE];
    const arrays = Object.fromEntries(Object.entries(fields)
      .map(([name, values]) => [name, { shape, values: Float32Array.from(values, x => x ?? NaN) }]));
    const identity = String(window) + heights;
    i.accept({ header: { ...i.header, identity, window, heights, overlays: [], point: null }, arrays });
    do await new Promise(requestAnimationFrame); while (i.drawing);
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    return (FRAMING).outside(i.surface.card.plot);
}
""".replace("SIDE", str(SIDE)).replace("FRAMING", FRAMING)

PAINTED = {
    "laptop": ("gaussian_bump", "rosenbrock", "himmelblau", "paper_ex31"),
    "beamer": ("rosenbrock", "two_minima_fig1", "eggholder"),
    "old beamer": ("himmelblau", "goldstein_price_log", "plane"),
    "telephone": ("rosenbrock", "gaussian_bump"),
}
"""Examples whose surface is painted and looked at, by screen:
twelve, of which the first of each screen is in `make test`.
"""


def painted() -> Iterator[Any]:
    for screen, (first, *others) in PAINTED.items():
        yield screen, first
        yield from (pytest.param(screen, name, marks=pytest.mark.nightly) for name in others)


def settings(preset: Preset) -> Iterator[Mapping[str, float]]:
    """The values of an example's sliders: as they begin, and each at both of its ends."""
    yield preset.defaults
    for name, ends in preset.parameters.items():
        yield from (preset.defaults | {name: end} for end in (ends.low, ends.high))


def landscape(preset: Preset, values: Mapping[str, float]) -> list[Any]:
    """The numbers that the panel needs to put a surface into its frame:
    the window, the heights as the page has them, and a coarse grid.
    """
    expression, (u, v) = parse(preset.text), preset.window
    fine = evaluate(expression, preset.grid((64, 64)), values)
    coarse = evaluate(expression, preset.grid((SIDE, SIDE)), values)
    numbers = {
        name: [float(x) if np.isfinite(x) else None for x in measure.of(coarse).ravel()]
        for name, measure in MEASURES.items()
    }
    return [[*u, *v], list(height_range(fine.f)), numbers]


def open_on(open_page: Any, screen: str, query: str = "cells=64") -> Explorer:
    width, height = SCREENS[screen]
    return Explorer(open_page(f"/explorer?{query}", viewport={"width": width, "height": height})).ready()


@pytest.mark.nightly  # Node computes the same in `make test`, from the same modules
@pytest.mark.parametrize("screen", SCREENS)
def test_corners_labels_and_titles_of_every_example_lie_inside_the_canvas(open_page, screen):
    explorer = open_on(open_page, screen)
    found = {}
    for preset in PRESETS.values():
        for values in settings(preset):
            if outside := explorer.page.evaluate(SHOW, landscape(preset, values)):
                found[preset.name, *values.items()] = outside
    assert found == {}, (
        f"{len(found)} frames of {sum(len(list(settings(preset))) for preset in PRESETS.values())} are cut"
    )


@pytest.mark.parametrize(("screen", "name"), list(painted()))
def test_no_ink_of_a_surface_touches_the_edge_of_its_canvas(open_page, screen, name):
    explorer = open_on(open_page, screen, f"cells=64&example={name}")
    assert explorer.panel.tell(f"({FRAMING}).outside(i.surface.card.plot)") == []
    assert edges_with_ink(explorer) == []


def edges_with_ink(explorer: Explorer) -> list[str]:
    """The edges of the surface's canvas that something is painted on:
    whatever is cut there has ink in the last row or column of pixels.
    """
    stage = explorer.panel.stage("surface")
    stage.scroll_into_view_if_needed()
    pixels = np.asarray(Image.open(io.BytesIO(stage.screenshot())).convert("RGB")).astype(int)
    ground = np.median(pixels[2:6, 2:6].reshape(-1, 3), axis=0)
    edges = {"top": pixels[1, 1:-1], "bottom": pixels[-2, 1:-1], "left": pixels[1:-1, 1], "right": pixels[1:-1, -2]}
    return [name for name, edge in edges.items() if (np.abs(edge - ground).max(axis=-1) > 24).any()]
