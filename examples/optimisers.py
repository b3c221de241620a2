"""Optimisers on a loss, and the curvature where they end up.
Run it whole, or cell by cell in an editor that knows `# %%`.
"""

# %% Four optimisers from one point: not all find the same minimum
from curvlib import PRESETS, geodesics_between, parse
from curvlib.geodesics.segment import polyline_length
from curvlib.optimisers import Adam, GradientDescent, Momentum, Nesterov, descend

himmelblau = parse(PRESETS["himmelblau"].text)
for optimiser in (GradientDescent(0.005), Momentum(0.005, 0.9), Nesterov(0.005, 0.9), Adam(0.5)):
    path = descend(himmelblau, (0, 1), optimiser, steps=5000)
    u, v = path.end
    print(
        f"{type(optimiser).__name__:15} {path.ending} in {path.steps} steps at ({u:.4f}, {v:.4f}), "
        f"a {path.kind} with S = {path.scalar_curvature[-1]:.6g}"
    )

# %% The learning rate decides which minima are stable: gradient descent stays only where the
# sharpest curvature is below 2/η
waves = parse("exp(-c*u)*sin(u)*sin(v)")
for rate in (0.5, 4.0):
    path = descend(waves, (4.0, 1.0), GradientDescent(rate), steps=5000, parameters={"c": 0.1})
    print(
        f"η = {rate}: {path.ending} after {path.steps} steps, "
        f"|∇f| {path.gradient_norm[-1]:.2g}, tr H {path.hessian_trace[-1]:.4f}"
    )

# %% Noise: the same seed is the same noise, for every optimiser
for optimiser in (GradientDescent(0.05, noise=1.0), Momentum(0.05, 0.0, noise=1.0)):
    path = descend(parse("u^2/2 + 2*v^2"), (1, 1), optimiser, steps=1000, seed=1)
    print(f"{type(optimiser).__name__:15} ends at ({path.end[0]:.6f}, {path.end[1]:.6f}): {path.ending}")

# %% How long the way was, against the shortest one
path = descend(waves, (3.8, 4.4), GradientDescent(0.5), steps=500, parameters={"c": 0.1})
shortest = geodesics_between(waves, path.points[0], path.end, {"c": 0.1})[0]
print(f"the path {polyline_length(waves, path.points, {'c': 0.1}):.6f}, the geodesic {shortest.length:.6f}")
