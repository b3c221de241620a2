"""Losses known only as numbers on a grid: read from a file, differentiated with an
error for each cell.
"""

from curvlib.sampled.files import Samples, SamplesError, read
from curvlib.sampled.fit import SampledFields, from_samples

__all__ = ["SampledFields", "Samples", "SamplesError", "from_samples", "read"]
