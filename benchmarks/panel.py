"""The live panel compared with a page of plain st.plotly_chart, in the same Chromium: python -m
benchmarks.panel [--preset paper_ex31] [--side 128] [--steps 8]

Per page: time to the first picture; and per step of a parameter: time from its release to the last
change on the page, bytes over the socket, CPU of the server, work of the browser's main thread, and
whether a zoom survives. For the panel also frames per second while dragging. Software rendering is
far slower than a graphics card; compare the columns, not the clock.
"""

import argparse
import os
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.browser.conftest import SWITCHES, chromium
from tests.browser.server import AppServer

QUIET = 500
WATCH = """() => {
  window.lastChange = performance.now();
  new MutationObserver(() => (window.lastChange = performance.now()))
    .observe(document.body, {subtree: true, childList: true, attributes: true});
}"""
SETTLED = (
    f"() => performance.now() - window.lastChange > {QUIET} && "
    "document.querySelectorAll('.js-plotly-plot .main-svg').length >= 8"
)
DRAG = """async seconds => {
  const i = document.querySelector(".cl-panel").instrument, {name, low, high} = i.header.sliders[0];
  const start = performance.now(), frames = i.drag.frames;
  for (let t = 0; t < 1; t = (performance.now() - start) / 1000 / seconds) {
    i.controls.dragged(name, low + (high - low) * t);
    await new Promise(requestAnimationFrame);
  }
  return [(i.drag.frames - frames) / seconds, i.drag.side, i.drag.cost, i.messages];
}"""


@dataclass
class Measured:
    """The measurements of one page."""

    first: float = 0.0
    waits: list[float] = field(default_factory=list)
    bytes_received: list[int] = field(default_factory=list)
    server: list[float] = field(default_factory=list)
    browser: list[float] = field(default_factory=list)
    kept: bool = False
    drag: str = "none: a slider sends nothing until its release"


def main() -> None:
    reader = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    reader.add_argument("--preset", default="paper_ex31")
    reader.add_argument("--side", type=int, default=128)
    reader.add_argument("--steps", type=int, default=8)
    asked = reader.parse_args()
    path = chromium()
    if path is None:
        raise SystemExit("There is no Chromium here.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(SWITCHES))
        query = f"?preset={asked.preset}&n={asked.side}"
        plain = measured(browser, "benchmarks/plain_charts.py", query, asked.steps)
        panel = measured(browser, "tests/browser/panel_app.py", query, asked.steps)
        browser.close()
    report(plain, panel)


def measured(browser: Browser, script: str, query: str, steps: int) -> Measured:
    found = Measured()
    with AppServer(script=script) as server:
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        page.add_init_script(f"addEventListener('DOMContentLoaded', {WATCH})")
        page.goto(f"{server.url}/{query}")
        settle(page)
        found.first = page.evaluate("window.lastChange")
        tools = page.context.new_cdp_session(page)
        received: list[int] = []
        tools.on(
            "Network.webSocketFrameReceived",
            lambda frame: received.append(len(frame["response"]["payloadData"]) * 3 // 4),
        )
        tools.send("Network.enable")
        # CPU time, which other programs do not lengthen
        tools.send("Performance.enable", {"timeDomain": "threadTicks"})
        slider = page.locator('.cl-slider input, [data-testid="stSlider"] :is(input, [role="slider"])').first
        is_panel = page.locator(".cl-panel").count() == 1
        before = zoomed(page)
        for step in range(steps + 1):  # the first warms up
            one_step(page, tools, slider, server.process.pid, received, found if step else Measured())
        found.kept = zoom_of(page) == before
        if is_panel:
            fps, side, cost, messages = page.evaluate(DRAG, 4)
            found.drag = (
                f"{fps:.0f} frames a second of {side}² maps, "
                f"{cost:.1f} ms of JavaScript each, {messages - steps - 1} messages"
            )
        page.close()
    return found


def settle(page: Page) -> None:
    page.wait_for_function(SETTLED, timeout=120_000, polling=250)  # seldom, for asking costs CPU too


def one_step(page: Page, tools: CDPSession, slider, pid: int, received: list[int], found: Measured) -> None:
    received.clear()
    cpu, task = server_seconds(pid), task_seconds(tools)
    slider.focus()
    began = page.evaluate("(window.lastChange = performance.now())")
    page.keyboard.press("ArrowRight")
    # the pause that the panel leaves for further keys is not its work
    page.evaluate("document.querySelector('.cl-panel')?.instrument.released(false)")
    page.wait_for_timeout(QUIET)
    settle(page)
    found.waits.append(page.evaluate("window.lastChange") - began)
    found.bytes_received.append(sum(received))
    found.server.append(1000 * (server_seconds(pid) - cpu))
    found.browser.append(1000 * (task_seconds(tools) - task))


def zoomed(page: Page) -> str:
    """Zooms the last map, and says where it is then."""
    page.evaluate("""() => { const plots = document.querySelectorAll(".js-plotly-plot"), plot = plots[plots.length - 1];
      return window.Plotly.relayout(plot, {"xaxis.range": [1, 2], "yaxis.range": [1, 2]}); }""")
    settle(page)
    return zoom_of(page)


def zoom_of(page: Page) -> str:
    return page.evaluate("""() => {
      const plots = document.querySelectorAll(".js-plotly-plot"), plot = plots[plots.length - 1];
      return plot._fullLayout.xaxis.range.map(x => x.toFixed(3)).join(" ");
    }""")


def server_seconds(pid: int) -> float:
    user, system = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def task_seconds(tools: CDPSession) -> float:
    metrics = {entry["name"]: entry["value"] for entry in tools.send("Performance.getMetrics")["metrics"]}
    return metrics["TaskDuration"]


def report(plain: Measured, panel: Measured) -> None:
    rows = [
        ("first picture, ms", [plain.first], [panel.first]),
        ("release to last change, ms", plain.waits, panel.waits),
        (
            "kB over the socket a step",
            [n / 1000 for n in plain.bytes_received],
            [n / 1000 for n in panel.bytes_received],
        ),
        ("server CPU a step, ms", plain.server, panel.server),
        ("browser main thread CPU a step, ms", plain.browser, panel.browser),
    ]
    print(f"{time.strftime('%Y-%m-%d')}, medians; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"{'':36}{'plain':>10}{'panel':>10}{'ratio':>8}")
    for name, a, b in rows:
        one, other = statistics.median(a), statistics.median(b)
        print(f"{name:36}{one:10.0f}{other:10.0f}{one / max(other, 1e-9):8.1f}")
    print(f"{'zoom kept':36}{plain.kept!s:>10}{panel.kept!s:>10}")
    print(f"dragging: plain {plain.drag}\n          panel {panel.drag}")


if __name__ == "__main__":
    main()
