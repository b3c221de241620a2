"""python -m tests.campaigns nightly|release-check [NAME ...]:
all campaigns of a table, or those that are named.
"""

import argparse

from tests.campaigns import runner
from tests.campaigns.tables import TABLES


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns", description=__doc__)
    parser.add_argument("table", choices=TABLES)
    parser.add_argument("names", nargs="*", metavar="NAME", help="campaigns of the table; all if none is named")
    parser.add_argument("--seed", type=int, help="of the random numbers, to see again what a run has seen")
    parser.add_argument("--again", action="store_true", help="also what has passed at this state of the files")
    parser.add_argument("--list", action="store_true", help="say which there are")
    asked = parser.parse_args()
    table = {campaign.name: campaign for campaign in TABLES[asked.table]}
    if unknown := [name for name in asked.names if name not in table]:
        parser.error(f"no campaign {unknown[0]!r} in {asked.table}; there are {', '.join(table)}")
    if asked.list:
        print(*(f"{campaign.name:10} {campaign.proves}" for campaign in table.values()), sep="\n")
        return 0
    memory = runner.Memory(runner.FOLDER / asked.table, runner.version())
    return 0 if runner.run([table[name] for name in asked.names or table], memory, asked.seed, asked.again) else 1


raise SystemExit(main())
