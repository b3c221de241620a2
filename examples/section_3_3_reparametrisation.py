"""Section 3.3: the same loss in other coordinates."""

# %% Scale, shear and rotate: S at corresponding points
import numpy as np

from curvlib import parse
from curvlib.paper import reparametrisation

loss = parse("u^2 + 2v^2 + u*v^2")
for name, matrix in reparametrisation.LINEAR.items():
    found = reparametrisation.correspondence(loss, reparametrisation.linear(matrix()), 0.0, 0.0)
    kind = "isometry" if reparametrisation.is_isometry(matrix()) else "no isometry"
    print(f"{name:17} {kind:12} S of f {found.scalar_curvature:.4f}   of f∘φ {found.composed_scalar_curvature:.4f}")

# %% A map typed by its components, and f∘φ as a formula
phi = reparametrisation.typed("u + v^2/4", "v - u/3")
print(reparametrisation.composed(loss, phi))

# %% The formula of §3.3 as printed takes singular values where eigenvalues belong
J, H = np.array([[1.0, 1, 0], [0, 1, 0], [0, 0, 1]]), np.diag([1.0, 0, 1])
print(
    "S",
    reparametrisation.scalar_curvature_at_minimum(J, H),
    "as printed",
    reparametrisation.scalar_curvature_as_printed(J, H),
)
print("S = 6 becomes", reparametrisation.scalar_curvature_at_minimum(np.diag([10, 0.1, 1]), np.eye(3)))
