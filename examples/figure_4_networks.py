"""Figure 4: two small networks, their curvature and their robustness;
and what a hundred seeds say.
"""

# %% Train the pair: 1-32-1 tanh, 97 parameters, 3000 steps of Adam
from pathlib import Path

import numpy as np

from curvlib import nets
from curvlib.nets import stochastic

loss = nets.task()
trained = nets.train(loss, np.stack([nets.start(loss, seed) for seed in nets.PAIR]))
landscape = nets.geometry(loss, trained.theta)
print(
    "S",
    landscape.scalar_curvature_at_minimum,
    "tr H",
    landscape.hessian_trace,
    "participation ratio",
    landscape.participation_ratio,
)

# %% Disturb the weights of both by the same noise
noise = 0.1 * np.random.default_rng(0).standard_normal((500, loss.network.size))
for seed, theta in zip(nets.PAIR, trained.theta, strict=True):
    fits = nets.perturbed_fits(loss, theta, noise)
    print(f"seed {seed}: mean rise {fits.mean_rise:.4f} ± {fits.mean_rise_error:.4f}, spread {fits.spread:.4f}")

# %% The same S without a Hessian, as for a network with a million parameters
theta = trained.theta[0]
print(stochastic.scalar_curvature(lambda vector: loss.hvp(theta, vector), loss.gradient(theta)))

# %% A hundred seeds, stored (`python -m benchmarks.seeds` makes them): who predicts fragility?
results = nets.read_studies(Path(__file__).parent.parent / "assets" / "seeds.json")["sigma 0.1"]
for outcome, row in nets.rank_correlations(results).items():
    print(outcome, {predictor: round(found.rho, 2) for predictor, found in row.items()})
print("less S, more fragile:", nets.COUNTEREXAMPLE in nets.inversions(results))

# %% With weight decay minima are isolated, and Newton's method finds their S to the last digit
isolated = nets.task(nets.Network((1, 16, 1), "tanh"), weight_decay=1e-3)
bottom = nets.polish(isolated, nets.train(isolated, nets.start(isolated, 0)).theta)
print("S at a true minimum:", nets.geometry(isolated, bottom.theta).scalar_curvature)
