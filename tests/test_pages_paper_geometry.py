"""The first page and the experiments on geometry through Streamlit's test driver:
lights, links, and Python that prints the numbers shown.
"""

import contextlib
import io
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose
from PIL import Image
from streamlit.testing.v1 import AppTest

from curvlib import geometry_at, parse
from curvlib.curvature import definitions, formulas
from curvlib.paper import as_printed, diffusion
from curvlib.paper.surfaces import SURFACES
from curvlib.symbolic.tensor_forms import tensor_forms
from pages.ui import home
from pages.ui.charts import theme
from pages.ui.lessons.lessons import LESSONS
from pages.ui.page import sections
from pages.ui.panel import unpack
from pages.ui.paper import example31_figures, reparametrisation_figures, spectrum_figures, wells_figures
from pages.ui.paper.surfaces import gallery, surface_figures
from pages.ui.paper.tensors import tensor_lights, tensor_tables
from pages.ui.state import inputs
from tests import formula_box
from tests.session import checks, lights, opened, printed_by_its_python, said

ROOT = Path(__file__).parent.parent
PAGES = ("tensors", "spectrum", "example31", "wells", "reparametrisation", "surfaces")
NONSENSE = "![x](http://example.org) nan"


def sent(at: AppTest) -> dict[str, Any]:
    """The header of what the page's panel was sent."""
    (message,) = [component.proto.bytes for component in at.get("bidi_component") if component.proto.bytes]
    return unpack(message)[0]


def told(at: AppTest, cause: str, **event: object) -> AppTest:
    """The page after its panel has said something."""
    (panel,) = [component.proto for component in at.get("bidi_component") if component.proto.bytes]
    states = at._tree.get_widget_states()
    message = {"sequence": 1 + sent(at)["acknowledged"], "cause": cause, "causes": [cause]}
    message |= {"point": None, "values": {}, "colour": ""}
    states.widgets.add(id=panel.id, json_value=json.dumps({"event": message | event}))
    return at._run(states)


# --- what all of them have


@pytest.mark.parametrize("page", PAGES)
def test_page_opens_with_no_red_light_and_says_its_limits(page):
    at = opened(page)
    assert not at.exception
    assert "agrees" in lights(at)
    assert "differs" not in lights(at)
    assert {"What to try", "Limits"} <= {heading.value for heading in at.subheader}
    assert at.caption
    assert at.get("plotly_chart")


@pytest.mark.parametrize("page", PAGES)
def test_page_survives_a_link_of_nonsense(page):
    keys = (
        "f",
        "u",
        "v",
        "c",
        "eigenvalues",
        "family",
        "exponent",
        "q",
        "s1",
        "scale",
        "paths",
        "seed",
        "phi",
        "amount",
        "surface",
        "R",
        "quantity",
        "measure",
    )
    at = opened(page, **dict.fromkeys(keys, NONSENSE))
    assert not at.exception
    assert "differs" not in lights(at)
    assert NONSENSE not in said(at)


CHANGES = {
    "tensors": {"u": "0.5"},
    "spectrum": {"eigenvalues": "1,-1"},
    "example31": {"u": "3", "v": "1", "quantity": "tr H"},
    "wells": {"seed": "7"},
    "reparametrisation": {"phi": "rotation"},
    "surfaces": {"surface": "sphere", "R": "2"},
}


@pytest.mark.parametrize("page", PAGES)
def test_numbers_follow_the_link(page):
    before, after = opened(page), opened(page, **CHANGES[page])
    assert not after.exception
    assert checks(before) != checks(after)
    assert "differs" not in lights(after)


def test_words_of_one_page_mean_nothing_on_the_next():
    at = opened("reparametrisation", f="u*v")
    at.query_params.clear()
    at.switch_page("tensors.py").run()
    assert at.text_input(key="f").value == tensor_tables.WORKED
    assert at.number_input(key="u").value == 0


def test_check_turns_red_when_numbers_part(monkeypatch):
    monkeypatch.setattr(as_printed, "riemann", formulas.riemann)
    assert lights(opened("tensors")).count("printed") == 1
    monkeypatch.setattr(definitions, "riemann", lambda g, H: -formulas.riemann(g, H))
    assert "differs" in lights(opened("tensors"))


# --- the definitions that formulas are held against


