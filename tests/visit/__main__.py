"""python -m tests.visit firefox|webkit: the ten steps of a visitor in another browser; a line for each, exit code 1 if one failed."""

import contextlib
import sys
from pathlib import Path

from tests.browser.server import AppServer
from tests.visit.hands import BROWSERS, Hand
from tests.visit.steps import STEPS


def main() -> int:
    word, folder = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
    failed: list[str] = []
    with AppServer() as server:
        hand = BROWSERS[word]().__enter__()
        for name, step in STEPS.items():
            try:
                step(hand, server.url)
                if folder:
                    hand.picture(Path(folder) / f"{word}-{name.replace(' ', '-')}.png")
                print(f"{name}: as it must be", flush=True)
            except Exception as trouble:
                failed.append(name)
                print(f"{name}: FAILED: {trouble}", flush=True)
                close(hand)
                hand = BROWSERS[word]().__enter__()  # the step may have broken the page, or the whole browser
        print(f"{hand.name}: {', '.join(failed) + ' failed' if failed else f'all {len(STEPS)} steps work'}")
        close(hand)
    return 1 if failed else 0


def close(hand: Hand) -> None:
    """Ends a browser, which may have ended by itself."""
    with contextlib.suppress(Exception):
        hand.__exit__(None, None, None)


raise SystemExit(main())
