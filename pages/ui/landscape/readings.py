"""The page's words about its picture: the ranges, what is undefined and why, what the colours and
the picture cut; the tables below the picture.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import streamlit as st

from curvlib import CriticalPoint, Fields, Grid, PointGeometry
from curvlib.arrays import AnyFloats
from curvlib.critical import CriticalPoints, FlatRegion
from pages.ui.charts.measures import MEASURES
from pages.ui.charts.picture import Picture
from pages.ui.charts.scale import short
from pages.ui.landscape import typeset
from pages.ui.page.parts import part
from pages.ui.state import controls

MOST_CAUSES = 3


def about(picture: Picture, measure: str, maps: Sequence[str]) -> str:
    """The ranges of the measures on the surface and the maps, and what of them is not in the
    picture.
    """
    others = [about_colours(picture, name) for name in maps if name not in (measure, "f")]
    return " ".join([about_surface(picture, measure), *others, about_gaps(picture.fields)])


def about_surface(picture: Picture, measure: str) -> str:
    """The range of the loss, and what of the surface is outside the picture."""
    (low, high), f = picture.heights, picture.fields.f
    beyond = np.count_nonzero((f < low) | (f > high)) / f.size
    cut = f" The surface is cut off outside {short(low)} to {short(high)}: {_percent(beyond)} of it." if beyond else ""
    return f"The height is f, {_range(f)}. {about_colours(picture, measure)}{cut}"


def about_colours(picture: Picture, measure: str) -> str:
    """The range of a measure, and the share of cells that lie beyond the ends of its
    colour scale.
    """
    if measure == "S" and picture.flat_to_rounding:
        return "S is 0 up to rounding, wherever it is defined."
    beyond = picture.scales[measure].clipped
    cut = f"{_percent(beyond)} lies beyond the ends of the colours." if beyond else "All of it is within the colours."
    return f"{MEASURES[measure].symbol} runs {_range(picture.values(measure))}. {cut}"


def about_gaps(fields: Fields) -> str:
    """The number of undefined cells, and the reason."""
    missing, cells = int(fields.undefined.sum()), fields.undefined.size
    if not missing:
        return f"S is defined in all {cells:,} cells."
    causes = "; ".join(f"{cause.words} ({cause.cells:,})" for cause in fields.causes[:MOST_CAUSES])
    return f"S is not defined in {missing:,} of {cells:,} cells ({_percent(missing / cells)}): {causes}."


def trouble(at: PointGeometry | None, grid: Grid | None = None) -> None:
    """Says so where the chosen point lies outside the window, or where nothing is defined at it."""
    if at is None:
        return
    if grid and not _holds(grid, at.point):
        st.text("The point lies outside the window.")
    if at.undefined:
        st.text(f"Not defined at this point: {at.undefined}.")


def at_point(at: PointGeometry | None) -> None:
    """Everything there is to know about the geometry at the chosen point."""
    if at is None:
        return
    if at.undefined:
        st.text(f"The geometry is not defined here: {at.undefined}.")
        return
    for column, block in zip(
        st.columns([5, 7, 6]), (typeset.second_order, typeset.metric, typeset.curvatures), strict=True
    ):
        column.latex(block(at))
    st.caption(
        "g is the metric I + ∇f ∇fᵀ of the graph, β = 1/(1 + |∇f|²). "
        "S by the formula comes from the Hessian, S by the definition from the metric alone."
    )


def _holds(grid: Grid, point: tuple[float, float]) -> bool:
    return all(low <= x <= high for x, (low, high) in zip(point, (grid.u_range, grid.v_range), strict=True))


def critical_points(found: CriticalPoints) -> None:
    """The critical points as a table; a row that is clicked moves the chosen point there."""
    isolated = [at for at in found if isinstance(at, CriticalPoint)]
    for at in found:
        if isinstance(at, FlatRegion):
            st.text(
                f"f is constant, {short(at.f)}, on {_percent(at.share)} of the window: every point there is critical."
            )
        elif not isinstance(at, CriticalPoint):
            form = "closed curve" if at.closed else "curve"
            st.text(
                f"A {form} of degenerate points, a {at.nature}: "
                f"all along it f = {short(at.f)}, S = 0, and tr H {_range(at.hessian_trace)}."
            )
    for note in found.notes:
        st.text(note)
    if not isolated:
        st.text("There is no isolated critical point in the window.")
        return
    st.dataframe(
        _columns(isolated),
        key="critical",
        hide_index=True,
        on_select=part()(lambda: _choose(isolated)),
        selection_mode="single-row",
        height=min(38 + 35 * len(isolated), 420),
        column_config={
            name: st.column_config.NumberColumn(name, format="%.6g") for name in ("u", "v", "f", "S", "tr H", "tr H²")
        },
        alt="Critical points",
    )
    st.caption("Choose a row to move the point there.")


def _columns(points: list[CriticalPoint]) -> dict[str, list[Any]]:
    return {
        "kind": [at.kind for at in points],
        "u": [at.point[0] for at in points],
        "v": [at.point[1] for at in points],
        "f": [at.f for at in points],
        "S": [at.scalar_curvature for at in points],
        "tr H": [at.hessian_trace for at in points],
        "tr H²": [at.hessian_square_trace for at in points],
    }


def _choose(points: list[CriticalPoint]) -> None:
    rows = st.session_state.critical.selection.rows
    if rows and rows[0] < len(points):
        controls.choose_point(points[rows[0]].point)


def _range(values: AnyFloats) -> str:
    finite = values[np.isfinite(values)]
    return f"from {short(float(finite.min()))} to {short(float(finite.max()))}" if finite.size else "nowhere defined"


def _percent(share: float) -> str:
    if 0 < share < 0.001:
        return "less than 0.1 %"
    return "all but a few" if 0.999 < share < 1 else f"{100 * share:.1f} %".replace(".0 %", " %")
