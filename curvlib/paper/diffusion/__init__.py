"""Random motion in a well: Brownian paths shared by several wells (Figure 1) and the
Ornstein–Uhlenbeck process (equations 9 and 10).
"""

from curvlib.paper.diffusion.escaping import (
    Escape,
    breakdown_time,
    escape,
    expected_rise,
    expected_rise_as_printed,
    ornstein_uhlenbeck_paths,
    saturation,
)
from curvlib.paper.diffusion.wells import (
    FIGURE_1,
    FIGURE_1_WITH_CANYON,
    WellTrace,
    brownian_paths,
    expected_pit_rise,
    well_bottom,
    well_trace,
)

__all__ = [
    "FIGURE_1",
    "FIGURE_1_WITH_CANYON",
    "Escape",
    "WellTrace",
    "breakdown_time",
    "brownian_paths",
    "escape",
    "expected_pit_rise",
    "expected_rise",
    "expected_rise_as_printed",
    "ornstein_uhlenbeck_paths",
    "saturation",
    "well_bottom",
    "well_trace",
]
