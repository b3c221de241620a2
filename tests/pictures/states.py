"""The table of states that `make pictures` takes: what is opened, what is done there, on which
screen.

To add one, add a row.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from curvlib import PRESETS
from pages.ui.explorer import tabs
from pages.ui.lessons.lessons import LESSONS
from pages.ui.page.sections import SECTIONS
from pages.ui.state import link_values, url
from tests.browser.explorer import SCREENS
from tests.pictures import acts
from tests.pictures.exports import EXPORTS, FILMS, export

LAPTOP = SCREENS["laptop"]
TALL = (1440, 1780)
"""A window in which the whole panel of the explorer can be seen."""


@dataclass(frozen=True)
class State:
    """Something a visitor may have before them.

    Attributes:
        name: its label on the sheet, and its file.
        group: a word for `make pictures ONLY=word`; each group has sheets of its own.
        address: where it is.
        act: what is done there; the picture is taken after it, unless the act makes one itself.
        screen: width and height of the window.
        dark: whether the visitor's system is dark.
        tab: states in a row with the same address and tab are taken without loading the page again.
        shown: the selector of what is taken; the window if empty.
        kept: whether a small copy is in the repository, to compare with.
    """

    name: str
    group: str
    address: str
    act: acts.Act = acts.look
    screen: tuple[int, int] = LAPTOP
    dark: bool = False
    tab: str = ""
    shown: str = ""
    kept: bool = False


def pages() -> Iterator[State]:
    """Every page, light and dark, on each screen: as it is before anything is scrolled."""
    for dark in (False, True):
        for page in (page for pages in SECTIONS.values() for page in pages):
            address = "/" if page.default else f"/{page.address}"
            for screen, size in SCREENS.items():
                name = f"{page.address} {'dark' if dark else 'light'} {screen}"
                yield State(
                    name, "pages", address, screen=size, dark=dark, tab="page", kept=screen == "laptop" and not dark
                )


def whole_pages() -> Iterator[State]:
    """Every page from its top to its end, light on a laptop and dark on a telephone."""
    for page in (page for pages in SECTIONS.values() for page in pages):
        address = "/" if page.default else f"/{page.address}"
        for dark, screen in ((False, "laptop"), (True, "telephone")):
            yield State(f"{page.address} whole {screen}", "whole", address, acts.unroll, SCREENS[screen], dark)


KEPT_EXAMPLES = "himmelblau rosenbrock gaussian_bump two_minima_fig1 branin eggholder plane bukin".split()


def examples() -> Iterator[State]:
    """The explorer with each example, chosen from the menu one after another as a visitor does."""
    for name in PRESETS:
        if name != url.START:
            kept = name in KEPT_EXAMPLES
            yield State(
                f"chosen {name}",
                "explorer",
                "/explorer",
                acts.choose(name),
                TALL,
                tab="menu",
                shown=".cl-panel",
                kept=kept,
            )


DRAGGED = "gaussian_bump paper_ex31 rosenbrock_soft two_minima_fig1 saddle egg_carton mexican_hat sphere_cap".split()


def drags() -> Iterator[State]:
    """With a slider in the hand."""
    for name in DRAGGED:
        if PRESETS[name].parameters:
            kept = name in ("gaussian_bump", "paper_ex31")
            yield State(
                f"drag {name}", "drag", f"/explorer?example={name}", acts.drag, TALL, shown=".cl-panel", kept=kept
            )


EXPORTED = ("himmelblau", "gaussian_bump", "paper_ex31", "rosenbrock", "two_minima_fig1", "bukin")


def exports() -> Iterator[State]:
    """Every file of the export menu, opened again."""
    for name in EXPORTED:
        for entry in EXPORTS if PRESETS[name].parameters else sorted(set(EXPORTS) - FILMS):
            kept = name == "himmelblau" and entry in ("PNG surface", "HTML", "SVG S")
            yield State(
                f"{entry} {name}",
                "exports",
                f"/explorer?example={name}",
                export(entry),
                tab=f"export {name}",
                kept=kept,
            )


WRONG = {
    "wrong formula": "f=sigmod(u)",
    "empty formula": "f=",
    "wrong window": "example=himmelblau&u_min=5&u_max=-5",
    "point outside": "example=himmelblau&at_u=99&at_v=99",
    "defined nowhere": "f=sqrt(-1-u^2)",
    "defined on half": "f=sqrt(u)*v^2",
    "ball on a kink": "f=|u|&at_u=0&at_v=0&ball=on",
    "ball on bukin": "example=bukin&ball=on",
    "geodesics on a kink": "f=max(u,v)&at_u=0&at_v=0&way=on",
    "erf in extended precision": "f=1e160*erf(u)",
    "tiny denominator": "f=1/(u/5e-324)",
    "lone surrogate": "f=%ED%A0%80",
    "optimiser that escapes": "f=u^3&descent=on&learning_rate=1",
    "constant": "f=3",
    "very long": "f=" + "+".join(f"sin({k}*u)*cos({k}*v)" for k in range(1, 20)),
}
"""Links to the explorer with something wrong, or odd, in them."""

WRONG_PAGES = {
    "tensors steep": "/tensors?f=1e8*(u%2Bv)",
    "tensors exponential": "/tensors?f=exp(20*u)*sin(v)",
    "tensors far": "/tensors?f=u^2-v^2&u=1000&v=1000",
    "unknown lesson": "/lessons?lesson=nope",
    "unknown page": "/nowhere",
}


def errors() -> Iterator[State]:
    """Mistakes and failures, and how they are said."""
    for number, (name, query) in enumerate(WRONG.items()):
        yield State(
            f"error {name}", "errors", f"/explorer?cells=64&{quote(query, safe='=&%')}", kept=number in (0, 2, 6)
        )
    for name, address in WRONG_PAGES.items():
        yield State(f"error {name}", "errors", address)
    yield State("error typed formula", "errors", "/explorer?cells=64", acts.type_formula("u^2 + sigmod(v"), kept=True)
    yield State("error typed window", "errors", "/explorer?cells=64", acts.fill("u to", "-3"))
    losses = acts.upload("[data-testid=stFileUploaderDropzone] input", "losses.csv", b"a,b\n1,x\n")
    yield State("error file of a grid", "errors", "/grid", losses)
    state = acts.upload(".st-key-state_upload input[type=file]", "state.json", b"{", tabs.SAVE)
    yield State("error file of a state", "errors", "/explorer?cells=64", state)
    yield State("no WebGL", "errors", "/explorer?example=himmelblau", acts.without_webgl)
    yield State("server gone", "errors", "/explorer?cells=64", acts.offline)


def places() -> Iterator[State]:
    """All else there is: tabs, switches, menus, lessons, views alone."""
    for number, tab in enumerate((*tabs.TABS, tabs.SAVE)):
        at = "/explorer?cells=64&example=himmelblau&ball=on&way=on&descent=on"
        yield State(f"tab {tab}", "places", at, acts.open_tab(tab), tab="tabs", kept=number == 0)
    switches = {"ball": "ball=on", "geodesics": "way=on", "optimisers": "descent=on", "coloured by f": "colour=f"}
    for name, query in switches.items():
        at = f"/explorer?example=peaks&{query}"
        yield State(f"explorer {name}", "places", at, screen=TALL, shown=".cl-panel", kept=name == "ball")
    for camera in ("Top", "Along u", "Along v"):
        at = "/explorer?example=himmelblau"
        yield State(f"camera {camera}", "places", at, acts.press(camera), TALL, tab="camera", shown=".cl-panel")
    opened = {
        "menu of examples": acts.open_examples,
        "menu of exports": acts.open_exports,
        "drawer": acts.press("Reference"),
        "names": acts.type_formula("u^2 + si"),
    }
    for name, act in opened.items():
        yield State(f"open {name}", "places", "/explorer?cells=64", act)
    for dark in (False, True):
        for lesson in LESSONS:
            for answer in ("", "&answer=on"):
                name = f"lesson {lesson}{' answered' if answer else ''}{' dark' if dark else ''}"
                yield State(
                    name,
                    "places",
                    f"/lessons?lesson={lesson}{answer}",
                    dark=dark,
                    kept=lesson == "flattest" and not dark,
                )
    for view in link_values.VIEWS:
        at = f"/explorer?embed=true&panel={view}&f=a*u%5E2-v%5E2&set.a=2"
        yield State(f"alone {view}", "places", at, screen=(640, 680), kept=view == "S")
    for name in ("himmelblau", "rosenbrock", "eggholder", "paper_ex31"):
        for screen in ("beamer", "old beamer", "telephone"):
            kept = name == "rosenbrock"
            yield State(
                f"{name} {screen} dark",
                "places",
                f"/explorer?example={name}",
                acts.show_panel,
                SCREENS[screen],
                True,
                kept=kept,
            )


STATES: tuple[State, ...] = (*examples(), *pages(), *drags(), *exports(), *errors(), *places(), *whole_pages())
"""Every state, group by group."""
