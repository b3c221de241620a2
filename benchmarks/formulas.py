"""The losses that the kernels are measured on: text and window (the same for u and v)."""

import numpy as np


def _gaussians(n: int, rotated: bool) -> str:
    """A sum of n Gaussians, with axes along u and v or turned."""
    rng = np.random.default_rng(5)
    terms = []
    for a, b, c, d, e, g in rng.uniform(0.5, 2, (n, 6)).round(3):
        mixed = f"{g / 2:.3f}*(u-{b})*(v-{c})+" if rotated else ""
        terms.append(f"{a}*exp(-({d}*(u-{b})^2+{mixed}{e}*(v-{c})^2))")
    return " + ".join(terms)


def _tanh(n: int) -> str:
    """The squared error of a neuron v·tanh(u x) on n data."""
    return " + ".join(f"(v*tanh({x:.4f}*u)-({0.8 * np.tanh(1.3 * x):.4f}))^2" for x in np.linspace(-2, 2, n))


def _logistic(n: int) -> str:
    """Logistic regression on n data of two classes."""
    rng = np.random.default_rng(20)
    data = rng.normal(size=(n, 2)).round(3)
    signs = np.where(data @ [1.0, -0.5] + rng.normal(size=n) > 0, 1, -1)
    return " + ".join(f"log(1+exp({-y}*({a}*u+({b})*v)))" for (a, b), y in zip(data, signs, strict=True))


FORMULAS: dict[str, tuple[str, tuple[float, float]]] = {
    "paper": ("exp(-0.1*u)*sin(u)*sin(v)", (0, 10)),
    "Rosenbrock": ("(1-u)^2+100*(v-u^2)^2", (-2, 2)),
    "Himmelblau": ("(u^2+v-11)^2+(u+v^2-7)^2", (-5, 5)),
    "Beale": ("(1.5-u+u*v)^2+(2.25-u+u*v^2)^2+(2.625-u+u*v^3)^2", (-4.5, 4.5)),
    "Ackley": ("-20*exp(-0.2*sqrt(0.5*(u^2+v^2)))-exp(0.5*(cos(2*pi*u)+cos(2*pi*v)))+e+20", (-5, 5)),
    "sin(uv)+exp(-r^2)": ("sin(u*v)+exp(-u^2-v^2)", (-3, 3)),
    "tanh, 8 data": (_tanh(8), (-3, 3)),
    "5 Gaussians": (_gaussians(5, rotated=False), (-1, 4)),
    "5 rotated": (_gaussians(5, rotated=True), (-1, 4)),
    "logistic, 20 data": (_logistic(20), (-5, 5)),
}
