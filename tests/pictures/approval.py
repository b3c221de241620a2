"""Small copies of the kept states in the repository,
and what has changed since they were approved.
"""

import io
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from PIL import Image

APPROVED = Path(__file__).parent / "approved"
BROWSER = "browser.txt"
SIZE = (320, 400)
QUALITY = 60
"""Of the small copies: forty of them stay below 600 kB."""

LEVEL = 16
"""Steps of 255 by which a pixel may differ and count as the same."""

MOST = 0.003
"""The share of pixels that may differ before a state counts as changed."""


def small(picture: Image.Image) -> bytes:
    """The small copy of a picture, as it is kept."""
    copy, buffer = picture.copy(), io.BytesIO()
    copy.thumbnail(SIZE, Image.Resampling.LANCZOS)
    copy.save(buffer, "webp", quality=QUALITY, method=6)
    return buffer.getvalue()


def changed(before: bytes, after: bytes) -> float:
    """The share of pixels that differ; all of them where the sizes do."""
    one, other = (np.asarray(Image.open(io.BytesIO(copy)).convert("RGB")).astype(int) for copy in (before, after))
    return float((np.abs(one - other).max(axis=-1) > LEVEL).mean()) if one.shape == other.shape else 1.0


def file(name: str, folder: Path = APPROVED) -> Path:
    return folder / f"{name.replace(' ', '-')}.webp"


def approve(pictures: Iterable[tuple[str, Image.Image]], browser: str, folder: Path = APPROVED) -> None:
    """Keeps small copies in place of those that there are."""
    folder.mkdir(exist_ok=True)
    (folder / BROWSER).write_text(browser + "\n")
    for name, picture in pictures:
        file(name, folder).write_bytes(small(picture))


def report(pictures: Iterable[tuple[str, Image.Image]], browser: str, folder: Path = APPROVED) -> list[str]:
    """A line for each state that is not as it was approved, or one that says why
    nothing can be compared.
    """
    approved = (folder / BROWSER).read_text().strip() if (folder / BROWSER).exists() else "nothing yet"
    if approved != browser:
        return [f"not compared: approved is {approved}, here is {browser}"]
    lines = []
    for name, picture in pictures:
        if not file(name, folder).exists():
            lines.append(f"{name}: new, not approved yet")
        elif (share := changed(file(name, folder).read_bytes(), small(picture))) > MOST:
            lines.append(f"{name}: {share:.1%} of it changed")
    return lines
