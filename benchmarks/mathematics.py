"""The largest error of the native kernel's own functions, in units in the last place, over their
whole range.

A million points each: small, usual, large, and any bits that make a number. Extended precision
finds the worst ones, mpmath says how bad they are; where numbers in extended precision are no
longer than float64, mpmath does it all. Run it from the root of the project:

    python -m benchmarks.mathematics
"""

import argparse
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np

from curvlib.kernels.native import engine
from curvlib.kernels.native.single import operation

FUNCTIONS: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "exp": (np.exp, mpmath.exp),
    "log": (np.log, mpmath.log),
    "log1p": (np.log1p, mpmath.log1p),
    "sin": (np.sin, mpmath.sin),
    "cos": (np.cos, mpmath.cos),
    "tan": (np.tan, mpmath.tan),
    "sinh": (np.sinh, mpmath.sinh),
    "cosh": (np.cosh, mpmath.cosh),
    "tanh": (np.tanh, mpmath.tanh),
    "sigmoid": (lambda x: 1 / (1 + np.exp(-x)), lambda x: 1 / (1 + mpmath.exp(-x))),
    "softplus": (lambda x: np.logaddexp(np.longdouble(0), x), lambda x: mpmath.log1p(mpmath.exp(x))),
}
CONFIRMED = 200
"""The worst points that mpmath looks at."""


def points(n: int) -> np.ndarray:
    rng = np.random.default_rng(2026)
    bits = rng.integers(0, 2**64, n // 4, dtype=np.uint64).view(np.float64)
    return np.concatenate([*(rng.uniform(-reach, reach, n // 4) for reach in (1, 30, 750)), bits[np.isfinite(bits)]])


def worst(name: str, x: np.ndarray) -> tuple[float, float]:
    """The largest error, and where."""
    near, true = FUNCTIONS[name]
    found = operation(name, engine.host())(x)
    with np.errstate(all="ignore"):
        expected = near(x.astype(np.longdouble))
        units = np.abs((found - expected) / np.spacing(np.abs(expected.astype(float))))
    units[~np.isfinite(units.astype(float))] = 0
    candidates = (
        np.argsort(units)[-CONFIRMED:] if np.finfo(np.longdouble).nmant > 60 else np.nonzero(np.isfinite(found))[0]
    )
    with mpmath.workdps(60):
        exact = [true(mpmath.mpf(float(x[k]))) for k in candidates]
        errors = [
            float(abs(mpmath.mpf(float(found[k])) - y) / float(np.spacing(abs(float(y)))))
            for k, y in zip(candidates, exact, strict=True)
        ]
    k = int(np.argmax(errors))
    return errors[k], float(x[candidates[k]])


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--points", type=int, default=10**6)
    x = points(words.parse_args().points)
    print(f"{len(x)} points each, vectors of {engine.host().width}")
    for name in FUNCTIONS:
        error, where = worst(name, x)
        print(f"{name:10} {error:6.3f} units in the last place, at {where!r}", flush=True)
