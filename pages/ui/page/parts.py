"""The net under every page: a part that breaks says so in its place, the log has the trace, and the
other parts stand.

What a visitor got wrong is not the net's business: controls.py and its neighbours catch
CurvlibErrors. What ends up here is a fault of ours. Streamlit's own signals (stop, rerun) are no
`Exception`s, and pass.
"""

import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import count
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.errors import FragmentHandledException
from streamlit.runtime.scriptrunner import get_script_run_ctx

LOG = logging.getLogger("curvlib.app")
"""The log for traces: an error for each part that broke, with the page and what its link said."""

PAGES = Path(__file__).parents[2]

MOST = 200
"""Characters of a value of the link that the log keeps."""

_number = count()
"""Numbers for the keys of the sentences of one page."""

SENTENCE = (
    "This part of the page failed, by a fault of the app and not of yours. "
    "The rest of the page works, and what you typed is kept. "
    "Change the formula or the numbers a little, or reload the page; what happened is in the server's log."
)


@contextmanager
def part(place: AbstractContextManager[Any] | None = None) -> Iterator[None]:
    """A part of a page, drawn in its place: if it breaks, a sentence stands there and the page goes
    on.

    A later part that lacks a name which the broken one should have made is left out in silence: the
    fault is reported once. Decorates functions as well.
    """
    with place or nullcontext():
        try:
            yield
        except FragmentHandledException:
            raise
        except Exception as error:
            if not _is_consequence(error):
                broke(error)


def tried(compute: Callable[[], Any]) -> Any:
    """The value that a part computes for others; None, and the sentence, where that breaks."""
    with part():
        return compute()
    return None


def broke(error: Exception) -> bool:
    """Says that a part broke, on the page and in the log;
    True, for Streamlit, which then says nothing itself.
    """
    LOG.error(
        "A part of the page %s broke. Its link: %s", st.session_state.get("page") or "home", _told(), exc_info=error
    )
    st.session_state.broken_run = _run()
    with st.container(key=f"wrong-part-{next(_number)}"):
        st.text(SENTENCE)
    return True


def is_whole(page: Any) -> bool:
    """True if nothing broke on a page that Streamlit's `AppTest` has run, in the net
    or outside; for probes.
    """
    return not page.exception and SENTENCE not in [text.value for text in page.text]


def _is_consequence(error: Exception) -> bool:
    """True if a page lacks a name, after something broke in the same run."""
    place = traceback.extract_tb(error.__traceback__)[-1].filename
    lacks = isinstance(error, NameError) and Path(place).parent == PAGES
    return lacks and "broken_run" in st.session_state and st.session_state.broken_run is _run()


def _run() -> object:
    """The mark of a run of the page: Streamlit makes the cursors anew for each."""
    context = get_script_run_ctx()
    return context and context.cursors


def _told() -> str:
    """The link's query for the log, escaped; of a word that the app does not know, only the length
    of its value: it may be a secret.
    """
    known = {*st.session_state.get("words of links", ()), *st.session_state.get("owned", ())}
    beginnings = tuple(word for word in known if word.endswith("."))
    said = {}
    for key in st.query_params:
        value = st.query_params[key]
        said[key[:MOST]] = value[:MOST] if key in known or key.startswith(beginnings) else f"({len(value)} characters)"
    return ascii(said)
