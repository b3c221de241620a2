"""The page of a visitor's own grid of losses:
the file or the example, the window, the fit, and what is said about it.
"""

from dataclasses import dataclass, replace
from hashlib import blake2s

import numpy as np
import streamlit as st

from curvlib import PRESETS, CurvlibError, Fields, Grid, evaluate, parse, sampled
from curvlib.critical import CriticalPoints
from curvlib.evaluation.undefined import Cause
from curvlib.files import archive
from curvlib.sampled import SampledFields, Samples
from curvlib.sampled.fit import HALF_WIDTHS
from pages.ui.charts.measures import MEASURES
from pages.ui.charts.picture import Picture, drawn
from pages.ui.charts.scale import short
from pages.ui.page import messages
from pages.ui.results import cache
from pages.ui.state import inputs

KINDS = ["npy", "npz", "csv", "tsv", "txt"]
AUTOMATIC = "automatic"
EXAMPLE = PRESETS["peaks"]
EXAMPLE_SHAPE = (121, 121)
DEVIATION = 0.02
"""Standard deviation of the example's noise at first; its losses run from -6.5 to 8."""

FILE, MEMORY = "the file", 80
"""The origin of samples that are not the example's; bytes a cell that a result takes."""


@dataclass(frozen=True, eq=False)
class Given:
    """Samples, their identity, and their origin.

    Attributes:
        samples: the losses.
        identity: the same for the same losses.
        noise, seed: of the example; None where the samples are a visitor's own.
    """

    samples: Samples
    identity: str
    noise: float | None = None
    seed: int = 0


def samples() -> Given:
    """The visitor's file; while there is none, or none that can be read, the example."""
    file = st.file_uploader("A file with a grid of losses: NPY, NPZ or a table of text", KINDS, key="file")
    if file is not None:
        data = file.getvalue()
        identity = blake2s(data, digest_size=16).hexdigest()
        try:
            return Given(cache.kept(("file", identity), len(data) * 8, lambda: sampled.read(data)), identity)
        except CurvlibError as error:
            messages.mistake(error, "-file")
    with st.container(horizontal=True, gap="large", vertical_alignment="bottom"):
        noise = inputs.slider("Noise σ of the example", "noise", DEVIATION, 0.0, 0.5, 0.01)
        seed = inputs.seed()
    st.caption(
        f"The example: {EXAMPLE.title} on {EXAMPLE_SHAPE[1]} × {EXAMPLE_SHAPE[0]} points, "
        "with a hole and noise of standard deviation σ on each loss."
    )
    return Given(_example(noise, seed), f"example {noise} {seed}", noise, seed)


def _example(noise: float, seed: int) -> Samples:
    values = _truth().f + noise * np.random.default_rng(seed).standard_normal(EXAMPLE_SHAPE)
    values[20:24, 90:96] = np.nan
    return Samples(values, *EXAMPLE.window)


def _truth() -> Fields:
    return cache.kept(
        ("own grid", "truth"),
        32 * EXAMPLE_SHAPE[0] * EXAMPLE_SHAPE[1],
        lambda: evaluate(parse(EXAMPLE.text), EXAMPLE.grid(EXAMPLE_SHAPE)),
    )


def window(given: Given) -> Grid:
    """The window of the file, or the one the visitor types for a file that has none."""
    own = given.samples
    if own.u_range and own.v_range:
        return own.grid()
    ends = [
        [
            inputs.number(f"{axis} {word}", f"{axis}_{end}", default)
            for word, end, default in (("from", "min", -1.0), ("to", "max", 1.0))
        ]
        for axis in "uv"
    ]
    try:
        return own.grid(*((low, high) for low, high in ends))
    except CurvlibError as error:
        messages.mistake(error)
        return own.grid()


