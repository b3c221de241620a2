"""The losses and surfaces of the paper."""

from curvlib.presets.preset import ParameterRange, Preset

GROUP = "The paper"
PAPER = "Pouplin, Roy, Singh and Arvanitidis 2023"

PRESETS = (
    Preset(
        name="paper_ex31",
        title="Example 3.1",
        group=GROUP,
        text="exp(-c*u)*sin(u)*sin(v)",
        parameters={"c": ParameterRange(0.1, 0.0, 0.5)},
        window=((0.0, 12.566), (0.0, 12.566)),
        reason=(
            "The waves flatten as u grows: "
            "S at the eight minima falls from 1.49 to 0.23, and the curves tr H = 0 and S = 0 part company."
        ),
        source=f"{PAPER}, Example 3.1 and Figure 2",
    ),
    Preset(
        name="two_minima_fig1",
        title="A sharp and a flat minimum",
        group=GROUP,
        text="0.05*(u^2+v^2) - exp(-((u-1.5)^2+v^2)/(2*s1^2)) - exp(-((u+1.5)^2+v^2)/(2*s2^2))",
        parameters={"s1": ParameterRange(0.35, 0.2, 1.2), "s2": ParameterRange(0.9, 0.2, 1.2)},
        window=((-3.5, 3.5), (-2.5, 2.5)),
        reason=(
            "Two wells of nearly equal depth, one narrow (s1), one wide (s2): "
            "the same noise lifts the loss far more in the one whose S is 39 times larger."
        ),
        source=f"{PAPER}, after Figure 1",
    ),
    Preset(
        name="three_wells",
        title="Sharp, flat and canyon",
        group=GROUP,
        text="-exp(-((u+2)^2+v^2)/(2*s1^2)) - exp(-((u-3)^2+v^2)/(2*s2^2)) - exp(-(u+5)^2/(2*s3^2)-(v/2)^4)",
        parameters={
            "s1": ParameterRange(0.4, 0.2, 1.5),
            "s2": ParameterRange(1.2, 0.2, 1.5),
            "s3": ParameterRange(0.4, 0.2, 1.5),
        },
        window=((-7.0, 7.0), (-3.0, 3.0)),
        reason=(
            "Three wells of depth 1: S is 78 in the sharp one, 0.96 in the flat one, "
            "and 0 in the canyon, whose walls are as steep as the sharp well's."
        ),
        source=f"{PAPER}, after Figure 1, with the case that S cannot see",
    ),
    Preset(
        name="saddle",
        title="Saddle",
        group=GROUP,
        text="u^2-v^2",
        window=((-2.0, 2.0), (-2.0, 2.0)),
        reason="The saddle problem in one line: tr H = 0 everywhere, as if it were flat, while S = -8 at the origin.",
        source=f"{PAPER}, Section 3.1",
    ),
    Preset(
        name="quadratic",
        title="Quadratic",
        group=GROUP,
        text="(l1*u^2+l2*v^2)/2",
        parameters={"l1": ParameterRange(1.0, -10.0, 10.0), "l2": ParameterRange(4.0, -10.0, 10.0)},
        window=((-2.0, 2.0), (-2.0, 2.0)),
        reason=(
            "The eigenvalues as sliders: S(0) = 2 l1 l2, tr H = l1 + l2, tr H² = l1² + l2². "
            "Try l1 = 10, l2 = 0.01 against 1 and 1."
        ),
        source=f"{PAPER}, Corollary 2.1 and Proposition 3.2",
    ),
    Preset(
        name="sphere_cap",
        title="Cap of a sphere",
        group=GROUP,
        text="sqrt(R^2-u^2-v^2)",
        parameters={"R": ParameterRange(2.0, 1.9, 5.0)},
        window=((-1.3, 1.3), (-1.3, 1.3)),
        reason=(
            "S = 2/R² everywhere, so the map has one colour; "
            "a geodesic ball of radius r has exactly the area 2πR²(1 - cos(r/R))."
        ),
        source=f"{PAPER}, Figure 5",
    ),
    Preset(
        name="hyperboloid_1sheet",
        title="Hyperboloid of one sheet",
        group=GROUP,
        text="sqrt(a^2+v^2-u^2)",
        parameters={"a": ParameterRange(1.0, 0.95, 3.0)},
        window=((-0.9, 0.9), (-1.5, 1.5)),
        reason=(
            "The hyperboloid of Figure 5, laid on its side so that the graph has no hole: "
            "S < 0 everywhere, -2/a² at the waist."
        ),
        source=f"{PAPER}, Figure 5",
    ),
    Preset(
        name="hyperboloid_2sheet",
        title="Hyperboloid of two sheets",
        group=GROUP,
        text="sqrt(a^2+u^2+v^2)",
        parameters={"a": ParameterRange(1.0, 0.1, 3.0)},
        window=((-2.0, 2.0), (-2.0, 2.0)),
        reason=(
            "The other hyperboloid is curved positively, 2/a² at the bottom: which of the two is meant has to be said."
        ),
        source=f"{PAPER}, next to Figure 5",
    ),
)
