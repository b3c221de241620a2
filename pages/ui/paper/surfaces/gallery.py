"""The gallery of Figure 5 as still pictures:
each surface is painted point by point on the server, so that the page keeps its one live 3-D view.
"""

import struct
import zlib
from functools import cache

import numpy as np
import streamlit as st

from curvlib.arrays import AnyFloats, Bytes, Floats, Ints, Singles
from curvlib.paper.surfaces import SURFACES, SurfacePoints, mesh
from pages.ui.charts.theme import Palette

WIDTH, HEIGHT = 400, 320
"""Pixels of a picture."""

FINER = 2
"""Points are painted on a raster finer by this, and averaged: edges are smooth."""

COARSE = 97, 97
"""Points of the mesh that is differentiated; between them positions and colours
are interpolated.
"""

MOST = 2600
"""The most points painted along a coordinate."""

LINES = 12
"""Coordinate lines each way."""

EYE = np.array([1.25, -1.35, 0.85])
LIGHT = np.array([-0.35, -0.55, 0.85])


CAPTION = (
    "All surfaces of the gallery, each at its own size and coloured by its own normalised S: "
    "{positive} positive, {negative} negative, {zero} zero. "
    "The thin lines are those of equal u and of equal v. Choose one to see it large, above."
)


def grid(palette: Palette) -> None:
    """The pictures in as many columns as fit; a click on one, or on its name, shows it large."""
    with st.container(key="gallery"):
        for name, surface in SURFACES.items():
            with st.container(key=f"cell-{name.replace(' ', '-')}", gap=None):
                st.image(picture(name, palette), width="stretch")
                st.button(surface.title, key=f"show {name}", type="tertiary", on_click=_choose, args=(name,))
    dark = palette.background < "#8"
    st.caption(CAPTION.format(positive="red", negative="blue", zero="dark" if dark else "grey"))


def _choose(name: str) -> None:
    st.session_state.surface = name


@cache
def picture(name: str, palette: Palette) -> bytes:
    """A surface of the gallery with its defaults, coloured by its normalised S, with
    coordinate lines; PNG.
    """
    points = mesh(SURFACES[name], COARSE)
    across, up, near = _projected(points)
    colours = _shaded(points, palette)
    rows, columns = _counts(across, up)
    grow = [part.astype(np.float32) for part in (*(across, up, near), *np.moveaxis(colours, -1, 0))]
    left, right = _stretch(len(across), rows), _stretch(across.shape[1], columns).T
    across, up, near, *channels = (left @ part @ right for part in grow)
    return _png(_painted(across, up, near, np.stack(channels, axis=-1), palette))


def _projected(points: SurfacePoints) -> tuple[Floats, Floats, Floats]:
    """The places of the points on the raster, and their nearness to the eye, 0 to 1."""
    space = np.stack(np.broadcast_arrays(points.x, points.y, points.z), axis=-1)
    towards, right, up = _view()
    flat, height, near = space @ right, space @ up, space @ towards
    scale = 0.94 * FINER * min(WIDTH / np.ptp(flat), HEIGHT / np.ptp(height))
    across = (flat - (flat.min() + flat.max()) / 2) * scale + FINER * WIDTH / 2
    down = FINER * HEIGHT / 2 - (height - (height.min() + height.max()) / 2) * scale
    return across, down, (near - near.min()) / np.ptp(near)


def _view() -> tuple[Floats, Floats, Floats]:
    towards = EYE / np.linalg.norm(EYE)
    right = np.cross([0.0, 0.0, 1.0], towards)
    right /= np.linalg.norm(right)
    return towards, right, np.cross(towards, right)


