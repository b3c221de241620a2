"""The study behind the networks page: 100 seeds of Figure 4's experiment, and the same with weight
decay, polished by Newton.

Writes assets/seeds.json: a few minutes on one core. Run it from the root of the project:

    python -m benchmarks.seeds                 # all of it
    python -m benchmarks.seeds --seeds 10 --out seeds.json
    python -m benchmarks.seeds --pair          # only assets/pair.json, which the page opens with

Studies: "sigma 0.1" and "sigma 0.01" (3000 steps; weight noise of that size), "1500 steps" and
"6000 steps" (σ = 0.1; how far S depends on when training stops). "minima": what 1-16-1 with weight
decay 1e-3 falls into once Newton's method has finished the work.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from curvlib import nets
from curvlib.nets import training_job
from curvlib.nets.seeds import to_json

STUDIES: dict[str, dict[str, Any]] = {
    "sigma 0.1": {"steps": 3000, "sigma": 0.1},
    "sigma 0.01": {"steps": 3000, "sigma": 0.01},
    "1500 steps": {"steps": 1500, "sigma": 0.1},
    "6000 steps": {"steps": 6000, "sigma": 0.1},
}


ABOUT = (
    "Made by `python -m benchmarks.seeds`: "
    "seeds of the initial weights of 1-32-1 tanh on 50 noisy samples of sin(pi x), "
    "Adam 1e-2 with a cosine schedule; columns as in curvlib.nets.Study."
)


def minima(seeds: range) -> list[dict[str, Any]]:
    """Seed by seed, the minimum that Adam and then Newton's method lead to."""
    loss = nets.task(nets.Network((1, 16, 1), "tanh"), weight_decay=1e-3)
    found = []
    for seed in seeds:
        polished = nets.polish(loss, nets.train(loss, nets.start(loss, seed)).theta)
        S = float(nets.geometry(loss, polished.theta).scalar_curvature_at_minimum)
        found.append(
            {
                "seed": seed,
                "scalar_curvature": float(f"{S:.8g}"),
                "loss": float(f"{polished.loss:.12g}"),
                "converged": polished.converged,
            }
        )
    return found


def write_pair(path: Path) -> None:
    """The weights and the loss curves of the pair, so that the page need not train it
    before it can show anything.
    """
    found = training_job.work(training_job.Task())
    columns = training_job.to_json(found) | {"losses": [[float(f"{f:.6g}") for f in row] for row in found.losses]}
    path.write_text(json.dumps(columns, separators=(",", ":")) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seeds", type=int, default=100, help="how many, from 0 (and the paper's pair after them)")
    parser.add_argument("--out", type=Path, default=Path("assets/seeds.json"))
    parser.add_argument("--pair", action="store_true", help="only the weights of the pair")
    options = parser.parse_args()
    if options.pair:
        write_pair(Path("assets/pair.json"))
        return
    loss, seeds = nets.task(), range(options.seeds)
    studies = {}
    for name, settings in STUDIES.items():
        found = nets.study(loss, seeds, **settings)
        studies[name] = to_json(found)
        for outcome, row in nets.rank_correlations(found).items():
            print(
                f"{name:12} {outcome:10}",
                *(f"{predictor} {value.rho:.3f}" for predictor, value in row.items()),
                file=sys.stderr,
            )
    pair = to_json(nets.study(loss, nets.PAIR, steps=3000, sigma=0.1))
    results = {"about": ABOUT, "studies": {**studies, "pair": pair}, "minima": minima(seeds)}
    options.out.write_text(json.dumps(results, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
