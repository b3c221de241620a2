"""The formula box: one large line to type in, with the mistake marked in place, suggestions, a reference, the last formulas, and undo."""

from pages.ui.formula_box.mount import formula_box, heard
from pages.ui.formula_box.values import Said

__all__ = ["Said", "formula_box", "heard"]
