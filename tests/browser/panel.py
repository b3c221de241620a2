"""A hand for the tests of the live panel, and an eye for colours."""

import io
from dataclasses import dataclass
from typing import Any

from PIL import Image
from playwright.sync_api import Locator, Page, expect


def colours(png: bytes) -> int:
    """The number of colours of a picture."""
    return len(Image.open(io.BytesIO(png)).convert("RGB").getcolors(10**7))


@dataclass(frozen=True)
class Panel:
    """The panel on a page."""

    page: Page
    number: int = 0

    @property
    def root(self) -> Locator:
        return self.page.locator(".cl-panel").nth(self.number)

    def view(self, name: str) -> Locator:
        return self.root.locator(f'.cl-view[data-view="{name}"]')

    def stage(self, name: str) -> Locator:
        return self.view(name).locator(".cl-stage")

    def ready(self) -> "Panel":
        """Waits until what is shown is what Python sent last."""
        expect(self.root).to_have_attribute("data-state", "ready")
        return self

    def tell(self, script: str, argument: Any = None) -> Any:
        """The value of a JavaScript expression about `i`, the panel's instrument, and `x`,
        the argument.
        """
        return self.root.evaluate(f"(root, x) => {{ const i = root.instrument; return ({script}); }}", argument)

    def count(self, name: str) -> int:
        return int(self.root.get_attribute(f"data-{name}") or 0)

    def middle(self, name: str, x: float = 0.5, y: float = 0.5) -> tuple[float, float]:
        """A point of the page at shares of a view's stage, which is scrolled to."""
        self.stage(name).scroll_into_view_if_needed()
        box = self.stage(name).bounding_box()
        assert box
        return box["x"] + x * box["width"], box["y"] + y * box["height"]

    def pixel(self, name: str, u: float, v: float) -> tuple[float, float]:
        """The place on the page of a point of the plane, on a map."""
        self.stage(name).scroll_into_view_if_needed()
        x, y = self.tell(
            """(() => {
          const map = i.views.find(view => view.measure === x[0]), { area } = map,
            box = map.card.plot.getBoundingClientRect();
          return [box.left + area.box.left + area.x(x[1]), box.top + area.box.top + area.y(x[2])];
        })()""",
            [name, u, v],
        )
        return x, y

    def drag_slider(self, start: float, end: float, steps: int, name: str | None = None) -> None:
        """Presses a slider at a share of its length and moves; whoever calls lets go."""
        slider = self.root.locator(f'.cl-slider[data-slider="{name}"] input' if name else ".cl-slider input").first
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        assert box
        y = box["y"] + box["height"] / 2
        self.page.mouse.move(box["x"] + start * box["width"], y)
        self.page.mouse.down()
        for k in range(1, steps + 1):
            self.page.mouse.move(box["x"] + (start + (end - start) * k / steps) * box["width"], y)

    def release_at(self, share: float) -> None:
        """Puts the first slider somewhere and waits for Python's answer."""
        sent = self.count("messages")
        self.drag_slider(share - 0.02, share, 2)
        self.page.mouse.up()
        expect(self.root).to_have_attribute("data-messages", str(sent + 1))
        self.ready()
