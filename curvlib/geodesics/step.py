"""One Runge–Kutta step of many rays at once, each with a step length of its own.

State of a ray, in rows: u, v, z, y, their derivatives u', v', z', y', and Y. With s = β x'ᵀH x' and
K = β² det H (β = 1/(1 + |∇f|²)),

    x'' = −s ∇f,    z'' = s,    y'' = −K (t + y),    Y' = y.

z is the height, carried in addition to f(u, v). J = t + y is the length of the Jacobi field of the
fan, and t²/2 + Y its integral: as y and Y are what is integrated, small balls keep all their
digits.
"""

import numpy as np

from curvlib.arrays import Floats
from curvlib.evaluation.bound_loss import BoundLoss
from curvlib.geodesics.tableau import FINAL, STAGES, A, C

U, V, Z, Y, U_, V_, Z_, Y_, AREA = range(9)
ROWS = 9


class Batch:
    """Buffers for n rays and the functions that fill them;
    everything is overwritten by the next step.
    """

    def __init__(self, where: BoundLoss, n: int) -> None:
        self.stage = np.empty((ROWS, n))
        self.slopes = np.empty((STAGES + 1, ROWS, n))
        self.gradient = np.empty((2, n))
        self._kernel = where.bind(self.stage[U], self.stage[V])
        self._scratch = np.empty((4, n))
        self._sum = np.empty(ROWS * n)
        self._sums = np.empty((3, ROWS * n))
        self._flat = self.slopes.reshape(STAGES + 1, -1)

    def fill(self, k: int, t: Floats) -> None:
        """slopes[k] at the points that `stage` holds, at arc lengths t;
        their ∇f is left in `gradient`.
        """
        _, f_u, f_v, f_uu, f_uv, f_vv = self._kernel()
        x, out = self.stage, self.slopes[k]
        s, beta, a, b = self._scratch
        g_u, g_v = self.gradient
        np.copyto(g_u, f_u)
        np.copyto(g_v, f_v)
        out[:4] = x[4:8]
        out[AREA] = x[Y]
        np.multiply(g_u, g_u, beta)
        np.multiply(g_v, g_v, a)
        beta += a
        beta += 1.0
        np.divide(1.0, beta, beta)
        np.multiply(f_uv, x[V_], b)
        np.multiply(f_uu, x[U_], a)
        np.multiply(f_vv, x[V_], s)
        a += b
        a *= x[U_]
        b *= x[U_]
        a += b
        s *= x[V_]
        s += a
        s *= beta
        np.copyto(out[Z_], s)
        np.negative(s, s)
        np.multiply(s, g_u, out[U_])
        np.multiply(s, g_v, out[V_])
        self._deviation(f_uu, f_uv, f_vv, t, out[Y_])

    def _deviation(self, f_uu: Floats, f_uv: Floats, f_vv: Floats, t: Floats, out: Floats) -> None:
        """y'' = −K (t + y)."""
        beta, a, b = self._scratch[1:]
        np.multiply(f_uv, f_uv, a)
        np.multiply(f_uu, f_vv, b)
        a -= b
        a *= beta
        a *= beta
        np.add(t, self.stage[Y], b)
        np.multiply(a, b, out)

    def advance(self, t: Floats, state: Floats, h: Floats) -> Floats:
        """The state after a step of length h (n,) from slopes[0], left in `stage` and with its
        slope in slopes[12]; returns the two error estimates.
        """
        stage, total = self.stage, self._sum
        increment = total.reshape(stage.shape)
        for k in range(1, STAGES):
            np.dot(A[k, :k], self._flat[:k], out=total)
            increment *= h
            np.add(increment, state, out=stage)
            self.fill(k, t + C[k] * h)
        np.dot(FINAL, self._flat[:STAGES], out=self._sums)
        sums = self._sums.reshape(3, ROWS, -1)
        sums *= h
        np.add(sums[0], state, out=stage)
        self.fill(STAGES, t + h)
        return sums[1:]

    def start(self, t: Floats, state: Floats) -> None:
        """slopes[0] at the given states."""
        np.copyto(self.stage, state)
        self.fill(0, t)
