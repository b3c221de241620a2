"""Losses on which a careless tool shows something that is not there."""

from curvlib.presets.preset import ParameterRange, Preset

GROUP = "Honesty tests"

PRESETS = (
    Preset(
        name="ackley",
        title="Ackley",
        group=GROUP,
        text="-20*exp(-0.2*sqrt((u^2+v^2)/2))-exp((cos(2*pi*u)+cos(2*pi*v))/2)+E+20",
        window=((-4.0, 4.0), (-4.0, 4.0)),
        reason=(
            "Its best point is the tip of a cone: f has no derivative there, so S has no value, and none may be shown."
        ),
        source="Ackley 1987",
    ),
    Preset(
        name="hyperboloid_1sheet_annulus",
        title="Hyperboloid with a hole",
        group=GROUP,
        text="sqrt(u^2+v^2-a^2)",
        parameters={"a": ParameterRange(1.0, 0.2, 2.5)},
        window=((-3.0, 3.0), (-3.0, 3.0)),
        reason="Undefined inside the circle of radius a: the surface must have a hole there, not a lid.",
        source="Pouplin et al. 2023, Figure 5",
    ),
    Preset(
        name="peano",
        title="Peano's surface",
        group=GROUP,
        text="(2*u^2-v)*(v-u^2)",
        window=((-1.5, 1.5), (-1.0, 2.0)),
        reason=(
            "Along every straight line the origin is a maximum, and yet it is not one: "
            "between the two parabolas f is positive."
        ),
        source="Peano 1884",
    ),
    Preset(
        name="relu_slice",
        title="A ReLU neuron",
        group=GROUP,
        text="((v*relu(u+b)-1)^2+(v*relu(b-u)-0.2)^2+(v*relu(2*u+b)-1.6)^2)/3",
        parameters={"b": ParameterRange(0.5, -1.0, 2.0)},
        window=((-2.0, 2.0), (-2.5, 3.0)),
        reason=(
            "v·relu(ux + b) on three points: smooth pieces that meet in kinks, "
            "across which the gradient jumps and S is not defined."
        ),
    ),
    Preset(
        name="eggholder",
        title="Eggholder",
        group=GROUP,
        text="-(v+47)*sin(sqrt(abs(u/2+v+47)))-u*sin(sqrt(abs(u-v-47)))",
        window=((-512.0, 512.0), (-512.0, 512.0)),
        reason=(
            "Cusps along two straight lines, where the square root of a modulus has an infinite slope; "
            "75 smooth minima everywhere else."
        ),
        source="Whitley et al. 1996",
    ),
    Preset(
        name="bukin",
        title="Bukin N. 6",
        group=GROUP,
        text="100*sqrt(abs(v-0.01*u^2))+0.01*abs(u+10)",
        window=((-15.0, -5.0), (-3.0, 3.0)),
        reason=(
            "The bottom of the valley is one long cusp, infinitely steep on both sides: "
            "no derivative, no S, no critical point in the usual sense."
        ),
        source="Bukin 1997",
    ),
)
