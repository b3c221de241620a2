"""The corner of the page from which a visitor takes things home."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from curvlib import CurvlibError
from curvlib.files import archive
from pages.ui.explorer import downloads
from pages.ui.landscape.scene import Scene
from pages.ui.page import file_names
from pages.ui.page.frame import FORMATS
from pages.ui.page.parts import part
from pages.ui.state import controls, state_file, url

FILES = """Files. CSV holds only numbers; the formula is in the NPZ and in the state.
Pictures (PNG, SVG), films, the page that works offline (HTML) and the surface as a solid (STL) come from Export \
above the picture"""


def offer(seen: Scene, link: str) -> None:
    """The link, the files and the code; files are made when they are requested."""
    st.caption("Link to this page as it is")
    st.code(link, language=None, wrap_lines=True)
    _state(seen)
    st.caption(FILES)
    with st.container(horizontal=True):
        _files(seen)
    st.segmented_control(
        "The camera on the other figures saves",
        FORMATS,
        default=FORMATS[0],
        key="picture_format",
        format_func=str.upper,
        required=True,
    )
    expression = seen.landscape.expression
    st.caption("The formula in LaTeX")
    st.code(f"f(u, v) = {expression.latex()}", language="latex", wrap_lines=True)
    st.caption("Python that computes these numbers")
    code = downloads.snippet(
        expression, seen.landscape.grid, seen.landscape.parameters, seen.point, seen.ball, seen.ways, seen.descents
    )
    st.code(code, language="python")


def _state(seen: Scene) -> None:
    """The state as a file, and back."""
    whole = controls.state(seen.landscape.expression, url.preset_of(st.session_state.kept["f"]))
    st.caption("The same as a file, also for a state too long for a link: save it here, upload it to come back")
    with st.container(horizontal=True, gap="large", vertical_alignment="center", key="state-file"):
        _file("Save the state, JSON", partial(state_file.write, whole), f"{_stem(seen)}.json", "application/json")
        st.file_uploader(
            "Load a state",
            "json",
            key="state_upload",
            on_change=part()(_load),
            max_upload_size=1,
            label_visibility="collapsed",
            width=420,
        )
    if trouble := st.session_state.get("state_trouble"):
        with st.container(key="wrong-state"):
            st.text(trouble)


def _load() -> None:
    uploaded = st.session_state.state_upload
    st.session_state.state_trouble = ""
    if uploaded is None:
        return
    try:
        controls.restore(state_file.read(uploaded.getvalue()))
    except CurvlibError as error:
        st.session_state.state_trouble = f"{error} Nothing was changed."


def _files(seen: Scene) -> None:
    formula = seen.landscape.expression, seen.landscape.parameters
    numbers, stem = (seen.landscape.picture.fields, seen.landscape.grid), _stem(seen)
    _file(
        "Numbers, NPZ", partial(archive.of_fields, *numbers, *formula), f"{stem}-fields.npz", "application/octet-stream"
    )
    _file("Numbers, CSV", partial(downloads.as_csv, *numbers), f"{stem}-fields.csv", "text/csv")
    if seen.ball and not seen.ball.undefined:
        _file(
            "Ball, NPZ",
            partial(archive.of_ball, seen.ball.ball, *formula, seen.ball.radius),
            f"{stem}-ball.npz",
            "application/octet-stream",
        )
        _file("Ball, CSV", partial(downloads.ball_csv, seen.ball), f"{stem}-ball.csv", "text/csv")


def _stem(seen: Scene) -> str:
    return file_names.of_formula(seen.landscape.expression)


def _file(label: str, data: Callable[[], bytes], name: str, mime: str) -> None:
    st.download_button(label, data, name, mime, key=f"file-{label}", on_click="ignore")
