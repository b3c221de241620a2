"""Runs a program step by step on numpy arrays: at once, with nothing to compile.

Operands broadcast: with u as a row and v as a column, work on one variable stays on its axis.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

from curvlib.kernels.program import Program
from curvlib.language.operations import OPERATIONS


def run(
    program: Program,
    symbols: Mapping[str, Any],
    known: Mapping[int, Any] | None = None,
    only: Sequence[int] | None = None,
    keep: Collection[int] = (),
) -> dict[int, Any]:
    """Values of the program's steps, by number: of its results, and of whatever is not used up on
    the way.

    Args:
        program: what to compute.
        symbols: an array or a number for u, v and each parameter, of any floating type.
        known: values of steps that need not be computed again.
        only: the steps to compute, in order; all of them if not given.
        keep: steps whose values are needed although later steps use them up.

    Returns:
        step → value. Non-finite values pass through silently.
    """
    values = dict(known or {})
    steps, last_use, kept = program.steps, program.last_use, {*keep, *values}
    with np.errstate(all="ignore"):
        for i in range(len(steps)) if only is None else only:
            op, args, value, _ = steps[i]
            if args:
                values[i] = OPERATIONS[op][1](*[values[arg] for arg in args])
                for arg in args:
                    if last_use[arg] == i and arg not in kept:
                        values.pop(arg, None)
            else:
                values[i] = value if op == "number" else symbols[str(value)]
    return values
