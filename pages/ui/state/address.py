"""The browser's address line, kept in step with the page:
the state as a query, in the place of the last one, so that Back leaves the page.
"""

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from pages.ui.state import url

# The query travels as data and is assigned to a URL, never written into code or markup.
_show = st.components.v2.component(
    "curvlib_address",
    js="""
export default function ({ data }) {
  const here = new URL(window.location.href);
  const there = new URL(here);
  const ofStreamlit = [...here.searchParams].filter(([name]) => name.startsWith("embed"))
    .map((entry) => entry.map(encodeURIComponent).join("="));
  there.search = [data.query, ...ofStreamlit].filter(Boolean).join("&");
  if (there.href !== here.href) window.history.replaceState(window.history.state, "", there);
}
""",
)


def show(state: url.State) -> str:
    """Writes the state into the address line; the whole link, to be copied."""
    _put(url.write(state))
    return link(state)


def put(query: Mapping[str, str]) -> None:
    """Writes a query of our own words into the address line,
    for a page whose links lead to itself.
    """
    _put(urlencode(query))


def _put(query: str) -> None:
    _show(data={"query": query}, key="address", height=0)


def link(state: url.State) -> str:
    """The link to this page in a state."""
    page = urlsplit(st.context.url or "")
    return urlunsplit((page.scheme, page.netloc, page.path or "/", url.write(state), ""))
