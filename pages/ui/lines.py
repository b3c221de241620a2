"""Several lines pasted into the formula box, which has one: their breaks become semicolons, which part lines as well. A browser would make them blanks."""

import streamlit as st

_listen = st.components.v2.component(
    "curvlib_lines",
    js="""
export default function ({ data }) {
  const paste = (event) => {
    if (!event.target.closest?.(data.box)) return;
    const text = event.clipboardData.getData("text/plain").trim();
    if (!/[\\r\\n]/.test(text)) return;
    event.preventDefault();
    document.execCommand("insertText", false, text.replace(/\\s*[\\r\\n]+\\s*/g, "; "));
  };
  document.addEventListener("paste", paste, true);
  return () => document.removeEventListener("paste", paste, true);
}
""",
)


def keep_apart(key: str) -> None:
    """Listens for what is pasted into the text box with this key."""
    _listen(data={"box": f".st-key-{key}"}, key=f"lines-{key}", height=0)
