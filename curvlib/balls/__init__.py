"""Geodesic balls: the points within a distance, their volume, and the volume's expansion in the
radius (Proposition 2.4 of the paper).
"""
