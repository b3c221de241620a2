"""A visitor's session in Streamlit's test driver, and what its page says."""

import contextlib
import io
import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parent.parent


def opened(page: str, **query: str) -> AppTest:
    """A page in a session of its own, come to by a link."""
    at = AppTest.from_file(str(ROOT / "pages/main.py"), default_timeout=60)
    for key, value in query.items():
        at.query_params[key] = value
    return at.switch_page(f"{page}.py").run()


def said(at: AppTest) -> str:
    """The sentences on the page."""
    return "\n".join(
        element.value for kind in ("markdown", "caption", "text", "error", "warning") for element in at.get(kind)
    )


def lights(at: AppTest) -> list[str]:
    """The kinds of the lights, from the top: agrees, differs, printed or unknown."""
    return [
        kind for element in at.get("html") for kind in re.findall(r'<span class="light (\w+)">', element.proto.body)
    ]


def checks(at: AppTest) -> str:
    """The words beside the lights."""
    return "\n".join(
        re.sub("<.*?>", "", element.proto.body) for element in at.get("html") if 'class="check"' in element.proto.body
    )


def printed_by_its_python(at: AppTest) -> str:
    """The text that the Python on the page prints when it is run."""
    (code,) = [element.value for element in at.code if "import" in element.value]
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(code, {})
    return output.getvalue()
