"""The options of the command line."""

import argparse
import math
from importlib.metadata import PackageNotFoundError, version

from curvlib.errors import CurvlibError
from curvlib.evaluation.fields import DEFAULT_KERNEL, KERNELS

DESCRIPTION = (
    "Curvature of the graph of a loss f(u, v): its scalar curvature S, Hessian trace and gradient norm on a window."
)
EXAMPLES = """examples:
  python -m curvlib "exp(-c*u)*sin(u)*sin(v)" --set c=0.1 --window 0 10 0 10 --size 512
  python -m curvlib --preset himmelblau --critical
  python -m curvlib "u^2 - v^2" --at 0 0
  python -m curvlib "u^2 - v^2" --at 0 0 --ball 1.5 --geodesic 1 1
  python -m curvlib --output fields.npz -- "-log(u) + v^2"

Put a formula that starts with a minus sign last, after --. Exit codes: \
0 done, 2 the request is wrong, 130 interrupted."""


class ArgumentError(CurvlibError):
    """The words of the command do not fit together."""


def parser() -> argparse.ArgumentParser:
    """The options; `--help` prints them."""
    as_typed = argparse.RawDescriptionHelpFormatter
    words = argparse.ArgumentParser(
        "python -m curvlib", description=DESCRIPTION, epilog=EXAMPLES, formatter_class=as_typed
    )
    _add_loss(words)
    _add_point(words)
    _add_results(words)
    words.add_argument("--version", action="version", version=f"curvlib {_version()}")
    return words


def _add_loss(words: argparse.ArgumentParser) -> None:
    words.add_argument("formula", nargs="?", help="the loss, in u and v; '-' reads it from standard input")
    stored = "a stored loss instead of a formula, with its window and parameters"
    words.add_argument("--preset", metavar="ID", help=stored)
    words.add_argument("--presets", action="store_true", help="list the stored losses and stop")
    value = "the value of a parameter; may be repeated"
    words.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", dest="parameters", help=value)
    window = "the part of the plane to look at (default: −2 2 −2 2)"
    words.add_argument("--window", nargs=4, type=float, metavar=("U0", "U1", "V0", "V1"), help=window)
    words.add_argument("--size", default="256", metavar="N or NUxNV", help="points along u and v (default: 256)")


def _add_point(words: argparse.ArgumentParser) -> None:
    at = "the geometry at a point: metric, Christoffel symbols, curvatures"
    words.add_argument("--at", nargs=2, type=float, metavar=("U", "V"), help=at)
    ball = "with --at: areas of the geodesic balls around the point up to radius R, with πr² and the series to compare"
    words.add_argument("--ball", type=float, metavar="R", help=ball)
    geodesic = "with --at: the geodesics from there to another point, and their lengths"
    words.add_argument("--geodesic", nargs=2, type=float, metavar=("U1", "V1"), help=geodesic)
    words.add_argument("--critical", action="store_true", help="the critical points in the window")


def _add_results(words: argparse.ArgumentParser) -> None:
    fields = "write the fields: .npz, .csv or .html; may be repeated"
    words.add_argument("--output", action="append", default=[], metavar="FILE", help=fields)
    balls = "with --ball: write the table of the balls: .npz or .csv"
    words.add_argument("--ball-output", action="append", default=[], metavar="FILE", help=balls)
    kernels, computes = (DEFAULT_KERNEL, *KERNELS), "the kernel that computes (default: %(default)s)"
    words.add_argument("--kernel", choices=kernels, default=DEFAULT_KERNEL, help=computes)
    words.add_argument("--quiet", action="store_true", help="no summary and no progress, only errors")


def _version() -> str:
    try:
        return version("curvlib")
    except PackageNotFoundError:
        return "(not installed)"


def assignments(words: list[str]) -> dict[str, float]:
    """`["c=0.1"]` as `{"c": 0.1}`.

    Raises:
        ArgumentError: not a name, an equals sign and a number.
    """
    values = {}
    for word in words:
        name, equals, number = word.partition("=")
        try:
            values[name.strip()] = float(number)
        except ValueError:
            equals = ""
        if not equals or not name.strip():
            raise ArgumentError(f"--set expects NAME=NUMBER, for example c=0.1; got {word!r}.")
    return values


def ball_and_geodesic(options: argparse.Namespace) -> None:
    """Checks the options about points, balls and geodesics.

    Raises:
        ArgumentError: a point is missing or lies at infinity, or the radius is not positive.
    """
    for word, point in (("--at", options.at), ("--geodesic", options.geodesic)):
        if point and not all(map(math.isfinite, point)):
            raise ArgumentError(f"{word} expects two finite numbers; got {point[0]:g} {point[1]:g}.")
    if (options.ball is not None or options.geodesic) and not options.at:
        raise ArgumentError("--ball and --geodesic start from a point: add --at U V.")
    if options.ball is not None and not (options.ball > 0 and math.isfinite(options.ball)):
        raise ArgumentError(f"--ball expects a positive radius; got {options.ball:g}.")
    if options.ball_output and options.ball is None:
        raise ArgumentError("--ball-output writes what --ball R measures: add --ball R.")


def size(word: str) -> tuple[int, int]:
    """The shape (n_v, n_u) of `512` or `640x480`.

    Raises:
        ArgumentError: neither.

    >>> size("640x480")
    (480, 640)
    """
    n_u, _, n_v = word.lower().replace("×", "x").partition("x")
    if not (n_u.isdecimal() and n_u.isascii()) or n_v and not (n_v.isdecimal() and n_v.isascii()):
        raise ArgumentError(f"--size expects one number of points, or two, for example 640x480; got {word!r}.")
    return int(n_v or n_u), int(n_u)
