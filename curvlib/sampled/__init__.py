"""Losses known only as numbers on a grid: read from a file, differentiated with an error for each cell."""

from curvlib.sampled.fields import SampledFields, from_samples
from curvlib.sampled.files import Samples, SamplesError, read

__all__ = ["SampledFields", "Samples", "SamplesError", "from_samples", "read"]
