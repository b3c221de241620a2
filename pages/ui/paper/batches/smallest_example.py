"""Two sections of the mini-batches page: the smallest example of Proposition 3.1, and the matrices
of Appendix B.6.
"""

import numpy as np
import streamlit as st

from curvlib.curvature.formulas import scalar_curvature_at_minimum
from curvlib.paper.batches import B6_FULL, B6_MATRICES
from pages.ui.landscape import typeset
from pages.ui.page import experiment
from pages.ui.paper.batches import batch_figures as batching
from pages.ui.state import inputs

EXAMPLE, APPENDIX = "The smallest example", "The matrices of Appendix B.6"


def two_regressions() -> None:
    """Two batches of one sample each, with a slider for the angle between their inputs."""
    st.subheader(EXAMPLE)
    st.markdown(experiment.prose("batches").sections[EXAMPLE])
    angle = inputs.slider("Angle between the inputs, degrees", "angle", 90, 0, 90, 1)
    split = batching.regressions(angle)
    st.latex(
        typeset.lines(
            (r"H_1,\ H_2", ",\\ ".join(typeset.matrix(H) for H in split.hessians)),
            (r"S_1,\ S_2", r",\quad ".join(typeset.number(float(S) + 0.0) for S in split.curvatures)),
            (r"S_{\mathcal D}", typeset.number(split.full_curvature)),
        )
    )
    experiment.check(
        "S of both together",
        split.full_curvature,
        batching.half_sine_squared(angle),
        1e-12,
        "½ sin² of the angle",
        error=1e-12,
    )


def appendix_b6() -> None:
    """The appendix's own example, as printed and mended."""
    with st.expander(APPENDIX):
        st.markdown(experiment.prose("batches").sections[APPENDIX])
        mean = np.mean(B6_MATRICES, axis=0)
        rows = [("M_1", B6_MATRICES[0]), ("M_2", B6_MATRICES[1]), (r"M_1+M_2", B6_FULL), (r"\tfrac12(M_1+M_2)", mean)]
        values = [float(scalar_curvature_at_minimum(M)) for _, M in rows]
        st.latex(
            typeset.lines(
                *(
                    (
                        name,
                        (
                            rf"{typeset.matrix(M)},\quad "
                            rf"\operatorname{{tr}}(M)^2-\operatorname{{tr}}(M^2)={typeset.number(S)}"
                        ),
                    )
                    for (name, M), S in zip(rows, values, strict=True)
                )
            )
        )
