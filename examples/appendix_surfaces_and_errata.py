"""Appendices A and B: the gallery of Figure 5, Gauss–Bonnet,
and what the paper prints otherwise.
"""

# %% Surfaces in space and their scalar curvature
import numpy as np

from curvlib.paper import surfaces
from curvlib.paper.errata import RIGHT_AS_PRINTED, witnessed

for name, surface in surfaces.SURFACES.items():
    S = surfaces.mesh(surface, (40, 40)).scalar_curvature
    print(f"{name:22} S from {S.min():8.4f} to {S.max():8.4f}")

# %% Gauss–Bonnet: the total depends on the holes only
for name in ("sphere", "ellipsoid", "torus"):
    print(f"{name:10} total / π = {surfaces.total_curvature(surfaces.SURFACES[name]) / np.pi:.9f}")

# %% The errata, each with its number
for erratum, witness in witnessed():
    print(f"{erratum.item}: {witness.quantity}: printed {witness.printed:.6g}, true {witness.true:.6g}")
print("right as printed:", "; ".join(right.item for right in RIGHT_AS_PRINTED))
