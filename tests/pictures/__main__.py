"""python -m tests.pictures [WORD ...] [--approve]: contact sheets of states, in the folder
pictures/.

A word chooses the states of a group, or those with it in their name.
"""

import argparse
import time
from collections.abc import Sequence

from PIL.Image import Image

from tests.browser.server import ROOT
from tests.pictures import approval, camera
from tests.pictures.camera import Taken
from tests.pictures.sheets import sheets
from tests.pictures.states import STATES, State

FOLDER = ROOT / "pictures"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    groups = ", ".join(dict.fromkeys(state.group for state in STATES))
    parser.add_argument("words", nargs="*", metavar="WORD", help=f"a group ({groups}) or part of a name")
    parser.add_argument("--approve", action="store_true", help="keep small copies of what is seen now")
    asked = parser.parse_args()
    states = [state for state in STATES if not asked.words or any(_means(word, state) for word in asked.words)]
    began = time.monotonic()
    taken = _take(states)
    for group in dict.fromkeys(state.group for state in states):
        for number, image in enumerate(sheets([one for one in taken if one.state.group == group]), 1):
            image.save(FOLDER / f"{group}-{number}.png")
    print(f"{len(taken)} states in {time.monotonic() - began:.0f} s; the sheets are in {FOLDER.relative_to(ROOT)}/")
    _compare([(one.state.name, one.picture) for one in taken if one.state.kept and one.picture], asked.approve)


def _means(word: str, state: State) -> bool:
    return word == state.group or word in state.name


def _take(states: Sequence[State]) -> list[Taken]:
    """All pictures in the order of the table, each in a file too;
    a line for each state that was not reached.
    """
    found = {}
    for one in camera.take(states):
        found[one.state.name] = one
        file = FOLDER / one.state.group / f"{one.state.name.replace(' ', '-')}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        if one.picture:
            one.picture.save(file)
        else:
            print(f"not reached: {one.state.name}: {one.trouble.splitlines()[0]}", flush=True)
    return [found[state.name] for state in states]


def _compare(kept: Sequence[tuple[str, Image]], approve: bool) -> None:
    """Prints what has changed since it was approved, or approves it."""
    if approve:
        approval.approve(kept, camera.version())
        print(f"{len(kept)} small copies are approved in {approval.APPROVED.relative_to(ROOT)}")
    else:
        changes = approval.report(kept, camera.version())
        print(*(changes or [f"{len(kept)} kept states are as they were approved"]), sep="\n")


main()
