"""Files that the live panel gives to take home open elsewhere, whole, and say what they show."""

import base64
import io
import struct
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.panel import Panel, colours

EXAMPLES = [
    "gaussian_bump",
    *(
        pytest.param(name, marks=pytest.mark.nightly)
        for name in ("himmelblau", "rosenbrock", "paper_ex31", "two_minima_fig1", "bukin", "quadratic")
    ),
]
VIEWS = ("surface", "S", "trace")
SCREENS = [(1280, 900), (1440, 900), (390, 844)]

CAPTION = 60
"""Pixels at the top of a picture of twice the size in which the formula and the values stand."""

Save = Callable[..., tuple[str, bytes]]


def saver(panel: Panel) -> Save:
    """Presses a button of the export menu and gives the file's name and bytes."""
    panel.root.locator("summary").click()

    def saved(button: str, view: str | None = None) -> tuple[str, bytes]:
        if view:
            panel.root.get_by_label("Which picture").select_option(view)
        with panel.page.expect_download(timeout=300_000) as download:
            panel.root.locator(".cl-sheet").get_by_role("button", name=button, exact=True).click()
        return download.value.suggested_filename, download.value.path().read_bytes()

    return saved


@pytest.fixture
def saved(open_panel: Callable[..., Panel]) -> Save:
    return saver(open_panel("n=40&preset=gaussian_bump&views=surface,S,trace"))


def pixels(content: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB")).astype(int)


def ink(picture: np.ndarray) -> np.ndarray:
    """True where a picture differs from its corner."""
    return np.abs(picture - picture[0, 0]).max(axis=-1) > 40


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.nightly)])
@pytest.mark.parametrize("name", EXAMPLES)
def test_picture_is_whole_and_has_its_caption_and_its_bar(open_panel, name, scheme):
    save = saver(open_panel(f"n=40&preset={name}&views=surface,S", color_scheme=scheme))
    for view in ("surface", "S"):
        file, content = save("PNG", view)
        picture = pixels(content)
        drawn = ink(picture)
        assert file.endswith(f"-{view}.png")
        assert colours(content) > 100
        assert not np.concatenate([drawn[0], drawn[-1], drawn[:, 0], drawn[:, -1]]).any(), "cut at the border"
        assert drawn[20:CAPTION, 20:400].any(), "no caption"
        assert drawn[len(drawn) // 2, -60:-4].any() or drawn[len(drawn) // 3 : -len(drawn) // 3, -60:-4].any(), (
            "no name beside the bar"
        )


@pytest.mark.parametrize("view", ["S", "trace", pytest.param("surface", marks=pytest.mark.nightly)])
def test_drawing_says_formula_values_window_and_what_its_bar_is_of(saved, view):
    _, content = saved("SVG", view)
    root = ElementTree.fromstring(content)
    words = " ".join("".join(node.itertext()) for node in root.iter() if node.tag.endswith("}text")).replace(
        "\u200b", ""
    )
    assert "f(u, v) = A·exp(−(u2 + v2)/(2·s2))" in words
    assert "A = 1, s = 0.7, u from −2.5 to 2.5, v from −2.5 to 2.5" in words
    assert {"surface": "scalar curvature S", "S": "scalar curvature S", "trace": "Hessian trace tr H"}[
        view
    ] + " (asinh scale" in words
    assert "S = 0" in words


INSIDE = """async () => {
  const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  for (let k = 0; k < 3; k++) await drawn();
  const faults = [];
  for (const plot of document.querySelectorAll('.js-plotly-plot')) {
    const box = plot.getBoundingClientRect();
    if (box.left < 0 || box.right > innerWidth) faults.push(`a figure from ${box.left} to ${box.right}`);
    for (const text of plot.querySelectorAll('text')) {
      const at = text.getBoundingClientRect();
      if (at.width && (at.left < box.left - 1 || at.right > box.right + 1
        || at.top < box.top - 1 || at.bottom > box.bottom + 1)) faults.push(text.textContent);
    }
    const scene = plot._fullLayout.scene?._scene;
    if (!scene) continue;
    const { model, view, projection } = scene.glplot.cameraParams;
    const times = (m, p) => [0, 1, 2, 3].map((r) => m[r] * p[0] + m[4 + r] * p[1] + m[8 + r] * p[2] + m[12 + r] * p[3]);
    const { xaxis, yaxis, zaxis } = plot.layout.scene;
    for (let corner = 0; corner < 8; corner++) {
      const at = [xaxis, yaxis, zaxis].map(({ range }, j) => range[(corner >> j) & 1] * scene.dataScale[j]);
      const [x, y, , w] = times(projection, times(view, times(model, [...at, 1])));
      if (Math.abs(x / w) > 1 || Math.abs(y / w) > 1) faults.push(`corner ${corner} at ${x / w}, ${y / w}`);
    }
  }
  return faults;
}"""


