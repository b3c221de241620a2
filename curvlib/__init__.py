"""Riemannian geometry of loss landscapes: the graph of f(u, v) with metric g = I + ∇f ∇fᵀ."""
