"""Bounds that are proved: the values of a loss, its derivatives and measures over whole boxes of
the plane at once.
"""
