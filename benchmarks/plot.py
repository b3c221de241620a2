"""The ratios to the write limit as an SVG picture:
a row for each formula, a dot for each way, a logarithmic axis.
"""

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

COLOURS = ("#0b6e4f", "#6fb98f", "#3a6ea5", "#7fa7cf", "#b5838d", "#e0a458", "#8d6b94", "#c8553d", "#5c5c5c", "#a0a0a0")
LEFT, WIDTH, ROW, TOP = 150, 560, 26, 64


def plot(rows: Sequence[Mapping[str, Any]], size: int) -> str:
    """The picture of the rows of one size."""
    rows = [row for row in rows if row["size"] == size and "ratio" in row]
    formulas, ways = (
        list(dict.fromkeys(row["formula"] for row in rows)),
        list(dict.fromkeys(row["way"] for row in rows)),
    )
    logarithms = [math.log10(row["ratio"]) for row in rows]
    low, high = min(0.0, *logarithms), max(1, math.ceil(max(logarithms)))
    bottom = TOP + ROW * len(formulas)

    def place(logarithm: float) -> float:
        return LEFT + WIDTH * (logarithm - low) / (high - low)

    parts = [
        _text(
            LEFT,
            20,
            f"Time for f, |∇f|, tr H and S on {size}², as a multiple of just writing them in float64",
            weight="bold",
        )
    ]
    for k in range(high + 1):
        x = place(k)
        parts += [
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 18}" y2="{bottom}" stroke="#ddd"/>',
            _text(x, TOP - 24, f"{10**k}×", "middle"),
        ]
    for k, formula in enumerate(formulas):
        y = TOP + ROW * k
        parts.append(_text(LEFT - 12, y + 4, formula, "end"))
        for row in reversed([row for row in rows if row["formula"] == formula]):  # the first way lies on top
            x = place(math.log10(row["ratio"]))
            words = escape(f"{row['way']}: {row['ratio']:.2f}×")
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y}" r="5" fill="{COLOURS[ways.index(row["way"])]}">'
                f"<title>{words}</title></circle>"
            )
    for k, way in enumerate(ways):
        x, y = LEFT + 190 * (k % 3), bottom + 14 + 18 * (k // 3)
        parts += [f'<circle cx="{x}" cy="{y}" r="5" fill="{COLOURS[k]}"/>', _text(x + 10, y + 4, way)]
    height = bottom + 28 + 18 * math.ceil(len(ways) / 3)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + 40}" '
        f'height="{height}" font-family="sans-serif" font-size="12">'
    )
    return "\n".join([head, '<rect width="100%" height="100%" fill="white"/>', *parts, "</svg>\n"])


def _text(x: float, y: float, words: str, anchor: str = "start", weight: str = "normal") -> str:
    return f'<text x="{x:.1f}" y="{y}" text-anchor="{anchor}" font-weight="{weight}" fill="#222">{escape(words)}</text>'
