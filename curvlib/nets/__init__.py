"""Tiny neural networks in numpy: training, exact Hessians, and the curvature of their loss
landscapes (Figure 4 of the paper).

>>> from curvlib import nets
>>> loss = nets.task(nets.Network((1, 8, 1), "tanh"))
>>> fit = nets.train(loss, nets.start(loss, seed=1), steps=20)
>>> nets.geometry(loss, fit.theta).eigenvalues.shape
(25,)
"""

from curvlib.nets.activations import ACTIVATIONS, Activation
from curvlib.nets.figure4 import COUNTEREXAMPLE, PAIR, start, task
from curvlib.nets.geometry import NetGeometry, PerturbedFits, geometry, hessian_by_differences, perturbed_fits
from curvlib.nets.loss import Loss
from curvlib.nets.network import Network
from curvlib.nets.seeds import (
    RankCorrelation,
    RecurringMinimum,
    Study,
    inversions,
    rank_correlation,
    rank_correlations,
    read_minima,
    read_studies,
    study,
)
from curvlib.nets.training import SCHEDULES, Finished, Training, polish, train

__all__ = [
    "ACTIVATIONS",
    "COUNTEREXAMPLE",
    "PAIR",
    "SCHEDULES",
    "Activation",
    "Finished",
    "Loss",
    "NetGeometry",
    "Network",
    "PerturbedFits",
    "RankCorrelation",
    "RecurringMinimum",
    "Study",
    "Training",
    "geometry",
    "hessian_by_differences",
    "inversions",
    "perturbed_fits",
    "polish",
    "rank_correlation",
    "rank_correlations",
    "read_minima",
    "read_studies",
    "start",
    "study",
    "task",
    "train",
]
