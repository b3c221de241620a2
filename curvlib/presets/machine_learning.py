"""Losses of small models, each with one thing that large ones have too."""

from curvlib.presets.preset import ParameterRange, Preset

GROUP = "Machine-learning losses"

PRESETS = (
    Preset(
        name="dinh_uv",
        title="Rescaling symmetry",
        group=GROUP,
        text="(u*v-1)^2",
        window=((-3.0, 3.0), (-3.0, 3.0)),
        reason=(
            "(u, v) → (au, v/a) changes nothing, so uv = 1 is a curve of perfect fits; "
            "tr H = 2(u² + v²) has no bound along it, S is 0 all the way."
        ),
        source="Dinh, Pascanu, Bengio and Bengio 2017",
    ),
    Preset(
        name="matfac_l2",
        title="Matrix factorisation with weight decay",
        group=GROUP,
        text="(u*v-1)^2+lam*(u^2+v^2)",
        parameters={"lam": ParameterRange(0.1, 0.0, 0.9)},
        window=((-2.5, 2.5), (-2.5, 2.5)),
        reason=(
            "A little weight decay picks two balanced minima from the curve uv = 1: S = 2.88 at each where lam = 0.1."
        ),
        source="after Baldi and Hornik 1989",
    ),
    Preset(
        name="tanh_neuron",
        title="One tanh neuron",
        group=GROUP,
        text="((v*tanh(u)-0.6)^2+(v*tanh(2*u)-0.9)^2+(v*tanh(-u)+0.6)^2)/3",
        window=((-3.0, 3.0), (-3.0, 3.0)),
        reason=(
            "v·tanh(ux) on three points: flipping both signs changes nothing, "
            "so there are two equal minima with a saddle between them, where S = -8."
        ),
    ),
    Preset(
        name="logistic_reg",
        title="Logistic regression",
        group=GROUP,
        text="(log(1+exp(-(2*u+v)))+log(1+exp(-(u+v)))+log(1+exp(-0.5*u+v))+log(1+exp(-2*u+v)))/4+lam*(u^2+v^2)",
        parameters={"lam": ParameterRange(0.02, 0.0, 0.2)},
        window=((-4.0, 8.0), (-5.0, 5.0)),
        reason="Four points and weight decay: convex, so S > 0 everywhere and there is one minimum.",
    ),
    Preset(
        name="river_valley",
        title="River valley",
        group=GROUP,
        text="k*(v-sin(u))^2+0.02*(u-6)^2",
        parameters={"k": ParameterRange(4.0, 0.5, 20.0)},
        window=((0.0, 10.0), (-2.5, 2.5)),
        reason=(
            "Steep walls (k) and a slow drift along v = sin u: tr H is large all the way, S only 0.64 at the minimum."
        ),
        source="after Wen et al. 2024",
    ),
    Preset(
        name="emilien_bowl",
        title="Bowl with two wells",
        group=GROUP,
        text="u^2+v^2-a*exp(-((u-1)^2+v^2)/c)-b*exp(-((u+1)^2+v^2)/d)",
        parameters={
            "a": ParameterRange(2.0, 0.0, 5.0),
            "b": ParameterRange(3.0, 0.0, 5.0),
            "c": ParameterRange(0.2, 0.05, 1.0),
            "d": ParameterRange(0.2, 0.05, 1.0),
        },
        window=((-2.0, 2.0), (-2.0, 2.0)),
        reason=(
            "Two wells of different depth in a bowl: "
            "from one start, one optimiser falls into the left one and another into the right one."
        ),
        source="after Dupont 2018",
    ),
)
