"""What crosses between Python and the panel: the message, the state, and refusals."""

import json
import math
import re
import shutil
import subprocess

import numpy as np
import pytest
from numpy.testing import assert_allclose
from streamlit.testing.v1 import AppTest

from curvlib import Grid, parse
from pages.ui.charts import picture as pictures
from pages.ui.charts.theme import ASSETS
from pages.ui.panel import Overlay, fan, overlays_of, pack, unpack
from pages.ui.panel.assets import plotly_addresses
from pages.ui.panel.exchange import read_state


def test_message_carries_arrays_of_any_shape_and_what_is_undefined():
    sent = {"a": np.array([[1.5, np.nan], [-np.inf, 1e300]]), "b": np.arange(5), "c": np.empty((0, 2))}
    header, arrays = unpack(pack({"words": "|∇f| · ü"}, sent))
    assert header["words"] == "|∇f| · ü"
    assert_allclose(arrays["a"], [[1.5, np.nan], [-1.7e308, 1e300]], rtol=1e-15)
    assert_allclose(arrays["b"], np.arange(5))
    assert arrays["c"].shape == (0, 2)


def hostile() -> np.ndarray:
    """Numbers of every kind that single precision has, beside one another."""
    bits = np.random.default_rng(0).integers(0, 2**32, 4000, dtype=np.uint64).astype("<u4").view("<f4")
    return np.concatenate(
        [bits[np.abs(bits) <= np.float32(3e38)], [0.0, -0.0, np.nan, 1e-45, -1e-45, 3e38, -3e38]]
    ).astype("<f4")


def test_message_keeps_every_bit_of_single_precision():
    assert unpack(pack({}, {"z": hostile()}))[1]["z"].tobytes() == hostile().tobytes()


DOUBLE = {
    "a far window": np.stack([1e6 + np.linspace(0, 1, 7), np.linspace(-1, 1, 7)], axis=1),
    "a large offset": 1e6 + 1e-4 * np.linspace(0, 1, 9).reshape(3, 3),
    "huge": 1e300 * np.linspace(-1, 1, 8).reshape(4, 2),
    "tiny": 1e-300 * np.arange(4.0),
    "as large as numbers are": np.array([[-1.7e308, 0.0], [1.0, 1.7e308]]),
    "a constant that begins with a gap": np.array([[np.nan, 1e39], [1e39, 1e39]]),
}


@pytest.mark.parametrize("case", DOUBLE)
def test_message_keeps_what_single_precision_would_spoil(case: str):
    message = pack({}, {"before": np.ones(3), "z": DOUBLE[case], "after": np.arange(4)})
    _, arrays = unpack(message)
    assert arrays["z"].tobytes() == DOUBLE[case].tobytes()
    assert arrays["before"].dtype == arrays["after"].dtype == np.dtype("<f4")


UNPACKED = """import { readFileSync } from "node:fs";
const [source, message] = JSON.parse(readFileSync(0, "utf8"));
const { unpack } = await import("data:text/javascript," + encodeURIComponent(source));
const { header, arrays } = await unpack(Uint8Array.from(message));
const bits = [...new Uint32Array(arrays.z.values.slice().buffer)];
console.log(JSON.stringify({ words: header.words, bits, shape: arrays.empty.shape, far: [...arrays.far.values] }));"""


@pytest.mark.skipif(shutil.which("node") is None, reason="no Node here; Chromium unpacks messages in tests/browser")
def test_the_browser_unpacks_every_bit_of_single_precision():
    message = pack(
        {"words": "|∇f| · ü"},
        {"far": DOUBLE["a far window"], "before": np.ones(3), "z": hostile(), "empty": np.empty((0, 2))},
    )
    told = json.dumps([(ASSETS / "panel" / "message.js").read_text(), list(message)])
    answer = json.loads(
        subprocess.run(
            ["node", "--input-type=module", "-e", UNPACKED], input=told, capture_output=True, text=True, check=True
        ).stdout
    )
    assert answer["words"] == "|∇f| · ü"
    assert np.array(answer["bits"], dtype="<u4").tobytes() == hostile().tobytes()
    assert answer["shape"] == [0, 2]
    assert answer["far"] == DOUBLE["a far window"].ravel().tolist()


