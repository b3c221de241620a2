"""Waiting until a page has come to rest."""

from playwright.sync_api import Page

QUIET = """
([still, most]) => new Promise(done => {
    let timer = setTimeout(done, still);
    const later = () => { clearTimeout(timer); timer = setTimeout(done, still); };
    new MutationObserver(later)
      .observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    setTimeout(done, most);
})
"""

READY = """
() => {
    if (document.querySelector("[data-testid=stSkeleton]")) return false; // a part that is still being loaded
    const app = document.querySelector("[data-testid=stApp]"), panels = [...document.querySelectorAll(".cl-panel")];
    return (!app || app.dataset.testScriptState === "notRunning") &&
      panels.every(panel => panel.dataset.state === "ready" && !panel.instrument.drawing);
}
"""


def ready(page: Page, patience: float = 60_000) -> None:
    """Waits until the script has run and every panel shows what it sent."""
    page.wait_for_function(READY, timeout=patience)


def quiet(page: Page, still: int = 500, most: int = 15_000) -> None:
    """Waits until nothing on the page has changed for so many milliseconds."""
    page.evaluate(QUIET, [still, most])
