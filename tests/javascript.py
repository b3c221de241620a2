"""The tasks and comparisons of printed JavaScript, run by Node or by Chromium."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.testing import assert_allclose

from curvlib import PRESETS, Expression, Fields, Grid, evaluate, parse
from curvlib.curvature.measures import FURTHER, MEASURES
from curvlib.evaluation.jets import jet_program
from curvlib.kernels.javascript import Source, javascript

SHAPE = (23, 19)
COMPUTED_MEASURES = {key: measure.name for key, measure in MEASURES.items() if not measure.multiple}


def source_of(expression: Expression) -> Source:
    return javascript(jet_program(expression, tuple(FURTHER)), expression.parameters)


def task(source: Source, grid: Grid, values: Mapping[str, float]) -> dict[str, Any]:
    """The task of a runner of JavaScript, as JSON carries it."""
    return {
        "body": source.body,
        "u": list(grid.u),
        "v": list(grid.v),
        "p": [values[name] for name in source.parameters],
    }


def arrays(answer: Mapping[str, list[Any]]) -> dict[str, np.ndarray]:
    """Fields as a runner gives them back, with "nan" for what is undefined."""
    return {name: np.array(values, dtype=float).reshape(SHAPE) for name, values in answer.items()}


def assert_agree(fields: Fields, found: Mapping[str, np.ndarray], name: str = "") -> None:
    """To rounding: eleven digits, and where terms cancel, thirteen of the largest value in the
    window, for the mean curvature of the largest principal one. Further measures may be undefined
    where the square of the gradient overflows.
    """
    with np.errstate(over="ignore"):
        steep = ~np.isfinite(fields.gradient_norm**2)
    for short, attribute in COMPUTED_MEASURES.items():
        truth = getattr(fields, attribute)
        both = np.isfinite(truth) & np.isfinite(found[short])
        size = np.abs(truth[both]).max(initial=0.0)
        if short == "mean":
            size = max(size, np.sqrt(np.abs(fields.scalar_curvature[both]).max(initial=0.0)))
        assert_allclose(
            found[short][both], truth[both], rtol=1e-11, atol=1e-13 * min(size, 1e3), err_msg=f"{name}: {short}"
        )
        known = np.isfinite(truth) & ~(steep if attribute in FURTHER else False)
        assert (known == np.isfinite(found[short])).all(), f"{name}: {short} is undefined elsewhere"


def preset_tasks() -> list[dict[str, Any]]:
    found = []
    for preset in PRESETS.values():
        expression = parse(preset.text)
        found.append(task(source_of(expression), preset.grid(SHAPE), {**expression.defaults, **preset.defaults}))
    return found


def assert_presets_agree(answers: list[Mapping[str, list[Any]]]) -> None:
    for (name, preset), answer in zip(PRESETS.items(), answers, strict=True):
        assert_agree(
            evaluate(parse(preset.text), preset.grid(SHAPE), preset.defaults, further=tuple(FURTHER)),
            arrays(answer),
            name,
        )
