"""Mini-batches: the trace averages over them, the scalar curvature does not (equation 6,
Proposition 3.1, Figure 3).
"""

from functools import partial

import streamlit as st

from curvlib import parse
from curvlib.paper.batches import MODELS, batch_curvature
from pages.ui.charts import theme
from pages.ui.page import experiment
from pages.ui.page.frame import show
from pages.ui.page.parts import part
from pages.ui.paper.batches import batch_figures as batching, batch_lights, batch_painter, gap_search
from pages.ui.paper.batches.smallest_example import appendix_b6, two_regressions
from pages.ui.state import inputs

experiment.header("batches", *batching.STATEMENTS)

with part(st.container(key="controls")):
    left, middle, right = st.columns(3, gap="large")
    with left:
        model = inputs.pick("Model of the sine", "model", (*MODELS, "typed"))
        if model == "typed":
            text = inputs.formula("Model in u, v and the input t", "typed", "u*sin(v*t)", inputs=("t",))
        else:
            text = parse(MODELS[model])
        point = inputs.slider("a (or u)", "a", 0.0, -2.0, 2.0), inputs.slider("b (or v)", "b", 0.0, -2.0, 2.0)
    with middle:
        half_width = inputs.number("Half-width of the data", "half_width", 3.141592653589793, 0.1, 20.0)
        n = int(inputs.slider("Samples", "n", 70, 28, 140, 1))
        k = int(inputs.slider("Batches", "k", 7, 2, 10, 1))
    with right:
        rule = inputs.pick("Split", "split", batching.RULES)
        seed = inputs.seed()
        painted, batch = batch_painter.line(), batch_painter.brush(k)

palette = theme.current()
with part():
    data = batching.experiment(text, point, half_width, n)
    labels = gap_search.labels(data, rule, k, seed, painted)
    split = batch_curvature(data.hessians, labels)
with part():
    figure, words = batching.data_figure(data, labels, palette), batching.about_data(split)
    show(batch_painter.FIGURE, figure, words, partial(batch_painter.paint, labels, batch))
for column, quantity in zip(st.columns(2, gap="large"), ("tr H", "S"), strict=True):
    with part(column):
        figure, words = batching.batch_figure(split, quantity, palette), batching.about_batches(split, quantity)
        show(f"batches-{quantity.split()[0]}", figure, words)
with part():
    st.dataframe(batching.table(split), hide_index=True, alt="tr H and S of all the data and averaged over the batches")
    batch_lights.show(data, split)
with part():
    two_regressions()
    appendix_b6()
with part():
    experiment.python(batching.python(data, labels))
experiment.footer("batches")
