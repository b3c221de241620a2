"""The explorer as a visitor's hand meets it:
examples from the menu, the window's fields, the formula box, files; and what its axes then are.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page

from curvlib import PRESETS
from pages.ui.landscape.formula_section import title
from tests.browser.panel import Panel

AXES = (Path(__file__).parent / "axes.js").read_text()

SCREENS = {"laptop": (1440, 900), "beamer": (1280, 720), "old beamer": (1024, 768), "telephone": (390, 844)}
"""The sizes of window that everything must be right at."""

PATIENCE = 3_000
"""Milliseconds after a change until the axes must be those of the window."""

# A browser without WebGL, for `add_init_script`.
NO_WEBGL = """HTMLCanvasElement.prototype.getContext = (context => function (kind, ...more) {
    return /webgl/.test(kind) ? null : context.call(this, kind, ...more);
})(HTMLCanvasElement.prototype.getContext)"""

Window = tuple[float, float, float, float]


@dataclass(frozen=True)
class Explorer:
    """A page with one panel whose landscape changes: the explorer, a lesson, an embedded view."""

    page: Page

    @property
    def panel(self) -> Panel:
        return Panel(self.page)

    @property
    def formula(self) -> Locator:
        return self.page.get_by_role("textbox", name="Loss f(u, v)")

    @property
    def window(self) -> Window:
        """The window that Python says is shown: u from, u to, v from, v to."""
        return tuple(self.panel.ready().tell("i.header.window"))

    def ready(self) -> "Explorer":
        self.panel.ready()
        return self

    def changed(self, act: Callable[[], object]) -> "Explorer":
        """Does something after which another landscape is shown, and waits until it is drawn."""
        before = self.panel.ready().count("draws")
        act()
        drawn = """before => {
            const root = document.querySelector(".cl-panel");
            return Number(root?.dataset.draws) > before && !root.instrument.drawing && root.dataset.state === "ready";
        }"""
        self.page.wait_for_function(drawn, arg=before)
        return self

    def choose(self, name: str) -> "Explorer":
        """Chooses an example from the menu."""
        return self.changed(lambda: self._choose(title(name)))

    def _choose(self, label: str) -> None:
        self.page.get_by_role("combobox", name="Examples").click()
        self.page.get_by_role("combobox", name="Examples").fill(label)
        self.page.get_by_role("option", name=label, exact=True).click()

    def type(self, text: str) -> "Explorer":
        return self.changed(lambda: self.formula.fill(text))

    def field(self, label: str, value: float) -> "Explorer":
        """Types a number into one of the window's fields."""
        return self.changed(
            lambda: (self.page.get_by_label(label, exact=True).fill(f"{value:g}"), self.page.keyboard.press("Enter"))
        )

    def press(self, button: str) -> "Explorer":
        """Presses a button of the formula box after which another landscape is shown."""
        return self.changed(self.page.get_by_role("button", name=button, exact=True).click)

    def faults(self) -> list[str]:
        """The differences between the axes as they are and the window."""
        return self.panel.root.evaluate(AXES, PATIENCE)

    def is_true(self, window: Sequence[float] | None = None) -> None:
        """Asserts that the axes are the window, and the window the one that is expected."""
        if window is not None:
            close = all(abs(a - b) <= 1e-6 * (abs(a) + abs(b)) for a, b in zip(self.window, window, strict=True))
            assert close, f"the window is {self.window}, not {tuple(window)}"
        faults = self.faults()
        assert not faults, "\n".join(faults)


def window_of(name: str) -> Window:
    """The window of an example."""
    (u, v) = PRESETS[name].window
    return *u, *v
