"""python -m tests.mutants: the score of the tests against single-point changes of library, pages
and panel.

Verdicts are kept in campaigns/mutants by commit and seed; a run that was interrupted, or ran out of
time, goes on.
"""

import argparse
import random
import time

from tests.campaigns import runner
from tests.mutants.campaign import Campaign
from tests.mutants.tested import lines

FOLDERS = ("curvlib", "pages", "assets/panel")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--seed", type=int, help="of the sample; the last one that was begun here if left out")
    parser.add_argument("--count", type=int, default=300, help="how many changes")
    parser.add_argument("--minutes", type=float, default=40, help="how long at most, measuring included")
    asked = parser.parse_args()
    began, folder = time.monotonic(), runner.FOLDER / "mutants" / runner.version()
    begun = sorted(folder.glob("*.jsonl"), key=lambda file: file.stat().st_mtime)
    last = int(begun[-1].stem) if begun else random.SystemRandom().randrange(10**6)
    seed = last if asked.seed is None else asked.seed
    print(f"seed {seed}", flush=True)
    tests = lines(runner.ROOT, folder / "map", ("curvlib", "pages"), ("-n", "2", "-m", "not browser and not nightly"))
    campaign = Campaign(runner.ROOT, FOLDERS, tests, folder / f"{seed}.jsonl", seed, asked.count)
    whole = campaign.run(60 * asked.minutes - (time.monotonic() - began))
    print(campaign.report(), f"seed {seed}", sep="\n")
    if not whole:
        print("Not all in time: the same command goes on.")
    return 0


raise SystemExit(main())
