"""Proposition 2.4 as an experiment: four surfaces whose S is known, and the same ball on each;
balls in more dimensions.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

import curvlib
from curvlib.arrays import Floats
from curvlib.balls.higher import HigherBall, higher_ball
from pages.ui.results import cache, shown_balls
from pages.ui.results.shown_balls import Measured, Shown, Size

REACH = 1.5
"""The largest radius; the sphere's equator is at π/2."""

QS = (2, 3, 4)
SMALL = 0.01
"""The radius at which the constant of the proposition is read off."""

RADII = REACH * np.arange(1, shown_balls.STEPS + 1) / shown_balls.STEPS
"""The radii of the slider."""


@dataclass(frozen=True)
class Specimen:
    """A surface of the experiment.

    Attributes:
        title: what it is called.
        text: its formula.
        center: where the ball is.
        patch: between which distances from the origin of the plane it is drawn.
    """

    title: str
    text: str
    center: tuple[float, float]
    patch: tuple[float, float]


SPECIMENS = (
    Specimen("Sphere", "sqrt(1 - u^2 - v^2)", (0.0, 0.0), (0.0, 0.9999)),
    Specimen(
        "Pseudosphere",
        "log((1 + sqrt(1 - u^2 - v^2))/sqrt(u^2 + v^2)) - sqrt(1 - u^2 - v^2)",
        (0.4, 0.0),
        (0.12, 0.9999),
    ),
    Specimen("Plane", "u/2", (0.0, 0.0), (0.0, 1.55)),
    Specimen("Saddle", "(u^2 - v^2)/2", (0.0, 0.0), (0.0, 1.3)),
)


@dataclass(frozen=True, eq=False)
class Trial:
    """A specimen, measured.

    Attributes:
        specimen: the surface.
        u, v, f: points of its patch, each of shape (n, m): circles about the origin.
        scalar_curvature: S there.
        measured: its balls.
    """

    specimen: Specimen
    u: Floats
    v: Floats
    f: Floats
    scalar_curvature: Floats
    measured: Measured

    def shown(self, radius: float) -> Shown:
        return shown_balls.shown(self.measured, Size(radius, REACH))

    def raised(self, u: Floats, v: Floats, by: float) -> tuple[Floats, Floats, Floats]:
        """Points of the surface moved off it along its upper normal: x, y, z."""
        f, f_u, f_v, *_ = self.measured.ball.fan.where.jet(u, v)
        with np.errstate(invalid="ignore"):
            step = by / np.sqrt(1 + f_u**2 + f_v**2)
        return u - f_u * step, v - f_v * step, f + step


def trials() -> list[Trial]:
    """All specimens, measured for radii up to `REACH`; remembered."""
    return cache.kept(("trials",), 4_000_000, lambda: [_trial(specimen) for specimen in SPECIMENS])


def _trial(specimen: Specimen) -> Trial:
    expression = curvlib.parse(specimen.text)
    angle, (inner, outer) = np.linspace(0, 2 * np.pi, 97), specimen.patch
    # closer together where a rim is steep
    distance = inner + (outer - inner) * np.sin(np.linspace(0, np.pi / 2, 41))[:, None]
    u, v = distance * np.cos(angle), distance * np.sin(angle)
    at = curvlib.jet(expression, u, v)
    S = 2 * (at.f_uu * at.f_vv - at.f_uv**2) / (1 + at.f_u**2 + at.f_v**2) ** 2
    return Trial(specimen, u, v, at.f, S, shown_balls.measured(expression, specimen.center, {}, REACH))


def sphere_ratios(found: Sequence[Trial], radius: float) -> tuple[float, float]:
    """The ratio on the unit sphere as measured, and as the closed form 2 (1 − cos r)/r² has it."""
    at = found[0].shown(radius)
    return float(at.ball.ratio[at.index]), 2 * (1 - math.cos(at.radius)) / at.radius**2