@pytest.mark.parametrize("q", [2, 3, 5])
@pytest.mark.parametrize("tensor", ["christoffel", "riemann", "ricci", "scalar_curvature"])
def test_definition_and_formula_are_one(tensor, q):
    rng = np.random.default_rng(q)
    gradient, half = rng.standard_normal((6, q)), rng.standard_normal((6, q, q))
    hessian = half + np.swapaxes(half, -1, -2)
    assert_allclose(
        getattr(definitions, tensor)(gradient, hessian),
        getattr(formulas, tensor)(gradient, hessian),
        rtol=1e-10,
        atol=1e-11,
    )


def test_extremes_of_the_normal_curvature_are_the_principal_curvatures():
    at = geometry_at(parse("u + 2v + u^2/2 + 2uv + 5v^2/2"), (0.3, -0.2))
    angles = np.linspace(0, np.pi, 200_001)
    bends = definitions.normal_curvature(at.gradient, at.hessian, np.stack([np.cos(angles), np.sin(angles)], axis=-1))
    assert_allclose([bends.min(), bends.max()], at.principal_curvatures, rtol=1e-8)


# --- tensors


def test_worked_example_has_the_numbers_of_the_errata():
    at = opened("tensors")
    assert "0.1388888889" in checks(at)  # 5/36
    assert "−0.4444444444" in checks(at)  # -4/9
    assert "R^1_212 as printed:    -0.444444444444444" in printed_by_its_python(at)


def test_sphere_is_negative_under_the_definitions_as_printed_only():
    at = opened("tensors", f="sqrt(1 - u^2 - v^2)", u="0.3", v="0.2")
    numbers = tensor_lights.sides(geometry_at(parse("sqrt(1 - u^2 - v^2)"), (0.3, 0.2)))
    assert_allclose(
        [numbers.S, numbers.S_by_definition, numbers.S_by_A2, numbers.S_of_curvatures], [2, 2, -2, 2], rtol=1e-6
    )
    assert not at.exception


def test_tangent_vectors_leave_the_surface_along_its_slopes():
    at = opened("tensors", f="u^2 + 3*v", u="1", v="2")
    (message,) = [component.proto.bytes for component in at.get("bidi_component") if component.proto.bytes]
    header, arrays = unpack(message)
    ends = {
        overlay["name"][-3:]: (arrays[f"overlay{i}"], arrays[f"heights{i}"])
        for i, overlay in enumerate(header["overlays"])
        if overlay["look"] == "tangent"
    }
    np.testing.assert_allclose(ends["X_u"][0], [[1, 2], [1.6, 2]], rtol=1e-6)
    np.testing.assert_allclose(ends["X_u"][1], [7, 7 + 0.6 * 2], rtol=1e-6)
    np.testing.assert_allclose(ends["X_v"][0], [[1, 2], [1, 2.6]], rtol=1e-6)
    np.testing.assert_allclose(ends["X_v"][1], [7, 7 + 0.6 * 3], rtol=1e-6)


def test_no_tensors_where_there_is_no_derivative():
    at = opened("tensors", f="abs(u)")
    assert "Not defined at this point" in said(at)
    assert not at.get("plotly_chart")


def test_wrong_formula_is_answered_and_the_last_right_one_stays():
    at = opened("tensors")
    at.text_input(key="f").set_value("sin(").run()
    assert not at.exception
    assert "still that of" in said(at)


def test_tensors_in_letters_come_when_asked_for():
    at = opened("tensors", f="u^2 - v^2")
    at.button(key="work_out_tensors").click().run()
    assert any(r"S = - 8 \beta^{2}" in formula.value for formula in at.get("latex"))


def test_letters_are_equations_in_the_order_of_the_paper():
    from dataclasses import asdict

    lines = tensor_tables.symbolic(asdict(tensor_forms(parse("u^2 - v^2"))))
    assert [line.split(" = ")[0] for line in lines[-2:]] == [r"\operatorname{Ric}", "S"]
    assert r"\Gamma^u_{uu} = 4 \beta u" in lines


# --- spectrum


@pytest.mark.parametrize(
    ("eigenvalues", "S", "norm"), [("1,-1", "−2", "2"), ("2,2,-1", "0", "16"), ("3,3,-1", "6", "30")]
)
def test_norm_form_parts_from_S_at_saddles(eigenvalues, S, norm):
    at = opened("spectrum", eigenvalues=eigenvalues)
    assert f"saddle: {norm} · by definition {S} ·" in checks(at)
    assert "which is not S" in printed_by_its_python(at)


