"""Lessons: a landscape without controls, a question about it, and by a second link the answer with
the numbers that prove it.

    lesson      which one, a key of `LESSONS`        answer      "on" to show the answer

The words are in assets/prose/lesson_<name>.md: the title, the question, and a section "Answer".
They hold no numbers: those are computed here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from string import ascii_uppercase
from types import MappingProxyType

import numpy as np

from curvlib import PRESETS, Expression, Grid, PointGeometry, geometry_at, jet, parse
from curvlib.arrays import Floats
from curvlib.paper import diffusion
from curvlib.paper.perturbations import mean_rise
from pages.ui.page.experiment import Prose, prose
from pages.ui.results.shown_balls import Point

SAME = 1e-9
"""Numbers that differ by less than this share of the largest rank alike."""


@dataclass(frozen=True)
class Lesson:
    """A landscape with some places to compare.

    Attributes:
        name: its word in the address.
        text: the loss; its parameters have their values in it.
        window: the ranges of u and v.
        near: a point near each place, from left to right; the place is where Newton's method comes
            to rest from there.
        sigma: the size of the nudges.
    """

    name: str
    text: str
    window: tuple[Point, Point]
    near: tuple[Point, ...]
    sigma: float

    @property
    def expression(self) -> Expression:
        return parse(self.text)

    @property
    def grid(self) -> Grid:
        return Grid(*self.window, (256, 256))

    @property
    def words(self) -> Prose:
        return prose(f"lesson_{self.name}")


LESSONS: Mapping[str, Lesson] = MappingProxyType(
    {
        lesson.name: lesson
        for lesson in (
            Lesson(
                "flattest",
                PRESETS["himmelblau"].text,
                PRESETS["himmelblau"].window,
                ((-3.8, -3.3), (-2.8, 3.1), (3.0, 2.0), (3.6, -1.8)),
                0.05,
            ),
            Lesson(
                "trace", PRESETS["branin"].text, PRESETS["branin"].window, ((-3.1, 12.3), (3.1, 2.3), (9.4, 2.5)), 0.1
            ),
            Lesson(
                "canyon",
                diffusion.FIGURE_1_WITH_CANYON.replace("\n", "; "),
                ((-4.5, 9.0), (-4.0, 4.0)),
                ((-2.0, 0.0), (2.0, 0.0), (7.0, 0.0)),
                0.1,
            ),
        )
    }
)
"""The lessons by name, in their order."""


@dataclass(frozen=True)
class Place:
    """A place of a lesson with all that may be measured there.

    Attributes:
        letter: how the lesson calls it.
        geometry: there.
        rise: the mean rise of the loss under normal nudges of the lesson's size.
    """

    letter: str
    geometry: PointGeometry
    rise: float

    @property
    def point(self) -> Point:
        return self.geometry.point

    @property
    def S(self) -> float:
        return self.geometry.scalar_curvature

    @property
    def trace(self) -> float:
        return self.geometry.hessian_trace

    @property
    def sharpest(self) -> float:
        """The larger eigenvalue of H."""
        return float(max(self.geometry.eigenvalues))


MEASURES: Mapping[str, str] = MappingProxyType(
    {"S": "S", "trace": "tr H", "sharpest": "larger eigenvalue of H", "rise": "mean rise"}
)
"""Attribute of a `Place` → its words: the ways to say how flat a place is."""


@cache
def places(lesson: Lesson) -> tuple[Place, ...]:
    """The places of a lesson, A first."""
    loss = lesson.expression

    def place(letter: str, near: Point) -> Place:
        point = diffusion.well_bottom(loss, near)
        return Place(
            letter,
            geometry_at(loss, point),
            mean_rise(lambda x: jet(loss, x[..., 0], x[..., 1]).f, point, lesson.sigma),
        )

    return tuple(place(letter, near) for letter, near in zip(ascii_uppercase, lesson.near, strict=False))


def ranking(found: Sequence[Place], measure: str) -> str:
    """The letters, the flattest first: "B < A = C".

    >>> ranking(places(LESSONS["trace"]), "S")
    'A = B = C'
    """
    values = {place.letter: float(getattr(place, measure)) for place in found}
    same = SAME * max(abs(value) for value in values.values())
    groups: list[list[str]] = []
    for letter in sorted(values, key=lambda letter: values[letter]):
        if groups and values[letter] - values[groups[-1][0]] <= same:
            groups[-1].append(letter)
        else:
            groups.append([letter])
    return " < ".join(" = ".join(sorted(group)) for group in groups)


def table(lesson: Lesson) -> dict[str, list[object]]:
    """The places and what is measured there, by column."""
    found = places(lesson)
    columns: dict[str, list[object]] = {
        "place": [place.letter for place in found],
        "u": [place.point[0] for place in found],
        "v": [place.point[1] for place in found],
    }
    return columns | {words: [getattr(place, measure) for place in found] for measure, words in MEASURES.items()}


def verdicts(lesson: Lesson) -> list[str]:
    """The ranking of the places by each measure, in sentences."""
    found = places(lesson)
    return [f"By {words}: {ranking(found, measure)}" for measure, words in MEASURES.items()]


def neighbours(name: str) -> tuple[str | None, str | None]:
    """The lesson before this one and the lesson after it."""
    names = list(LESSONS)
    k = names.index(name)
    return (names[k - 1] if k else None), (names[k + 1] if k + 1 < len(names) else None)


def query(name: str, answer: bool = False) -> dict[str, str]:
    """The query of the link to a lesson, or to its answer."""
    return {"lesson": name, "answer": "on"} if answer else {"lesson": name}


def marks(lesson: Lesson) -> Floats:
    """The places, shape (n, 2)."""
    return np.array([place.point for place in places(lesson)])


def python(lesson: Lesson) -> str:
    """The numbers of the answer, in Python."""
    points = [place.point for place in places(lesson)]
    return f"""from curvlib import geometry_at, jet, parse
from curvlib.paper.perturbations import mean_rise

loss = parse({lesson.text!a})
for letter, point in zip({"".join(place.letter for place in places(lesson))!r}, {points!r}):
    at = geometry_at(loss, point)
    rise = mean_rise(lambda x: jet(loss, x[..., 0], x[..., 1]).f, point, {lesson.sigma!r})
    print(letter, "S", at.scalar_curvature, "tr H", at.hessian_trace, \
"larger eigenvalue", max(at.eigenvalues), "mean rise", rise)
"""