def table(found: Sequence[Trial], radius: float) -> dict[str, list[str]]:
    """The ratios at a radius, a row a surface."""
    shown = [trial.shown(radius) for trial in found]
    return {
        "surface": [trial.specimen.title for trial in found],
        "S at the center": [f"{round(at.ball.scalar_curvature, 9) + 0:g}".replace("-", "−") for at in shown],
        "1 − S r²/24": [f"{float(at.ball.series(at.ball.radii, 2)[at.index]):.9f}" for at in shown],
        "measured ratio": [
            ("at least " if at.radius > at.ball.valid_radius else "") + f"{at.ball.ratio[at.index]:.9f}" for at in shown
        ],
        "error": [f"{at.ball.errors[at.index] / (math.pi * at.radius**2):.0e}" for at in shown],
        "exact ratio": [_exact(at) for at in shown],
    }


def _exact(at: Shown) -> str:
    exact = at.measured.control
    if exact is None:
        return "no closed form"
    value = exact.ratio_minus_one[at.index]
    return f"{1 + value:.9f}" if np.isfinite(value) else "ball is cut"


def bowls() -> list[HigherBall]:
    """Balls around the bottom of the bowl |x|²/2 in q dimensions, at the radii `SMALL`
    and `RADII`; remembered.
    """
    return cache.kept(("bowls",), 20_000, _bowls)


def _bowls() -> list[HigherBall]:
    return [higher_ball(lambda x: x, _identity, (0.0,) * q, (SMALL, *RADII), order=4) for q in QS]


def _identity(x: Floats) -> Floats:
    return np.broadcast_to(np.eye(x.shape[1]), (len(x), x.shape[1], x.shape[1]))


def constant(found: Sequence[HigherBall], q: int) -> tuple[float, float]:
    """The constant of the proposition as a bowl in q dimensions gives it at the radius
    `SMALL`, and 6 (q + 2).
    """
    (ball,) = [ball for ball in found if ball.q == q]
    return ball.constant, 6.0 * (q + 2)


def python(radius: float) -> str:
    """The ratios at a radius, in Python."""
    specimens = {specimen.title: (specimen.text, specimen.center) for specimen in SPECIMENS}
    return f"""import numpy as np
from curvlib import geodesic_ball, parse
from curvlib.balls.higher import higher_ball

for name, (text, center) in {specimens!r}.items():
    ball = geodesic_ball(parse(text), center, [{radius!r}])
    print(name, "S", round(ball.scalar_curvature, 9), "ratio", ball.ratio[0], "series", ball.series([{radius!r}], 2)[0])
for q in {QS!r}:
    bowl = higher_ball(lambda x: x, lambda x: np.broadcast_to(np.eye(q), (len(x), q, q)), (0,) * q, [{SMALL!r}])
    print("q", q, "constant", bowl.constant, "6(q + 2)", 6 * (q + 2))
"""


def bowl_table(found: Sequence[HigherBall], radius: float) -> dict[str, list[str]]:
    """The constant of the proposition as the bowls give it, a row a dimension."""
    at = [int(np.argmin(np.abs(ball.radii - radius))) for ball in found]
    constants = [
        ball.scalar_curvature * ball.radii[k] ** 2 / -ball.ratio_minus_one[k] for ball, k in zip(found, at, strict=True)
    ]
    return {
        "q": [str(ball.q) for ball in found],
        "S at the bottom": [f"{ball.scalar_curvature:.6g}" for ball in found],
        "6 (q + 2)": [str(6 * (ball.q + 2)) for ball in found],
        f"−S r²/(ratio − 1) at r = {SMALL:g}": [f"{ball.constant:.4f}" for ball in found],
        f"the same at r = {radius:g}": [f"{constant:.4f}" for constant in constants],
        f"ratio at r = {radius:g}": [f"{ball.ratio[k]:.9f}" for ball, k in zip(found, at, strict=True)],
    }
