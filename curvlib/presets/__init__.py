"""Losses worth looking at, in the groups and the order in which to show them."""

from collections.abc import Mapping
from types import MappingProxyType

from curvlib.presets import honesty, machine_learning, optimisation, paper, textbook
from curvlib.presets.preset import ParameterRange, Preset

__all__ = ["GROUPS", "PRESETS", "ParameterRange", "Preset"]

_CHAPTERS = (paper, textbook, optimisation, machine_learning, honesty)

GROUPS: tuple[str, ...] = tuple(chapter.GROUP for chapter in _CHAPTERS)
"""The groups, in the order in which to show them."""

PRESETS: Mapping[str, Preset] = MappingProxyType(
    {preset.name: preset for chapter in _CHAPTERS for preset in chapter.PRESETS}
)
"""Name → preset, group by group."""
