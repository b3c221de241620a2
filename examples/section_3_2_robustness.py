"""Section 3.2: noise on the weights, escaping from a minimum, many parameters."""

# %% Two minima in a duel: smaller S, and yet less robust (equation 8)
import numpy as np

from curvlib import parse
from curvlib.curvature import spectra
from curvlib.paper import diffusion, perturbations

duel = perturbations.duel([3, 1], [2, 2])
print(
    "S",
    duel.first.scalar_curvature,
    "<",
    duel.second.scalar_curvature,
    "but tr H²",
    duel.first.square_trace,
    ">",
    duel.second.square_trace,
)
print("another pair:", perturbations.counterexample(np.random.default_rng(0), q=3))

# %% Noise of size σ: the mean rise is σ²/2 tr H, its variance σ⁴/2 tr H². So S comes from losses
# alone
H = np.diag([4.0, 2.0, 1.0])
estimate = perturbations.scalar_curvature_from_noise(
    lambda x: ((x @ H) * x).sum(axis=1) / 2, np.zeros(3), 0.1, np.random.default_rng(0)
)
print("S =", spectra.scalar_curvature([4, 2, 1]), "estimated", estimate.scalar_curvature, "±", estimate.standard_error)

# %% Figure 1: one Brownian path for a sharp well, a flat one and a canyon
paths = diffusion.brownian_paths(np.random.default_rng(0), 400, 100, 0.2)
wells = parse(diffusion.FIGURE_1_WITH_CANYON)
for name, start in {"sharp": (-2, 0), "flat": (2, 0), "canyon": (7, 0)}.items():
    trace = diffusion.well_trace(wells, start, paths)
    print(f"{name:7} S = {trace.scalar_curvature:9.4f}   mean rise {trace.mean_rise:.4f} ± {trace.mean_rise_error:.4f}")

# %% Escaping, equations (9) and (10): simulated, exact, and the printed first order
race = diffusion.escape(np.diag([3.0, 1.0]), [0, 0.1, 0.5, 2.0], np.random.default_rng(0).standard_normal((4000, 3, 2)))
print("simulated", race.simulated, "±", race.standard_error)
print("exact    ", race.exact)
print("printed  ", race.printed, "is 10 % too high from t =", diffusion.breakdown_time(np.diag([3.0, 1.0])))

# %% Proposition 3.3: S/tr(H)² tends to 1 only where the participation ratio grows
for name, family in spectra.SPECTRA.items():
    print(f"{name:10}", spectra.curvature_share(family, [10, 1000, 100_000]))
