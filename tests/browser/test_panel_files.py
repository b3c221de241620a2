"""What the live panel gives to take home opens elsewhere."""

import io
import struct
import xml.etree.ElementTree as ElementTree

import pytest
from PIL import Image

from tests.browser.panel import colours


@pytest.fixture
def saved(open_panel):
    """Presses a button of the export menu and gives the file's name and bytes."""
    panel = open_panel("n=40&preset=gaussian_bump&views=surface,S,trace")
    panel.root.locator("summary").click()

    def saved(button: str, view: str | None = None) -> tuple[str, bytes]:
        if view:
            panel.root.get_by_label("Which picture").select_option(view)
        with panel.page.expect_download(timeout=60_000) as download:
            panel.root.locator(".cl-sheet").get_by_role("button", name=button, exact=True).click()
        return download.value.suggested_filename, download.value.path().read_bytes()

    return saved


@pytest.mark.parametrize("view", ["surface", "S"])
def test_png_is_a_picture_in_colour(saved, view):
    name, content = saved("PNG", view)
    assert name.endswith(f"-{view}.png")
    assert Image.open(io.BytesIO(content)).size == (1800, 1440)
    assert colours(content) > 100


def test_svg_is_a_drawing_with_its_colour_bar(saved):
    _, content = saved("SVG", "trace")
    root = ElementTree.fromstring(content)
    assert root.tag.endswith("svg")
    assert any(node.get("class", "").startswith("cbbg") or "colorbar" in node.get("class", "") for node in root.iter())


def test_html_opens_offline_and_stays_interactive(saved, browser, tmp_path):
    name, content = saved("HTML")
    file = tmp_path / name
    file.write_bytes(content)
    context = browser.new_context(offline=True)
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(file.as_uri())
    page.wait_for_function("() => document.querySelectorAll('.js-plotly-plot .main-svg').length >= 6")
    assert page.locator(".js-plotly-plot").count() == 3
    assert page.evaluate("Plotly.version")
    assert not errors
    context.close()


def test_stl_is_a_closed_solid(saved):
    _, content = saved("STL")
    (count,) = struct.unpack_from("<I", content, 80)
    assert len(content) == 84 + 50 * count
    edges: dict[tuple, int] = {}
    for k in range(count):
        numbers = struct.unpack_from("<12f", content, 84 + 50 * k)
        corners = [numbers[3:6], numbers[6:9], numbers[9:12]]
        for a, b in zip(corners, corners[1:] + corners[:1], strict=True):
            edges[a, b] = edges.get((a, b), 0) + 1
    assert all(edges.get((b, a)) == n for (a, b), n in edges.items())


def test_gif_moves(saved):
    name, content = saved("GIF")
    film = Image.open(io.BytesIO(content))
    assert name.endswith(".gif")
    assert film.n_frames == 48
    frames = []
    for k in (0, 24, 47):
        film.seek(k)
        frames.append(film.convert("RGB").tobytes())
    assert len(set(frames)) == 3


def test_webm_is_a_video(saved):
    _, content = saved("WebM")
    assert content[:4] == bytes.fromhex("1a45dfa3")
    assert len(content) > 5000
