"""The error about a file of samples, or about the numbers in it."""

from curvlib.errors import CurvlibError


class SamplesError(CurvlibError):
    """A file or an array that is no grid of losses."""
