"""§3.3: a loss before and after a change of coordinates, as maps, numbers and Python."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import plotly.graph_objects as go

from curvlib import Expression, Fields, Grid, evaluate, geometry_at
from curvlib.arrays import Floats
from curvlib.paper import reparametrisation
from curvlib.paper.reparametrisation import LINEAR, Correspondence, Reparametrisation
from pages.ui.charts import plots, scale
from pages.ui.charts.scale import short
from pages.ui.charts.theme import Palette
from pages.ui.landscape import typeset

WINDOW = Grid((-2, 2), (-2, 2), (128, 128))
MEASURES = {"S": "scalar_curvature", "tr H": "hessian_trace", "f": "f"}
STATEMENTS = (
    ("Section 3.3", r"\mathbf H(f\circ\varphi)=\mathbf J^\top\mathbf H\,\mathbf J+\sum_k f_{,k}\,\nabla^2\varphi_k"),
    (
        "At a minimum, with traces",
        (
            r"S=\operatorname{tr}(\mathbf J\mathbf J^\top\mathbf H)^2"
            r"-\operatorname{tr}\left((\mathbf J\mathbf J^\top\mathbf H)^2\right)"
        ),
    ),
    ("The same as printed", r"S=\|\mathbf J\mathbf J^\top\mathbf H\|_*^2-\|\mathbf J\mathbf J^\top\mathbf H\|_F^2"),
)

Setting = tuple[str, str, float, float, float]
"""A slider: label, key, default, lowest, highest."""

SETTINGS: Mapping[str, tuple[Setting, ...]] = MappingProxyType(
    {
        "shear": (("Amount", "shear", 1.0, -2.0, 2.0),),
        "scale": (("Factor of u", "factor_u", 2.0, 0.1, 4.0), ("Factor of v", "factor_v", 1.0, 0.1, 4.0)),
        "rotation": (("Angle, degrees", "angle", 30.0, -180.0, 180.0),),
        "reflection": (("Angle of the mirror, degrees", "mirror", 0.0, -90.0, 90.0),),
        "Dinh's rescaling": (("α", "alpha", 2.0, 0.25, 4.0),),
        "matrix": (
            ("J₁₁", "j11", 1.0, -3.0, 3.0),
            ("J₁₂", "j12", 0.5, -3.0, 3.0),
            ("J₂₁", "j21", 0.0, -3.0, 3.0),
            ("J₂₂", "j22", 1.0, -3.0, 3.0),
        ),
        "typed": (),
    }
)


def matrix(phi: str, settings: Sequence[float]) -> Floats | None:
    """J of a linear φ with its settings; None for the typed one."""
    if phi == "typed":
        return None
    if phi == "matrix":
        return np.reshape(settings, (2, 2)).astype(float)
    return LINEAR[phi](*(np.radians(settings) if phi in ("rotation", "reflection") else settings))


def in_letters(phi: Reparametrisation, jacobian: Floats | None) -> str:
    """φ in LaTeX, a linear one by its matrix."""
    if jacobian is not None:
        return rf"\varphi(x)=\mathbf J\,x,\qquad \mathbf J={typeset.matrix(jacobian)}"
    return rf"\varphi(u,v)=\left({phi.first.latex()},\ {phi.second.latex()}\right)"


@dataclass(frozen=True, eq=False)
class Bench:
    """A loss and the same in other coordinates.

    Attributes:
        f, phi, composed: the loss, the map, and f∘φ as a formula.
        point: x, where both are compared: f at φ(x), f∘φ at x.
        at: S and tr H there, by the chain rule.
        before, after: both on `WINDOW`.
    """

    f: Expression
    phi: Reparametrisation
    composed: Expression
    point: tuple[float, float]
    at: Correspondence
    before: Fields
    after: Fields

    @property
    def image(self) -> tuple[float, float]:
        """φ(x)."""
        return float(self.at.image_u), float(self.at.image_v)

    @property
    def error(self) -> float:
        """The rounding that S of f∘φ at x may have:
        a share of 2β² h², h as large as the terms of its Hessian.
        """
        size, slope = np.abs(self.at.hessian_size).max(), np.linalg.norm(self.at.gradient)
        return float(2e-12 * (size / (1 + slope**2)) ** 2)

    def curvature_of_the_formula(self) -> float:
        """S of f∘φ at x from the composed formula, without the chain rule."""
        return geometry_at(self.composed, self.point).scalar_curvature_by_definition


def bench(f: Expression, phi: Reparametrisation, point: tuple[float, float]) -> Bench:
    """Both sides of a reparametrisation; ExpressionError where f∘φ is too large a formula."""
    composed = reparametrisation.composed(f, phi)
    at = reparametrisation.correspondence(f, phi, *point)
    return Bench(f, phi, composed, point, at, evaluate(f, WINDOW), evaluate(composed, WINDOW))


def maps(shown: Bench, measure: str, palette: Palette) -> list[tuple[str, go.Figure, str]]:
    """f with the image of a square grid, and f∘φ with the grid: name, figure, caption of each."""
    before, after = (getattr(fields, MEASURES[measure]) for fields in (shown.before, shown.after))
    both = np.concatenate([before, after])
    colours = (scale.one_sided if measure == "f" else scale.diverging)(both)
    knots = np.linspace(-2, 2, 9)
    fine = np.linspace(-2, 2, 61)
    net = [(knot + 0 * fine, fine) for knot in knots] + [(fine, knot + 0 * fine) for knot in knots]
    images = [reparametrisation.correspondence(shown.f, shown.phi, u, v) for u, v in net]
    look: plots.Trace = {"hoverinfo": "skip", "opacity": 0.6}
    over_f = [plots.line(at.image_u, at.image_v, palette.ink, width=0.8, **look) for at in images]
    over_composed = [plots.line(u, v, palette.ink, width=0.8, **look) for u, v in net]
    over_f += plots.ring(*shown.image, palette)
    over_composed += plots.ring(*shown.point, palette)
    about_f = (
        f"{measure} of f, with the image of a square net under φ "
        f"and the point φ(x) = ({short(shown.image[0])}, {short(shown.image[1])})."
    )
    about_composed = (
        f"{measure} of f∘φ on the same colour scale, "
        f"with the net itself and the point x = ({short(shown.point[0])}, {short(shown.point[1])})."
    )
    return [
        ("before", plots.field_map(before, WINDOW.u, WINDOW.v, colours, palette, over_f), about_f),
        ("after", plots.field_map(after, WINDOW.u, WINDOW.v, colours, palette, over_composed), about_composed),
    ]


def table(shown: Bench) -> dict[str, list[str]]:
    """The loss, S and tr H at corresponding points, by column."""
    at = shown.at
    f, S, trace = (short(float(value), 8) for value in (at.f, at.scalar_curvature, at.hessian_trace))
    return {
        "": ["f at φ(x)", "f∘φ at x, its own graph", "f∘φ at x, metric of f carried along"],
        "loss": [f] * 3,
        "S": [S, short(float(at.composed_scalar_curvature), 8), S],
        "tr H": [trace, short(float(at.composed_hessian_trace), 8), "–"],
    }


def three_parameters(amount: float) -> tuple[float, float]:
    """S after a shear of three parameters with H = diag(1, 0, 1), right and as printed."""
    J, H = _shears(np.array([amount]))[0], np.diag([1.0, 0.0, 1.0])
    right, printed = reparametrisation.scalar_curvature_at_minimum, reparametrisation.scalar_curvature_as_printed
    return float(right(J, H)), float(printed(J, H))


def by_eigenvalues(amount: float) -> float:
    """The same from the eigenvalues of JᵀHJ."""
    J = _shears(np.array([amount]))[0]
    eigenvalues = np.linalg.eigvalsh(J.T @ np.diag([1.0, 0.0, 1.0]) @ J)
    return float(eigenvalues.sum() ** 2 - (eigenvalues**2).sum())


def shears(amount: float, palette: Palette) -> tuple[go.Figure, str]:
    """S after a shear of three parameters against its amount, right and as printed;
    and the caption.
    """
    amounts = np.linspace(-2, 2, 161)
    J, H = _shears(amounts), np.diag([1.0, 0.0, 1.0])
    blue, red, *_ = plots.series(palette)
    right, printed = three_parameters(amount)
    with_traces, with_norms = (
        reparametrisation.scalar_curvature_at_minimum(J, H),
        reparametrisation.scalar_curvature_as_printed(J, H),
    )
    traces = [
        plots.line(amounts, with_traces, blue, "with traces", 2.4),
        plots.line(amounts, with_norms, red, "as printed, with norms", 2.4, "dash"),
        plots.dots([amount, amount], [right, printed], palette.accent, size=9),
    ]
    chart = plots.chart(traces, palette, "amount of the shear", "<i>S</i>")
    return chart, (
        f"Three parameters, H = diag(1, 0, 1), after a shear of {short(amount)}: "
        f"S is {short(right)}, the printed form gives {short(printed)}."
    )


def python(shown: Bench) -> str:
    """The numbers of the page, in Python."""
    return f"""from curvlib import parse
from curvlib.paper import reparametrisation

f = parse({shown.f.canonical!a})
phi = reparametrisation.typed({shown.phi.first.canonical!a}, {shown.phi.second.canonical!a})
at = reparametrisation.correspondence(f, phi, {shown.point[0]!r}, {shown.point[1]!r})
print("f at phi(x):   S", float(at.scalar_curvature), " tr H", float(at.hessian_trace))
print("f o phi at x:  S", float(at.composed_scalar_curvature), " tr H", float(at.composed_hessian_trace))
print("f o phi:", reparametrisation.composed(f, phi))
"""


def _shears(amounts: Floats) -> Floats:
    J = np.tile(np.eye(3), (len(amounts), 1, 1))
    J[:, 0, 1] = amounts
    return J