def opened(browser: Browser, file: Path, screen: tuple[int, int]) -> tuple[Page, list[str]]:
    """An offline browser's page of a file, and what went wrong in it."""
    page = browser.new_context(offline=True, viewport={"width": screen[0], "height": screen[1]}).new_page()
    page.set_default_timeout(90_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(file.as_uri())
    page.wait_for_function(
        "() => [...document.querySelectorAll('.js-plotly-plot')]"
        ".filter((plot) => plot.querySelector('.infolayer')).length >= 2"
    )
    page.wait_for_function(
        "() => [...document.querySelectorAll('.js-plotly-plot')]"
        ".every((plot) => !plot.layout.scene || plot._fullLayout.scene._scene?.glplot)"
    )
    return page, errors


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.nightly)])
@pytest.mark.parametrize("name", EXAMPLES)
def test_page_opens_offline_whole_on_every_screen_and_says_all_once(open_panel, browser, tmp_path, name, scheme):
    panel = open_panel(f"n=40&preset={name}&views=surface,S,trace", color_scheme=scheme)
    file, content = saver(panel)("HTML")
    (tmp_path / file).write_bytes(content)
    assert file == panel.tell("i.header.file") + ".html"
    page, errors = opened(browser, tmp_path / file, SCREENS[0])
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(
            "() => [...document.querySelectorAll('.js-plotly-plot')]"
            ".every((plot) => plot.layout.width === plot.clientWidth)"
        )
        assert page.locator(".js-plotly-plot").count() == len(VIEWS)
        assert page.evaluate(INSIDE) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        entries = [entry.strip() for entry in (page.locator(".legend").text_content() or "").split(",")]
        assert len(set(entries)) == len(entries)
        said = page.locator("body").inner_text()
        assert "f(u, v) = " in said
        for label, value in panel.tell("i.header.sliders.map(({ name, value }) => [name, value])"):
            assert f"{label} = {value:g}".translate({ord("-"): "−"}) in said or label not in said
        assert "u from " in said
        assert all("asinh" in text for text in page.locator(".annotation-text").all_text_contents())
    assert not errors
    page.context.close()


def test_values_of_the_sliders_are_in_every_caption(open_panel):
    panel = open_panel("n=40&preset=gaussian_bump&views=S")
    panel.release_at(0.8)
    value = panel.tell("i.header.sliders[0].value")
    _, content = saver(panel)("SVG", "S")
    assert f"{value:.6g}" in "".join(ElementTree.fromstring(content).itertext())


def test_zero_curve_of_a_coarse_grid_is_a_smooth_circle_in_files(open_panel):
    panel = open_panel("n=40&preset=gaussian_bump&views=S")
    base = (
        "performance.getEntriesByType('resource').map(({ name }) => name).find((name) => name.endsWith('/framed.js'))"
    )
    points = panel.tell(
        f"import({base}).then(({{ smoothed }}) => [...smoothed(i).find(({{ look }}) => look === 'flat').points.values])"
    )
    u, v = np.array(points, dtype=float).reshape(-1, 2).T
    assert len(u) > 200
    assert np.nanmax(np.abs(np.hypot(u, v) - 0.7)) < 1e-3


def test_solid_is_closed_and_as_large_as_it_says(saved):
    name, content = saved("STL")
    (count,) = struct.unpack_from("<I", content, 80)
    assert name.endswith("-surface.stl")
    assert len(content) == 84 + 50 * count
    corners = (
        np.frombuffer(content, np.uint8, offset=84)
        .reshape(count, 50)[:, :48]
        .copy()
        .view("<f4")
        .reshape(count, 4, 3)[:, 1:]
    )
    assert np.allclose(np.ptp(corners.reshape(-1, 3), axis=0)[:2], 100)
    _, number = np.unique(corners.reshape(-1, 3), axis=0, return_inverse=True)
    faces = number.reshape(-1, 3)
    edges = np.concatenate([faces[:, [a, b]] for a, b in ((0, 1), (1, 2), (2, 0))])
    assert np.array_equal(np.unique(edges, axis=0), np.unique(edges[:, ::-1], axis=0)), (
        "an edge has a face on one side only"
    )


# --- films


def durations(film: Image.Image) -> list[int]:
    found = []
    for k in range(film.n_frames):
        film.seek(k)
        found.append(film.info["duration"])
    return found


