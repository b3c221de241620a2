"""Runs the tests against changed copies of a project, two at a time, and keeps each verdict as soon
as it is known.
"""

import json
import os
import queue
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.mutants.equivalents import EQUIVALENTS
from tests.mutants.points import Point, in_javascript, in_python
from tests.mutants.tested import Lines

PATIENCE = 120
"""Seconds after which tests that do not end count as having noticed."""

WORKERS = 2
NOTICED, RUN_NOTHING = (1, 2), (4, 5)
"""Exit codes of pytest: a test or the import failed; no such test, or none at all."""

IN_NODE = ("tests/test_live.py", "tests/test_panel_modules.py", "tests/test_panel.py")
"""The modules of tests that run JavaScript without a browser."""


@dataclass(frozen=True)
class Verdict:
    """The end of one change.

    Attributes:
        key: the change, as text.
        place: file, line, kind and words, fit to print.
        word: killed, survived, equivalent, or not run, where there was no test to run.
        tests: how many were chosen.
    """

    key: str
    place: str
    word: str
    tests: int


def points(root: Path, folders: Sequence[str]) -> list[Point]:
    """Every change of the Python in some folders,
    and of the JavaScript there that needs no browser.
    """
    found: list[Point] = []
    for path in sorted(
        path for folder in folders for path in (root / folder).rglob("*") if path.suffix in (".py", ".js")
    ):
        change = in_python if path.suffix == ".py" else in_javascript
        if path.suffix == ".py" or is_pure(path):
            found += change(str(path.relative_to(root)), path.read_text())
    return found


def is_pure(path: Path) -> bool:
    """True for a JavaScript module that Node can run: it knows no document,
    and imports none that does.
    """
    source = path.read_text()
    words = ("document", "window.", "globalThis", "Plotly", "requestAnimationFrame")
    imported = [
        path.parent / line.split('"')[1] for line in source.splitlines() if line.startswith(("import ", "} from "))
    ]
    return not any(word in source for word in words) and all(is_pure(other) for other in imported if other != path)


class Campaign:
    """A sample of the changes of a project, and what is known of them.

    Args:
        root: of the project.
        folders: of the code to change.
        lines: the tests of each line.
        file: to keep verdicts in; those that are there are not sought again.
        seed: of the sample.
        count: its size.
    """

    def __init__(self, root: Path, folders: Sequence[str], lines: Lines, file: Path, seed: int, count: int) -> None:
        self.root, self.lines, self.file = root, lines, file
        found = points(root, folders)
        self.sample = random.Random(seed).sample(found, min(count, len(found)))
        rows = file.read_text().splitlines() if file.exists() else []
        self.verdicts = {verdict.key: verdict for verdict in (Verdict(**json.loads(row)) for row in rows)}

    def run(self, seconds: float) -> bool:
        """Seeks the verdicts that are missing, for so long; True if all are there."""
        deadline = time.monotonic() + seconds
        left = [point for point in self.sample if repr(point) not in self.verdicts]
        with _copies(self.root) as copies, ThreadPoolExecutor(WORKERS) as executor:
            for verdict in executor.map(lambda point: self._seek(point, copies, deadline), left):
                if verdict:
                    self.verdicts[verdict.key] = verdict
                    print(f"{verdict.word:10} {verdict.place}", flush=True)
        return len(self.verdicts) >= len(self.sample)

    def _seek(self, point: Point, copies: "queue.Queue[Path]", deadline: float) -> Verdict | None:
        if time.monotonic() > deadline:
            return None
        source = (self.root / point.path).read_text()
        tests = self._tests(point, source)
        word = "equivalent" if is_equivalent(point, source) else "not run"
        if tests and word == "not run":
            copy = copies.get()
            (copy / point.path).write_text(point.applied(source))
            word = _verdict(copy, point, tests)
            (copy / point.path).write_text(source)
            copies.put(copy)
        place = f"{point.path}:{point.line(source)} {point.kind}: {point.shown(source)}"
        verdict = Verdict(repr(point), place, word, len(tests))
        with self.file.open("a") as file:
            file.write(json.dumps(asdict(verdict)) + "\n")
        return verdict

    def _tests(self, point: Point, source: str) -> Sequence[str]:
        if point.path.endswith(".js"):
            return IN_NODE
        of_file = self.lines.get(point.path, {})
        return of_file.get(str(point.line(source))) or of_file.get("0", ())

    def report(self) -> str:
        """The score, and every change that was not noticed."""
        words = [verdict.word for verdict in self.verdicts.values()]
        counted = len(words) - words.count("equivalent")
        score = f"{words.count('killed')} of {counted} noticed ({words.count('killed') / max(1, counted):.0%})"
        lived = [f"  {v.word:9} {v.place}" for v in self.verdicts.values() if v.word in ("survived", "not run")]
        return "\n".join(
            [*lived, f"{score}; {words.count('equivalent')} equivalent; {len(self.sample) - len(words)} left"]
        )


def is_equivalent(point: Point, source: str) -> bool:
    """True for a change that the table of equivalents holds."""
    n = point.line(source) - 1
    line, changed = (text.splitlines()[n].strip() for text in (source, point.applied(source)))
    return any((known.path, known.line, known.changed) == (point.path, line, changed) for known in EQUIVALENTS)


def _verdict(copy: Path, point: Point, tests: Sequence[str]) -> str:
    commands = [[sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]]
    if point.path.endswith(".js"):
        files = map(str, sorted((copy / "tests" / "node").glob("*.test.mjs")))
        commands.insert(0, ["node", "--test", *files])
    for command in commands:
        try:
            code = subprocess.run(command, cwd=copy, env=QUIET, capture_output=True, timeout=PATIENCE).returncode
        except subprocess.TimeoutExpired:
            return "killed"
        if code in NOTICED:
            return "killed"
        if code in RUN_NOTHING:
            return "not run"
    return "survived"


QUIET = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
"""Without bytecode: a change within the same second and of the same length would not be seen."""


@contextmanager
def _copies(root: Path) -> Iterator["queue.Queue[Path]"]:
    """As many copies of the project as there are workers; what git ignores is left out."""
    left_out = shutil.ignore_patterns(
        ".git", ".venv*", "campaigns", "pictures", "__pycache__", "node_modules", ".*_cache"
    )
    with TemporaryDirectory(prefix="mutants-") as folder:
        copies: queue.Queue[Path] = queue.Queue()
        for k in range(WORKERS):
            copies.put(Path(shutil.copytree(root, Path(folder, str(k)), ignore=left_out, symlinks=True)))
        yield copies
