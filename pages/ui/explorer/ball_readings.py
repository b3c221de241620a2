"""The page's words about a geodesic ball and about the geodesics to a second point:
the card, the sentences, the figures below the picture.
"""

import math
from collections.abc import Callable

import streamlit as st
from plotly.graph_objects import Figure

from pages.ui.charts.scale import short
from pages.ui.charts.theme import Palette
from pages.ui.explorer import ball_figures
from pages.ui.landscape import typeset
from pages.ui.page.frame import show
from pages.ui.results.shown_balls import Shown, Ways

OFF = (
    "Switch on the geodesic ball beside the surface: "
    "all points within a distance r of the chosen point, drawn there and measured here."
)
NO_WAY = (
    "No geodesic was found: f is undefined or has a kink at one of the points, or ends between them, "
    "or the landscape is too rough for the rays that were tried."
)
RATIO = (
    "The ball's area over that of the flat disc of the same radius, "
    "with its error band and the first three sums of its series at r = 0."
)
STATEMENT = r"\operatorname{vol}_g B(r) = \pi r^2 \Bigl(1 - \frac{S}{24}\,r^2 + o(r^2)\Bigr)"


def ball(shown: Shown | None, palette: Palette) -> None:
    """The tab of the ball."""
    if shown is None:
        st.text(OFF)
        st.latex(STATEMENT)
        return
    if shown.undefined:
        for note in shown.ball.notes:
            st.text(note)
        return
    st.text("\n".join([in_words(shown), *shown.ball.notes, about_control(shown)]))
    card, curve = st.columns([2, 3], gap="large")
    with card:
        st.latex(typeset.ball(shown))
    with curve:
        show("ratio", ball_figures.ratio(shown, palette), RATIO)
    figures: tuple[tuple[str, Callable[[Shown, Palette], Figure], str], ...] = (
        ("order", ball_figures.order, about_order(shown)),
        (
            "boundary",
            ball_figures.boundary,
            "The length of the ball's boundary, compared with that of the flat circle.",
        ),
    )
    for column, (name, figure, caption) in zip(st.columns(2, gap="large"), figures, strict=True):
        with column:
            show(name, figure(shown, palette), caption)


def in_words(shown: Shown) -> str:
    """The area against that of the flat disc, and whether S said so.

    The numbers are those of the chosen radius; S is that of the center.
    """
    ball, k = shown.ball, shown.index
    excess, error = float(ball.ratio_minus_one[k]), float(ball.errors[k] / (math.pi * shown.radius**2))
    if shown.radius > ball.valid_radius:
        return (
            "f ends inside this ball. "
            f"What is certain of it is {100 * (1 + excess):.4g} % of the flat disc, which says nothing about S."
        )
    sign = 0 if abs(ball.scalar_curvature) * shown.radius**2 <= 24e-12 else int(math.copysign(1, ball.scalar_curvature))
    if abs(excess) <= error + 1e-12:
        return "As large as the flat disc" + (
            ", as S = 0 predicts." if not sign else ": at this radius no difference can be measured."
        )
    size = f"{'Smaller' if excess < 0 else 'Larger'} than the flat disc by {100 * abs(excess):.4g} %"
    if shown.measured.control and shown.radius > ball.injectivity_radius:
        return (
            f"{size}. S is the same all around: "
            "what is missing was lost behind the cut locus, where points are reached twice."
        )
    if not sign:
        return f"{size}. S = 0 here, so the next orders decide, or what the ball wraps around."
    claim = f"S {'>' if sign > 0 else '<'} 0"
    if sign * excess < 0:
        return f"{size}, as {claim} predicts."
    return (
        f"{size}, although {claim} here: Proposition 2.4 is about small balls, "
        "and this one reaches where S has another sign, or behind its cut locus."
    )


def about_control(shown: Shown) -> str:
    """The exact ratio, compared with the measured one."""
    exact = shown.measured.control
    if exact is None:
        return (
            "S varies over this ball, so there is no closed form to compare its area with; "
            "the error comes from halving the number of rays."
        )
    K, value, k = exact.gaussian_curvature, float(exact.ratio_minus_one[shown.index]), shown.index
    form = "π r²" if K == 0 else "(2π/K) (1 − cos(√K r))" if K > 0 else "(2π/|K|) (cosh(√|K| r) − 1)"
    where = f"K = S/2 is {short(K, 6)} all over this ball, so its area is exactly {form}"
    if math.isnan(value):
        return f"{where}, up to the first cut point or the end of f."
    return (
        f"{where}. "
        f"The measured ratio differs from that by {short(abs(float(shown.ball.ratio_minus_one[k]) - value), 2)}."
    )


def about_order(shown: Shown) -> str:
    """The slope and the constant of |ratio − 1|."""
    small = shown.measured.order
    if not math.isfinite(small.slope) or abs(small.deviations).max() < 1e-13:
        return "The ratio does not leave 1 by more than rounding: a flat disc has no slope to show."
    if abs(shown.ball.scalar_curvature) <= 10 * small.error:
        return (
            f"The slope at the left end is {small.slope:.4f}: "
            f"S = 0 here to the error, {short(small.error, 2)}, so a higher order leads."
        )
    given = (
        f"The constant gives back S = {typeset.plain(small.scalar_curvature, small.error)}; "
        f"the formula says {short(shown.ball.scalar_curvature, 7)}."
    )
    return f"The slope at the left end is {small.slope:.4f}, and Proposition 2.4 says 2. {given}"


def ways(found: Ways | None) -> None:
    """The tab of the geodesics."""
    if found is None:
        st.text("Switch on the geodesics beside the surface: locally shortest geodesics to a second point.")
        return
    (u, v), (to_u, to_v) = found.start, found.target
    st.text(f"From ({short(u, 6)}, {short(v, 6)}) to ({short(to_u, 6)}, {short(to_v, 6)}):")
    if found.given_up:
        st.text(found.given_up)
    elif not found.curves:
        st.text(NO_WAY)
    else:
        st.latex(typeset.ways(found))
    if math.isfinite(found.straight) and found.curves:
        saved = 1 - found.curves[0].length / found.straight
        st.text(
            "The straight line is as short."
            if saved < 1e-9
            else f"The shortest geodesic saves {100 * saved:.3g} % of the way over the straight line."
        )
    st.caption(
        "Found by shooting a fan of rays and solving for those that hit. "
        "A geodesic is listed only if it has no conjugate point: nothing near it is shorter."
    )
