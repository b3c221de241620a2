"""The maps as one HTML page without scripts:
pictures are inline PNG, so it opens anywhere, offline, years from now.
"""

import struct
import zlib
from base64 import b64encode
from collections.abc import Mapping
from html import escape

import numpy as np

from curvlib.arrays import AnyFloats, Bytes
from curvlib.curvature.measures import BY_NAME, Measure
from curvlib.evaluation.fields import Fields
from curvlib.files.csv_table import measures
from curvlib.grid import Grid
from curvlib.language.expression import Expression

BLUE, WHITE, RED = (0, 60, 120), (246, 246, 246), (140, 30, 10)
UNDEFINED = (190, 190, 190)
SHARE = 2.0
"""Percent of the cells, at either end, that the colours may clip."""

STYLE = """body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;\
color:#1c2733;background:#fff}
h1{font:600 1.4rem ui-monospace,monospace;overflow-wrap:anywhere}\
.maps{display:grid;grid-template-columns:repeat(auto-fit,minmax(18rem,1fr));gap:1.5rem}
figure{margin:0}img{width:100%;height:auto;image-rendering:pixelated}figcaption{font-size:.9rem;color:#48566a}"""


def html(expression: Expression, grid: Grid, values: Mapping[str, float], fields: Fields) -> str:
    """The page, with each figure's range and the share of cells its colours clip."""
    (u0, u1), (v0, v1) = grid.u_range, grid.v_range
    with_values = ", ".join(f"{name} = {value:g}" for name, value in values.items())
    where = f"u from {u0:g} to {u1:g} to the right, v from {v0:g} to {v1:g} upwards"
    undefined = int(fields.undefined.sum())
    causes = "; ".join(f"{cause.cells} by {cause.words}" for cause in fields.causes)
    gaps = f" Grey cells are undefined: {undefined} of {fields.f.size} ({causes})." if undefined else ""
    figures = "".join(_figure(array, BY_NAME[name]) for name, array in measures(fields).items())
    title = f"f(u, v) = {escape(str(expression))}"
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title><style>{STYLE}</style>'
        f"<h1>{title}</h1><p>{escape(with_values)}</p><p>{escape(where)}.{escape(gaps)}</p>"
        f'<div class="maps">{figures}</div></html>\n'
    )


def _figure(values: AnyFloats, measure: Measure) -> str:
    symbol, words = measure.symbol, measure.words
    known = values[np.isfinite(values)]
    if not known.size:
        return (
            f"<figure><figcaption>{escape(symbol)}, {escape(words)}: "
            "undefined in the whole window.</figcaption></figure>"
        )
    limit = float(np.percentile(np.abs(known), 100 - SHARE)) or float(np.abs(known).max()) or 1.0
    clipped = float((np.abs(known) > limit).mean())
    colours = f"Blue is negative, red positive, full colour at ±{limit:.4g}; {clipped:.1%} of the cells lie beyond."
    caption = f"{symbol}, {words}: {known.min():.6g} to {known.max():.6g}. {colours}"
    picture = b64encode(png(_colours(values, limit))).decode()
    return (
        f'<figure><img alt="{escape(caption)}" src="data:image/png;base64,{picture}">'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )


def _colours(values: AnyFloats, limit: float) -> Bytes:
    """RGB bytes, v upwards; asinh keeps small values apart while large ones still differ."""
    share = np.clip(np.arcsinh(10 * np.clip(values / limit, -1, 1)) / np.arcsinh(10), -1, 1)[::-1, :, None]
    ends = np.where(share < 0, np.array(BLUE, dtype=float), np.array(RED, dtype=float))
    mixed = np.array(WHITE) + np.abs(share) * (ends - np.array(WHITE))
    return np.where(np.isfinite(share), mixed, np.array(UNDEFINED)).round().astype(np.uint8)


def png(rgb: Bytes) -> bytes:
    """The 8-bit RGB picture (height, width, 3) as a PNG file."""
    height, width, _ = rgb.shape
    rows = np.concatenate([np.zeros((height, 1), dtype=np.uint8), rgb.reshape(height, -1)], axis=1).tobytes()
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 6)) + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
