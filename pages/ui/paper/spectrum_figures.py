"""Figures of S as a function of eigenvalues: the pairs, the cone, the families of Proposition 3.3;
with captions and Python.
"""

from collections.abc import Sequence
from functools import partial

import numpy as np
import plotly.graph_objects as go

from curvlib.curvature import formulas, spectra
from curvlib.curvature.spectra import Spectrum
from pages.ui.charts import plots, scale
from pages.ui.charts.scale import short
from pages.ui.charts.theme import Palette
from pages.ui.state.inputs import SUBSCRIPTS

STATEMENTS = (
    (
        "Corollary 2.1, equation (5)",
        r"S(x_{\min})=\operatorname{tr}(\mathbf H)^2-\operatorname{tr}(\mathbf H^2)=2\sum_{i<j}\lambda_i\lambda_j",
    ),
    ("The norm form after it, for semidefinite H", r"S(x_{\min})=\|\mathbf H\|_*^2-\|\mathbf H\|_F^2"),
    (
        "Proposition 3.3, with what it needs",
        r"S=\operatorname{tr}(\mathbf H)^2\left(1-\frac1{\mathrm{PR}}\right),"
        r"\qquad \mathrm{PR}=\frac{\operatorname{tr}(\mathbf H)^2}{\operatorname{tr}(\mathbf H^2)}\to\infty",
    ),
)
EXAMPLES = {
    "saddle": (1, -1),
    "S = 0, not flat": (2, 2, -1),
    "S > 0, a saddle": (3, 3, -1),
    "canyon": (10, 0),
    "all equal": (1,) * 8,
}
SIZES: list[int] = np.unique(np.geomspace(2, 10_000, 60).round().astype(int)).tolist()


def turned(values: Sequence[float]) -> float:
    """S of a Hessian with these eigenvalues whose axes are turned at random, by
    Corollary 2.1 on the matrix.
    """
    q = len(values)
    turn = np.linalg.qr(np.random.default_rng(q).standard_normal((q, q)))[0]
    H = (turn * np.asarray(values)) @ turn.T
    return float(formulas.hessian_trace(H) ** 2 - formulas.hessian_square_trace(H))


def by_participation(found: Spectrum) -> float:
    """S from the trace and the participation ratio, as Proposition 3.3 has it."""
    return found.trace**2 * (1 - 1 / found.participation_ratio)


def pairs(values: Sequence[float], palette: Palette) -> tuple[go.Figure, str]:
    """The products of all pairs of eigenvalues, whose sum is S; and the caption."""
    products = np.outer(values, values)
    np.fill_diagonal(products, np.nan)
    colours, names = scale.diverging(products), [f"λ{str(i + 1).translate(SUBSCRIPTS)}" for i in range(len(values))]
    heat: plots.Trace = {"type": "heatmap", "x": names, "y": names, "z": products, "xgap": 2, "ygap": 2}
    heat |= {"zmin": -colours.limit, "zmax": colours.limit, "colorscale": plots.even(colours, palette)}
    heat |= {"showscale": False, "hoverongaps": False, "hovertemplate": "%{x} · %{y} = %{z:.4g}<extra></extra>"}
    if len(values) <= 5:
        words = [["" if np.isnan(value) else short(float(value), 3) for value in row] for row in products]
        heat |= {"text": words, "texttemplate": "%{text}", "textfont": {"size": 13}}
    same: plots.Trace = {"showgrid": False, "constrain": "domain", "nticks": len(values)}
    chart = plots.chart([heat], palette, "", "", xaxis=same, yaxis=same | {"autorange": "reversed", "scaleanchor": "x"})
    total = short(float(spectra.scalar_curvature(values)))
    return chart, (
        "What S adds up: the products λᵢλⱼ of all pairs, each pair twice; "
        f"the diagonal does not count. The sum is S = {total}."
    )


def sums(found: Spectrum, palette: Palette) -> tuple[go.Figure, str]:
    """S with the sums it is made of and its bounds; and the caption."""
    blue, red, green, _ = plots.series(palette)
    bars = {
        "tr(H)²": (found.trace**2, palette.line),
        "tr(H²)": (found.square_trace, palette.line),
        "S = tr(H)² − tr(H²)": (found.scalar_curvature, blue),
        "norm form": (found.norm_form, red if not found.norm_form_holds else green),
        "(1 − 1/q) tr(H)²": (found.trace_bound, palette.gap),
    }
    values, colours = [value for value, _ in bars.values()], [colour for _, colour in bars.values()]
    trace: plots.Trace = {"type": "bar", "orientation": "h", "x": values, "y": list(bars), "marker": {"color": colours}}
    trace |= {"text": [short(value) for value in values], "textposition": "outside", "cliponaxis": False}
    trace |= {"textfont": {"color": palette.text}, "hoverinfo": "skip", "showlegend": False}
    look: plots.Trace = {"autorange": "reversed", "showgrid": False, "ticks": "", "automargin": True, "nticks": 5}
    room = 1.2 * min(0.0, *values), 1.2 * max(0.0, *values) or 1.0  # the numbers stand outside the bars
    chart = plots.chart([trace], palette, "value", "", yaxis=look, xaxis={"showgrid": True, "range": list(room)})
    said = "The norm form is S" if found.norm_form_holds else "Eigenvalues of both signs: the norm form is not S"
    return chart, (
        "S, the two sums whose difference it is, the norm form, "
        f"and the upper bound that equal eigenvalues reach. {said}."
    )


