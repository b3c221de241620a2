"""Errata, perturbations, escaping, mini-batches, networks through Streamlit's test driver:
lights, links, and Python that prints the numbers shown.
"""

import re
import time
from types import SimpleNamespace

import numpy as np
import pytest

from curvlib import nets, parse
from curvlib.curvature import formulas
from curvlib.nets.training_job import Task, work
from curvlib.paper import batch_search, batches, diffusion, perturbations, reparametrisation
from curvlib.paper.errata import ERRATA, RIGHT_AS_PRINTED, Witness, agreements
from pages.ui.charts import theme
from pages.ui.page import experiment, sections
from pages.ui.paper import eigenvalues, errata_cards, escaping_figures, example31_figures
from pages.ui.paper.ball import specimens
from pages.ui.paper.batches import batch_figures
from pages.ui.paper.networks import network_figures, seed_figures, training_button
from pages.ui.paper.perturbations import perturbation_figures, remainder
from pages.ui.paper.surfaces import surface_figures
from pages.ui.results import long_jobs
from tests.session import checks, lights, opened, printed_by_its_python, said

PAGES = ("errata", "perturbations", "escaping", "batches", "networks")


@pytest.mark.parametrize("page", PAGES)
def test_page_opens_with_no_red_light(page):
    at = opened(page)
    assert not at.exception
    assert lights(at)
    assert "differs" not in lights(at)
    assert {"What to try", "Limits"} <= {heading.value for heading in at.subheader}


@pytest.mark.parametrize("page", PAGES)
def test_page_survives_a_link_of_nonsense(page):
    keys = "first second size seed loss q end t paths model split batches n k angle network seeds marked".split()
    at = opened(page, **dict.fromkeys(keys, "![x](http://example.org) nan"))
    assert not at.exception
    assert "differs" not in lights(at)


WRONG = {
    "spectrum": (formulas, "hessian_square_trace"),
    "ball": (specimens.math, "cos"),
    "example31": (example31_figures, "jet_scalar_curvature"),
    "wells": (diffusion, "expected_pit_rise"),
    "batches": (formulas, "scalar_curvature_at_minimum"),
    "perturbations": (perturbations, "rise"),
    "escaping": (diffusion.escaping, "expected_rise"),
    "reparametrisation": (reparametrisation, "hessian_of_composition"),
    "networks": (nets, "hessian_by_differences"),
    "surfaces": (surface_figures, "total_curvature"),
}
"""Page → a formula that one of its lights rests on;
those of tensors and errata have tests of their own.
"""


@pytest.mark.parametrize("page", WRONG)
def test_a_wrong_formula_turns_a_light_of_its_page_red(monkeypatch, page):
    state = {"surface": "sphere"} if page == "surfaces" else {}
    assert "differs" not in lights(opened(page, **state))
    module, name = WRONG[page]
    right = getattr(module, name)
    monkeypatch.setattr(module, name, lambda *given, **named: 1.5 * right(*given, **named))
    at = opened(page, **state)
    assert "differs" in lights(at)
    assert "does not agree" in checks(at)


# --- errata


def test_every_erratum_has_a_green_light_and_everything_right_is_listed():
    at = opened("errata")
    assert lights(at) == ["agrees"] * (len(ERRATA) + 1 + len(RIGHT_AS_PRINTED) + 1)
    assert all(statement.item in said(at) for statement in RIGHT_AS_PRINTED)
    assert all(erratum.item in said(at) for erratum in ERRATA)


def test_light_of_an_entry_that_does_not_differ_would_be_red():
    assert errata_cards.tells(Witness("a number", 1.0, 2.0))
    assert not errata_cards.tells(Witness("a number", 1.0, 1.0 + 1e-12))
    assert not errata_cards.tells(Witness("no number", 1.0, float("nan")))


@pytest.mark.parametrize("formula", [name for name in vars(agreements) if name.startswith("printed_")])
def test_light_of_a_right_statement_turns_red_where_its_formula_is_wrong(monkeypatch, formula):
    right = getattr(agreements, formula)
    monkeypatch.setattr(agreements, formula, lambda *given: right(*given) * (1 + 1e-5))
    at = opened("errata")
    assert lights(at).count("differs") == 2  # its own, and that of the sum
    assert "not confirmed" in checks(at)


def test_light_of_a_right_statement_turns_red_where_numbers_do_not_part_or_are_none(monkeypatch):
    monkeypatch.setattr(
        agreements, "batch_curvature", lambda *given: SimpleNamespace(curvatures=np.array([0.5]), full_curvature=0.5)
    )
    monkeypatch.setattr(agreements, "SADDLES", ("u^2 - 2*v^2",))
    monkeypatch.setattr(agreements.definitions, "metric", lambda g: np.full((*g.shape, g.shape[-1]), np.nan))
    monkeypatch.setattr(agreements.np.linalg, "eigvalsh", lambda matrices: matrices[..., 0])
    held = {statement.key: statement.agreement().holds for statement in RIGHT_AS_PRINTED}
    assert not any(held[key] for key in ("batches_differ", "trace_at_saddles", "metric", "metric_spectrum"))


