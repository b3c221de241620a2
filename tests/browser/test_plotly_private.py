"""Plotly has each private name that the panel uses.
A new version that renames one fails here, by that name.
"""

import json
from pathlib import Path

import pytest

PRIVATE = json.loads((Path(__file__).parents[1] / "node" / "plotly_private.json").read_text())

MISSING = """async ([kind, wanted]) => {
  const plot = document.body.appendChild(document.createElement("div")), z = [[0, 1], [1, 3]];
  Object.assign(plot.style, { width: "300px", height: "300px" });
  await Plotly.newPlot(plot, [kind === "map" ? { type: "heatmap", z } : { type: "surface", z }], {});
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const found = (path) => path.split(".").reduce((value, name) => value?.[name], plot);
  const missing = Object.entries(wanted).filter(([path, type]) => found(path) == null || typeof found(path) !== type);
  Plotly.purge(plot);
  plot.remove();
  return missing.map(([path]) => path);
}"""


@pytest.mark.parametrize("kind", ["map", "surface"])
def test_plotly_has_the_private_names_that_the_panel_uses(open_panel, kind):
    assert open_panel("n=32&views=S").page.evaluate(MISSING, [kind, PRIVATE[kind]]) == []
