"""The kind of point at which a path has come to rest."""

import numpy as np

from curvlib.arrays import Floats
from curvlib.evaluation.bound_loss import BoundLoss

NEAR = 1e-2
"""A critical point farther than this from where the slope is too small to follow does not explain
it: that is a plateau.
"""

WEAK = 1e-6
"""An eigenvalue of H this small compared with the other one counts as zero."""

STEADY = 0.1
"""An eigenvalue that changes by a larger share than this on the way to the critical point is on its
way to zero there.
"""


def kind_of(where: BoundLoss, point: Floats) -> str:
    """The kind of the critical point that is next to this one, as in `Path.kind`:
    by the eigenvalues of H here and after one step of Newton's method.
    """
    g, H = _derivatives(where, point)
    eigenvalues, V = np.linalg.eigh(H)
    weak = np.abs(eigenvalues) <= WEAK * np.abs(eigenvalues).max()
    step = -V @ np.where(weak, 0.0, (V.T @ g) / np.where(weak, 1.0, eigenvalues))
    if np.linalg.norm(step) > NEAR or (weak.all() and g.any()):
        return "plateau"
    after = np.linalg.eigvalsh(_derivatives(where, point + step)[1])
    if weak.any() or (np.abs(after - eigenvalues) > STEADY * np.abs(eigenvalues)).any():
        return "degenerate"
    return "minimum" if eigenvalues[0] > 0 else "maximum" if eigenvalues[1] < 0 else "saddle"


def _derivatives(where: BoundLoss, point: Floats) -> tuple[Floats, Floats]:
    _, f_u, f_v, f_uu, f_uv, f_vv = (float(part) for part in where.jet(*point))
    return np.array([f_u, f_v]), np.array([[f_uu, f_uv], [f_uv, f_vv]])
