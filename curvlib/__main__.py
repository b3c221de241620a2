"""`python -m curvlib FORMULA`: the curvature of a loss in the terminal; `--help` says how."""

import os
import sys
import time
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import numpy as np

from curvlib.balls.ball import Ball, geodesic_ball
from curvlib.commandline import arguments, summary
from curvlib.critical import critical_points
from curvlib.critical.proof import prove
from curvlib.curvature.measures import FURTHER
from curvlib.errors import CurvlibError, ExpressionError
from curvlib.evaluation.fields import evaluate
from curvlib.evaluation.jets import parameter_values
from curvlib.evaluation.point import geometry_at
from curvlib.files import writers
from curvlib.geodesics.between import geodesics_between
from curvlib.geodesics.segment import segment_length
from curvlib.grid import Grid
from curvlib.language.expression import Expression
from curvlib.language.grammar import parse
from curvlib.presets import PRESETS

DONE, WRONG, INTERRUPTED = 0, 2, 130
RADII = 100
"""The number of radii at which a ball is measured."""
SLOW = 0.5
"""Seconds after which a progress line appears."""


def main(words: list[str] | None = None) -> int:
    """Runs the command; returns its exit code."""
    options = arguments.parser().parse_args(words)
    try:
        _run(options)
    except ExpressionError as error:
        _complain(f"{error}\n{error.caret(options.formula)}".rstrip())
        return WRONG
    except (CurvlibError, OSError) as error:
        _complain(str(error))
        return WRONG
    except KeyboardInterrupt:
        _complain("interrupted")
        return INTERRUPTED
    return DONE


def _complain(words: str) -> None:
    print(f"curvlib: {words}", file=sys.stderr)


def _say(words: str) -> None:
    """Prints; to a reader who has left, as `head` does, nothing more is said,
    and the work goes on.
    """
    try:
        print(words, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(options: Namespace) -> None:
    if options.presets:
        _say("\n".join(f"{name:28}{preset.reason}" for name, preset in PRESETS.items()))
        return
    _chosen(options)
    expression = parse(options.formula)
    values = parameter_values(expression, options.parameters)
    u0, u1, v0, v1 = options.window
    grid = Grid((u0, u1), (v0, v1), arguments.size(options.size))
    arguments.ball_and_geodesic(options)
    ball_files = [(writers.ball_writer(path), path) for path in map(Path, options.ball_output)]
    files = [(writers.writer(path), path) for path in map(Path, options.output)]
    say: Callable[[str], None] = (lambda text: None) if options.quiet else _say
    shown = None if options.quiet else progress_line()
    fields = evaluate(expression, grid, values, further=tuple(FURTHER), kernel=options.kernel, progress=shown)
    say(summary.fields_summary(expression, grid, values, fields))
    if options.at:
        say("\n" + summary.geometry_summary(geometry_at(expression, tuple(options.at), values)))
    ball = _around(options, expression, values, say)
    if options.critical:
        say("\n" + summary.critical_summary(critical_points(expression, grid, values)))
        say(summary.proof_summary(prove(expression, grid, values)))
    for write_ball, path in ball_files:
        assert ball
        write_ball(path, expression, values, ball)
        say(f"wrote {path}")
    for write, path in files:
        write(path, expression, grid, values, fields)
        say(f"wrote {path}")


def _around(
    options: Namespace, expression: Expression, values: dict[str, float], say: Callable[[str], None]
) -> Ball | None:
    """Prints the geodesic ball around the point, which is returned, and the geodesics to another
    point, as far as the options request them.
    """
    ball = (
        geodesic_ball(expression, options.at, options.ball * np.arange(1, RADII + 1) / RADII, values)
        if options.ball
        else None
    )
    if ball:
        say("\n" + summary.ball_summary(ball))
    if options.geodesic:
        start, end = (geometry_at(expression, point, values) for point in (options.at, options.geodesic))
        ways = geodesics_between(expression, options.at, options.geodesic, values)
        straight = segment_length(expression, options.at, options.geodesic, values)
        say("\n" + summary.geodesics_summary(start, end, ways, straight))
    return ball


def _chosen(options: Namespace) -> None:
    """Settles formula, window and parameters: from a preset, from standard input, or as given."""
    given = arguments.assignments(options.parameters)
    if bool(options.formula) == bool(options.preset):
        raise arguments.ArgumentError(
            "Give a formula, or --preset ID; --presets lists the stored ones, --help shows examples."
        )
    if options.preset:
        if options.preset not in PRESETS:
            raise arguments.ArgumentError(f"There is no preset {options.preset!r}; --presets lists them.")
        preset = PRESETS[options.preset]
        options.formula = preset.text
        given = {name: parameter.default for name, parameter in preset.parameters.items()} | given
        options.window = options.window or [*preset.window[0], *preset.window[1]]
    if options.formula == "-":
        options.formula = sys.stdin.read().strip("\n")
    options.parameters, options.window = given, options.window or [-2, 2, -2, 2]


def progress_line() -> Callable[[float], None] | None:
    """Rewrites one line on a terminal with the share done and the time left;
    None where it is not shown.
    """
    if not sys.stderr.isatty():
        return None
    start = time.monotonic()

    def show(share: float) -> None:
        spent = time.monotonic() - start
        if spent > SLOW:
            left = f"{spent / share - spent:.0f} s left" if share < 1 else ""
            print(f"\r{share:4.0%} {left:12}", end="" if share < 1 else "\n", file=sys.stderr, flush=True)

    return show


if __name__ == "__main__":
    sys.exit(main())
