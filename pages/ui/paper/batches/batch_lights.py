"""The lights of the batches page: the gap of Proposition 3.1, and the mean traces with both kinds
of weights.
"""

from curvlib.paper.batches import BatchCurvature
from pages.ui.page import experiment
from pages.ui.paper.batches import batch_figures as batching


def show(data: batching.Dataset, split: BatchCurvature) -> None:
    """Compares what is measured of a split with what must come out, and with equation (6)."""
    error, square_error = batching.errors(data)
    gap = split.deviation - split.trace_variance
    experiment.check("The gap S_D − E[S_B]", split.gap, gap, 1e-9, "E‖δ‖² − Var(tr H_B)", square_error)
    experiment.check("E[tr H_B], weights by size", split.mean_trace, split.full_trace, 1e-9, "tr H_D", error)
    plain = "E[tr H_B] with weights 1/k, equation (6)"
    experiment.printed(plain, split.plain_mean_trace, split.full_trace, error=error)
