"""Section 3.1: where the trace of the Hessian misleads. Example 3.1 and mini-batches."""

# %% Example 3.1 as it is printed and as its loss has it
import numpy as np

from curvlib import Grid, evaluate, jet, parse
from curvlib.paper import batch_search, batches, example31

loss = parse(example31.TEXT)
at = jet(loss, 3, 1, {"c": 0.1})
print(
    "tr H at (3, 1):",
    float(at.f_uu + at.f_vv),
    "closed form",
    example31.hessian_trace(3, 1),
    "as printed",
    example31.hessian_trace_as_printed(3, 1),
)
print("S at (1, 2):", example31.scalar_curvature(1, 2), "as printed", example31.scalar_curvature_as_printed(1, 2))

# %% Figure 2: S and tr H over the window
fields = evaluate(loss, Grid((0, 10), (0, 10), (200, 200)), {"c": 0.1})
print("S from", fields.scalar_curvature.min(), "to", fields.scalar_curvature.max())

# %% Figure 3: seven batches of a sine
x, y = batches.figure3_data()
hessians = batches.sample_hessians(parse(batches.MODELS["a sin(b x)"]), x, y, (0, 0))
split = batches.batch_curvature(hessians, batches.SPLITS["consecutive"](x, 7))
print("every trace is zero:", split.traces.tolist())
print("S of all data", split.full_curvature, "mean of the batches", split.mean_curvature)
print("identity:", split.gap, "=", split.deviation - split.trace_variance)

# %% Proposition 3.1: the widest gap that a random search finds
labels, widest = batch_search.widest_gap(hessians, 7, np.random.default_rng(0), n_tries=300)
print("widest gap", widest.gap)
