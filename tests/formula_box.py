"""The formula box as the tests of pages use it:
what it was told, and how to say something in it.
"""

import json
from itertools import count
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

_sequence = count(1)


def told(at: AppTest) -> dict[str, Any]:
    """The last message to the box on the page."""
    return json.loads(_box(at).proto.json)


def write(at: AppTest, text: str, cause: str = "typed") -> AppTest:
    """Does what the browser does when something is written into the box."""
    states = at._tree.get_widget_states()
    event = {"sequence": next(_sequence), "text": text, "cause": cause, "edition": told(at)["edition"]}
    states.widgets.append(WidgetState(id=_box(at).proto.id, json_value=json.dumps({"event": event})))
    return at._run(states)


def words(at: AppTest) -> str:
    """The words of the box about its text; nothing on a page without one."""
    message = told(at) if _boxes(at) else {"error": None}
    return (
        ""
        if message["error"] is None
        else f"{message['error']['message']} The picture is still that of {message['shown']}"
    )


def _box(at: AppTest) -> Any:
    (box,) = _boxes(at)
    return box


def _boxes(at: AppTest) -> list[Any]:
    return [
        component for component in at.get("bidi_component") if component.proto.component_name == "curvlib-formula.box"
    ]
