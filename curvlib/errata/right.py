"""What holds as printed."""

from curvlib.errata.erratum import RightAsPrinted

RIGHT_AS_PRINTED: tuple[RightAsPrinted, ...] = (
    RightAsPrinted("Definition 2.1, equation (1)", r"g_{ij}=\delta_{ij}+f_{,i}f_{,j}", "pulled back from space, symbolically", "tensors"),
    RightAsPrinted("Proposition 2.1 and B.1, equation (2)", r"\Gamma^i_{kl}=\beta f_{,i}f_{,kl}", "from the metric and its derivatives, q = 2 to 5", "tensors"),
    RightAsPrinted(
        "Proposition 2.3 and B.4, equation (4)",
        r"S=\beta(\operatorname{tr}(\mathbf H)^2-\operatorname{tr}(\mathbf H^2))"
        r"+2\beta^2\nabla f^\top(\mathbf H^2-\operatorname{tr}(\mathbf H)\mathbf H)\nabla f",
        "from the metric and its derivatives, q = 2 to 5",
        "tensors",
    ),
    RightAsPrinted(
        "Corollary 2.1, equation (5)", r"S=\operatorname{tr}(\mathbf H)^2-\operatorname{tr}(\mathbf H^2)\ \text{where}\ \nabla f=0", "(4) there", "spectrum"
    ),
    RightAsPrinted("Proposition 2.4, the coefficient", r"-\frac{S}{6(q+2)}", "balls on spheres and hyperbolic planes, q = 2 and 3", "ball"),
    RightAsPrinted("Section 3.1, the saddle problem", r"\operatorname{tr}\mathbf H=0\ \text{where}\ \lambda\ \text{cancel}", "eigenvalues", "spectrum"),
    RightAsPrinted("Propositions 3.1 and B.6, the conclusion", r"S(\mathbf H_{\mathcal D})\ne\mathbb E[S(\mathbf H_{\mathcal B})]", "two samples", "batches"),
    RightAsPrinted(
        "Section 3.3, the Hessian of f∘φ",
        r"\mathbf H(f\circ\varphi)=\mathbf J^\top\mathbf H\mathbf J+\mathbf J_k(f)\mathbf H^k(\varphi)",
        "symbolically",
        "reparametrisation",
    ),
    RightAsPrinted("Lemma B.1", r"\operatorname{spec}\mathbf G=\{1,\dots,1,1+\|\nabla f\|^2\}", "numerically, q = 2 to 5", "tensors"),
    RightAsPrinted("Proposition B.2", r"\Gamma^i_{ki}=\beta f_{,ik}f_{,i}", "from √det G, symbolically", "tensors"),
)
"""In the order of the paper."""
