"""The page that `benchmarks/panel.py` compares the live panel with:
the same fields by st.plotly_chart, as one would write it first.
"""

import plotly.graph_objects as go
import streamlit as st

from curvlib import PRESETS, parse
from pages.ui.results import cache

st.set_page_config("Plain", layout="wide")
preset = PRESETS[st.query_params.get("preset", "paper_ex31")]
side = int(st.query_params.get("n", "128"))
expression = parse(preset.text)


@st.fragment
def page() -> None:
    sliders = {
        name: st.slider(name, limits.low, limits.high, limits.default, (limits.high - limits.low) / 100)
        for name, limits in preset.parameters.items()
    }
    grid = preset.grid((side, side))
    fields = cache.picture(expression, grid, sliders).fields  # computes what the panel's page computes
    surface = go.Figure(go.Surface(x=grid.u, y=grid.v, z=fields.f, surfacecolor=fields.scalar_curvature))
    columns = st.columns(2)
    columns[0].plotly_chart(surface, key="surface")
    for k, name in enumerate(("scalar_curvature", "hessian_trace", "gradient_norm")):
        columns[(k + 1) % 2].plotly_chart(go.Figure(go.Heatmap(x=grid.u, y=grid.v, z=getattr(fields, name))), key=name)
    st.text(f"at {sliders}")


page()