@pytest.mark.parametrize("erratum", ERRATA, ids=lambda each: each.key)
def test_link_of_an_erratum_sets_its_experiment(erratum):
    assert sections.page(erratum.experiment)
    at = opened(erratum.experiment, **erratum.state)
    assert not at.exception
    shown = {
        element.key: element.value
        for kind in ("slider", "text_input", "selectbox", "number_input", "button_group")
        for element in at.get(kind)
    }
    for key, value in erratum.state.items():
        assert str(shown[key]).removesuffix(".0") == value


def test_check_has_subscripts_and_no_markup_but_its_own():
    assert experiment.marked("E[S_B] < S_D, f_uu") == "E[S<sub>B</sub>] &lt; S<sub>D</sub>, f<sub>uu</sub>"


def test_python_of_the_errata_prints_every_number():
    output = printed_by_its_python(opened("errata"))
    assert "example_curvature: S at (1, 2), c = 0.1: printed 0.949068, true 0.657601" in output
    assert all(f"{erratum.key}:" in output for erratum in ERRATA)
    assert output.count("holds: True") == len(RIGHT_AS_PRINTED)


# --- perturbations


def test_duel_shows_the_counterexample_of_equation_8():
    at = opened("perturbations")
    assert "contradicts (8)" in said(at)
    assert "S 6.0 8.0" in printed_by_its_python(at)
    at.text_input(key="second").set_value("6, 2").run()
    assert "agrees with (8)" in said(at)
    at.text_input(key="first").set_value("9, 9").run()
    assert "says nothing here" in said(at)


def test_python_of_the_duel_prints_the_estimate_that_is_checked():
    at = opened("perturbations", first="4,2,1", second="3,3,1", size="0.3", seed="5")
    assert at.text_input(key="second").value == "3,3,1"
    estimate = re.search(r"losses alone: ([\d.]+)", checks(at)).group(1)
    assert estimate[:9] in printed_by_its_python(at)


def test_sliders_write_the_line_of_eigenvalues_that_the_link_keeps():
    at = opened("perturbations")
    at.slider(key="first 0").set_value(5.0).run()
    assert at.text_input(key="first").value == "5, 1"
    assert at.slider(key="first 1").value == 1.0


@pytest.mark.parametrize("q", ["2", "4"])
def test_counterexample_finder_finds(q):
    at = opened("perturbations", q=q, equal="true")
    at.button[[button.label for button in at.button].index("Find a counterexample to (8)")].click().run()
    first, second = ([float(value) for value in at.text_input(key=key).value.split(",")] for key in ("first", "second"))
    assert (len(first), sum(first)) == (int(q), sum(second))
    assert perturbations.duel(first, second).refutes
    assert "contradicts (8)" in said(at)


def test_remainder_of_equation_7_has_a_sign():
    assert remainder.excess(parse("u^2/2 + u^4")).breaks
    assert not remainder.excess(parse("u^2/2 - u^4/30")).breaks
    at = opened("perturbations", loss="u + v")
    assert "not a minimum" in said(at)


def test_no_direction_rises_beyond_the_best_bound_and_some_come_close():
    found = perturbation_figures.clouds((3.0, 1.0), (2.0, 2.0), 0.5, 0)
    best = np.sqrt([bound.tight for bound in found.bounds])
    assert perturbation_figures.within(found) == 1.0
    assert (found.around.max(axis=1) > 0.99 * best).all()


@pytest.mark.parametrize(
    ("first", "second"), [((3.0, 1.0), (2.0, 2.0)), ((1.0, 0.0), (1.0, 1.0)), ((0.5, 0.5), (9.0, 1.0))]
)
def test_names_of_the_bounds_stand_on_opposite_sides_of_their_lines(first, second):
    shapes = perturbation_figures.directions(
        perturbation_figures.clouds(first, second, 0.3, 0), theme.palette("light")
    ).layout.shapes
    labels = {shape.label.text or shape.name: shape.label for shape in shapes}
    assert labels["(7), first"].xanchor == "left"
    assert labels["best, first"].xanchor == "right" or labels["best, first"].text is None  # in the legend
    assert (labels["(7), second"].yanchor, labels["best, second"].yanchor) == ("bottom", "top")


# --- escaping