def test_message_of_a_smooth_field_is_smaller_than_its_numbers():
    grid = Grid((0, 10), (0, 10), (128, 128))
    field = pictures.picture(parse("exp(-u/9)*sin(u)*sin(v)"), grid, {}).fields.scalar_curvature
    assert len(pack({}, {"z": field})) < 0.8 * 4 * field.size


NONSENSE = [
    None, 3, "event", [], {"point": "ab"}, {"point": [1, math.nan]}, {"point": [1]}, {"values": [1]},
    {"values": {"c": "1"}}, {"sequence": "7"}, {"cause": "<b>"}, {"values": {"c": True}}, {"point": [True, 1]},
    {"sequence": True},
]  # fmt: skip


@pytest.mark.parametrize("junk", NONSENSE)
def test_nonsense_from_a_browser_is_nothing(junk):
    state = read_state(junk)
    assert (state.sequence, state.point, dict(state.values), state.cause) == (0, None, {}, "")


def test_state_is_what_the_visitor_did():
    state = read_state({"sequence": 3, "point": [1, 2.5], "values": {"c": 0.25, "d": math.inf}, "cause": "pick"})
    assert (state.sequence, state.point, dict(state.values), state.cause) == (3, (1.0, 2.5), {"c": 0.25}, "pick")


def test_overlay_of_no_kind_is_refused():
    with pytest.raises(ValueError, match="no kind of overlay 'blob'; the kinds: line, points, fan"):
        Overlay("x", np.zeros((2, 2)), kind="blob")


def test_marks_of_a_picture_become_overlays_and_empty_ones_do_not():
    picture = pictures.picture(parse("u^3 - 3*u + v^2"), Grid((-2, 2), (-1, 1), (33, 33)), {})
    looks = {overlay.look: overlay for overlay in overlays_of(picture)}
    assert looks.keys() == {"flat", "traceless", "minimum", "saddle"}
    assert_allclose(looks["minimum"].points, [[1, 0]], atol=1e-9)
    assert_allclose(looks["flat"].points[:-1, 0], 0, atol=1e-9)


def test_fan_has_rays_first_then_radii():
    assert fan("ball", [np.zeros((8, 2)), np.ones((8, 2))], [0.5, 1], "radius").points.shape == (8, 2, 2)


def test_plotly_is_streamlits_own_and_then_the_package_s():
    first, second = plotly_addresses()
    assert first.startswith("static/js/PlotlyChart.")
    assert second.endswith("/plotly.min.js")


def test_modules_import_only_each_other():
    for module in (ASSETS / "panel").glob("*.js"):
        for imported in re.findall(r'^(?:import|export) [{*][^;"]*"([^"]+)"', module.read_text(), re.MULTILINE):
            assert (module.parent / imported).exists(), imported
        for line in module.read_text().splitlines():
            assert "innerHTML" not in line
            assert "http://" not in line.replace("http://www.w3.org/", "")
            assert "https://" not in line


def test_page_sends_what_was_computed():
    app = AppTest.from_file("browser/panel_app.py", default_timeout=30)
    app.query_params["preset"] = "quadratic"
    app.query_params["n"] = "33"
    app.run()
    assert not app.exception
    header, arrays = unpack(app.get("bidi_component")[0].proto.bytes)
    assert_allclose(arrays["trace"], 5, rtol=1e-6)
    assert [slider["name"] for slider in header["sliders"]] == header["parameters"] == ["l1", "l2"]
    assert header["measures"]["S"]["low"] == -header["measures"]["S"]["limit"]