def test_slider_and_line_of_eigenvalues_are_one():
    at = opened("spectrum", eigenvalues="1, 2")
    assert [at.slider(key=f"eigenvalues {i}").value for i in range(2)] == [1, 2]
    at.slider(key="eigenvalues 1").set_value(-3.0).run()
    assert at.text_input(key="eigenvalues").value == "1, -3"
    at.button(key="more_eigenvalues").click().run()
    assert at.text_input(key="eigenvalues").value == "1, -3, 1"
    nine = opened("spectrum", eigenvalues=",".join("1" * 9))  # too many
    assert len(nine.slider) == len(opened("spectrum").slider)


@pytest.mark.parametrize("family", ["equal", "power law", "outliers"])
@pytest.mark.parametrize("q", [2, 50, 1000])
def test_share_of_a_family_is_its_closed_form(family, q):
    summed, closed = spectrum_figures.share(family, 1.7, q)
    assert_allclose(summed, closed, rtol=1e-10)


# --- geodesic balls


def test_python_of_the_balls_prints_the_ratios_and_the_constants_of_the_page():
    at = opened("ball", radius="0.6")
    output = printed_by_its_python(at)
    measured = re.search(r"Ratio on the sphere, measured: ([\d.]+)", checks(at)).group(1)
    ratio = re.search(r"Sphere S 2.0 ratio ([\d.]+)", output).group(1)
    assert float(measured) == pytest.approx(float(ratio), abs=1e-9)
    constant = re.search(r"The constant at q = 3, from a ball of radius 0.01: ([\d.]+)", checks(at)).group(1)
    assert float(constant) == pytest.approx(30, rel=1e-4)
    assert float(re.search(r"q 3 constant ([\d.]+)", output).group(1)) == pytest.approx(float(constant), rel=1e-4)
    assert lights(at) == ["agrees", "agrees"]


# --- Example 3.1


def test_example_has_the_numbers_of_the_paper():
    at = opened("example31")
    assert "0.6576007383" in checks(at)
    assert "0.9490675054" in checks(at)
    assert "0.94906750536" in printed_by_its_python(at)
    at = opened("example31", u="3", v="1", quantity="tr H")
    assert "3.527769" in checks(at)
    assert "−0.0516345" in checks(at)


@pytest.mark.parametrize("quantity", ["S", "tr H"])
def test_map_of_the_difference_is_that_of_the_formulas(quantity):
    shown = example31_figures.compared(quantity, 0.3)
    assert example31_figures.largest_difference(shown) < 1e-12
    assert_allclose(shown.values["difference"], shown.values["as printed"] - shown.definition, atol=1e-12)


# --- wells


def test_wells_have_the_curvatures_of_figure_1():
    done = wells_figures.walk({"s1": 0.4, "s2": 1.2}, 0.3, 200, 0)
    assert_allclose([well.scalar_curvature for well in done.wells.values()], [77.8150, 0.964506], rtol=1e-6)


def test_walks_are_the_same_for_one_seed_and_others_for_another():
    assert checks(opened("wells", seed="3")) == checks(opened("wells", seed="3"))
    at = opened("wells", seed="3")
    at.button(key="another_seed").click().run()
    assert at.number_input(key="seed").value == 4
    assert checks(at) == checks(opened("wells", seed="4"))


@pytest.mark.parametrize("canyon", ["true", "false"])
def test_python_of_the_wells_prints_the_numbers_that_are_checked(canyon):
    at = opened("wells", canyon=canyon, seed="3")
    output, checked = printed_by_its_python(at), checks(at)
    means = re.findall(r"Mean rise in the [\w ]+: ([\d.]+)", checked)
    assert len(means) == 2 + (canyon == "true")
    assert all(mean[:9] in output for mean in means)
    assert "S 77.8150475" in output


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_mean_rise_is_the_expected_one(seed):
    done = wells_figures.walk({"s1": 0.5, "s2": 1.0, "s3": 0.6}, 0.7, 4000, seed)
    for name, well in done.wells.items():
        assert abs(well.mean_rise - wells_figures.expected(done, name)) < 4.5 * well.mean_rise_error