@pytest.mark.parametrize("second", ["2, 2", "2.01, 2", "5, 1"])
def test_levels_have_their_names_in_the_legend_where_none_can_hide_another(second):
    wells = (3.0, 1.0), tuple(float(value) for value in second.split(","))
    shapes = escaping_figures.rises(
        escaping_figures.race(wells, 1.0, 0, 50), wells, 0.1, theme.palette("light")
    ).layout.shapes
    named = [shape.name for shape in shapes if shape.showlegend]
    assert named == ["first: ¼ tr <i>H</i>", "second: ¼ tr <i>H</i>"]


def test_simulated_rises_agree_and_equation_10_does_not():
    at = opened("escaping")
    assert lights(at) == ["agrees", "printed"] * 2
    assert "0.3837085847" in checks(at)
    assert "0.38370858465998475" in printed_by_its_python(at)


def test_canyon_with_no_curvature_escapes_first():
    at = opened("escaping", first="9,0", second="1,1", t="0.1")
    exact = [float(value) for value in re.findall(r"simulated: [\d.]+ · exact ([\d.]+)", checks(at))]
    assert exact[0] > 15 * exact[1]
    assert lights(at)[0] == "agrees"


# --- mini-batches


def test_default_split_has_the_numbers_of_figure_3():
    at = opened("batches")
    assert "−1.941, on average −2.499" in said(at)
    assert lights(at) == ["agrees"] * 4
    assert "-1.94058" in printed_by_its_python(at)


def test_unequal_batches_light_the_print_and_leave_the_identity_green():
    at = opened("batches", split="unequal", a="1", b="1")
    assert lights(at) == ["agrees", "agrees", "printed", "agrees"]


@pytest.mark.parametrize("rule", batch_figures.RULES)
def test_identity_of_the_gap_holds_for_every_rule(rule):
    at = opened("batches", split=rule, n="30", k="4")
    assert not at.exception
    assert lights(at)[:2] == ["agrees", "agrees"]


def test_painted_batches_are_read_from_the_link_and_written_back():
    labels = np.array([0] * 20 + [1] * 5 + [2] * 5)
    line = batch_figures.write(labels)
    assert batch_figures.read(line, 30, 3).tolist() == labels.tolist()
    at = opened("batches", split="painted", n="30", k="3", batches=line)
    assert "3 batches of 5 to 20" in said(at)
    assert batch_figures.read("?é9", 6, 2).tolist() == [0, 0, 9, 1, 1, 1]


def test_search_runs_in_a_process_of_its_own_and_finds_what_its_seed_finds():
    at = opened("batches", split=batch_figures.SEARCHED, n="30", k="3", seed="5")
    assert "until it is found" in said(at)
    assert [button.label for button in at.button].count("Cancel") == 1
    at.session_state.search.wait()
    at.run()
    assert not at.exception
    assert "until it is found" not in said(at)
    task = at.session_state.search.task
    assert at.session_state.search.result.tolist() == batch_search.work(task).tolist()
    data = batch_figures.experiment(parse(batches.MODELS["a sin(b x)"]), (0.0, 0.0), np.pi, 30)
    gaps = [
        abs(batches.batch_curvature(data.hessians, labels).gap)
        for labels in (at.session_state.search.result, np.arange(30) % 3)
    ]
    assert gaps[0] > 0.5 > gaps[1]
    assert lights(at)[:2] == ["agrees", "agrees"]
    another = opened("batches", split=batch_figures.SEARCHED, n="30", k="3", seed="5")
    assert "search" not in another.session_state  # found already
    assert checks(another) == checks(at)


def test_search_can_be_cancelled_and_begun_again():
    at = opened("batches", split=batch_figures.SEARCHED, tries="100,000", seed="6")
    at.session_state.search.cancel()
    at.run()
    assert "Cancelled." in said(at)
    assert "until it is found" in said(at)
    at.button(key="again").click().run()
    assert at.session_state.search.ending is None
    at.slider(key="k").set_value(3).run()  # another question: the search for the last one ends
    assert at.session_state.search.task.k == 3
    at.session_state.search.cancel()


def test_third_visitor_who_searches_is_told_that_the_places_are_taken():
    long = [training_button.begin(Task(widths=(1, 64, 64, 1), steps=100_000)) for _ in range(long_jobs.JOBS)]
    at = opened("batches", split=batch_figures.SEARCHED, seed="7")
    assert "already running" in said(at)
    for job in long:
        job.cancel()
    at.button(key="again").click().run()
    assert "already running" not in said(at)
    at.session_state.search.cancel()


def test_two_regressions_have_no_curvature_alone_and_some_together():
    for angle in (0, 30, 90):
        split = batch_figures.regressions(angle)
        assert split.curvatures == pytest.approx([0, 0], abs=1e-15)
        assert split.full_curvature == pytest.approx(np.sin(np.radians(angle)) ** 2 / 2)


# --- networks


