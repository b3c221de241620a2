"""Statements that hold as printed."""

from collections.abc import Callable

from curvlib.paper.errata import agreements
from curvlib.paper.errata.erratum import Agreement, RightAsPrinted


def _right(
    agreement: Callable[[], Agreement], item: str, statement: str, check: str, experiment: str
) -> RightAsPrinted:
    """A statement whose key is the name of the function that compares its numbers."""
    return RightAsPrinted(agreement.__name__, item, statement, check, agreement, experiment)


RIGHT_AS_PRINTED: tuple[RightAsPrinted, ...] = (
    _right(
        agreements.metric,
        "Definition 2.1, equation (1)",
        r"g_{ij}=\delta_{ij}+f_{,i}f_{,j}",
        "the scalar products of the graph's tangent vectors, q = 2 to 5",
        "tensors",
    ),
    _right(
        agreements.christoffel,
        "Propositions 2.1 and B.1, equation (2)",
        r"\Gamma^i_{kl}=\beta f_{,i}f_{,kl}",
        "the metric and its derivatives, q = 2 to 5",
        "tensors",
    ),
    _right(
        agreements.scalar_curvature,
        "Propositions 2.3 and B.4, equation (4)",
        r"S=\beta(\operatorname{tr}(\mathbf H)^2-\operatorname{tr}(\mathbf H^2))"
        r"+2\beta^2\nabla f^\top(\mathbf H^2-\operatorname{tr}(\mathbf H)\mathbf H)\nabla f",
        "the metric and its derivatives, q = 2 to 5",
        "tensors",
    ),
    _right(
        agreements.scalar_curvature_at_minimum,
        "Corollary 2.1, equation (5)",
        r"S=\operatorname{tr}(\mathbf H)^2-\operatorname{tr}(\mathbf H^2)\ \text{where}\ \nabla f=0",
        "the metric and its derivatives there, q = 2 to 5",
        "spectrum",
    ),
    _right(
        agreements.ball_coefficient,
        "Proposition 2.4, the coefficient",
        r"\frac{\operatorname{vol}\mathcal B_g(r)}{\operatorname{vol}\mathcal B_e(r)}=1-\frac{S}{6(q+2)}\,r^2+o(r^2)",
        "balls measured along geodesics at the bottom of a bowl, q = 2 to 4, as r goes to 0",
        "ball",
    ),
    _right(
        agreements.trace_at_saddles,
        "Section 3.1, the saddle problem",
        r"\operatorname{tr}\mathbf H=0\ \text{where the eigenvalues cancel}",
        "f_uu + f_vv of losses with such saddles",
        "spectrum",
    ),
    _right(
        agreements.batches_differ,
        "Propositions 3.1 and B.6, the conclusion",
        r"S(\mathbf H_{\mathcal D})\ne\mathbb E[S(\mathbf H_{\mathcal B})]",
        "two linear regressions of one sample each",
        "batches",
    ),
    _right(
        agreements.composed_hessian,
        "Section 3.3, the Hessian of f∘φ",
        r"\mathbf H(f\circ\varphi)=\mathbf J^\top\mathbf H\mathbf J+\mathbf J_k(f)\mathbf H^k(\varphi)",
        "the second derivatives of f∘φ written out as one formula",
        "reparametrisation",
    ),
    _right(
        agreements.metric_spectrum,
        "Lemma B.1",
        r"\operatorname{spec}\mathbf G=\{1,\dots,1,1+\|\nabla f\|^2\}",
        "the eigenvalues of the matrix of those scalar products, q = 2 to 5",
        "tensors",
    ),
    _right(
        agreements.christoffel_contraction,
        "Proposition B.2",
        r"\Gamma^i_{ki}=\beta f_{,ik}f_{,i}",
        "the sum over i of the Christoffel symbols by definition, q = 2 to 5",
        "tensors",
    ),
)
"""The statements that hold as printed, in the order of the paper."""
