"""Curvature over mini-batches (equation 6, Proposition 3.1, Figure 3): the trace averages, the
scalar curvature does not.

The loss of a batch is half the mean of its squared residuals. A split of n samples is an array of n
labels 0 … k-1.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from curvlib.arrays import Floats, Ints
from curvlib.curvature import formulas
from curvlib.errors import CurvlibError
from curvlib.evaluation.jets import jet_program, parameter_values
from curvlib.kernels.steps import run
from curvlib.language.expression import Expression

INPUT = "t"
"""The name of the input in the text of a model: its parameters are u and v."""

MODELS: Mapping[str, str] = MappingProxyType(
    {
        "a sin(b x)": "u*sin(v*t)",
        "a + b x": "u + v*t",
        "a tanh(b x)": "u*tanh(v*t)",
        "a exp(b x)": "u*exp(v*t)",
        "sin(a x + b)": "sin(u*t + v)",
        "a x + b x²": "u*t + v*t^2",
    }
)
"""Models of the input t with parameters a = u and b = v, as people write → text for `parse`."""

HALF_WIDTH_WITHOUT_CURVATURE = 4.429519325392
"""The half-width of 70 equispaced points on which a·sin(bx) fitted to sin x
has S_D = 0 at (0, 0), and yet a mean S_B of -5.03.
"""


def figure3_data(half_width: float = np.pi, n: int = 70) -> tuple[Floats, Floats]:
    """n equispaced points on [-half_width, half_width] and their sines: the data of Figure 3."""
    x = np.linspace(-half_width, half_width, n)
    return x, np.sin(x)


def sample_hessians(
    model: Expression, x: Any, y: Any, point: tuple[float, float], parameters: Mapping[str, float] | None = None
) -> Floats:
    """The Hessian of each sample's loss ½ (m(u, v; x) - y)² at a point, shape (n, 2, 2): ∇m
    ∇mᵀ + (m - y) ∇²m.

    Args:
        model: m, a formula in u, v and the input t, as `parse(MODELS["a sin(b x)"])`.
        x, y: inputs and targets, shape (n,).
        point: (u, v).
        parameters: values for the model's other parameters.

    Raises:
        ParameterError: a parameter has no value.
    """
    m, m_u, m_v, m_uu, m_uv, m_vv = _model_jet(model, np.asarray(x, dtype=float), point, parameters or {})
    residual = m - np.asarray(y, dtype=float)
    H_uv = m_u * m_v + residual * m_uv
    return np.stack([m_u * m_u + residual * m_uu, H_uv, H_uv, m_v * m_v + residual * m_vv], axis=-1).reshape(-1, 2, 2)


def predictions(
    model: Expression, x: Any, point: tuple[float, float], parameters: Mapping[str, float] | None = None
) -> Floats:
    """m(u, v; x), shape (n,); arguments and errors as for `sample_hessians`."""
    return _model_jet(model, np.asarray(x, dtype=float), point, parameters or {})[0]


def _model_jet(
    model: Expression, x: Floats, point: tuple[float, float], parameters: Mapping[str, float]
) -> list[Floats]:
    """m and its derivatives m_u, m_v, m_uu, m_uv, m_vv at a point for every input,
    each of shape (n,).
    """
    given = {**parameters, **({INPUT: 0.0} if INPUT in model.parameters else {})}
    code = jet_program(model)
    values = run(
        code, {"u": np.float64(point[0]), "v": np.float64(point[1]), **parameter_values(model, given), INPUT: x}
    )
    return [
        np.broadcast_to(values[code.outputs[name]], x.shape) for name in ("f", "f_u", "f_v", "f_uu", "f_uv", "f_vv")
    ]


def regression_hessians(x: Any) -> Floats:
    """The Hessians x xᵀ of one-sample linear regressions ½ (wᵀx - y)², for x of shape (n, q);
    shape (n, q, q).
    """
    x = np.asarray(x, dtype=float)
    return x[:, :, None] * x[:, None, :]


SPLITS: Mapping[str, Callable[[Floats | Ints, int], Ints]] = MappingProxyType(
    {
        "consecutive": lambda x, k: (np.arange(len(x)) * k) // len(x),
        "interleaved": lambda x, k: np.arange(len(x)) % k,
        "by distance from 0": lambda x, k: (np.argsort(np.argsort(abs(x), kind="stable"), kind="stable") * k) // len(x),
        "by value": lambda x, k: (np.argsort(np.argsort(x, kind="stable"), kind="stable") * k) // len(x),
    }
)
"""Rules that split inputs x of shape (n,) into k batches whose sizes differ by one at most;
each returns labels.
"""


def random_split(n: int, k: int, rng: np.random.Generator) -> Ints:
    """Labels of a random split into k batches whose sizes differ by one at most, shape (n,)."""
    return rng.permutation(np.arange(n) % k)


def unequal_split(n: int, k: int) -> Ints:
    """Labels of k consecutive batches whose sizes grow as 1 : 2 : … : k, shape (n,); for
    n ≥ k(k + 1)/2 none is empty.

    >>> unequal_split(6, 3).tolist()
    [0, 1, 1, 2, 2, 2]
    """
    ends = np.cumsum(np.arange(1, k + 1)) / (k * (k + 1) / 2) * n
    return np.searchsorted(np.round(ends), np.arange(n), side="right")


def painted_split(masks: Any) -> Ints:
    """Labels from painted batches: k rows of booleans, shape (k, n), one True a column; empty
    batches are dropped.

    Raises:
        CurvlibError: a sample is in no batch or in several.
    """
    masks = np.asarray(masks, dtype=bool)
    count = masks.sum(axis=0)
    if (count != 1).any():
        where = np.flatnonzero(count != 1)
        raise CurvlibError(
            f"Sample {where[0]} is in {count[where[0]]} batches ({len(where)} such samples); "
            "paint each sample in exactly one."
        )
    return np.unique(masks.argmax(axis=0), return_inverse=True)[1]


@dataclass(frozen=True, eq=False)
class BatchCurvature:
    """Curvature of each batch and of all the data. E weighs batches by their size: then
    E[H_B] = H_D for any split.

    Attributes:
        sizes: samples in each batch, shape (k,).
        hessians: H_B, shape (k, q, q).
        full_hessian: H_D, shape (q, q).
        traces, curvatures: tr H_B and S_B, shape (k,); S is tr(H)² - tr(H²).
        full_trace, full_curvature: tr H_D and S_D.
        mean_trace, mean_curvature: E[tr H_B] and E[S_B].
        plain_mean_trace, plain_mean_curvature: with weights 1/k, as in equation (6): E[tr] = tr H_D
            only if the batches are equal.
        deviation: E‖H_B - H_D‖_F².
        trace_variance: Var(tr H_B). Always S_D - E[S_B] = deviation - trace_variance.
    """

    sizes: Ints
    hessians: Floats
    full_hessian: Floats
    traces: Floats
    curvatures: Floats
    full_trace: float
    full_curvature: float
    mean_trace: float
    mean_curvature: float
    plain_mean_trace: float
    plain_mean_curvature: float
    deviation: float
    trace_variance: float

    @property
    def gap(self) -> float:
        """S_D - E[S_B], which Proposition 3.1 says need not be 0."""
        return self.full_curvature - self.mean_curvature


def batch_curvature(hessians: Any, labels: Any) -> BatchCurvature:
    """The effect of a split on tr H and on S.

    Args:
        hessians: one a sample, shape (n, q, q), as from `sample_hessians`; symmetric.
        labels: the batch of each sample, 0 … k-1, shape (n,).

    >>> split = batch_curvature(regression_hessians([[1, 0], [0, 1]]), [0, 1])
    >>> split.curvatures.tolist(), split.full_curvature
    ([0.0, 0.0], 0.5)
    """
    hessians, labels = np.asarray(hessians, dtype=float), np.unique(labels, return_inverse=True)[1]
    shape = hessians.shape
    if hessians.ndim != 3 or shape[1] != shape[2] or labels.shape != shape[:1] or not len(labels):
        raise ValueError(f"hessians must be (n, q, q), labels (n,), n above 0; they are {shape} and {labels.shape}.")
    sizes = np.bincount(labels)
    H_B = np.stack([hessians[labels == batch].mean(axis=0) for batch in range(len(sizes))])
    H_D, weights = hessians.mean(axis=0), sizes / sizes.sum()
    traces, curvatures = formulas.hessian_trace(H_B), formulas.scalar_curvature_at_minimum(H_B)
    return BatchCurvature(
        sizes=sizes,
        hessians=H_B,
        full_hessian=H_D,
        traces=traces,
        curvatures=curvatures,
        full_trace=float(formulas.hessian_trace(H_D)),
        full_curvature=float(formulas.scalar_curvature_at_minimum(H_D)),
        mean_trace=float(weights @ traces),
        mean_curvature=float(weights @ curvatures),
        plain_mean_trace=float(traces.mean()),
        plain_mean_curvature=float(curvatures.mean()),
        deviation=float(weights @ ((H_B - H_D) ** 2).sum(axis=(-1, -2))),
        trace_variance=float(weights @ (traces - weights @ traces) ** 2),
    )


B6_MATRICES = (np.array([[-2.0, 0.0], [4.0, 1.0]]), np.array([[1.0, 2.0], [2.0, -2.0]]))
"""The two batch Hessians of Appendix B.6 as printed:
the first is not symmetric, so it is not a Hessian.
"""

B6_FULL = np.array([[-1.0, 2.0], [6.0, -1.0]])
"""The full Hessian of B.6 as printed: the sum of the two, where equation (6) has their mean."""
