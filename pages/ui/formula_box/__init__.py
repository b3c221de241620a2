"""The formula box: one large line to type in, with the mistake marked in place, suggestions, a
reference, the last formulas, and undo.
"""

from pages.ui.formula_box.answers import Said
from pages.ui.formula_box.box import formula_box, heard

__all__ = ["Said", "formula_box", "heard"]