def test_expected_rise_is_that_of_integration():
    nodes, weights = np.polynomial.hermite_e.hermegauss(80)
    loss, widths = parse(diffusion.FIGURE_1_WITH_CANYON), {"s1": 0.9, "s2": 1.2, "s3": 0.8}
    from curvlib import jet

    start, scale = (-2.0, 0.1), 0.5
    f = jet(loss, start[0] + scale * nodes[None, :], start[1] + scale * nodes[:, None], widths).f
    mean = weights @ f @ weights / (2 * np.pi)
    assert_allclose(
        diffusion.expected_pit_rise(start, scale, tuple(widths.values())), mean - jet(loss, *start, widths).f, rtol=1e-8
    )


# --- reparametrisation


@pytest.mark.parametrize("phi", list(reparametrisation_figures.SETTINGS))
def test_every_map_has_green_lights(phi):
    at = opened("reparametrisation", phi=phi)
    assert not at.exception
    assert "differs" not in lights(at)
    assert ("isometry" in checks(at)) == (phi in ("rotation", "reflection"))


def test_shear_of_three_parameters_has_the_numbers_of_the_errata():
    at = opened("reparametrisation", phi="shear")
    assert "4.472135955 · by definition 4 ·" in checks(at)
    assert reparametrisation_figures.three_parameters(1.0) == pytest.approx((4.0, 2 * 5**0.5))


def test_python_of_the_bench_prints_its_table():
    at = opened("reparametrisation", phi="typed", phi_u="u + v^2/4", phi_v="v - u/3")
    shown = reparametrisation_figures.bench(
        parse("(u^2 - 1)^2 + v^2"),
        reparametrisation_figures.Reparametrisation(parse("u + v^2/4"), parse("v - u/3")),
        (0.8, 0.3),
    )
    assert f"{float(shown.at.composed_scalar_curvature)!r}" in printed_by_its_python(at)


# --- surfaces


@pytest.mark.parametrize("name", list(SURFACES))
def test_every_surface_has_green_lights(name):
    at = opened("surfaces", surface=name)
    assert not at.exception
    assert set(lights(at)) == {"agrees"}
    assert len(lights(at)) == 1 + (SURFACES[name].euler_characteristic is not None)


def test_running_total_ends_where_gauss_and_bonnet_want_it():
    _, words = surface_figures.running_total(SURFACES["ellipsoid"], {"a": 1.7}, theme.palette("light"))
    assert "ends at 8 π" in words


@pytest.mark.parametrize(("name", "total"), [("ellipsoid", 8), ("torus", 0)])
def test_python_of_a_surface_prints_its_range_and_its_total(name, total):
    output = printed_by_its_python(opened("surfaces", surface=name))
    found = re.search(r"S from (\S+) to (\S+)\ntotal in units of pi: (\S+)", output)
    low, high, sum_ = (float(part) for part in found.groups())
    assert low < high
    assert sum_ == pytest.approx(total, abs=1e-9)


def pixels(name: str, theme_name: str) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(gallery.picture(name, theme.palette(theme_name)))), dtype=float)


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("name", list(SURFACES))
def test_picture_in_the_gallery_fills_its_cell_and_stands_out_from_the_page(name, look):
    painted = pixels(name, look)
    page = gallery._rgb(theme.palette(look).background)
    seen = np.abs(painted - page).max(axis=-1) > 12
    high, wide = np.nonzero(seen.any(axis=1))[0], np.nonzero(seen.any(axis=0))[0]
    assert painted.shape == (gallery.HEIGHT, gallery.WIDTH, 3)
    assert max(np.ptp(high) / gallery.HEIGHT, np.ptp(wide) / gallery.WIDTH) > 0.9
    filled = seen[:, seen.any(axis=0)].sum() / seen.any(axis=1).sum() / seen.any(axis=0).sum()
    assert filled > 0.2


def test_pictures_in_the_gallery_are_red_where_s_is_positive_and_blue_where_it_is_negative():
    for look in ("light", "dark"):
        (red, _, blue), (cold_red, _, cold_blue) = (pixels(name, look)[160, 200] for name in ("sphere", "pseudosphere"))
        assert red > blue + 20
        assert cold_blue > cold_red + 20


