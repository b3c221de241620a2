"""The error about a file of samples, or about the numbers in it."""

from curvlib.errors import CurvlibError


class SamplesError(CurvlibError):
    """The error about a file or an array that is not a grid of losses."""
