"""The way from a new formula, as text, to f, |∇f|, tr H and S on a grid:
curvlib compared with sympy.lambdify as people use it.

Both start from text and end with four arrays; nothing is kept between rounds. Rounds alternate, so
that a slow minute of the machine hits both. CPU time of one process; run it from the root of the
project:

    python -m benchmarks.first_fields            # all presets at 256²
    python -m benchmarks.first_fields --size 512 --rounds 9 himmelblau ackley
"""

import argparse
import math
import statistics
import sys
import time
from collections.abc import Callable

import numpy as np

from curvlib.evaluation.fields import _automatic, _kernel, evaluate
from curvlib.evaluation.jets import jet_program
from curvlib.grid import Grid
from curvlib.language.grammar import parse
from curvlib.presets import PRESETS, Preset
from curvlib.symbolic.derivatives import differentiate

Path = Callable[[Preset, Grid], np.ndarray]


def forget() -> None:
    """Empties every cache, so that the next formula is new."""
    for cached in (differentiate, jet_program, _kernel, _automatic):
        cached.cache_clear()
    if "sympy" in sys.modules:
        sys.modules["sympy"].core.cache.clear_cache()


def by_curvlib(preset: Preset, grid: Grid, kernel: str) -> np.ndarray:
    values = {name: parameter.default for name, parameter in preset.parameters.items()}
    return evaluate(parse(preset.text), grid, values, kernel=kernel).scalar_curvature


def by_lambdify(preset: Preset, grid: Grid) -> np.ndarray:
    """Differentiate, substitute into the formula, lambdify with numpy: what tutorials show."""
    import sympy

    formula = parse(preset.text).to_sympy()
    names = {symbol.name: symbol for symbol in formula.free_symbols}
    u, v = (names.get(name, sympy.Symbol(name, real=True)) for name in "uv")
    formula = formula.subs(
        {names[name]: parameter.default for name, parameter in preset.parameters.items() if name in names}
    )
    f_u, f_v = formula.diff(u), formula.diff(v)
    f_uu, f_uv, f_vv = f_u.diff(u), f_u.diff(v), f_v.diff(v)
    results = [
        formula,
        sympy.sqrt(f_u**2 + f_v**2),
        f_uu + f_vv,
        2 * (f_uu * f_vv - f_uv**2) / (1 + f_u**2 + f_v**2) ** 2,
    ]
    with np.errstate(all="ignore"):
        return sympy.lambdify((u, v), results, modules=["scipy", "numpy"])(*np.meshgrid(grid.u, grid.v))[-1]


def cpu(path: Path, preset: Preset, grid: Grid) -> float:
    """CPU milliseconds of one answer to a formula that is new;
    NaN where there is none (sympy writes |u|'' as a DiracDelta).
    """
    forget()
    start = time.process_time()
    try:
        path(preset, grid)
    except NameError:
        return math.nan
    return 1e3 * (time.process_time() - start)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("presets", nargs="*", default=list(PRESETS), help="which presets (default: all)")
    words.add_argument("--size", type=int, default=256)
    words.add_argument("--rounds", type=int, default=3)
    options = words.parse_args()
    paths: dict[str, Path] = {
        "numpy": lambda preset, grid: by_curvlib(preset, grid, "numpy"),
        "numexpr": lambda preset, grid: by_curvlib(preset, grid, "numexpr"),
        "lambdify": by_lambdify,
    }
    warm = Grid((0, 1), (0, 1), (4, 4))
    for path in paths.values():
        path(PRESETS["saddle"], warm)  # imports are not what is measured here
    medians: dict[str, list[float]] = {name: [] for name in paths}
    print(f"CPU ms from text to four fields at {options.size}², median (least) of {options.rounds} rounds")
    print(f"{'':28}" + "".join(f"{name:>20}" for name in paths) + f"{'lambdify/numpy':>16}")
    for key in options.presets:
        preset = PRESETS[key]
        grid = Grid(*preset.window, (options.size, options.size))
        times: dict[str, list[float]] = {name: [] for name in paths}
        for _ in range(options.rounds):
            for name, path in paths.items():
                times[name].append(cpu(path, preset, grid))
        for name in paths:
            medians[name].append(statistics.median(times[name]))
        cells = "".join(f"{medians[name][-1]:12.1f} ({min(times[name]):5.1f})" for name in paths)
        print(f"{key:28}{cells}{medians['lambdify'][-1] / medians['numpy'][-1]:15.0f}×", flush=True)
    for word, summary in (("median over the formulas", np.nanmedian), ("worst", np.nanmax)):
        print(f"{word:28}" + "".join(f"{summary(medians[name]):12.1f}{'':8}" for name in paths))


if __name__ == "__main__":
    sys.exit(main())
