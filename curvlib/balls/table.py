"""A ball's measures by name: what goes into files and on the terminal."""

import numpy as np

from curvlib.balls.ball import Ball


def ball_table(ball: Ball) -> dict[str, np.ndarray]:
    """Column → values at the ball's radii, each of shape (n_radii,)."""
    sums = {f"series_{order}": ball.series(ball.radii, order) for order in (2, 4, 6)}
    return {
        "radius": ball.radii,
        "volume": ball.volumes,
        "error": ball.errors,
        "ratio": ball.ratio,
        "ratio_minus_one": ball.ratio_minus_one,
        **sums,
        "boundary_length": ball.lengths,
        "euler": ball.euler,
    }