def test_near_side_of_a_surface_hides_the_far_one():
    u, v = (part + 100 for part in np.meshgrid(np.arange(10.0), np.arange(10.0)))
    far, front = np.full((10, 10), 0.1), np.full((10, 10), 0.9)
    both = [np.concatenate([part, part]) for part in (u, v)]
    colours = np.concatenate([np.full((10, 10, 3), 200.0), np.full((10, 10, 3), 40.0)])
    for depths, seen in (((far, front), 40), ((front, far), 200)):
        raster = gallery._painted(*both, np.concatenate(depths), colours, theme.palette("light"))
        assert abs(raster[52, 52].mean() - seen) < 80  # a line may cross there


def test_surface_chosen_in_the_gallery_is_shown_large():
    at = opened("surfaces")
    assert [button.label for button in at.button if button.key.startswith("show ")] == [
        surface.title for surface in SURFACES.values()
    ]
    at.button(key="show catenoid").click().run()
    assert at.selectbox(key="surface").value == "catenoid"
    assert "Minimal" in said(at)


# --- the first page


def test_first_page_has_a_picture_and_three_doors():
    at = AppTest.from_file(str(ROOT / "pages/main.py"), default_timeout=60).run()
    assert not at.exception
    assert [heading.value for heading in at.subheader] == ["Explore", "Read the paper", "Bring your own"]
    assert sent(at)["shown"] == ["surface"]
    assert len(at.get("page_link")) == 3 + len(LESSONS) + sum(
        len(pages) for name, pages in sections.SECTIONS.items() if name != "Explore"
    )


@pytest.mark.parametrize("landscape", list(home.LANDSCAPES))
def test_every_landscape_of_the_first_page_can_be_shown(landscape):
    at = AppTest.from_file(str(ROOT / "pages/main.py"), default_timeout=60)
    at.query_params["landscape"] = landscape
    assert not at.run().exception


def test_slider_of_the_first_page_is_in_its_link():
    at = AppTest.from_file(str(ROOT / "pages/main.py"), default_timeout=60)
    at.query_params["landscape"] = "Two wells and a canyon"
    at.query_params["three_wells.s1"] = "0.9"
    at.query_params["by"] = "trace"
    at.run()
    assert not at.exception
    assert {slider["name"]: slider["value"] for slider in sent(at)["sliders"]} == {"s1": 0.9, "s2": 1.2, "s3": 0.4}
    assert sent(at)["colour"] == "trace"


def test_what_is_dragged_and_chosen_in_the_picture_goes_into_the_link():
    at = told(AppTest.from_file(str(ROOT / "pages/main.py"), default_timeout=60).run(), "release", values={"c": 0.3})
    assert at.number_input(key="paper_ex31.c").value == 0.3
    assert sent(at)["sliders"][0]["value"] == 0.3
    at = told(at, "colour", colour="gradient")
    assert at.selectbox(key="by").value == "gradient"
    at = told(at, "release", values={"c": 1e9, "stranger": 3})
    assert at.number_input(key="paper_ex31.c").value == 0.5
    assert not at.exception


def test_point_picked_on_the_surface_of_the_example_moves_its_sliders():
    at = told(opened("example31"), "pick", point=[3.004, 1.0])
    assert (at.slider(key="u").value, at.slider(key="v").value) == (3.0, 1.0)
    at = told(at, "release", values={"c": 0.5})
    assert not at.exception
    assert "differs" not in lights(at)
    assert sent(at)["point"] == [3.0, 1.0]
    assert at.number_input(key="c").value == 0.5


@pytest.mark.parametrize(("canyon", "names"), [("true", ["s1", "s2", "s3"]), ("false", ["s1", "s2"])])
def test_walks_lie_over_the_landscape_and_its_widths_are_dragged(canyon, names):
    at = opened("wells", canyon=canyon, s1="0.6")
    walks = [overlay["name"] for overlay in sent(at)["overlays"] if overlay["name"].startswith("a walk")]
    assert len(walks) == len(names) == len(sent(at)["sliders"])
    before = checks(at)
    at = told(at, "release", values={"s1": 0.4})
    assert checks(at) != before
    assert "77.8150475" in checks(at).replace("\n", " ")
    assert "differs" not in lights(at)


