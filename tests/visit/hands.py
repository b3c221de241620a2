"""A hand and an eye in browsers that the other tests do not drive: Firefox ESR through Playwright,
WebKitGTK through Selenium.

Each can do the same few things, so that the steps of a visitor are written once. Scripts are
expressions of JavaScript.
"""

import shutil
import time
from pathlib import Path
from typing import Any, Self

PATIENCE = 90.0
"""Seconds before something counts as missing."""

Point = tuple[float, float]


class Hand:
    """The parts that both have in common.

    Attributes:
        name: of the browser, with its version.
    """

    name = ""

    def __enter__(self) -> Self:
        raise NotImplementedError

    def __exit__(self, *exception: object) -> None:
        raise NotImplementedError

    def picture(self, file: Path) -> None:
        raise NotImplementedError

    def tell(self, script: str) -> Any:
        raise NotImplementedError

    def until(self, script: str, about: str) -> Any:
        """The value of the script as soon as it is true."""
        end = time.monotonic() + PATIENCE
        while not (value := self.tell(script)):
            assert time.monotonic() < end, f"waited in vain for {about}"
            time.sleep(0.2)
        return value

    def place(self, selector: str, x: float = 0.5, y: float = 0.5) -> Point:
        """A point of the window at shares of an element, which is scrolled to."""
        self.until(f"!!document.querySelector({selector!r})", selector)
        box = (
            f"(node => (node.scrollIntoView({{block: 'center'}}), node.getBoundingClientRect()))"
            f"(document.querySelector({selector!r}))"
        )
        left, top, width, height = self.tell(f"(box => [box.left, box.top, box.width, box.height])({box})")
        return left + x * width, top + y * height


class Firefox(Hand):
    """Firefox ESR over WebDriver BiDi."""

    def __enter__(self) -> Self:
        from playwright.sync_api import sync_playwright

        self.playwright = sync_playwright().start()
        path = shutil.which("firefox-esr")
        self.browser = self.playwright.firefox.launch(channel="moz-firefox", executable_path=path)
        self.name = f"Firefox {self.browser.version}"
        self.page = self.browser.new_page(viewport={"width": 1440, "height": 900})
        return self

    def __exit__(self, *exception: object) -> None:
        self.browser.close()
        self.playwright.stop()

    def open(self, address: str) -> None:
        self.page.goto(address)

    def tell(self, script: str) -> Any:
        return self.page.evaluate(f"() => ({script})")

    def click(self, at: Point) -> None:
        self.page.mouse.click(*at)

    def drag(self, start: Point, end: Point) -> None:
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=12)
        self.page.mouse.up()

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def enter(self) -> None:
        self.page.keyboard.press("Enter")

    def upload(self, selector: str, file: Path) -> None:
        self.page.locator(selector).first.set_input_files(file)

    def narrow(self, width: int, height: int) -> None:
        self.page.set_viewport_size({"width": width, "height": height})

    def picture(self, file: Path) -> None:
        self.page.screenshot(path=file)


class WebKit(Hand):
    """WebKitGTK's own small browser over WebDriver."""

    def __enter__(self) -> Self:
        from selenium import webdriver
        from selenium.webdriver.webkitgtk.options import Options
        from selenium.webdriver.webkitgtk.service import Service

        self.driver = webdriver.WebKitGTK(options=Options(), service=Service(shutil.which("WebKitWebDriver")))
        self.driver.set_window_rect(0, 0, 1440, 900)
        self.name = f"WebKitGTK {self.driver.capabilities['browserVersion']}"
        return self

    def __exit__(self, *exception: object) -> None:
        self.driver.quit()

    def open(self, address: str) -> None:
        self.driver.get(address)

    def tell(self, script: str) -> Any:
        return self.driver.execute_script(f"return ({script});")

    def click(self, at: Point) -> None:
        self._hand(at).click().perform()

    def drag(self, start: Point, end: Point) -> None:
        hand = self._hand(start)
        hand.pointer_down()
        for k in range(1, 13):
            hand.move_to_location(*(round(a + (b - a) * k / 12) for a, b in zip(start, end, strict=True)))
        hand.pointer_up()
        self.actions.perform()

    def _hand(self, at: Point) -> Any:
        from selenium.webdriver.common.actions.action_builder import ActionBuilder

        self.actions = ActionBuilder(self.driver)
        hand = self.actions.pointer_action
        hand.move_to_location(round(at[0]), round(at[1]))
        hand.perform = self.actions.perform
        return hand

    def type(self, text: str) -> None:
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver).send_keys(text).perform()

    def enter(self) -> None:
        self.type("\ue007")

    def upload(self, selector: str, file: Path) -> None:
        self.driver.find_element("css selector", selector).send_keys(str(file))

    def narrow(self, width: int, height: int) -> None:
        self.driver.set_window_rect(0, 0, width, height)

    def picture(self, file: Path) -> None:
        self.driver.save_screenshot(str(file))


BROWSERS = {"firefox": Firefox, "webkit": WebKit}
