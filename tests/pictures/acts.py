"""Acts of a hand before a picture of a state is taken."""

from collections.abc import Callable

from PIL.Image import Image
from playwright.sync_api import Page

from tests.browser.explorer import NO_WEBGL, Explorer

Act = Callable[[Page], Image | object]
"""Does something on a page; the picture, if it makes one."""


def look(page: Page) -> None:
    """Does nothing: the page is taken as it opens."""


def unroll(page: Page) -> None:
    """Makes the window as high as the page."""
    width = page.viewport_size["width"]
    height = page.evaluate(
        "Math.max(...[...document.querySelectorAll('[data-testid=stMain], body')].map(node => node.scrollHeight))"
    )
    page.set_viewport_size({"width": width, "height": min(height + 20, 9000)})


def show_panel(page: Page) -> None:
    page.locator(".cl-panel").first.evaluate("node => node.scrollIntoView()")


def choose(name: str) -> Act:
    return lambda page: Explorer(page).choose(name)


def drag(page: Page) -> None:
    """Takes the first slider along; the picture is taken before it is let go."""
    Explorer(page).panel.drag_slider(0.3, 0.8, 12)
    page.wait_for_timeout(1500)


def press(button: str) -> Act:
    return lambda page: page.get_by_role("button", name=button, exact=False).first.click()


def open_tab(tab: str) -> Act:
    def act(page: Page) -> None:
        page.get_by_role("tab", name=tab, exact=True).click()
        page.get_by_role("tab", name=tab, exact=True).evaluate("node => node.scrollIntoView()")

    return act


def open_examples(page: Page) -> None:
    page.get_by_role("combobox", name="Examples").click()


def open_exports(page: Page) -> None:
    page.locator(".cl-export summary").click()


def type_formula(text: str) -> Act:
    def act(page: Page) -> None:
        box = Explorer(page).formula
        box.fill("")
        box.press_sequentially(text, delay=30)

    return act


def fill(label: str, text: str) -> Act:
    def act(page: Page) -> None:
        page.get_by_label(label, exact=True).fill(text)
        page.keyboard.press("Enter")

    return act


def upload(selector: str, name: str, content: bytes, tab: str = "") -> Act:
    def act(page: Page) -> None:
        if tab:
            open_tab(tab)(page)
        page.locator(selector).first.set_input_files(
            {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        )

    return act


def without_webgl(page: Page) -> None:
    """Loads the page in a browser that does not support WebGL."""
    page.add_init_script(NO_WEBGL)
    page.reload()


def offline(page: Page) -> None:
    """Takes the network away and waits until the page has noticed."""
    page.context.set_offline(True)
    page.evaluate("window.dispatchEvent(new Event('offline'))")
    page.wait_for_timeout(3000)
