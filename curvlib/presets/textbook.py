"""Surfaces of the textbooks, whose curvature is known in closed form."""

from curvlib.presets.preset import ParameterRange, Preset

GROUP = "Textbook surfaces"

PRESETS = (
    Preset(
        name="egg_carton",
        title="Egg carton",
        group=GROUP,
        text="sin(u)+sin(v)",
        window=((-6.3, 6.3), (-6.3, 6.3)),
        reason=(
            "Minima, maxima and saddles in turn; "
            "S is 2 at every minimum and maximum, -2 at every saddle, and never beyond."
        ),
    ),
    Preset(
        name="gaussian_bump",
        title="Gaussian bump",
        group=GROUP,
        text="A*exp(-(u^2+v^2)/(2*s^2))",
        parameters={"A": ParameterRange(1.0, -3.0, 3.0), "s": ParameterRange(0.7, 0.2, 2.0)},
        window=((-2.5, 2.5), (-2.5, 2.5)),
        reason="The sign of S at a glance: positive on the cap, zero on the circle of radius s, negative on the skirt.",
    ),
    Preset(
        name="pseudosphere",
        title="Pseudosphere",
        group=GROUP,
        text="a*log((a+sqrt(a^2-u^2-v^2))/sqrt(u^2+v^2)) - sqrt(a^2-u^2-v^2)",
        parameters={"a": ParameterRange(1.0, 0.75, 3.0)},
        window=((0.15, 0.65), (-0.3, 0.3)),
        reason=(
            "S = -2/a² everywhere, the opposite of the sphere: "
            "a geodesic ball of radius r has the area 2πa²(cosh(r/a) - 1)."
        ),
        source="Beltrami 1868",
    ),
    Preset(
        name="scherk",
        title="Scherk's surface",
        group=GROUP,
        text="log(cos(v)/cos(u))",
        window=((-1.4, 1.4), (-1.4, 1.4)),
        reason=(
            "A minimal surface: its mean curvature is zero everywhere, "
            "so its two principal curvatures are opposite and S < 0."
        ),
        source="Scherk 1834",
    ),
    Preset(
        name="monkey_saddle",
        title="Monkey saddle",
        group=GROUP,
        text="u^3-3*u*v^2",
        window=((-1.5, 1.5), (-1.5, 1.5)),
        reason=(
            "Room for two legs and a tail: H and S vanish at the origin, S < 0 all around it, and tr H = 0 everywhere."
        ),
        source="Hilbert and Cohn-Vossen 1932",
    ),
    Preset(
        name="parabolic_cylinder",
        title="Parabolic cylinder",
        group=GROUP,
        text="a*u^2",
        parameters={"a": ParameterRange(1.0, -5.0, 5.0)},
        window=((-2.0, 2.0), (-2.0, 2.0)),
        reason="S = 0 everywhere however steep the walls, while tr H = 2a: S does not see a Hessian of rank one.",
    ),
    Preset(
        name="plane",
        title="Plane",
        group=GROUP,
        text="a*u+b*v",
        parameters={"a": ParameterRange(1.0, -3.0, 3.0), "b": ParameterRange(0.5, -3.0, 3.0)},
        window=((-2.0, 2.0), (-2.0, 2.0)),
        reason="A slope without curvature: S = 0 and tr H = 0 whatever the gradient.",
    ),
    Preset(
        name="mexican_hat",
        title="Mexican hat",
        group=GROUP,
        text="(u^2+v^2-1)^2",
        window=((-1.6, 1.6), (-1.6, 1.6)),
        reason="A whole circle of minima: tr H = 8 and S = 0 all along it.",
        source="Goldstone 1961",
    ),
    Preset(
        name="double_well",
        title="Double well",
        group=GROUP,
        text="(u^2-1)^2+k*v^2",
        parameters={"k": ParameterRange(1.0, 0.05, 5.0)},
        window=((-2.0, 2.0), (-2.0, 2.0)),
        reason=(
            "Two minima with a pass between them, for experiments on escape: "
            "k alone sets how steep the sides are, and S = 32k at both."
        ),
        source="Kramers 1940",
    ),
    Preset(
        name="peaks",
        title="Peaks",
        group=GROUP,
        text="3*(1-u)^2*exp(-u^2-(v+1)^2)-10*(u/5-u^3-v^5)*exp(-u^2-v^2)-exp(-(u+1)^2-v^2)/3",
        window=((-3.0, 3.0), (-3.0, 3.0)),
        reason="The surface that every plotting program shows: three peaks and three pits, each with an S of its own.",
        source="MATLAB's peaks",
    ),
)
