"""Lessons: a landscape, a question, and by a second link the answer."""

import streamlit as st

from pages.ui.lessons import lesson_view
from pages.ui.page.parts import part

lesson = lesson_view.asked()
if lesson:
    lesson_view.show(lesson)
else:
    st.title("Lessons")
    st.markdown(
        "Each lesson is a link: a landscape that can be turned, hovered and clicked, and a question about it. "
        "A second link shows the answer and its proof."
    )
    with part():
        lesson_view.listing()
