"""The prose of the page on Proposition 2.4; all of it our own words."""

import math

from pages.ui.paper.ball.specimens import Trial

PROPOSITION = (
    r"\operatorname{vol}_g B(r) = \operatorname{vol}_e B(r)\,\Bigl(1 - \frac{S}{6\,(q+2)}\,r^2 + o(r^2)\Bigr), "
    r"\qquad q = 2:\quad 1 - \frac{S}{24}\,r^2"
)

STATEMENT = """Take all points of the landscape that can be reached from one of its points within a distance
$r$, measured along the surface: a geodesic ball. Its area is not that of the flat disc. Proposition 2.4 of
the paper says by how much it differs while $r$ is small, and that number is the scalar curvature $S$:
positive where balls are smaller than flat, negative where they are larger."""

RATIOS = (
    "The ratio against r for the four surfaces, and the parabola of the proposition for each S. "
    "A curve ends where its ball is no longer complete."
)

TRY = r"""
- Make $r$ small: each ratio falls onto the parabola of its $S$, and saddle and pseudosphere, which have the
  same $S = -2$, cannot be distinguished.
- Make $r$ large: they separate. $S$ at one point sets the leading order only; on the saddle $|S|$ falls off
  away from the middle, on the pseudosphere it stays.
- The plane is steep, so its ball looks like an ellipse from above, and the ratio is 1 all the same: slope is
  not curvature.
- Halve $r$: the distance of the ratio from 1 falls to a quarter, because the leading order is $r^2$.
- Open a surface in the explorer for its own series, the order plot and the cut locus."""

MORE = r"""The bowl $f = |x|^2/2$ has $S = q\,(q-1)$ at its bottom. Its balls are measured by the same
exponential map in $q$ dimensions, and $-S r^2/(\text{ratio} - 1)$ tends to $6\,(q+2)$ as $r$ falls."""

LIMITS = r"""The proposition is about the limit $r \to 0$ and does not say how small is small: that depends on
how fast $S$ changes, which the $r^4$ term shows. Where $S = 0$ another order leads. The half sphere ends at
$r = \pi/2$. On the pseudosphere the ball reaches the rim at $r = 0.916$; beyond, the surface ends and what is
left of the ball is a lower bound. From $r = 1.05$ on it also meets itself around the spike, and points that
are reached twice count once. No closed form holds there, so the exact column stops."""


SURFACES = (
    "The same ball on four surfaces, all to one scale and coloured by S: "
    "blue is negative, red positive. Thin lines are geodesics and smaller balls."
)


def about(trial: Trial, radius: float) -> str:
    """The ball on one of the surfaces, in a sentence."""
    shown = trial.shown(radius)
    percent = 100 * float(shown.ball.ratio_minus_one[shown.index])
    name = f"{trial.specimen.title}, S = {_signed(shown.ball.scalar_curvature)}"
    if radius > shown.ball.valid_radius:
        return f"{name}: the ball runs over the end of the surface, and what is left of it is only a lower bound."
    if abs(percent) < 1e-9:
        return f"{name}: exactly as large as the flat disc."
    return f"{name}: {abs(percent):.3g} % {'smaller' if percent < 0 else 'larger'} than the flat disc."


def _signed(value: float) -> str:
    rounded = round(value, 6)
    return f"{0 if math.isclose(rounded, 0, abs_tol=1e-9) else rounded:g}".replace("-", "−")
