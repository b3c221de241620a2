"""The tensors page on losses of any steepness:
right numbers, no false alarm, and a true one where the library is wrong.
"""

import math

import numpy as np
import pytest
import sympy
from numpy.testing import assert_allclose

from curvlib import PRESETS, geometry_at, parse
from curvlib.curvature import definitions, formulas
from curvlib.paper import as_printed
from pages.ui.page import experiment
from pages.ui.paper.tensors import tensor_lights
from tests.session import checks, lights, opened, said

ROSENBROCK = "100*(v-u^2)^2+(1-u)^2"
SMALL = "1e-5*(u + 2*v + u^2/2 + 2*u*v + 5*v^2/2)"
PLACES = {
    "Rosenbrock in its window": (ROSENBROCK, -2, 2),
    "Rosenbrock at its rim": (ROSENBROCK, -5, 5),
    "Rosenbrock far out": (ROSENBROCK, -30, 20),
    "Himmelblau": ("(u^2+v-11)^2+(u+v^2-7)^2", 5, 5),
    "a wave": ("exp(9*u)*sin(v)", 2, 1),
    "a steeper wave": ("exp(20*u)*sin(v)", 1, 1),
    "a saddle far out": ("u^2-v^2", 1000, 1000),
    "a steep plane": ("1e8*(u+v)", 0, 0),
    "a small loss": (SMALL, 0, 0),
    "a tilted bowl": ("1e8*u+v^2+u^2", 0, 0),
    "slopes of 1e100": ("1e100*(u^2-v^2)", 1, 1),
}


def in_rational_numbers(at):
    """R¹₂₁₂ and S of a point's float64 jet by the definitions, worked out by sympy from the
    quadratic loss with this jet.
    """
    x, n = sympy.symbols("x y"), range(2)
    slope, H = ([sympy.Rational(float(number)) for number in part.ravel()] for part in (at.gradient, at.hessian))
    f = slope[0] * x[0] + slope[1] * x[1] + (H[0] * x[0] ** 2 + 2 * H[1] * x[0] * x[1] + H[3] * x[1] ** 2) / 2
    g = sympy.eye(2) + sympy.Matrix(2, 2, lambda i, j: f.diff(x[i]) * f.diff(x[j]))
    inverse, here = g.inv(), dict.fromkeys(x, 0)

    def gamma(i, k, m):
        return sum(inverse[i, a] * (g[a, k].diff(x[m]) + g[a, m].diff(x[k]) - g[k, m].diff(x[a])) for a in n) / 2

    R = (gamma(0, 1, 1).diff(x[0]) - gamma(0, 1, 0).diff(x[1])).subs(here)
    R += sum((gamma(0, 0, r) * gamma(r, 1, 1) - gamma(0, 1, r) * gamma(r, 1, 0)).subs(here) for r in n)
    return float(R), float(2 * R / g[1, 1].subs(here))


def kinds(at):
    """The lights of a point, and what is said of the print."""
    sides = tensor_lights.sides(at)
    found = [experiment.verdict(*light[1:4], light[5]) for light in tensor_lights.checks(sides)]
    return found, [experiment.verdict(*light[1:]) for light in tensor_lights.prints(sides)]


@pytest.mark.parametrize("place", PLACES)
def test_definition_has_all_its_digits_however_steep_the_loss(place):
    f, u, v = PLACES[place]
    at = geometry_at(parse(f), (u, v))
    found = tensor_lights.sides(at)
    R, S = in_rational_numbers(at)
    assert_allclose([found.R_by_definition, found.S_by_definition, found.S_by_A2], [R, S, -S], rtol=1e-15)
    assert_allclose(definitions.ricci(at.gradient, at.hessian)[1, 1], R, rtol=1e-15)
    assert_allclose(at.riemann[0, 1, 0, 1], R, rtol=1e-13)


@pytest.mark.parametrize(
    ("place", "number"),
    [("Rosenbrock far out", 1.7526425530614e-10), ("a saddle far out", -2.5e-7), ("a wave", -0.00711577508869)],
)
def test_curvature_of_steep_losses_is_the_known_number(place, number):
    f, u, v = PLACES[place]
    assert_allclose(tensor_lights.sides(geometry_at(parse(f), (u, v))).R_by_definition, number, rtol=1e-12)


@pytest.mark.parametrize("place", PLACES)
def test_page_neither_breaks_nor_calls_right_formulas_wrong_on_steep_losses(place):
    f, u, v = PLACES[place]
    at = opened("tensors", f=f, u=str(u), v=str(v))
    assert not at.exception
    assert "differs" not in lights(at)
    assert lights(at)[1:4] == ["agrees"] * 3


@pytest.mark.parametrize("name", PRESETS)
def test_no_preset_has_a_red_light_anywhere_in_its_window(name):
    preset, rng = PRESETS[name], np.random.default_rng(11)
    loss = parse(preset.text)
    for shares in rng.uniform(size=(60, 2)):
        point = tuple(low + share * (high - low) for share, (low, high) in zip(shares, preset.window, strict=True))
        at = geometry_at(loss, point, preset.defaults)
        if not at.undefined:
            found, _ = kinds(at)
            assert "differs" not in found, point
            assert found[0] == "agrees", point


