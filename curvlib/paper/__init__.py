"""The paper's propositions, experiments and figures as computations, and its errata."""
