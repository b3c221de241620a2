"""Section 2: a loss as a curved surface. Run it whole, or cell by cell in an
editor that knows `# %%`.
"""

# %% The metric of the graph, Definition 2.1, and everything that follows from it at one point
import numpy as np

from curvlib import parse
from curvlib.curvature import formulas, spectra
from curvlib.evaluation.point import geometry_at

loss = parse("u + 2v + u^2/2 + 2uv + 5v^2/2")
here = geometry_at(loss, (0, 0))
print("metric", here.metric.tolist())
print("Christoffel symbol Γ¹₁₂ (Proposition 2.1)", here.christoffel[0, 0, 1])
print("Riemann tensor R¹₂₁₂ (Proposition 2.2)", here.riemann[0, 1, 0, 1], "= 5/36")
print(
    "scalar curvature (Proposition 2.3)",
    here.scalar_curvature,
    "and by definition",
    here.scalar_curvature_by_definition,
    "= 1/18",
)

# %% At a critical point only the eigenvalues of H count: Corollary 2.1
saddle = geometry_at(parse("u^2 - v^2"), (0, 0))
print("a saddle: tr H =", saddle.hessian_trace, "but S =", saddle.scalar_curvature)
print("and so", spectra.spectrum(saddle.eigenvalues))

# %% Any number of parameters: S from a gradient and a Hessian
rng = np.random.default_rng(0)
A = rng.standard_normal((6, 6))
print("six parameters:", formulas.scalar_curvature(rng.standard_normal(6), A + A.T))

# %% What S does not see: a canyon, however steep, has S = 0
for eigenvalues in ([100.0, 0.0], [2.0, 2.0, -1.0]):
    found = spectra.spectrum(eigenvalues)
    print(eigenvalues, "S =", found.scalar_curvature, "tr H² =", found.square_trace, found.kind)