def half_width(given: Given) -> int | None:
    """The reach of the fit's window to each side; None where it is left to the fit."""
    fitting = [m for m in HALF_WIDTHS if m <= (min(given.samples.values.shape) - 1) // 2]
    chosen = inputs.pick("Samples to each side of a fit", "width", [AUTOMATIC, *map(str, fitting)])
    return None if chosen == AUTOMATIC else int(chosen)


def curvature(given: Given, grid: Grid, width: int | None) -> SampledFields:
    """The curvature of the samples, remembered."""
    values = given.samples.values
    with st.spinner("Fitting"):
        return cache.kept(
            ("own grid", given.identity, grid, width),
            MEMORY * values.size,
            lambda: sampled.from_samples(values, grid, width),
        )


def picture(found: SampledFields, grid: Grid, certain: bool) -> Picture:
    """The picture of the samples; on request with S only where its sign is certain."""
    fields = found.fields
    if certain:
        blank = found.unreliable & ~fields.undefined
        causes = (*fields.causes, Cause("its error is larger than itself", int(blank.sum())))
        fields = replace(fields, scalar_curvature=np.where(blank, np.nan, fields.scalar_curvature), causes=causes)
    return drawn(fields, grid, CriticalPoints([]))


def told(found: SampledFields) -> str:
    """The findings of the fit about the samples."""
    m, errors = found.half_width, found.errors.scalar_curvature
    known = np.isfinite(errors)
    if not known.any():
        return "No cell is far enough from gaps for a fit. Choose fewer samples to each side."
    unsure = np.count_nonzero(found.unreliable[known]) / np.count_nonzero(known)
    return (
        f"Noise of one sample: σ ≈ {short(found.noise, 2)}. Fits over {2 * m + 1} × {2 * m + 1} samples. "
        f"Median error of S: {short(float(np.median(errors[known])), 2)}. "
        f"The sign of S is uncertain in {100 * unsure:.1f} % of the cells that have one."
    )


def at_point(found: SampledFields, grid: Grid, point: tuple[float, float] | None) -> None:
    """The measures at the sample next to the chosen point, with their errors."""
    if point is None:
        st.caption("Click a map to see the numbers there, with their errors.")
        return
    column, row = (int(np.abs(axis - at).argmin()) for axis, at in ((grid.u, point[0]), (grid.v, point[1])))
    numbers = [
        (found.fields.measure(name)[row, column], found.errors.measure(name)[row, column], name) for name in MEASURES
    ]
    said = [
        f"{MEASURES[name].symbol} = {short(value)} ± {short(error, 2)}"
        if np.isfinite(value)
        else f"{MEASURES[name].symbol} undefined"
        for value, error, name in numbers
    ]
    st.text(f"At u = {short(grid.u[column])}, v = {short(grid.v[row])}: " + ", ".join(said) + ".")


def against_truth(found: SampledFields, given: Given) -> None:
    """Says how often the stated error holds, for the example, whose formula is known."""
    if given.noise is None:
        return
    off = np.abs(found.fields.scalar_curvature - _truth().scalar_curvature)
    known = np.isfinite(off)
    share = np.count_nonzero(off[known] <= found.errors.scalar_curvature[known]) / np.count_nonzero(known)
    median = short(float(np.median(off[known])), 2)
    st.text(
        f"The exact S of the example is known: it lies within the stated error in {100 * share:.1f} % of the cells; "
        f"half of them are off by less than {median}."
    )


def offer(found: SampledFields, grid: Grid) -> None:
    """The numbers and their errors to take home."""
    st.download_button(
        "Numbers and errors, NPZ",
        lambda: archive.of_fields(found.fields, grid, errors=found.errors),
        "sampled.npz",
        "application/octet-stream",
        on_click="ignore",
    )


def python(found: SampledFields, given: Given, grid: Grid) -> str:
    """The state of the page as Python that prints its numbers."""
    return f"""import curvlib
from curvlib import sampled
{_origin(given)}
grid = curvlib.Grid({grid.u_range!r}, {grid.v_range!r}, values.shape)
found = sampled.from_samples(values, grid, half_width={found.half_width})
print("noise of a sample:", found.noise)
middle = grid.shape[0] // 2, grid.shape[1] // 2
print("S in the middle:", found.fields.scalar_curvature[middle], \
"with an error of about", found.errors.scalar_curvature[middle])
"""


def _origin(given: Given) -> str:
    if given.noise is None:
        return """from pathlib import Path

values = sampled.read(Path("losses.npz").read_bytes()).values  # your file
"""
    return f"""import numpy as np

preset = curvlib.PRESETS["{EXAMPLE.name}"]
exact = curvlib.evaluate(curvlib.parse(preset.text), preset.grid({EXAMPLE_SHAPE}))
values = exact.f + {given.noise!r} * np.random.default_rng({given.seed}).standard_normal({EXAMPLE_SHAPE})
values[20:24, 90:96] = np.nan
"""