def test_python_for_a_network_of_ones_own_gives_the_s_of_its_exact_hessian():
    output = io.StringIO()
    names = {}
    with contextlib.redirect_stdout(output):
        exec(home.NETWORK, names)
    x, theta = names["x"], names["theta"]
    p = 1 / (1 + np.exp(-x @ theta))
    hessian = (x * (p * (1 - p))[:, None]).T @ x / len(x) + 0.01 * np.eye(len(theta))
    exact = float(formulas.scalar_curvature(names["gradient"](theta), hessian))
    found = names["found"]
    assert abs(found.scalar_curvature - exact) < 4.5 * found.scalar_curvature_error + 1e-6 * exact
    assert found.scalar_curvature_error < 0.1 * exact
    assert f"S: {found.scalar_curvature}" in output.getvalue()


def test_formula_of_a_visitor_goes_to_the_explorer():
    at = AppTest.from_file(str(ROOT / "pages/main.py"), default_timeout=60).run()
    at.text_input(key="own").set_value("u^2 + 3 v^2").run()
    at.button(key="see").click().run()
    assert not at.exception
    assert formula_box.told(at)["text"] == "u^2 + 3 v^2"


def test_link_to_the_explorer_without_its_name_arrives_there():
    at = AppTest.from_file(str(ROOT / "pages/main.py"), default_timeout=60)
    at.query_params["f"] = "u^2 + 3 v^2"
    at.run()
    assert not at.exception
    assert formula_box.told(at)["text"] == "u^2 + 3 v^2"


# --- inputs


def test_letter_of_a_typed_formula_has_a_slider_that_the_link_keeps():
    at = opened("tensors", **{"f": "a*u^2 + v^2", "set.a": "2"})
    assert at.slider(key="set.a").value == 2
    assert "S by formula (4): 16 ·" in checks(at)
    at.slider(key="set.a").set_value(-1.5).run()
    assert "S by formula (4): −12 ·" in checks(at)
    assert "S by (4):              -12.0" in printed_by_its_python(at)


def test_value_in_the_text_sets_the_slider_and_letters_come_and_go():
    at = opened("tensors")
    at.text_input(key="f").set_value("a*u^2 + v^2").run()
    assert at.slider(key="set.a").value == 1
    at.text_input(key="f").set_value("a = 3; a*u^2 + v^2").run()
    assert at.slider(key="set.a").value == 3
    at.text_input(key="f").set_value("u^2 + v^2").run()
    assert not at.slider
    assert not at.exception


def test_letter_that_formulas_share_has_one_slider():
    at = opened(
        "reparametrisation",
        **{"f": "a*u^2 + v^2", "phi": "typed", "phi_u": "u + a*v", "phi_v": "b*v", "set.a": "0.5", "set.b": "2"},
    )
    assert not at.exception
    assert [slider.key for slider in at.slider if slider.key.startswith("set.")] == ["set.a", "set.b"]
    assert "differs" not in lights(at)
    assert "a=0.5;b=2;a*(u+a*v)^2+(b*v)^2" in printed_by_its_python(at)


@pytest.mark.parametrize("value", ["1e9", "nan", "", "2x"])
def test_value_of_a_letter_that_its_slider_has_not_got_is_left_at_its_default(value):
    at = opened("tensors", **{"f": "a*u^2 + v^2", "set.a": value})
    assert not at.exception
    assert at.slider(key="set.a").value == 1


@pytest.mark.parametrize(
    ("page", "key", "formula"), [("perturbations", "loss", "a*u^2 + u^4"), ("batches", "typed", "u*sin(k*v*t)")]
)
def test_other_pages_have_sliders_for_letters_too(page, key, formula):
    at = opened(page, **{key: formula, "model": "typed"})
    assert not at.exception
    (letter,) = [slider for slider in at.slider if slider.key.startswith("set.")]
    before = at.get("plotly_chart")[-1].proto.spec
    letter.set_value(2.5).run()
    assert not at.exception
    assert at.get("plotly_chart")[-1].proto.spec != before


@pytest.mark.parametrize("line", ["", "1,", "a", "1 2", "1_0", "nan", "1e999e", "1,2,3,4,5,6,7,8,9"])
def test_line_of_numbers_that_is_none_is_answered(line):
    at = opened("spectrum", eigenvalues="1,2")
    at.text_input(key="eigenvalues").set_value(line).run()
    assert not at.exception
    assert "Write 1 to 8 numbers" in said(at) or line == ""


def test_numbers_are_clamped():
    assert inputs._read_numbers("1e9, -3", 1, 8, 100.0) == [100.0, -3.0]
