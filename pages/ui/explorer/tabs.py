"""The tabs below the picture of the explorer, one for each subject."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import streamlit as st

from pages.ui.charts import theme
from pages.ui.explorer import ball_readings, optimiser_readings, share
from pages.ui.landscape import readings
from pages.ui.landscape.scene import Scene
from pages.ui.page.parts import part
from pages.ui.results import closed_form_jobs

SAVE = "Save and share"

TABS: Mapping[str, Callable[[Scene], None]] = MappingProxyType(
    {
        "At the point": lambda seen: readings.at_point(seen.geometry),
        "Geodesic ball": lambda seen: ball_readings.ball(seen.ball, theme.current()),
        "Geodesics": lambda seen: ball_readings.ways(seen.ways),
        "Optimisers": lambda seen: optimiser_readings.optimisers(seen.descents, theme.current()),
        "Critical points": lambda seen: readings.critical_points(seen.landscape.picture.critical),
        "Closed forms": lambda seen: closed_form_jobs.show(seen.landscape.expression),
    }
)
"""Title of a tab → a function that shows it for a scene."""


def show(seen: Scene, link: str) -> None:
    """The tabs; the last one is the place from which a visitor takes things home."""
    *places, home = st.tabs([*TABS, SAVE])
    for place, draw in zip(places, TABS.values(), strict=True):
        with part(place):
            draw(seen)
    with part(home):
        share.offer(seen, link)
