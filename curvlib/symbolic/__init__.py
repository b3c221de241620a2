"""A loss in symbols: its derivatives, Taylor series and closed forms.
Nothing is evaluated on a grid here.
"""
