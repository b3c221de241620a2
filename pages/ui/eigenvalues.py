"""Eigenvalues as a line of numbers, which is what the address keeps, and as sliders that write that line."""

import streamlit as st

from pages.ui import inputs

LARGEST = 10.0
"""The upper end of the sliders; larger values can be typed."""


def choose(label: str, key: str, default: str, n: int | None = None, most: int = 4) -> tuple[float, ...]:
    """The eigenvalues of a minimum, none negative.

    Args:
        label: of the line.
        key: of the line, its word in the address; the sliders are called after it.
        default: the line to begin with.
        n: how many there must be; any number from 2 to `most` if not given.
    """
    values = tuple(abs(value) for value in inputs.numbers(label, key, default, n or most, largest=1e3, least=n or 2))
    with st.container(horizontal=True, gap="small"):
        for index, value in enumerate(values):
            name = f"{key}_{index}"
            st.session_state[name] = value
            st.slider(f"λ{'₁₂₃₄'[index]}", 0.0, max(LARGEST, value), step=0.1, key=name, on_change=_write, args=(key, len(values)), width=150)
    return values


def _write(key: str, n: int) -> None:
    inputs.put(key, [st.session_state[f"{key}_{index}"] for index in range(n)])