def _shaded(points: SurfacePoints, palette: Palette) -> Floats:
    """Colours 0 to 255, shape (n_v, n_u, 3): by S, lighter towards the light;
    the side that faces the eye is lit, whichever it is.
    """
    stops = np.stack([_rgb(stop) for stop in palette.diverging])
    place = (np.clip(np.nan_to_num(points.normalised) / 1.3, -1, 1) + 1) / 2 * (len(stops) - 1)
    base = np.stack(
        [np.interp(np.broadcast_to(place, COARSE), np.arange(len(stops)), stop) for stop in stops.T], axis=-1
    )
    space = np.stack(np.broadcast_arrays(points.x, points.y, points.z), axis=-1)
    normal = np.cross(np.gradient(space, axis=1), np.gradient(space, axis=0))
    normal /= np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-12)
    normal *= np.where(normal @ _view()[0] < 0, -1.0, 1.0)[..., None]
    lit = np.clip(normal @ (LIGHT / np.linalg.norm(LIGHT)), 0, 1)[..., None]
    dark = palette.background < "#8"  # where S is 0 the scale is as dark as the page: lifted off it
    return (base + 0.16 * (_rgb(palette.text) - base) + 20 * lit if dark else base) * (0.62 + 0.38 * lit)


def _counts(across: Floats, up: Floats) -> tuple[int, int]:
    """The number of points to paint along v and u, so that neighbours are on one cell of the raster
    or on two that touch.
    """
    steps = [
        np.hypot(np.diff(across, axis=axis), np.diff(up, axis=axis)).max() * (across.shape[axis] - 1) for axis in (0, 1)
    ]
    rows, columns = (int(min(max(1.3 * step, 2 * LINES), MOST)) for step in steps)
    return rows, columns


def _stretch(n: int, more: int) -> Singles:
    """The matrix that interpolates n values at `more` equal distances, shape (more, n)."""
    place = np.linspace(0, n - 1, more)
    below = np.minimum(place.astype(int), n - 2)
    matrix = np.zeros((more, n), dtype=np.float32)
    matrix[np.arange(more), below] = 1 - (place - below)
    matrix[np.arange(more), below + 1] = place - below
    return matrix


def _painted(across: AnyFloats, down: AnyFloats, near: AnyFloats, colours: AnyFloats, palette: Palette) -> Bytes:
    """The raster, averaged to the picture, shape (HEIGHT, WIDTH, 3):
    each cell has the nearest point there, lines are a little nearer than their surface.
    """
    wide, high = FINER * WIDTH, FINER * HEIGHT
    place = np.clip(down, 0, high - 1).astype(np.int32) * wide + np.clip(across, 0, wide - 1).astype(np.int32)
    point = np.arange(near.size).reshape(near.shape)
    lines = np.concatenate([point[along].ravel() for along in _lines(near.shape)])
    points = np.concatenate([point.ravel(), *[lines] * 3])
    cells = np.concatenate(
        [place.ravel(), *(np.minimum(place.ravel()[lines] + step, wide * high - 1) for step in (0, 1, wide))]
    )
    depth = near.ravel()[points]
    depth[near.size :] += 0.012
    order = np.argsort((depth * 60_000).clip(0, 65_535).astype(np.uint16), kind="stable")
    owner = np.full(wide * high, -1)
    owner[cells[order]] = order  # the last one written is the nearest
    paint = colours.reshape(-1, 3)[points[owner]]
    on_line = owner >= near.size
    paint[on_line] = 0.62 * paint[on_line] + 0.38 * _rgb(palette.ink)
    paint[owner < 0] = _rgb(palette.background)
    return paint.reshape(HEIGHT, FINER, WIDTH, FINER, 3).mean(axis=(1, 3)).clip(0, 255).astype(np.uint8)


def _rgb(colour: str) -> Singles:
    """Red, green and blue of #rrggbb."""
    return np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)], dtype=np.float32)


def _lines(shape: tuple[int, int]) -> list[tuple[Ints, ...]]:
    """The rows and the columns that are drawn as lines."""
    rows, columns = (np.linspace(0, n - 1, LINES + 1).astype(int) for n in shape)
    return [np.ix_(rows, np.arange(shape[1])), np.ix_(np.arange(shape[0]), columns)]


def _png(pixels: Bytes) -> bytes:
    """Red, green and blue of shape (height, width, 3), 8 bits each, as a PNG file."""
    high, wide, _ = pixels.shape
    # each begins with its filter: none
    rows = np.concatenate([np.zeros((high, 1), np.uint8), pixels.reshape(high, -1)], axis=1)
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows.tobytes())),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