def test_page_opens_with_the_pair_of_the_paper():
    at = opened("networks")
    assert "Seed 107: S = 429.9" in said(at)
    assert "Seed 22: S = 615.9" in said(at)
    assert re.search(r"best ordered by \*\*tr H\*\*, the spread by \*\*tr H²\*\*", said(at))
    assert "seed 107" in checks(at)


def test_stored_weights_are_what_training_gives():
    stored = training_button.stored()
    again = work(Task())
    S = nets.geometry(Task().loss, np.stack([stored.theta, again.theta])).scalar_curvature_at_minimum
    assert S[0] == pytest.approx([429.930785, 615.900587], rel=1e-6)
    assert S[1] == pytest.approx(S[0], rel=1e-3)  # thousands of steps: the last digits depend on the processor


def test_other_networks_are_trained_in_a_process_of_their_own():
    at = opened("networks", network="1-8-1", steps="1000", seeds="1, 2")
    assert "have not been trained yet" in said(at)
    at.button(key="train").click().run()
    at.session_state.job.wait()
    at.run()
    assert not at.exception
    assert "Seed 1: S =" in said(at)
    assert lights(at) == ["agrees"]
    S = float(re.search(r"seed 1, exact Hessian: ([\d.]+)", checks(at)).group(1))
    assert S == pytest.approx(
        float(re.search(r"Proposition 2.3 \[\s*([\d.]+)", printed_by_its_python(at)).group(1)), rel=1e-3
    )


def test_training_can_be_cancelled_and_leaves_its_place_to_others():
    long = Task(widths=(1, 64, 64, 1), steps=100_000)
    begun = [training_button.begin(long) for _ in range(long_jobs.JOBS)]
    try:
        assert training_button.begin(long) is None
    finally:
        for job in begun:
            job.cancel()
    assert [job.ending for job in begun] == ["cancelled"] * long_jobs.JOBS
    again = training_button.begin(Task(widths=(1, 2, 1), steps=5))
    again.wait()
    assert again.ending == "done"
    assert again.result.theta.shape == (2, 7)


def test_training_ends_when_nobody_looks(monkeypatch):
    monkeypatch.setattr(long_jobs, "UNWATCHED", 0.3)
    job = training_button.begin(Task(widths=(1, 64, 64, 1), steps=100_000))
    job.wait()
    assert job.ending == "stopped"


def test_newton_finishes_at_the_recurring_minimum():
    job = training_button.begin(Task(widths=(1, 16, 1), seeds=(0,), weight_decay=1e-3, polished=True))
    while job.ending is None:
        job.watch()
        time.sleep(0.05)
    assert job.result.converged == (True,)
    loss = job.task.loss
    assert float(nets.geometry(loss, job.result.theta[0]).scalar_curvature) == pytest.approx(294.43821, rel=1e-6)


def test_hessian_by_differences_is_the_exact_one():
    loss = nets.task(nets.Network((1, 5, 1), "softplus"))
    theta = nets.start(loss, 3)
    assert nets.hessian_by_differences(loss, theta) == pytest.approx(loss.hessian(theta), abs=1e-8)


@pytest.mark.parametrize("outcome", seed_figures.OUTCOMES)
def test_scatter_marks_the_same_seeds_in_every_figure(outcome):
    study = seed_figures.studies()["sigma 0.1"]
    for predictor, (column, _) in seed_figures.PREDICTORS.items():
        marked = seed_figures.scatter(study, predictor, outcome, [99, 44], theme.palette("light")).data[1]
        assert sorted(marked.x) == sorted(getattr(study, column)[[44, 99]])
        assert [name.strip() for name in marked.text] == ["44", "99"]


def test_figures_are_valid_plotly():
    import plotly.graph_objects as go

    palette, task = theme.palette("dark"), Task()
    found = network_figures.landscape(task, training_button.stored(), 0.1, 1)
    clouds = perturbation_figures.clouds((3.0, 1.0), (2.0, 2.0), 0.1, 0)
    figures = [
        network_figures.fits(found, 0, palette),
        network_figures.rises(found, palette),
        network_figures.spectra(found, palette),
    ]
    figures += [
        network_figures.losses(found, palette),
        seed_figures.lengths([99], palette),
        seed_figures.well_posed(palette),
    ]
    figures += [perturbation_figures.directions(clouds, palette), perturbation_figures.noise(clouds, palette)]
    figures += [remainder.figure(remainder.excess(parse("u^2")), palette)]
    for figure in figures:
        go.Figure(figure.to_plotly_json())
        assert figure.layout.xaxis.title.text
        assert figure.layout.yaxis.title.text


def test_eigenvalues_are_never_negative():
    at = opened("escaping", first="-3, 1")
    assert not at.exception
    assert at.slider(key="first 0").value == 3.0
    assert eigenvalues.LARGEST == at.slider(key="first 0").max
