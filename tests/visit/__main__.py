"""python -m tests.visit firefox|webkit: the ten steps of a visitor in another browser; a line for each, exit code 1 if one failed."""

import sys
from pathlib import Path

from tests.browser.server import AppServer
from tests.visit.hands import BROWSERS
from tests.visit.steps import STEPS


def main() -> int:
    browser, failed = BROWSERS[sys.argv[1]], []
    pictures = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    with AppServer() as server, browser() as hand:
        for name, step in STEPS.items():
            try:
                step(hand, server.url)
                print(f"{name}: as it must be", flush=True)
            except Exception as trouble:
                failed.append(name)
                print(f"{name}: FAILED: {trouble}", flush=True)
            if pictures:
                hand.picture(pictures / f"{sys.argv[1]}-{name.replace(' ', '-')}.png")
        print(f"{hand.name}: {', '.join(failed) + ' failed' if failed else f'all {len(STEPS)} steps work'}")
    return 1 if failed else 0


raise SystemExit(main())