def test_print_and_definition_of_a_small_loss_differ_and_it_is_said():
    at = opened("tensors", f=SMALL, u="0", v="0")
    assert lights(at).count("printed") == 2
    assert "the print gives the same" not in checks(at)


WRONG = {
    "the sign of R": (formulas, "riemann", -1),
    "twice Ricci": (formulas, "ricci", 2),
    "twice Γ": (formulas, "christoffel", 2),
    "the sign of S": (formulas, "jet_scalar_curvature", -1),
    "the sign of R by definition": (definitions, "riemann", -1),
    "twice Ricci by definition": (definitions, "ricci", 2),
    "twice Γ by definition": (definitions, "christoffel", 2),
    "twice S by definition": (definitions, "scalar_curvature", 2),
}


@pytest.mark.parametrize("place", ["Rosenbrock far out", "a saddle far out", "a small loss", "a wave"])
@pytest.mark.parametrize("fault", WRONG)
def test_a_library_that_is_wrong_turns_a_light_red_on_steep_and_on_small_losses(monkeypatch, fault, place):
    (module, name, factor), (f, u, v) = WRONG[fault], PLACES[place]
    right = getattr(module, name)
    monkeypatch.setattr(module, name, lambda *derivatives: factor * right(*derivatives))
    assert "differs" in kinds(geometry_at(parse(f), (u, v)))[0]


def test_page_turns_red_where_the_library_is_wrong(monkeypatch):
    right = formulas.ricci
    monkeypatch.setattr(formulas, "ricci", lambda *derivatives: 2 * right(*derivatives))
    at = opened("tensors", f=ROSENBROCK, u="-1.75", v="2.125")  # no point that the cache remembers
    assert lights(at).count("differs") == 1
    assert "does not agree" in checks(at)


def test_print_that_were_right_would_not_be_called_wrong(monkeypatch):
    monkeypatch.setattr(as_printed, "riemann", definitions.riemann)
    assert kinds(geometry_at(parse(ROSENBROCK), (-2, 2)))[1] == ["agrees", "differs"]


@pytest.mark.parametrize(
    ("f", "words"),
    [
        ("sqrt(u^2 + v^2)", "too small to tell"),  # a cone: S is the rounding of its derivatives
        ("1e-170*(u^2 - v^2)", "too small to tell"),  # S is 8e-340
        ("1e160*(u^2 - v^2) + 0*u", "too large to tell"),
    ],
)
def test_numbers_that_cannot_be_told_are_not_green(f, words):
    at = opened("tensors", f=f, u="0" if "1e" in f else "1", v="0" if "1e" in f else "0.3")
    assert not at.exception
    assert lights(at)[1:4] == ["unknown"] * 3
    assert words in checks(at)


@pytest.mark.parametrize(
    "f",
    [
        "abs(u)",
        "relu(u)*v",
        "max(u, v)",
        "floor(u)",
        "1/u",
        "log(u)",
        "exp(exp(u + 9))",
        "sqrt(u^2 + v^2)",
        "1e308*exp(u^2 + v^2 + 1)",
    ],
)
def test_where_there_are_no_derivatives_there_is_a_sentence(f):
    at = opened("tensors", f=f, u="0", v="0")
    assert not at.exception
    assert "Not defined at this point" in said(at) or "differs" not in lights(at) != []


@pytest.mark.parametrize(
    ("value", "expected", "error", "light"),
    [
        (1.0, 1.0 + 1e-12, 0, "agrees"),
        (1e-12, 1.001e-12, 0, "differs"),
        (-5e-10, 1e-10, 0, "differs"),
        (1e-17, 2e-17, 1e-16, "unknown"),
        (1e-17, 0.0, 1e-16, "agrees"),
        (1e-3, 0.0, 1e-16, "differs"),
        (0.0, 0.0, 0, "agrees"),
        (0.0, -5e-324, 0, "unknown"),
        (math.nan, math.nan, 0, "unknown"),
        (math.inf, math.inf, 0, "unknown"),
        (math.nan, 1.0, 0, "differs"),
        (math.inf, 1.0, 0, "differs"),
        (-12266.0, 2000.0, 77000.0, "unknown"),
    ],
)
def test_light_is_green_only_where_the_numbers_say_so(value, expected, error, light):
    assert experiment.verdict(value, expected, 1e-9, error) == light


@pytest.mark.parametrize(
    ("cylinder", "point"),
    [
        ("1e8*(u+v)^2", (1, 2)),
        ("exp(10*(u+v))", (2, 1)),
        ("1e12*(u+v)^2", (1, 0)),
        ("cosh(u)*cosh(v)", (-26.89080078604405, 19.87496793910067)),
    ],
)
def test_bending_curve_of_a_steep_cylinder_is_no_disagreement_where_both_its_extremes_are_rounding(cylinder, point):
    found = tensor_lights.checks(tensor_lights.sides(geometry_at(parse(cylinder), point)))
    kinds = [experiment.verdict(value, expected, tolerance, error) for _, value, expected, tolerance, _, error in found]
    assert "differs" not in kinds
