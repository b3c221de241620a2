"""The test functions of the optimisation literature."""

from curvlib.presets.preset import ParameterRange, Preset

GROUP = "Optimisation test functions"

PRESETS = (
    Preset(
        name="himmelblau",
        title="Himmelblau",
        group=GROUP,
        text="(u^2+v-11)^2+(u+v^2-7)^2",
        window=((-5.0, 5.0), (-5.0, 5.0)),
        reason="Four minima with the same loss, 0, and S = 4232, 6049, 10446 and 18921: which one is the flattest?",
        source="Himmelblau 1972",
    ),
    Preset(
        name="rosenbrock",
        title="Rosenbrock",
        group=GROUP,
        text="(a-u)^2+b*(v-u^2)^2",
        parameters={"a": ParameterRange(1.0, -2.0, 2.0), "b": ParameterRange(100.0, 1.0, 200.0)},
        window=((-2.0, 2.0), (-1.0, 3.0)),
        reason=(
            "The banana valley: S = 8b = 800 at the minimum and less than 0.13 "
            "on nearly all of the window, so a linear colour scale shows nothing."
        ),
        source="Rosenbrock 1960",
    ),
    Preset(  # the terms in another order: the app knows an example again by its text
        name="rosenbrock_soft",
        title="Rosenbrock, softened",
        group=GROUP,
        text="b*(v-u^2)^2+(a-u)^2",
        parameters={"a": ParameterRange(1.0, -2.0, 2.0), "b": ParameterRange(5.0, 1.0, 20.0)},
        window=((-2.0, 2.0), (-1.0, 3.0)),
        reason="The same valley with b = 5: gentle enough to see S without clipping.",
        source="after Rosenbrock 1960",
    ),
    Preset(
        name="beale",
        title="Beale",
        group=GROUP,
        text="(1.5-u+u*v)^2+(2.25-u+u*v^2)^2+(2.625-u+u*v^3)^2",
        window=((-4.5, 4.5), (-4.5, 4.5)),
        reason=(
            "Flat valleys between corners where tr H passes 270,000; "
            "S = 29.53 at the minimum (3, 0.5). The long formula for S loses ten digits here."
        ),
        source="Beale 1958",
    ),
    Preset(
        name="booth",
        title="Booth",
        group=GROUP,
        text="(u+2*v-7)^2+(2*u+v-5)^2",
        window=((-10.0, 10.0), (-10.0, 10.0)),
        reason=(
            "A quadratic at an angle: H is the same everywhere, "
            "S is 72 at the minimum (1, 3) and fades as the slope grows."
        ),
    ),
    Preset(
        name="three_hump_camel",
        title="Three-hump camel",
        group=GROUP,
        text="2*u^2-1.05*u^4+u^6/6+u*v+v^2",
        window=((-2.0, 2.0), (-2.0, 2.0)),
        reason="Three minima: the best of them is the flattest, S = 14 against 46.6 at the other two.",
    ),
    Preset(
        name="six_hump_camel",
        title="Six-hump camel",
        group=GROUP,
        text="(4-2.1*u^2+u^4/3)*u^2+u*v+(4*v^2-4)*v^2",
        window=((-2.0, 2.0), (-1.0, 1.0)),
        reason="Six minima in three pairs: S = 253 at the best pair, up to 854 at the others.",
        source="Dixon and Szegő 1978",
    ),
    Preset(
        name="styblinski_tang",
        title="Styblinski–Tang",
        group=GROUP,
        text="(u^4-16*u^2+5*u+v^4-16*v^2+5*v)/2",
        window=((-5.0, 5.0), (-5.0, 5.0)),
        reason="Four minima of a loss that is not a sum of squares and goes below zero; the deepest has the largest S.",
        source="Styblinski and Tang 1990",
    ),
    Preset(
        name="rastrigin",
        title="Rastrigin",
        group=GROUP,
        text="20+u^2-10*cos(2*pi*u)+v^2-10*cos(2*pi*v)",
        window=((-2.0, 2.0), (-2.0, 2.0)),
        reason=(
            "Twenty-five minima in a bowl, S above 300,000 at each and below 10 on nearly all of the window: "
            "only a logarithmic scale shows both."
        ),
        source="Rastrigin 1974",
    ),
    Preset(
        name="branin",
        title="Branin",
        group=GROUP,
        text="(v-5.1/(4*pi^2)*u^2+5/pi*u-6)^2+10*(1-1/(8*pi))*cos(u)+10",
        window=((-5.0, 10.0), (0.0, 15.0)),
        reason=(
            "Three global minima with the same S = 38.41 but tr H = 23.2, 12.8 and 13.0: "
            "the trace ranks them, S does not."
        ),
        source="Branin 1972",
    ),
    Preset(
        name="mccormick",
        title="McCormick",
        group=GROUP,
        text="sin(u+v)+(u-v)^2-1.5*u+2.5*v+1",
        window=((-1.5, 4.0), (-3.0, 4.0)),
        reason=(
            "Two minima that agree in tr H, tr H² and S and differ in the loss: "
            "no measure of curvature distinguishes them."
        ),
        source="McCormick 1976",
    ),
    Preset(
        name="goldstein_price_log",
        title="Goldstein–Price, logarithm",
        group=GROUP,
        text="log((1+(u+v+1)^2*(19-14*u+3*u^2-14*v+6*u*v+3*v^2))*(30+(2*u-3*v)^2*(18-32*u+12*u^2+48*v-36*u*v+27*v^2)))",
        window=((-2.0, 2.0), (-2.0, 2.0)),
        reason="Values from 3 to a million, tamed by the logarithm; four minima along two crossing valleys.",
        source="Goldstein and Price 1971",
    ),
    Preset(
        name="easom",
        title="Easom",
        group=GROUP,
        text="-cos(u)*cos(v)*exp(-((u-pi)^2+(v-pi)^2))",
        window=((0.0, 6.2832), (0.0, 6.2832)),
        reason="One needle, S = 18 at its tip, in a plain so flat that a random search sees no slope at all.",
        source="Easom 1990",
    ),
    Preset(
        name="griewank",
        title="Griewank",
        group=GROUP,
        text="(u^2+v^2)/4000-cos(u)*cos(v/sqrt(2))+1",
        window=((-10.0, 10.0), (-10.0, 10.0)),
        reason=(
            "Ripples on a bowl so wide that the minima look alike: "
            "S at the local ones is within a percent of S at the global one."
        ),
        source="Griewank 1981",
    ),
    Preset(
        name="levy13",
        title="Lévy N. 13",
        group=GROUP,
        text="sin(3*pi*u)^2+(u-1)^2*(1+sin(3*pi*v)^2)+(v-1)^2*(1+sin(2*pi*v)^2)",
        window=((-1.0, 3.0), (-1.0, 3.0)),
        reason=(
            "Walls of ripples that grow with the distance from the minimum (1, 1), "
            "where S = 719, with many steeper traps around it."
        ),
        source="Lévy and Montalvo 1985",
    ),
    Preset(
        name="michalewicz",
        title="Michalewicz",
        group=GROUP,
        text="-sin(u)*(sin(u^2/pi)^2)^m-sin(v)*(sin(2*v^2/pi)^2)^m",
        parameters={"m": ParameterRange(10.0, 2.0, 20.0)},
        window=((0.0, 3.1416), (0.0, 3.1416)),
        reason=(
            "Narrow trenches that cross in two wells: "
            "m makes them narrower, and what lies between them flat to the eye."
        ),
        source="Michalewicz 1992",
    ),
)
