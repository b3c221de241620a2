"""Example 3.1 and Figure 2: what the trace misses, with the printed formulas next
to the corrected ones.
"""

import streamlit as st

from curvlib.paper import example31
from pages.ui.charts import theme
from pages.ui.page import experiment
from pages.ui.page.frame import show
from pages.ui.page.parts import part
from pages.ui.paper import dragging, example31_figures as example
from pages.ui.results import cache
from pages.ui.state import inputs

KEY = "waves"

experiment.header("example31", ("Example 3.1, corrected", example31.TRACE), ("", example31.CURVATURE))
with st.expander("As printed"):
    st.latex(example31.TRACE_AS_PRINTED)
    st.latex(example31.CURVATURE_AS_PRINTED)

with part(st.container(horizontal=True, gap="large", vertical_alignment="bottom", key="controls")):
    quantity = inputs.choice("Quantity", "quantity", list(example.QUANTITIES))
    u = inputs.slider("Point u", "u", 1.0, 0.0, 10.0)
    v = inputs.slider("Point v", "v", 2.0, 0.0, 10.0)

palette = theme.current()
with part():
    held = dragging.held(KEY, example.RANGES)
    c = held.values["c"]
    shown = example.compared(quantity, c)
    definition, corrected, printed = example.at_point(quantity, (u, v), c)

with part():
    picture = cache.picture(example.LOSS, shown.grid, held.values)
    measure = "S" if quantity == "S" else "trace"
    dragging.surface(KEY, picture, example.LOSS, held, "Example 3.1", colour=measure, point=(u, v))
for column, way in zip(st.columns(3), example.WAYS, strict=True):
    with part(column):
        st.subheader(way.capitalize())
        show(
            f"map-{way.replace(' ', '-')}",
            example.map_of(shown, way, (u, v), palette),
            example.about(shown, quantity, way),
        )

with part():
    error, apart = example.error(shown), example.largest_difference(shown)
    experiment.check(
        f"{quantity} at the point, corrected formula", corrected, definition, 1e-9, "from exact derivatives", error
    )
    experiment.check(
        f"Largest difference of the corrected {quantity} from the definition on the map", apart, 0.0, error=error
    )
    experiment.printed(f"{quantity} at the point", printed, definition, error=error)
with part():
    experiment.python(example.python(quantity, (u, v), c))
experiment.footer("example31")
