"""All that the explorer shows of a landscape:
the landscape, the chosen point, and what is drawn around it.
"""

from dataclasses import dataclass

from curvlib import PointGeometry
from pages.ui.landscape.current import Landscape
from pages.ui.page.parts import tried
from pages.ui.results import cache
from pages.ui.results.descents import Descents, Setting
from pages.ui.results.shown_balls import Point, Shown, Size, Ways


@dataclass(frozen=True, eq=False)
class Scene:
    """The scene that is shown.

    Attributes:
        landscape: the formula, the window, and the picture of them.
        point: the chosen point.
        geometry: at the point; None where that broke.
        size: of the geodesic ball; None where there is none.
        ball: around the point; None where there is none.
        ways: the geodesics to a second point; None where there are none.
        descents: what optimisers do from the point; None where none are run.
    """

    landscape: Landscape
    point: Point
    geometry: PointGeometry | None
    size: Size | None
    ball: Shown | None
    ways: Ways | None
    descents: Descents | None


def shown(
    landscape: Landscape, point: Point, size: Size | None, target: Point | None, setting: Setting | None = None
) -> Scene:
    """The scene with everything computed."""
    expression, parameters = landscape.expression, landscape.parameters
    geometry = tried(lambda: cache.geometry(expression, point, parameters))
    ball = tried(lambda: cache.ball(expression, point, parameters, size))
    ways = tried(lambda: cache.ways(expression, point, parameters, target))
    return Scene(
        landscape,
        point,
        geometry,
        size,
        ball,
        ways,
        tried(lambda: cache.descents(expression, point, parameters, setting)),
    )
