"""Values of a loss: its fields on grids, its jets and its geometry at points, and the reason where
there are none.
"""
