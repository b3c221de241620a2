"""The formula box alone in Chromium: typing, the mark below a mistake, suggestions, the reference,
the last formulas, undo.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from curvlib import ExpressionError, parse
from curvlib.language.reference import REFERENCE
from tests.browser.conftest import settle
from tests.browser.server import AppServer

START = "u^2 - v^2"


@pytest.fixture(scope="module")
def app() -> Iterator[AppServer]:
    with AppServer(script="tests/browser/formula_app.py") as running:
        yield running
        assert "Traceback" not in running.log, running.log


@pytest.fixture
def open_box(open_page, app):
    def open_box(**options: object) -> Page:
        page = open_page(app.url, **options)
        answered(page, "right")
        return page

    return open_box


@pytest.fixture
def page(open_box) -> Page:
    return open_box()


def box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Loss f(u, v)")


def answered(page: Page, state: str) -> None:
    """Waits until Python has said whether the formula is right."""
    expect(page.locator(".fb-box")).to_have_attribute("data-state", state)
    settle(page)


def write(page: Page, text: str) -> None:
    """Replaces the formula and goes on when Python has heard of it."""
    box(page).fill(text)
    expect(page.get_by_text(f"typed {len(text)}", exact=True)).to_be_visible()


def options(page: Page) -> Locator:
    return page.locator(".fb-list:popover-open [role=option]")


def chosen(page: Page) -> str | None:
    active = box(page).get_attribute("aria-activedescendant")
    return page.locator(f"#{active} code").inner_text() if active else None


def mark(page: Page) -> tuple[str, float, float]:
    """The letter that is marked, and how far its mark is from the letter of that column in the text
    area: right and down, in letters and lines.
    """
    return page.evaluate("""() => {
      const box = document.querySelector(".fb-box").box, span = box.field.mark, input = box.field.input,
        style = getComputedStyle(input);
      const pen = document.createElement("canvas").getContext("2d");
      pen.font = `${style.fontSize} ${style.fontFamily}`;
      const letter = pen.measureText("u").width,
        inner = input.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      const columns = Math.floor(inner / letter + 1e-3), before = input.value.indexOf("#");
      const frame = input.getBoundingClientRect(), at = span.getBoundingClientRect();
      const x = frame.left + parseFloat(style.paddingLeft) + (before % columns) * letter;
      const y = frame.top + parseFloat(style.paddingTop) + Math.floor(before / columns) * parseFloat(style.lineHeight);
      return [span.textContent, (at.left - x) / letter,
        ((at.top + at.bottom) / 2 - y) / parseFloat(style.lineHeight) - 0.5];
    }""")


def test_formula_typed_key_by_key_keeps_focus_caret_and_text(page):
    box(page).select_text()
    page.keyboard.type("e^(-c u) sin(u) sin(v)", delay=40)
    answered(page, "right")
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("e^(-c u) sin(u) sin(v)")
    expect(page.get_by_text("typed 22", exact=True)).to_be_visible()
    page.keyboard.press("Home")
    page.keyboard.type("2", delay=40)
    expect(page.get_by_text("typed 23", exact=True)).to_be_visible()
    answered(page, "right")
    page.keyboard.type("3")
    expect(box(page)).to_have_value("23e^(-c u) sin(u) sin(v)")


def test_answer_to_an_older_text_never_overwrites_what_was_typed_since(page):
    box(page).fill("u")
    page.evaluate("""() => {
      const box = document.querySelector(".fb-box").box,
        old = {acknowledged: box.sequence, text: "u^2 - v^2", error: null, shown: null, label: "Loss f(u, v)"};
      box.send();
      box.receive(old);
    }""")
    expect(box(page)).to_have_value("u")
    box(page).press_sequentially(" + v", delay=20)
    page.evaluate("""() => {
      const box = document.querySelector(".fb-box").box;
      box.receive({acknowledged: box.sequence, text: "v", error: null, shown: null, label: "Loss f(u, v)"});
    }""")
    expect(box(page)).to_have_value("u + v")
    answered(page, "right")


def test_box_whose_place_on_the_page_is_made_anew_keeps_text_focus_and_undo(page):
    box(page).focus()
    page.keyboard.press("End")
    page.keyboard.type(" + v")
    page.evaluate("""() => {
      const box = document.querySelector(".fb-box").box, place = box.parent;
      box.detach();
      box.attach(place);
      box.receive({acknowledged: 0, text: "u^2 - v^2", error: null, shown: null, label: "Loss f(u, v)"});
    }""")
    expect(box(page)).to_be_focused()
    page.keyboard.type("^3")
    expect(box(page)).to_have_value(START + " + v^3")
    expect(page.get_by_text("typed 15", exact=True)).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(box(page)).to_have_value(START)


def test_box_that_comes_back_from_another_page_has_the_formula_that_came_there(page):
    page.evaluate("""() => {
      const box = document.querySelector(".fb-box").box, place = box.parent, here = location.pathname;
      box.field.set({text: "u", start: 1});
      box.changed();
      history.pushState(null, "", "/elsewhere");
      box.detach();
      history.pushState(null, "", here);
      box.attach(place);
      box.receive({acknowledged: 0, text: "v", error: null, shown: null, label: "Loss f(u, v)", placeholder: ""});
    }""")
    expect(box(page)).to_have_value("v")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("before", [0, 4, 30, 200])
def test_mark_is_below_the_wrong_letter_however_the_line_wraps(open_box, width, before):
    page = open_box(viewport={"width": width, "height": 844})
    box(page).fill("u+" * before + "#" + "u" * 30)
    answered(page, "wrong")
    letter, right, down = mark(page)
    assert letter == "#"
    assert abs(right) < 0.2
    assert abs(down) < 0.2
    assert page.evaluate(
        "(({field}) => field.input.scrollHeight === field.mirror.scrollHeight)(document.querySelector('.fb-box').box)"
    )
    expect(box(page)).to_have_attribute("aria-invalid", "true")


def test_mark_goes_when_the_text_changes_and_comes_where_the_new_mistake_is(page):
    write(page, "u + ")
    answered(page, "wrong")
    expect(page.locator(".fb-wrong")).to_have_text("")
    page.keyboard.type("😀 + (")
    expect(page.locator(".fb-wrong")).to_have_text("😀")
    write(page, "u")
    expect(page.locator(".fb-wrong")).to_have_count(0)
    expect(page.locator(".fb-line")).to_have_text("")


BAD = (
    "", ")", "1/0", "__import__('os')", "arctan(u", "0,5*u", "😀", "u+" * 2500, "u + \u202ev", "sigmod(u)", "u^^2",
    "u +* v", "<img src=x onerror=alert(1)>", "![a](http://example.org/a.png)", "u;;;v", "sin", "x*u",
    "a = 1; a = 2; a", "{u", "u == v",
)  # fmt: skip


def test_twenty_wrong_formulas_stay_as_they_were_typed_and_are_answered_at_their_place(page):
    assert len(BAD) == 20
    for text in BAD:
        with pytest.raises(ExpressionError) as told:
            parse(text)
        write(page, text)
        answered(page, "wrong")
        expect(box(page)).to_have_value(text)
        line = page.locator(".fb-line")
        expect(line).to_contain_text(str(told.value))
        expect(line).to_contain_text(f"still that of {START}")
        column = page.evaluate("[...document.querySelector('.fb-mirror').firstChild.data].length")
        assert column == min(told.value.position, len(text)), text
        assert page.locator(".fb-line *, .fb-mirror *").evaluate_all(
            "nodes => nodes.every(({tagName}) => tagName === 'SPAN')"
        )


def test_pasted_lines_stay_lines_and_enter_makes_none(open_box):
    page = open_box(permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('c = 0.2\\r\\nexp(-c*u)\\n  + v^2')")
    box(page).select_text()
    page.keyboard.press("ControlOrMeta+V")
    expect(box(page)).to_have_value("c = 0.2\nexp(-c*u)\n  + v^2")
    answered(page, "right")
    page.keyboard.press("Enter")
    expect(box(page)).to_have_value("c = 0.2\nexp(-c*u)\n  + v^2")
    page.keyboard.press("Shift+Enter")
    expect(box(page)).to_have_value("c = 0.2\nexp(-c*u)\n  + v^2\n")


def test_suggestion_is_taken_by_keys(page):
    write(page, "")
    box(page).press_sequentially("2si")
    expect(options(page)).to_have_count(5)
    expect(box(page)).to_have_attribute("aria-controls", page.locator(".fb-list").get_attribute("id"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert chosen(page) == "sin(t)"
    page.keyboard.press("Enter")
    expect(options(page)).to_have_count(0)
    expect(box(page)).to_have_value("2sin()")
    page.keyboard.type("u) + arcs")
    expect(box(page)).to_have_value("2sin(u) + arcs")
    page.keyboard.press("ArrowUp")
    assert chosen(page) == "arcsinh(t)"
    page.keyboard.press("Tab")
    page.keyboard.type("v)")
    expect(box(page)).to_have_value("2sin(u) + arcsinh(v)")
    answered(page, "right")


def test_suggestion_is_taken_by_mouse_and_by_touch(open_box):
    for options_of_context, touch in (
        ({}, False),
        ({"has_touch": True, "viewport": {"width": 390, "height": 844}}, True),
    ):
        page = open_box(**options_of_context)
        write(page, "")
        box(page).press_sequentially("relu(u) + sof")
        option = options(page).filter(has_text="softplus")
        option.tap() if touch else option.click()
        expect(box(page)).to_be_focused()
        expect(box(page)).to_have_value("relu(u) + softplus()")
        assert box(page).evaluate("input => input.selectionStart") == len("relu(u) + softplus(")


def test_suggestions_take_no_key_that_is_not_theirs(page):
    write(page, "")
    box(page).press_sequentially("u + ex")
    expect(options(page)).not_to_have_count(0)
    page.keyboard.press("Enter")
    expect(box(page)).to_have_value("u + ex")
    page.keyboard.type("p")
    page.keyboard.press("Escape")
    expect(options(page)).to_have_count(0)
    page.keyboard.type("o")
    page.keyboard.press("Backspace")
    page.keyboard.press("Tab")
    expect(box(page)).not_to_be_focused()
    expect(options(page)).to_have_count(0)
    expect(box(page)).to_have_value("u + exp")


def test_letters_and_commands_get_no_suggestions_unless_asked(page):
    write(page, "")
    for text in ("u", "2uv", r"\si", "3.5"):
        box(page).fill("")
        box(page).press_sequentially(text)
        expect(options(page)).to_have_count(0)
    box(page).fill("")
    box(page).press_sequentially("e")
    page.keyboard.press("Control+Space")
    expect(options(page).first).to_be_visible()
    assert {"e", "exp(t)", "erf(t)"} <= set(options(page).locator("code").all_inner_texts())


def test_function_before_a_bracket_takes_that_bracket(page):
    write(page, "(u + v)")
    page.keyboard.press("Home")
    box(page).press_sequentially("tan")
    options(page).filter(has_text="tanh").click()
    expect(box(page)).to_have_value("tanh(u + v)")


def test_reference_shows_every_row_finds_and_inserts_at_the_caret(page):
    write(page, "u + v")
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    opener = page.get_by_role("button", name="Reference", exact=True)
    opener.click()
    drawer = page.get_by_role("dialog", name="Reference")
    rows = drawer.locator("article")
    expect(rows).to_have_count(sum(map(len, REFERENCE.values())))
    expect(drawer.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("inverse tangent")
    expect(rows.locator("visible=true")).to_have_count(2)
    drawer.get_by_role("button", name="Insert atan", exact=True).click()
    expect(box(page)).to_have_value("u + atan()v")
    page.keyboard.type("u")
    expect(box(page)).to_have_value("u + atan(u)v")
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(box(page)).to_be_focused()
    opener.click()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(opener).to_be_focused()


def test_reference_says_where_a_function_ends_and_where_it_bends(page):
    page.get_by_role("button", name="Reference", exact=True).click()
    page.keyboard.type("acosh")
    row = page.get_by_role("dialog", name="Reference").locator("article:visible")
    expect(row).to_have_count(1)
    for words in ("acosh(t)", "log(t + sqrt(t^2 - 1))", "arccosh", "t ≥ 1", "t = 1"):
        expect(row).to_contain_text(words)
    page.keyboard.type("xyz")
    expect(page.get_by_text("Nothing here has that name.")).to_be_visible()


def test_what_is_marked_goes_into_the_function(page):
    write(page, "u + v")
    box(page).select_text()
    page.get_by_role("button", name="Reference", exact=True).click()
    page.get_by_role("button", name="Insert sqrt", exact=True).click()
    expect(box(page)).to_have_value("sqrt(u + v)")


def test_undo_and_redo_go_through_typing_and_examples(page):
    write(page, "u*v")
    page.get_by_role("button", name="Example", exact=True).click()
    expect(box(page)).to_have_value("sin(u)*cos(v)")
    page.get_by_role("button", name="Undo").click()
    expect(box(page)).to_have_value("u*v")
    expect(page.get_by_text("restored 3", exact=True)).to_be_visible()
    page.get_by_role("button", name="Redo").click()
    expect(box(page)).to_have_value("sin(u)*cos(v)")
    expect(page.get_by_text("restored 13", exact=True)).to_be_visible()
    box(page).focus()
    for text in ("u*v", START):
        page.keyboard.press("ControlOrMeta+Z")
        expect(box(page)).to_have_value(text)
    expect(page.get_by_text("typed 9", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    for text in ("u*v", "sin(u)*cos(v)"):
        page.keyboard.press("ControlOrMeta+Shift+Z")
        expect(box(page)).to_have_value(text)
    expect(page.get_by_role("button", name="Redo")).to_be_disabled()
    answered(page, "right")


def test_a_run_of_typing_is_one_step_of_undo(page):
    box(page).focus()
    page.keyboard.press("End")
    page.keyboard.type(" + cosh(u)")
    page.keyboard.press("ControlOrMeta+Z")
    expect(box(page)).to_have_value(START)
    page.keyboard.press("ControlOrMeta+Y")
    expect(box(page)).to_have_value(START + " + cosh(u)")


def test_last_right_formulas_are_listed_once_and_come_back_after_a_reload(page):
    for text in ("u*v", "u*", "sin(u) + v", "u*v"):
        write(page, text)
        answered(page, "wrong" if text.endswith("*") else "right")
        page.keyboard.press("Enter")
    write(page, "cos(u)")
    answered(page, "right")
    box(page).blur()
    page.get_by_role("button", name="Recent").click()
    rows = page.locator(".fb-recent .fb-row")
    expect(rows).to_have_text(["u*v", "sin(u) + v", START])
    expect(rows.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(box(page)).to_have_value("sin(u) + v")
    expect(page.get_by_text("restored 10", exact=True)).to_be_visible()
    page.reload()
    answered(page, "right")
    page.get_by_role("button", name="Recent").click()
    expect(rows).to_have_text(["sin(u) + v", "cos(u)", "u*v"])
    page.get_by_role("button", name="Forget the last formulas").click()
    expect(page.get_by_text("Formulas you have seen")).to_be_visible()
    page.keyboard.press("Escape")
    expect(rows).to_have_count(0)


def test_list_that_another_program_spoiled_is_as_if_it_were_empty(page):
    for spoiled in ("{", '{"a": 1}', '[1, null, "", "u"]'):
        page.evaluate("text => localStorage.setItem('curvlib.formulas', text)", spoiled)
        page.reload()
        answered(page, "right")
        page.get_by_role("button", name="Recent").click()
        expect(page.locator(".fb-recent")).to_be_visible()


def test_telephone_has_room_for_all_and_targets_for_a_finger(open_box):
    page = open_box(viewport={"width": 390, "height": 844}, has_touch=True, color_scheme="dark")
    write(page, "exp(-u^2)*" * 60 + "u")
    answered(page, "right")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Reference", exact=True).tap()
    drawer = page.get_by_role("dialog", name="Reference")
    frame = drawer.bounding_box()
    assert frame is not None
    assert (frame["x"], frame["width"]) == (0, 390)
    sizes = page.locator(".fb-box button:visible").evaluate_all(
        "nodes => nodes.map(node => [node.offsetWidth, node.offsetHeight])"
    )
    assert min(min(size) for size in sizes) >= 24
    drawer.get_by_role("button", name="Insert pi", exact=True).tap()
    expect(drawer).to_be_hidden()
    expect(box(page)).to_have_value(re.compile("upi$"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_can_be_read_on_their_ground(open_box, scheme):
    page = open_box(color_scheme=scheme)
    write(page, "sigmod(u)")
    answered(page, "wrong")
    page.get_by_role("button", name="Reference", exact=True).click()
    for words in (".fb-input", ".fb-line span", ".fb-still", ".fb-head label", ".fb-fact > span", ".fb-button:enabled"):
        assert page.locator(words).first.evaluate(CONTRAST) >= 4.5, words


CONTRAST = """node => {
  const pen = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  let opacity = 1, ground = null;
  for (let up = node; up; up = up.parentElement) {
    const style = getComputedStyle(up);
    if (!ground && style.backgroundColor !== "rgba(0, 0, 0, 0)") ground = style.backgroundColor;
    opacity *= Number(style.opacity);
  }
  const paint = (colour, alpha) => { pen.globalAlpha = alpha; pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1); };
  const light = () => [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3).map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
      .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  paint(ground, 1);
  const below = light();
  paint(getComputedStyle(node).color, opacity);
  const [high, low] = [light(), below].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}"""