def cone(values: Sequence[float], palette: Palette) -> tuple[go.Figure, str]:
    """The eigenvalues and the null cone S = 0 in one figure; and the caption."""
    q, length = len(values), float(np.linalg.norm(values)) or 1.0
    along = float(np.sum(values)) / np.sqrt(q)
    across = float(np.sqrt(max(length**2 - along**2, 0.0)))
    edge, angle = 1.25 * length, spectra.null_cone_angle(q)
    x, y = edge * np.cos(angle), edge * np.sin(angle)
    traces, red = [], plots.series(palette)[1]
    turn = np.linspace(0, angle, 40)
    for side in (1, -1):
        wedge = np.concatenate([[0.0], side * edge * np.cos(turn)]), np.concatenate([[0.0], edge * np.sin(turn)])
        inside, border = ("<i>S</i> > 0", "the null cone <i>S</i> = 0") if side == 1 else ("", "")
        traces += [
            plots.line(*wedge, red, inside, 0, fill="toself", opacity=0.25, hoverinfo="skip"),
            plots.line([0, side * x], [0, y], palette.text, border, 1.6),
        ]
    traces.append(plots.dots([along], [across], palette.accent, "these eigenvalues", 12))
    horizontal, vertical = ({"range": [low, edge], "constrain": "domain"} for low in (-edge, -0.04 * edge))
    chart = plots.chart(
        traces,
        palette,
        "along the line of equal eigenvalues",
        "away from it",
        xaxis=horizontal,
        yaxis=vertical | {"scaleanchor": "x"},
    )
    sign = int(np.sign(spectra.scalar_curvature(values)))
    where = {1: "inside the cone", -1: "outside the cone", 0: "on the cone"}[sign]
    return chart, (
        f"The space of {q} eigenvalues, turned about the line where all are equal. "
        f"The cone opens by {np.degrees(angle):.1f}°; the point is {where}."
    )


def families(family: str, exponent: float, palette: Palette) -> tuple[go.Figure, str]:
    """S/tr(H)² against the number of parameters for each family of Proposition 3.3;
    and the caption.
    """
    labels = {
        "equal": "all equal",
        "power law": f"λ<sub>i</sub> = i<sup>−{exponent:g}</sup>",
        "outliers": "one outlier q among ones",
    }
    traces = []
    for colour, (name, spectrum) in zip(plots.series(palette), spectra.SPECTRA.items(), strict=False):
        of = partial(spectra.power_law, exponent=exponent) if name == "power law" else spectrum
        width, opacity = (3.2, 1.0) if name == family else (1.4, 0.65)
        shares = spectra.curvature_share(of, SIZES)
        traces.append(plots.line(SIZES, shares, colour, labels[name], width, opacity=opacity))
    limit = {"equal": 1.0, "power law": spectra.power_law_limit(exponent), "outliers": 0.75}[family]
    traces.append(plots.line([2, 10_000], [limit, limit], palette.text, width=1.2, dash="dot"))
    across, up = {"type": "log", "dtick": 1}, {"range": [0, 1.05]}
    chart = plots.chart(
        traces, palette, "number of parameters <i>q</i>", "<i>S</i> / tr(<i>H</i>)²", xaxis=across, yaxis=up
    )
    return chart, (
        "The share of tr(H)² that S is, for three families of eigenvalues. "
        f"The dotted line is the limit of the chosen one, {short(limit)}."
    )


def share(family: str, exponent: float, q: int) -> tuple[float, float]:
    """S/tr(H)² of q eigenvalues of a family, by summing, and from a closed form."""
    if family == "power law":
        summed = spectra.curvature_share(partial(spectra.power_law, exponent=exponent), [q])[0]
        return float(summed), spectra.power_law_share(q, exponent)
    closed = 1 - 1 / q if family == "equal" else 1 - (q**2 + q - 1) / (2 * q - 1) ** 2
    return float(spectra.curvature_share(spectra.SPECTRA[family], [q])[0]), closed


def python(values: Sequence[float]) -> str:
    """The numbers of the page, in Python."""
    return f"""from curvlib.curvature import spectra

found = spectra.spectrum({list(values)!r})
print("S:", found.scalar_curvature)
print("norm form:", found.norm_form, "which is S" if found.norm_form_holds else "which is not S")
print("participation ratio:", found.participation_ratio)
print("kind:", found.kind)
"""
