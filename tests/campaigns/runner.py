"""Runs campaigns one after the other, a line for each, and remembers which have passed at this
state of the files.
"""

import json
import os
import random
import shlex
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from itertools import takewhile
from pathlib import Path

from tests.campaigns.tables import NOT_RUN, Campaign

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "campaigns"
"""Where logs and results are kept; git ignores it."""

WORDS = {0: "passed", NOT_RUN: "NOT RUN"}
DONE = "CAMPAIGN_DONE"
"""The variable with the file that names the tests that have passed; see resume.py."""


@dataclass(frozen=True)
class Result:
    """The end of a campaign.

    Attributes:
        word: passed, FAILED, NOT RUN, or started, where it was interrupted.
        seed: of its random numbers.
        seconds: that it took.
        reason: the last line it printed, where it did not pass.
    """

    word: str
    seed: int
    seconds: float = 0.0
    reason: str = ""


class Memory:
    """The results at one state of the files, in a folder of its own;
    another commit, or a change since, is another state.
    """

    def __init__(self, folder: Path, version: str) -> None:
        self.folder = folder / version
        self.folder.mkdir(parents=True, exist_ok=True)

    def file(self, campaign: Campaign, ending: str) -> Path:
        return self.folder / f"{campaign.name}.{ending}"

    def of(self, campaign: Campaign) -> Result | None:
        file = self.file(campaign, "json")
        return Result(**json.loads(file.read_text())) if file.exists() else None

    def keep(self, campaign: Campaign, result: Result) -> None:
        self.file(campaign, "json").write_text(json.dumps(asdict(result)))


def version(root: Path = ROOT) -> str:
    """The commit, and a mark of what was changed or added since."""

    def git(*words: str) -> bytes:
        return subprocess.run(["git", *words], cwd=root, capture_output=True, check=True).stdout

    new = [Path(root, os.fsdecode(name)) for name in git("ls-files", "-oz", "--exclude-standard").split(b"\0") if name]
    added = (b"%s\0%s\0" % (bytes(file), file.read_bytes()) for file in new if file.is_file())
    changes = git("diff", "--binary", "HEAD") + b"".join(added)
    commit = git("rev-parse", "--short", "HEAD").decode().strip()
    return f"{commit}+{sha256(changes).hexdigest()[:8]}" if changes else commit


def run(campaigns: Iterable[Campaign], memory: Memory, seed: int | None = None, again: bool = False) -> bool:
    """Runs what has not passed yet and prints a line for each; True if nothing failed.

    Args:
        campaigns: in their order.
        memory: of this state of the files.
        seed: of the random numbers; one is drawn where it is left out. An interrupted campaign goes
            on with its own.
        again: run also what has passed.
    """
    fine = True
    for campaign in campaigns:
        result = memory.of(campaign)
        if again or seed is not None or result is None or result.word != "passed":
            going_on = result is not None and result.word == "started" and not again and seed in (None, result.seed)
            result = _finish(campaign, memory, result.seed if going_on and result else seed, going_on)
        print(line(campaign, result, memory), flush=True)
        fine &= result.word != "FAILED"
    return fine


def _finish(campaign: Campaign, memory: Memory, seed: int | None, going_on: bool) -> Result:
    result = Result("started", random.SystemRandom().randrange(10**6) if seed is None else seed)
    memory.keep(campaign, result)
    passed = memory.file(campaign, "done")
    if not going_on:
        passed.unlink(missing_ok=True)
    began = time.monotonic()
    environment = os.environ | {
        "CURVLIB_SEED": str(result.seed),
        DONE: str(passed),
        "CI": "true",
        "PYTHON": sys.executable,
    }
    with memory.file(campaign, "log").open("a" if going_on else "w") as log:
        done = subprocess.run(
            words(campaign.command),
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    code = done.returncode
    reason = "" if code == 0 else last_line(memory, campaign)
    result = replace(result, word=WORDS.get(code, "FAILED"), seconds=time.monotonic() - began, reason=reason)
    memory.keep(campaign, result)
    return result


def words(command: str) -> list[str]:
    """A command as the environment runs it, variables first;
    what pytest has done, it leaves out the next time.
    """
    given = shlex.split(command)
    variables = list(takewhile(lambda word: "=" in word, given))
    first, *others = given[len(variables) :]
    python = {
        "python": [sys.executable],
        "pytest": [sys.executable, "-m", "pytest", "-q", "-p", "tests.campaigns.resume"],
    }
    return [*(["env", *variables] if variables else []), *python.get(first, [first]), *others]


def last_line(memory: Memory, campaign: Campaign) -> str:
    printed = memory.file(campaign, "log").read_text(errors="replace").strip().splitlines()
    return printed[-1] if printed else ""


def line(campaign: Campaign, result: Result, memory: Memory) -> str:
    """The line of a result: the word, the campaign, the fact it proves, and where to
    read more if it did not.
    """
    about = f"{result.word:8} {campaign.name:10} {result.seconds:6.0f} s  seed {result.seed:<6}  {campaign.proves}"
    log = os.path.relpath(memory.file(campaign, "log"))
    return about if result.word == "passed" else f"{about}\n{'':8} {result.reason}\n{'':8} see {log}"
