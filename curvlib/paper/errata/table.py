"""The errata of the paper, in its order."""

from curvlib.paper import example31
from curvlib.paper.errata import witnesses
from curvlib.paper.errata.erratum import Erratum, Witness, entry

WORKED = {"f": "u + 2*v + u^2/2 + 2*u*v + 5*v^2/2", "u": "0", "v": "0"}


ERRATA: tuple[Erratum, ...] = (
    entry(
        witnesses.riemann,
        "Proposition 2.2, equation (3), and Proposition B.3",
        r"R^i_{jkm}=\beta(f_{,ik}f_{,jm}-f_{,jm}f_{,jk})-\beta^2f_{,i}f_{,r}(f_{,rk}f_{,im}-f_{,rm}f_{,jk})",
        r"R^i_{jkm}=\beta(f_{,ik}f_{,jm}-f_{,im}f_{,jk})-\beta^2f_{,i}f_{,r}(f_{,rk}f_{,jm}-f_{,rm}f_{,jk})",
        r"Two index slips: $f_{,jm}f_{,jk}$ for $f_{,im}f_{,jk}$, and $f_{,rk}f_{,im}$ for $f_{,rk}f_{,jm}$. "
        r"What follows from it, equation (4), is right.",
        "tensors",
        **WORKED,
    ),
    entry(
        witnesses.norm_form,
        "After Corollary 2.1, the norm form of S",
        r"S(x_{\min})=\|\mathbf H\|_*^2-\|\mathbf H\|_F^2",
        r"S=\operatorname{tr}(\mathbf H)^2-\operatorname{tr}(\mathbf H^2),\ "
        r"\text{equal to it exactly where }\mathbf H\succeq0\text{ or }\mathbf H\preceq0",
        "The nuclear norm is |tr H| only for a semidefinite H. "
        "At a minimum the form is right; at a saddle, where Section 3.1 needs S, it is too large.",
        "spectrum",
        eigenvalues="1,-1",
    ),
    entry(
        witnesses.not_flat,
        "Section 2 and Appendix A, S = 0 read as flat",
        r"S=0\ \Longleftrightarrow\ \text{flat}",
        r"\text{flat}\ \Rightarrow\ S=0;\ \text{the converse holds for }q=2\text{ only}",
        "With three parameters or more sectional curvatures can cancel in S. "
        "And a canyon, however steep, is flat within itself.",
        "spectrum",
        eigenvalues="2,2,-1",
    ),
    entry(
        witnesses.example_trace,
        "Example 3.1, the trace of the Hessian",
        example31.TRACE_AS_PRINTED,
        example31.TRACE,
        "The first term has -2c cos u, not -2u cos u.",
        "example31",
        u="3",
        v="1",
        c="0.1",
    ),
    entry(
        witnesses.example_curvature,
        "Example 3.1, the scalar curvature",
        example31.CURVATURE_AS_PRINTED,
        example31.CURVATURE,
        r"The numerator lacks $e^{2cu}$, the denominator three squares. "
        r"In Figure 2's window the sign of S is right as printed.",
        "example31",
        u="1",
        v="2",
        c="0.1",
    ),
    entry(
        witnesses.unequal_batches,
        "Equation (6) and the line before it",
        r"\operatorname{tr}(\mathbf H_{\mathcal D})=\tfrac1k\sum_i\operatorname{tr}(\mathbf H_{\mathcal B_i})",
        r"\operatorname{tr}(\mathbf H_{\mathcal D})=\sum_i\frac{|\mathcal B_i|}{|\mathcal D|}"
        r"\operatorname{tr}(\mathbf H_{\mathcal B_i})",
        "With weights 1/k it needs batches of one size; with weights by size it holds for every split.",
        "batches",
        split="unequal",
        a="1",
        b="1",
    ),
    entry(
        witnesses.trace_at_the_fit,
        "Figure 3, a trace that is zero for each batch",
        r"\operatorname{tr}(\mathbf H_{\mathcal B_i})=0\ \text{at the fit of the sine}",
        r"\mathbf H\succeq0,\ \operatorname{tr}\mathbf H=0\ \Rightarrow\ \mathbf H=0",
        "At a minimum a zero trace means H = 0. "
        "Zero traces with curvature come at saddles: a·sin(bx) at (0, 0) has them for every split. "
        "And the drawn curve itself, a graph over one variable, has S = 0 everywhere.",
        "batches",
        model="a sin(b x)",
        a="0",
        b="0",
    ),
    entry(
        witnesses.remainder,
        "Proposition 3.2, equation (7), and Proposition B.5, equation (11)",
        r"\|f(x_{\min}+\varepsilon x)-f(x_{\min})\|^2\le\tfrac14\varepsilon^4\operatorname{tr}(\mathbf H^2)",
        r"\|f(x_{\min}+\varepsilon x)-f(x_{\min})\|^2\le\tfrac14\varepsilon^4\max_i\lambda_i^2+o(\varepsilon^4)",
        "The remainder o(ε⁴) of the proof is missing in the statement; "
        "a positive fourth derivative breaks it. The best constant is max λ².",
        "perturbations",
        loss="u^2/2 + u^4",
    ),
    entry(
        witnesses.implication,
        "Equation (8)",
        r"0\le S(x_1)\le S(x_2)\ \Rightarrow\ \operatorname{tr}(\mathbf H_1^2)\le\operatorname{tr}(\mathbf H_2^2)",
        r"\text{at equal trace: }"
        r"S(x_1)\le S(x_2)\iff\operatorname{tr}(\mathbf H_1^2)\ge\operatorname{tr}(\mathbf H_2^2)",
        "S is a difference, and a smaller difference may be of larger numbers. "
        "At equal trace the implication is exactly reversed.",
        "perturbations",
        first="3,1",
        second="2,2",
    ),
    entry(
        witnesses.robustness,
        "The inequality after (8)",
        r"S(x_1)\le S(x_2)\ \Rightarrow\ \|f(x_1+\varepsilon x)-f(x_1)\|^2\le\|f(x_2+\varepsilon x)-f(x_2)\|^2",
        r"\text{for every }x\text{, up to }o(\varepsilon^4):\ \mathbf H_1\preceq\mathbf H_2",
        "For minima, a rise that is smaller in every direction is an order of the Hessians, not of S. "
        "On average tr H decides, and tr H² the spread.",
        "perturbations",
        first="3,1",
        second="2,2",
    ),
    entry(
        witnesses.first_order,
        "Equation (10)",
        r"\mathbb E[f(x_t)-f(x_{\min})]\approx\tfrac t2\operatorname{tr}(\mathbf H^2)",
        r"\mathbb E[f(x_t)-f(x_{\min})]=\tfrac14\operatorname{tr}\!\left(\mathbf H\,(I-e^{-2\mathbf Ht})\right)",
        "The printed form is the first order in t, for a quadratic loss and a start at the minimum; "
        "the exact one levels off at tr(H)/4.",
        "escaping",
        first="3,1",
        t="0.1",
    ),
    entry(
        witnesses.escape,
        "After (10), small S and escaping",
        r"S\text{ small}\ \Rightarrow\ \text{slow to escape, fast to converge}",
        r"\text{early: }\tfrac t2\operatorname{tr}(\mathbf H^2);\quad\text{late: }\tfrac14\operatorname{tr}(\mathbf H)",
        "Escaping follows tr H² and then tr H. A canyon has S = 0 and the largest tr H² of its trace.",
        "escaping",
        first="9,0",
        second="1,1",
    ),
    entry(
        witnesses.participation,
        "Proposition 3.3, what it supposes",
        r"S\sim\operatorname{tr}(\mathbf H)^2\ \ (q\to\infty)",
        r"S=\operatorname{tr}(\mathbf H)^2\,(1-1/\mathrm{PR}),\ "
        r"\mathrm{PR}=\operatorname{tr}(\mathbf H)^2/\operatorname{tr}(\mathbf H^2)\to\infty",
        "Right for equal eigenvalues; in general the participation ratio must grow. "
        "Networks trained as for Figure 4 have about 2: S is near tr(H)²/2.",
        "spectrum",
        family="power law",
        exponent="2",
    ),
    entry(
        witnesses.reparametrised,
        "Section 3.3, S after a reparametrisation",
        r"S(x')=\|\mathbf J\mathbf J^\top\mathbf H\|_*^2-\|\mathbf J\mathbf J^\top\mathbf H\|_F^2",
        r"S=\operatorname{tr}(\mathbf J\mathbf J^\top\mathbf H)^2"
        r"-\operatorname{tr}\!\left((\mathbf J\mathbf J^\top\mathbf H)^2\right)",
        "JJᵀH is not symmetric: its singular values are not its eigenvalues. "
        "With traces, or JᵀHJ in the norms, it is right at a minimum.",
        "reparametrisation",
        phi="shear",
    ),
    entry(
        witnesses.curvature_of_the_plane,
        "Definition A.2, the Riemann tensor",
        r"R(x,y;z)=\nabla_x\nabla_yz-\nabla_z\nabla_yx-\nabla_{[x,y]}z",
        r"R(x,y;z)=\nabla_x\nabla_yz-\nabla_y\nabla_xz-\nabla_{[x,y]}z",
        "x and z changed places in the second term; as printed the flat plane would be curved.",
        "tensors",
    ),
    entry(
        witnesses.sign_of_the_sphere,
        "Definitions A.2 and A.3 together",
        r"R^l_{ijk}=\partial_i\Gamma^l_{jk}-\partial_j\Gamma^l_{ik}+\dots,\quad S=g^{ij}R^k_{ikj}",
        r"R^i_{jkm}=\partial_k\Gamma^i_{jm}-\partial_m\Gamma^i_{jk}+\dots\ \text{(B.3)},\quad S=g^{jm}R^k_{jkm}",
        "The two conventions do not fit: together they make a sphere negative. "
        "B.3's indices, which the results use, fit A.3.",
        "tensors",
        f="sqrt(1 - u^2 - v^2)",
    ),
    entry(
        witnesses.hyperboloid,
        "Figure 5, the caption",
        r"\text{the hyperboloid is always negative}",
        r"\text{one sheet: }S=-\frac2{\cosh^22\theta},\qquad\text{two sheets: }S=+\frac2{\cosh^22\theta}",
        "True of the hyperboloid of one sheet, which is presumably meant; that of two sheets is positive.",
        "surfaces",
        surface="two-sheet hyperboloid",
    ),
    entry(
        witnesses.christoffel_derivative,
        "Proof of Proposition B.3, the second line",
        r"\partial_m\Gamma^i_{jk}=-2\beta^2f_{,a}f_{,ak}f_{,i}f_{,jm}+\dots",
        r"\partial_m\Gamma^i_{jk}=-2\beta^2f_{,a}f_{,am}f_{,i}f_{,jk}+\dots",
        "The first line was copied; k and m have to change places in this term too. With that the proof goes through.",
        "tensors",
        **WORKED,
    ),
    entry(
        witnesses.contraction,
        "Proof of Proposition B.4, the last contraction",
        r"\beta f_{,a}f_{,b}R_{ab}=\beta^2(\nabla f^\top\mathbf H\nabla f)\operatorname{tr}(\mathbf H)"
        r"-\nabla f^\top\mathbf H^2\nabla f-\dots",
        r"\beta f_{,a}f_{,b}R_{ab}=\beta^2\left((\nabla f^\top\mathbf H\nabla f)\operatorname{tr}(\mathbf H)"
        r"-\nabla f^\top\mathbf H^2\nabla f\right)",
        r"A pair of brackets is missing, and the scalar is called $R_{ab}$ on the left; the result is right.",
        "tensors",
        **WORKED,
    ),
    entry(
        witnesses.eigenvector,
        "Proof of Proposition B.5, the eigenvector",
        r"x\text{ eigenvector of }\mathbf H\ \Rightarrow\ x^\top\mathbf Hx=\operatorname{tr}(\mathbf H)",
        r"x\text{ unit eigenvector}\ \Rightarrow\ x^\top\mathbf Hx=\lambda",
        "It is one eigenvalue, not their sum. The bound follows all the same: (xᵀHx)² ≤ max λ² ≤ tr H².",
        "perturbations",
        first="3,1",
    ),
    entry(
        witnesses.appendix_b6,
        "Proof of Proposition B.6, the matrices",
        r"-2,\ -6\ \text{and}\ -22\ \text{for}"
        r"\ \begin{bmatrix}-2&0\\4&1\end{bmatrix},\ "
        r"\begin{bmatrix}1&2\\2&-2\end{bmatrix},\ \begin{bmatrix}-1&2\\6&-1\end{bmatrix}",
        r"\mathbf H_1=\begin{bmatrix}1&0\\0&0\end{bmatrix},\ "
        r"\mathbf H_2=\begin{bmatrix}0&0\\0&1\end{bmatrix}:\quad S=0,\ 0;\qquad"
        r"\mathbf H_{\mathcal D}=\tfrac12I:\quad S=\tfrac12",
        "The first matrix is not a Hessian, det is mixed with 2 det, and the sum stands for the mean. "
        "The proposition is true; here is a smaller example.",
        "batches",
        angle="90",
    ),
)
"""Each with its number, in the order of the paper."""


def witnessed() -> list[tuple[Erratum, Witness]]:
    """Each erratum with its numbers, computed now."""
    return [(erratum, erratum.witness()) for erratum in ERRATA]
