"""The files of the export menu, opened again with what people have for them."""

import io
import struct
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image, ImageDraw
from playwright.sync_api import Page

from tests.pictures.acts import Act
from tests.pictures.quiet import quiet

EXPORTS = ("PNG surface", "PNG S", "SVG surface", "SVG S", "HTML", "GIF", "WebM", "MP4", "STL")
"""Buttons of the menu, with the view that is chosen before."""

FILMS = {"GIF", "WebM", "MP4"}
"""Those that are there where a slider can run."""

SHARES = (0.0, 0.33, 0.66, 0.97)
"""Where a film is looked at."""

LIGHT = np.array([-0.4, -0.6, 0.7])


def export(entry: str) -> Act:
    """Saves a file from the menu and opens it; the picture is of what is seen then."""
    button, _, view = entry.partition(" ")

    def act(page: Page) -> Image.Image:
        menu = page.locator(".cl-export")
        if not menu.evaluate("node => node.open"):
            menu.locator("summary").click()
        if view:
            menu.get_by_label("Which picture").select_option(view)
        with page.expect_download(timeout=90_000) as waiting:
            menu.get_by_role("button", name=button, exact=True).click()
        with TemporaryDirectory() as folder:
            file = Path(folder) / waiting.value.suggested_filename
            waiting.value.save_as(file)
            return OPENED[file.suffix](file, page)

    return act


def picture(file: Path, page: Page) -> Image.Image:
    return Image.open(io.BytesIO(file.read_bytes()))


def in_browser(file: Path, page: Page) -> Image.Image:
    """The file in a window of its own, without a network."""
    width, height = (900, 720) if file.suffix == ".svg" else (1440, 900)
    other = page.context.browser.new_page(offline=True, viewport={"width": width, "height": height})
    try:
        other.goto(file.as_uri(), timeout=90_000)
        quiet(other)
        return Image.open(io.BytesIO(other.screenshot(full_page=file.suffix == ".html")))
    finally:
        other.close()


def animation(file: Path, page: Page) -> Image.Image:
    film, frames = Image.open(file), []
    for share in SHARES:
        film.seek(round(share * (film.n_frames - 1)))
        frames.append(film.convert("RGB"))
    return stacked(frames)


def video(file: Path, page: Page) -> Image.Image:
    frames, other = [], page.context.browser.new_page(viewport={"width": 1280, "height": 720})
    try:
        sheet = file.with_suffix(".html")
        sheet.write_text(f'<body style="margin:0"><video src="{file.name}" muted></video>')
        other.goto(sheet.as_uri(), timeout=90_000)
        for share in SHARES:
            other.locator("video").evaluate(
                """async (video, share) => {
                    if (!video.readyState)
                        await new Promise((done, failed) => { video.onloadeddata = done; video.onerror = failed; });
                    video.currentTime = share * (Number.isFinite(video.duration) ? video.duration : 2);
                    await new Promise(done => { video.onseeked = done; setTimeout(done, 3000); });
                }""",
                share,
            )
            frames.append(Image.open(io.BytesIO(other.locator("video").screenshot())))
        return stacked(frames)
    finally:
        other.close()


def stacked(frames: list[Image.Image]) -> Image.Image:
    """Frames below each other."""
    sheet = Image.new("RGB", (frames[0].width, sum(frame.height for frame in frames)), "white")
    for k, frame in enumerate(frames):
        sheet.paste(frame, (0, k * frame.height))
    return sheet


def solid(file: Path, page: Page) -> Image.Image:
    """The triangles of an STL file from obliquely above, the farthest first."""
    content = file.read_bytes()
    (count,) = struct.unpack_from("<I", content, 80)
    rows = np.frombuffer(
        content, np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("rest", "<u2")]), count, 84
    )
    turn, tilt = np.radians((-30, -60))
    around = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
    back = np.array([[1, 0, 0], [0, np.cos(tilt), -np.sin(tilt)], [0, np.sin(tilt), np.cos(tilt)]])
    seen = (rows["corners"] - rows["corners"].reshape(-1, 3).mean(axis=0)) @ around.T @ back.T
    normals = np.cross(seen[:, 1] - seen[:, 0], seen[:, 2] - seen[:, 0])
    shade = np.abs(normals @ LIGHT) / np.maximum(np.linalg.norm(normals, axis=1), 1e-12)
    at = np.array([450, 360]) + seen[..., :2] * [1, -1] * (300 / np.abs(seen[..., :2]).max())
    image = Image.new("RGB", (900, 720), "white")
    draw = ImageDraw.Draw(image)
    for k in np.argsort(seen[..., 2].sum(axis=1)):
        grey = round(90 + 140 * min(1.0, float(shade[k])))
        draw.polygon([tuple(point) for point in at[k]], fill=(grey, grey, grey))
    return image


OPENED = {
    ".png": picture,
    ".svg": in_browser,
    ".html": in_browser,
    ".gif": animation,
    ".webm": video,
    ".mp4": video,
    ".stl": solid,
}
"""The end of a file's name → what opens it."""
