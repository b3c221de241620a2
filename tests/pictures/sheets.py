"""Contact sheets: thirty states on a sheet, each with its name."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from PIL import Image, ImageDraw, ImageFont

from tests.pictures.camera import Taken

COLUMNS, ROWS = 6, 5
TILE = (400, 300)
LABEL = 22
GAP = 8
GROUND, INK, ALARM = "#8a8a8a", "#ffffff", "#7a1020"


def sheets(taken: Sequence[Taken]) -> Iterator[Image.Image]:
    """The pictures in their order, thirty on each sheet."""
    for first in range(0, len(taken), COLUMNS * ROWS):
        yield sheet(taken[first : first + COLUMNS * ROWS])


def sheet(taken: Sequence[Taken]) -> Image.Image:
    columns, rows = min(COLUMNS, len(taken)), -(-len(taken) // COLUMNS)
    image = Image.new("RGB", (columns * (TILE[0] + GAP) + GAP, rows * (TILE[1] + LABEL + GAP) + GAP), GROUND)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(15)
    for k, one in enumerate(taken):
        x, y = GAP + k % COLUMNS * (TILE[0] + GAP), GAP + k // COLUMNS * (TILE[1] + LABEL + GAP)
        image.paste(tile(one), (x, y + LABEL))
        draw.text((x, y + 2), one.state.name, INK, font)
    return image


def tile(one: Taken) -> Image.Image:
    """The picture as large as the tile allows, or the reason why there is none."""
    image = Image.new("RGB", TILE, GROUND if one.picture else ALARM)
    if one.picture:
        small = one.picture.copy()
        small.thumbnail(TILE, Image.Resampling.LANCZOS)
        image.paste(small, ((TILE[0] - small.width) // 2, 0))
    else:
        ImageDraw.Draw(image).text((8, 8), "\n".join(wrap(one.trouble, 48)[:14]), INK, ImageFont.load_default(13))
    return image
