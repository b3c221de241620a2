"""Geodesics of the graph of f(u, v) with the metric g = I + ∇f ∇fᵀ:
shot, between two points, and what is carried along them.
"""
