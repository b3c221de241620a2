"""The tests that run a line: chosen by coverage, one from each module of tests in turn, the
quickest first.
"""

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, zip_longest
from pathlib import Path

MOST_TESTS, MOST_SECONDS = 60, 30.0
"""The most tests that are run against one change, and how long they may have taken while they were
measured.
"""

Lines = Mapping[str, Mapping[str, Sequence[str]]]
"""File → line → the tests to run when it changes; those of line "0" run anything of the file."""


def lines(root: Path, folder: Path, sources: Iterable[str], words: Sequence[str]) -> Lines:
    """The map of a project, read from the folder, or measured by one run of all its tests.

    Args:
        root: of the project.
        folder: to keep it in.
        sources: the folders or modules that are measured.
        words: what pytest is told besides.
    """
    kept = folder / "tests.json"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        ours = os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")])
        told = {"MUTANTS_MAP": str(folder.resolve()), "MUTANTS_SOURCE": ",".join(sources), "PYTHONPATH": ours}
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "tests.mutants.contexts",
            "-p",
            "no:cacheprovider",
            *words,
        ]
        with (folder / "log").open("w") as log:
            code = subprocess.run(
                command, cwd=root, env=os.environ | told, stdout=log, stderr=subprocess.STDOUT
            ).returncode
        if code not in (0, 1):  # 1: a test failed, which is not chosen; anything else is half a map
            raise SystemExit(f"The tests were not measured to their end; see {folder / 'log'}, then remove {folder}.")
        kept.write_text(json.dumps(_chosen(root, folder)))
    found: Lines = json.loads(kept.read_text())
    return found


def _chosen(root: Path, folder: Path) -> Lines:
    from coverage import CoverageData

    rows = (json.loads(line) for file in folder.glob("seconds.*") for line in file.read_text().splitlines())
    seconds: dict[str, float] = dict(rows)
    runs: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for file in folder.glob("lines.*"):
        data = CoverageData(str(file))
        data.read()
        for path in data.measured_files():
            for line, tests in data.contexts_by_lineno(path).items():
                runs[str(Path(path).relative_to(root.resolve()))][line] |= seconds.keys() & set(tests)
    for by_line in runs.values():
        by_line[0] = set().union(*by_line.values())
    return {path: {str(n): in_turn(tests, seconds) for n, tests in by_line.items()} for path, by_line in runs.items()}


def in_turn(tests: Iterable[str], seconds: Mapping[str, float]) -> list[str]:
    """Some of the tests: the quickest of each module, then the second of each, within the limits.

    >>> in_turn(["a::x", "a::y", "b::z"], {"a::x": 2, "a::y": 1, "b::z": 3})
    ['a::y', 'b::z', 'a::x']
    """
    modules: dict[str, list[str]] = defaultdict(list)
    for test in sorted(tests, key=lambda test: (seconds[test], test)):
        modules[test.split("::")[0]].append(test)
    found, spent = [], 0.0
    for test in filter(None, chain.from_iterable(zip_longest(*modules.values()))):
        if len(found) < MOST_TESTS and (not found or spent + seconds[test] <= MOST_SECONDS):
            found.append(test)
            spent += seconds[test]
    return found
