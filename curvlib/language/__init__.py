"""The formula language: the only place that sees a visitor's text."""
