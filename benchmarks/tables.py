"""Writes the tables of docs/performance.md from docs/kernels.json, between two comments. Run it
from the root of the project:

python -m benchmarks.tables
"""

import json
import math
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

Row = dict[str, Any]
SOURCE, PAGE = Path("docs/kernels.json"), Path("docs/performance.md")
BEGIN, END = "<!-- tables: begin; python -m benchmarks.tables writes what follows -->", "<!-- tables: end -->"
SIZE = 1024
"""The size that peers are shown at."""


def tables(measured: dict[str, Any]) -> str:
    """All tables as Markdown."""
    rows = measured["rows"]
    there = [row for row in rows if row["size"] == SIZE]
    machine = ", ".join(
        f"{name} {value:.1f}" if name == "load" else f"{name} {value}" for name, value in measured["machine"].items()
    )
    return "\n".join(
        [
            f"Measured in one run ({machine}). A dash: the way fails, or a call would take too long.",
            "",
            *table(
                f"least (median) time, {SIZE}², write limit = 1",
                there,
                lambda row: f"{row['ratio']:.3g} ({row['median'] / row['limit']:.3g})",
            ),
            *by_size("native: least time, write limit = 1", rows),
            *table("CPU ms from text to first fields on 64²", there, lambda row: f"{row['first']:.1f}"),
            *table(f"largest error of S, {SIZE}², share of the largest S", there, lambda row: f"{row['error']:.0e}"),
            *table(f"MiB at the peak on top of the results, {SIZE}²", there, lambda row: f"{row['memory']:.0f}"),
        ]
    )


def table(title: str, rows: Sequence[Row], cell: Callable[[Row], str]) -> Iterator[str]:
    """A row for each way, a column for each formula."""
    formulas, ways = ordered(rows, "formula"), ordered(rows, "way")
    found = {(row["way"], row["formula"]): row for row in rows if "ratio" in row}
    yield from lines(
        title, formulas, ways, lambda way, formula: cell(found[way, formula]) if (way, formula) in found else "–"
    )


def by_size(title: str, rows: Sequence[Row]) -> Iterator[str]:
    own = {(f"{row['size']}²", row["formula"]): row for row in rows if row["way"] == "native"}
    sizes = list(dict.fromkeys(size for size, _ in own))
    yield from lines(
        title, ordered(rows, "formula"), sizes, lambda size, formula: f"{own[size, formula].get('ratio', math.nan):.2f}"
    )


def ordered(rows: Sequence[Row], key: str) -> list[str]:
    return list(dict.fromkeys(row[key] for row in rows))


def lines(title: str, columns: list[str], names: list[str], cell: Callable[[str, str], str]) -> Iterator[str]:
    yield f"| {title} | {' | '.join(columns)} |"
    yield "|---" * (len(columns) + 1) + "|"
    yield from (f"| {name} | {' | '.join(cell(name, column) for column in columns)} |" for name in names)
    yield ""


if __name__ == "__main__":
    before, _, rest = PAGE.read_text().partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n\n{tables(json.loads(SOURCE.read_text()))}\n{END}{after}")
