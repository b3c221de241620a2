"""Statements that are right as printed, held against the definitions: the print is written out here
letter by letter, the definition comes from elsewhere.

Tensors are compared at `POINTS` random points for each q in `QS`, the same ones each time.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np

from curvlib.arrays import Floats
from curvlib.balls.higher import higher_ball
from curvlib.curvature import definitions
from curvlib.evaluation.jets import jet
from curvlib.language.grammar import parse
from curvlib.paper.batches import batch_curvature, regression_hessians
from curvlib.paper.errata.erratum import Agreement
from curvlib.paper.reparametrisation import composed, typed

QS = (2, 3, 4, 5)
POINTS = 3
SADDLES = ("u^2 - v^2", "3*u*v", "u^3 - 3*u*v^2 + 5*(u^2 - v^2)", "exp(u)*sin(v)")
"""Losses whose Hessian has eigenvalues λ and -λ: harmonic ones."""

MAPS = (("2*u + v", "v - u/3"), ("u + v^2/4", "v - u/3"), ("exp(u)*cos(v)", "exp(u)*sin(v)"))


def metric() -> Agreement:
    pairs = ((printed_metric(g), definitions.metric(g)) for g, _ in _points())
    return _compared("g₁₁ at a random point", pairs)


def christoffel() -> Agreement:
    pairs = ((printed_christoffel(g, H), definitions.christoffel(g, H)) for g, H in _points())
    return _compared("Γ¹₁₁ at a random point", pairs)


def scalar_curvature() -> Agreement:
    pairs = ((printed_scalar_curvature(g, H), definitions.scalar_curvature(g, H)) for g, H in _points())
    return _compared("S at a random point", pairs)


def scalar_curvature_at_minimum() -> Agreement:
    pairs = (
        (printed_scalar_curvature_at_minimum(H), definitions.scalar_curvature(np.zeros_like(g), H))
        for g, H in _points()
    )
    return _compared("S at a random critical point", pairs)


def ball_coefficient() -> Agreement:
    """The measured constants are extrapolated from two radii to r = 0:
    what is left is of the order of r⁴.
    """
    pairs = ((printed_ball_constant(q), _measured_ball_constant(q)) for q in QS[:3])
    return _compared("6 (q + 2) at q = 2, measured as -S r² over the missing share of the volume", pairs, 1e-6)


def trace_at_saddles() -> Agreement:
    jets = [jet(parse(text), *_coordinates()) for text in SADDLES]
    pairs = ((np.zeros_like(at.f_uu), at.f_uu + at.f_vv) for at in jets)
    return _compared("tr H of the saddle u² - v²", pairs)


def batches_differ() -> Agreement:
    split = batch_curvature(regression_hessians([[1.0, 0.0], [0.0, 1.0]]), [0, 1])
    found = _compared(
        "E[S_B] of regressions on x = (1, 0) and (0, 1), and S_D", [(np.mean(split.curvatures), split.full_curvature)]
    )
    return Agreement(found.quantity, found.printed, found.true, found.n, found.difference, apart=True)


def composed_hessian() -> Agreement:
    f = parse("sin(u)*v + u^2*v/3 + exp(v/2)")
    u, v = _coordinates()
    pairs = []
    for first, second in MAPS:
        p, r, whole = jet(parse(first), u, v), jet(parse(second), u, v), jet(composed(f, typed(first, second)), u, v)
        at = jet(f, p.f, r.f)
        J = np.stack([np.stack([p.f_u, p.f_v], -1), np.stack([r.f_u, r.f_v], -1)], -2)
        pairs.append(
            (printed_composed_hessian(J, _hessian(at), (at.f_u, at.f_v), (_hessian(p), _hessian(r))), _hessian(whole))
        )
    return _compared("∂²(f∘φ)/∂u² of f = u² v/3 + v sin u + exp(v/2) under φ = (2u + v, v - u/3)", pairs)


def metric_spectrum() -> Agreement:
    pairs = ((printed_metric_spectrum(g), np.linalg.eigvalsh(definitions.metric(g))[..., ::-1]) for g, _ in _points())
    return _compared("the largest eigenvalue of G at a random point", pairs)


def christoffel_contraction() -> Agreement:
    pairs = (
        (printed_christoffel_contraction(g, H), np.einsum("...iki->...k", definitions.christoffel(g, H)))
        for g, H in _points()
    )
    return _compared("Γⁱ₁ᵢ at a random point", pairs)


def printed_metric(g: Floats) -> Floats:
    """Equation (1): δ_ij + f_i f_j."""
    return np.eye(g.shape[-1]) + np.einsum("...i,...j->...ij", g, g)


def printed_christoffel(g: Floats, H: Floats) -> Floats:
    """Equation (2): β f_i f_kl."""
    return np.einsum("...,...i,...kl->...ikl", _beta(g), g, H)


def printed_scalar_curvature(g: Floats, H: Floats) -> Floats:
    """Equation (4): β (tr(H)² - tr(H²)) + 2β² ∇fᵀ(H² - tr(H) H)∇f."""
    inner = H @ H - _trace(H)[..., None, None] * H
    return _beta(g) * (_trace(H) ** 2 - _trace(H @ H)) + 2 * _beta(g) ** 2 * np.einsum(
        "...i,...ij,...j->...", g, inner, g
    )


def printed_scalar_curvature_at_minimum(H: Floats) -> Floats:
    """Equation (5): tr(H)² - tr(H²)."""
    return _trace(H) ** 2 - _trace(H @ H)


def printed_ball_constant(q: int) -> float:
    """Proposition 2.4: 6 (q + 2)."""
    return 6.0 * (q + 2)


def printed_composed_hessian(J: Floats, H: Floats, gradient: Any, phi: Any) -> Floats:
    """Section 3.3: JᵀHJ + J_k(f) H^k(φ)."""
    return np.swapaxes(J, -1, -2) @ H @ J + sum(
        np.asarray(f_k)[..., None, None] * H_k for f_k, H_k in zip(gradient, phi, strict=True)
    )


def printed_metric_spectrum(g: Floats) -> Floats:
    """Lemma B.1: 1 + |∇f|² and ones."""
    return np.concatenate([1 + (g**2).sum(axis=-1, keepdims=True), np.ones_like(g[..., 1:])], axis=-1)


def printed_christoffel_contraction(g: Floats, H: Floats) -> Floats:
    """Proposition B.2: β f_ik f_i."""
    return _beta(g)[..., None] * np.einsum("...ik,...i->...k", H, g)


def _points() -> Iterable[tuple[Floats, Floats]]:
    """Gradients (POINTS, q) and Hessians (POINTS, q, q) for each q."""
    for q in QS:
        rng = np.random.default_rng(q)
        half = rng.standard_normal((POINTS, q, q))
        yield rng.standard_normal((POINTS, q)), half + np.swapaxes(half, -1, -2)


def _coordinates() -> Floats:
    return np.random.default_rng(0).uniform(-1, 1, (2, POINTS))


def _measured_ball_constant(q: int) -> float:
    near, far = (
        higher_ball(
            lambda x: x, lambda x: np.broadcast_to(np.eye(q), (len(x), q, q)), (0.0,) * q, (radius,), order=4
        ).constant
        for radius in (0.01, 0.02)
    )
    return (4 * near - far) / 3


def _compared(quantity: str, pairs: Iterable[tuple[Any, Any]], tolerance: float = 1e-12) -> Agreement:
    """Print and definition at many points; the numbers shown are the first ones."""
    both = [(np.ravel(printed), np.ravel(true)) for printed, true in pairs]
    printed, true = (np.concatenate(side) for side in zip(*both, strict=True))
    difference = np.max(np.abs(printed - true) / np.maximum(1, np.abs(true)))
    return Agreement(quantity, float(printed[0]), float(true[0]), len(true), float(difference), tolerance)


def _hessian(at: Any) -> Floats:
    return np.stack([np.stack([at.f_uu, at.f_uv], -1), np.stack([at.f_uv, at.f_vv], -1)], -2)


def _beta(g: Floats) -> Floats:
    return 1 / (1 + (g**2).sum(axis=-1))


def _trace(M: Floats) -> Floats:
    return np.einsum("...ii->...", M)
