"""Takes the steps in a browser and says of each whether it is as it must be."""

import contextlib
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.visit.hands import Hand
from tests.visit.steps import STEPS, Step


def walk(
    browser: Callable[[], Hand],
    url: str,
    known: Mapping[str, str],
    pictures: Path | None = None,
    steps: Mapping[str, Step] = STEPS,
) -> bool:
    """A line for each step, and one for all; True if each works that is not known to fail, and no
    other.

    Args:
        browser: makes a hand.
        url: of the app.
        known: steps that fail in this browser, and why. One that works is a fault too, so that the
            table stays true.
        pictures: the folder for what is seen after each step; none are kept without one.
        steps: name → step.
    """
    faults: list[str] = []
    hand = browser().__enter__()
    for name, step in steps.items():
        picture = pictures and pictures / f"{hand.name}-{name}.png".replace(" ", "-")
        trouble = _trouble(step, hand, url, picture)
        if (trouble is None) == (name in known):
            faults.append(name)
        print(f"{name}: {_told(trouble, known.get(name))}", flush=True)
        if trouble is not None:  # the step may have broken the page, or the whole browser
            _close(hand)
            hand = browser().__enter__()
    expected = f"all {len(steps)} steps work" if not known else f"all {len(steps)} steps work but {', '.join(known)}"
    print(f"{hand.name}: {', '.join(faults) + ' failed' if faults else expected}")
    _close(hand)
    return not faults


def _trouble(step: Step, hand: Hand, url: str, picture: Path | None) -> str | None:
    """The reason why a step fails; None where it works, and can be seen in the picture."""
    try:
        step(hand, url)
        if picture:
            hand.picture(picture)
    except Exception as error:
        return str(error)
    return None


def _told(trouble: str | None, known: str | None) -> str:
    if trouble is None:
        return "as it must be" if known is None else "FAILED: it works now, and is still among the known failures"
    return f"FAILED: {trouble}" if known is None else f"fails, as is known: {known}"


def _close(hand: Hand) -> None:
    """Ends a browser, which may have ended by itself."""
    with contextlib.suppress(Exception):
        hand.__exit__(None, None, None)