def test_film_as_gif_moves_the_surface_and_lasts_as_long_as_it_says(saved):
    name, content = saved("GIF")
    film = Image.open(io.BytesIO(content))
    assert name.endswith("-film.gif")
    assert film.size == (960, 540)
    assert sum(durations(film)) == 2000
    frames = []
    for k in (0, film.n_frames // 2, film.n_frames - 1):
        film.seek(k)
        frames.append(np.asarray(film.convert("RGB")).astype(int))
    for one, other in pairwise(frames):
        moved = np.abs(one - other).max(axis=-1) > 40
        assert moved[120:, :430].sum() > 2000, "the surface stands still"
    assert all(not ink(frame)[-1].any() and not ink(frame)[:, 0].any() for frame in frames), "cut at the border"


PLAYED = """async ([address, times]) => {
  const video = Object.assign(document.createElement('video'), { muted: true, src: address });
  await new Promise((done, failed) => {
    video.onloadeddata = done;
    video.onerror = () => failed(video.error.message);
  });
  const size = { width: video.videoWidth, height: video.videoHeight };
  const canvas = Object.assign(document.createElement('canvas'), size), frames = [];
  for (const time of times) {
    video.currentTime = time;
    await new Promise((done) => (video.onseeked = done));
    canvas.getContext('2d').drawImage(video, 0, 0);
    frames.push(canvas.toDataURL('image/png'));
  }
  return { duration: video.duration, size: [video.videoWidth, video.videoHeight], frames };
}"""


def played(browser: Browser, content: bytes, kind: str) -> dict[str, Any]:
    """A video's duration, size and three of its frames, as Chromium decodes it."""
    page = browser.new_page()
    address = f"data:video/{kind};base64,{base64.b64encode(content).decode()}"
    seen: dict[str, Any] = page.evaluate(PLAYED, [address, [0.01, 1.0, 1.97]])
    page.close()
    return seen | {"frames": [pixels(base64.b64decode(frame.split(",")[1])) for frame in seen["frames"]]}


@pytest.mark.parametrize("kind", ["WebM", "MP4"])
@pytest.mark.parametrize("views", ["S", pytest.param("surface,S,trace,gradient", marks=pytest.mark.nightly)])
def test_film_as_video_lasts_as_long_as_it_says_and_shows_axes_and_bars(open_panel, browser, kind, views):
    panel = open_panel(f"n=40&preset=gaussian_bump&views={views}")
    save = saver(panel)
    expect(panel.root.locator(".cl-sheet").get_by_role("button", name="GIF")).to_be_visible()
    if not panel.root.locator(".cl-sheet").get_by_role("button", name=kind, exact=True).count():
        pytest.skip(f"this Chromium writes no {kind}")
    name, content = save(kind)
    seen = played(browser, content, kind.lower())
    assert name.endswith(f"-film.{kind.lower()}")
    assert seen["duration"] == pytest.approx(2.0, abs=0.01)
    assert seen["size"] == [1280, 720]
    first, middle, _ = seen["frames"]  # A from -3 to 3: S of the ends is the same
    moved = np.abs(first - middle).max(axis=-1)
    assert (moved > 60).sum() > 5000
    assert all(ink(frame)[10:60, 10:600].any() and ink(frame)[10:60, 1060:].any() for frame in seen["frames"]), (
        "no caption, or no value"
    )
    assert ((moved < 40) & ink(first))[150:, 300:].sum() > 3000, "no bar and no axes that stay"


@pytest.mark.nightly
def test_film_can_be_cancelled_and_says_so(open_panel):
    panel = open_panel("n=40&preset=gaussian_bump&views=surface,S")
    panel.root.locator("summary").click()
    sheet = panel.root.locator(".cl-sheet")
    panel.root.get_by_label("How long").select_option("8")
    sheet.get_by_role("button", name="GIF").click()
    panel.page.wait_for_function("() => document.querySelector('.cl-sheet progress').value > 0")
    sheet.get_by_role("button", name="Cancel").click()
    expect(sheet.get_by_role("status")).to_have_text("Cancelled; no file was made.")
    expect(sheet.locator("progress")).to_be_hidden()
    assert panel.root.locator("canvas").count() == panel.tell(
        "i.views.reduce((sum, { card }) => sum + card.figure.querySelectorAll('canvas').length, 0)"
    )


def test_where_a_browser_writes_no_video_there_is_gif(open_panel):
    panel = open_panel(
        "n=40&preset=gaussian_bump&views=S", prepare=lambda page: page.add_init_script("delete window.VideoEncoder")
    )
    panel.root.locator("summary").click()
    expect(panel.root.locator(".cl-sheet").get_by_role("button", name="GIF")).to_be_visible()
    assert panel.root.locator(".cl-sheet").get_by_role("button", name="WebM").count() == 0


def test_writers_of_films_are_loaded_only_when_a_film_is_made(open_panel):
    panel = open_panel("n=40&preset=gaussian_bump&views=S")
    save, loaded = (
        saver(panel),
        (
            "performance.getEntriesByType('resource')"
            ".filter(({ name }) => name.includes('curvlib-vendor')).map(({ name }) => name)"
        ),
    )
    save("PNG", "S")
    assert panel.page.evaluate(loaded) == []
    save("GIF")
    assert [address.rsplit("/", 1)[1] for address in panel.page.evaluate(loaded)] == ["gifenc.js"]
