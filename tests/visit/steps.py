"""The steps of a visitor, for any browser:
each does something and asserts what must be seen then.
"""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np

from tests.browser.explorer import AXES
from tests.visit.hands import Hand

Step = Callable[[Hand, str], None]

PANEL = "document.querySelector('.cl-panel').instrument"
READY = """(document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning"
    && document.querySelector(".cl-panel")?.dataset.state === "ready" &&
      !document.querySelector(".cl-panel").instrument.drawing)"""
NO_FAULT = f"""(window.looked = undefined,
    ({AXES})(document.querySelector('.cl-panel'), 20_000).then(found => window.looked = found), true)"""


def ready(hand: Hand) -> None:
    hand.until(READY, "the panel")


def axes_are_the_window(hand: Hand) -> None:
    hand.tell(NO_FAULT)
    faults = hand.until("window.looked && {found: window.looked}", "the axes")["found"]
    assert not faults, "; ".join(faults)


def opening(hand: Hand, url: str) -> None:
    hand.open(f"{url}/explorer")
    ready(hand)
    axes_are_the_window(hand)
    assert hand.tell("!!document.querySelector('.cl-panel canvas')"), "no surface is painted"


def example(hand: Hand, url: str) -> None:
    hand.click(hand.place("[data-testid=stSelectbox] input"))
    hand.type("Himmelblau")
    hand.until(
        "[...document.querySelectorAll('[role=option]')].some(node => node.textContent.includes('Himmelblau'))",
        "the menu",
    )
    hand.enter()
    hand.until(f"{PANEL}.header.window.join() === '-5,5,-5,5'", "the window of the example")
    ready(hand)
    axes_are_the_window(hand)


def slider(hand: Hand, url: str) -> None:
    hand.open(f"{url}/explorer?example=gaussian_bump&cells=64")
    ready(hand)
    before = hand.tell(f"{PANEL}.header.sliders[0].value")
    hand.drag(hand.place(".cl-slider input", 0.5), hand.place(".cl-slider input", 0.8))
    hand.until(f"{READY} && {PANEL}.header.sliders[0].value !== {before}", "the value that was dragged to")


def click_on_a_map(hand: Hand, url: str) -> None:
    hand.click(hand.place(".cl-view[data-view=S] .nsewdrag", 0.75, 0.25))
    u0, u1, v0, v1 = hand.tell(f"{PANEL}.header.window")
    hand.until(f"{READY} && Math.abs({PANEL}.point.u - {u0 + 0.75 * (u1 - u0)}) < {0.01 * (u1 - u0)}", "u of the click")
    hand.until(f"Math.abs({PANEL}.point.v - {v0 + 0.75 * (v1 - v0)}) < {0.01 * (v1 - v0)}", "v of the click")


def click_on_the_surface(hand: Hand, url: str) -> None:
    before = hand.tell(f"{PANEL}.point.u")
    hand.click(hand.place(".cl-view[data-view=surface] .cl-stage", 0.5, 0.5))
    hand.until(f"{READY} && {PANEL}.point.u !== {before}", "the point on the surface")


def ball(hand: Hand, url: str) -> None:
    hand.click(hand.place(".st-key-ball label"))
    hand.until(f"{READY} && {PANEL}.overlays.some(overlay => overlay.look === 'ball')", "the ball")


def link(hand: Hand, url: str) -> None:
    point, address = hand.tell(f"{PANEL}.point"), hand.tell("location.href")
    hand.open("about:blank")
    hand.open(address)
    ready(hand)
    hand.until(f"{PANEL}.overlays.some(overlay => overlay.look === 'ball')", "the ball of the link")
    found = [hand.tell(f"{PANEL}.point.{x}") for x in "uv"]
    assert np.allclose(found, [point["u"], point["v"]], atol=1e-4), f"the point of the link is {found}"


def export(hand: Hand, url: str) -> None:
    hand.tell("(HTMLAnchorElement.prototype.click = function () { window.saved = this.download; }, true)")
    hand.click(hand.place(".cl-export summary"))
    hand.until("document.querySelector('.cl-export').open", "the menu of exports")
    hand.tell(
        "([...document.querySelectorAll('.cl-sheet button')].find(node => node.textContent === 'PNG').click(), true)"
    )
    name = hand.until("window.saved", "the picture")
    assert name.endswith(".png"), name


def dark(hand: Hand, url: str) -> None:
    hand.open(f"{url}/explorer?embed=true&embed_options=dark_theme&example=himmelblau&cells=64")
    ready(hand)
    ground = hand.tell(
        "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor.match(/\\d+/g).map(Number)"
    )
    assert max(ground[:3]) < 60, ground
    axes_are_the_window(hand)


def telephone(hand: Hand, url: str) -> None:
    hand.narrow(390, 844)
    hand.open(f"{url}/explorer?example=himmelblau&cells=64")
    ready(hand)
    widths = hand.tell(
        "[document.documentElement, document.querySelector('[data-testid=stMain]')].map(node => node.scrollWidth)"
    )
    assert max(widths) <= hand.tell("innerWidth"), f"the page is {max(widths)} pixels wide"
    axes_are_the_window(hand)


def upload(hand: Hand, url: str) -> None:
    hand.open(f"{url}/grid")
    ready(hand)
    across = np.linspace(-1, 1, 41)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bowl.npz"
        np.savez(file, f=np.add.outer(across**2, across**2), u=across, v=across)
        hand.upload("[data-testid=stFileUploaderDropzone] input", file)
        hand.until(f"{READY} && {PANEL}.header.window.join() === '-1,1,-1,1'", "the uploaded grid")
    axes_are_the_window(hand)


STEPS: Mapping[str, Step] = MappingProxyType(
    {
        "open": opening,
        "example": example,
        "slider": slider,
        "click on a map": click_on_a_map,
        "click on the surface": click_on_the_surface,
        "ball": ball,
        "link": link,
        "export": export,
        "dark": dark,
        "telephone": telephone,
        "upload": upload,
    }
)
"""The steps in their order; each begins where the one before it ended."""

KNOWN: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"webkit": {"export": "the page hangs or crashes while the PNG of the surface is made by software rendering"}}
)
"""Browser → the steps that fail in it, and why. They are named and fail nothing;
one that begins to work does.
"""
