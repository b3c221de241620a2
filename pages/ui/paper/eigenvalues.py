"""Eigenvalues as a line of numbers, which is what the address keeps, and as
sliders that write that line.
"""

import streamlit as st

from pages.ui.state import inputs

LARGEST = 10.0
"""The ends of the sliders; of minima larger values can be typed."""

TYPED = 1e3
"""The largest eigenvalue of a minimum that can be typed."""


def of_minimum(label: str, key: str, default: str, n: int | None = None, most: int = 4) -> tuple[float, ...]:
    """The eigenvalues of a minimum, none negative.

    Args:
        label: of the line.
        key: of the line, its word in the address; the sliders are called after it.
        default: the line to begin with.
        n: how many there must be; any number from 2 to `most` if not given.
    """
    values = tuple(abs(value) for value in inputs.numbers(label, key, default, n or most, largest=TYPED, least=n or 2))
    _sliders(key, values, 0.0)
    return values


def of_hessian(key: str, default: str, most: int = 8) -> tuple[float, ...]:
    """The eigenvalues of any Hessian, 1 to `most`, with buttons for one more and one less."""
    values = tuple(inputs.numbers("Eigenvalues of H", key, default, most, LARGEST))
    _sliders(key, values, -LARGEST)
    with st.container(horizontal=True, gap="small"):
        st.button(
            "One more", key=f"more_{key}", on_click=inputs.put, args=(key, [*values, 1.0]), disabled=len(values) == most
        )
        st.button(
            "One less", key=f"less_{key}", on_click=inputs.put, args=(key, values[:-1]), disabled=len(values) == 1
        )
    return values


def _sliders(key: str, values: tuple[float, ...], low: float) -> None:
    with st.container(horizontal=True, gap="small"):
        for index, value in enumerate(values):
            name, label = inputs.own(f"{key} {index}"), f"λ{str(index + 1).translate(inputs.SUBSCRIPTS)}"
            st.session_state[name] = value
            st.slider(
                label,
                low,
                max(LARGEST, value),
                step=0.1,
                key=name,
                width=150,
                on_change=_write,
                args=(key, len(values)),
            )


def _write(key: str, n: int) -> None:
    inputs.put(key, [st.session_state[f"{key} {index}"] for index in range(n)])
