"""python -m tests.visit firefox|webkit [FOLDER]: the steps of a visitor in another browser; exit
code 1 if one failed.

Pictures of what is seen after each step are put into the folder.
"""

import sys
from pathlib import Path

from tests.browser.server import AppServer
from tests.visit.hands import BROWSERS
from tests.visit.steps import KNOWN
from tests.visit.walk import walk


def main() -> int:
    word, *folder = sys.argv[1:]
    with AppServer() as server:
        fine = walk(BROWSERS[word], server.url, KNOWN.get(word, {}), Path(folder[0]) if folder else None)
    return 0 if fine else 1


raise SystemExit(main())
