"""Curves of degenerate points, cut at the border and described."""

import numpy as np

from curvlib.arrays import Floats
from curvlib.critical.degenerate import across, normals
from curvlib.critical.polish import project
from curvlib.critical.results import CriticalCurve
from curvlib.critical.tracker import Trace
from curvlib.critical.window import ScaledWindow

SAME_HEIGHT = 1e-7
"""The most that f may change between vertices, relative to its size."""

SLOPED = 1e-7
"""The part of the largest tr H on a curve that makes a valley or a ridge: where it goes down to
less, f is level across the curve too.
"""

ROUNDS = 4
"""Steps from the curve to the border and back: each squares the distance."""


def cut(landscape: ScaledWindow, trace: Trace) -> list[tuple[Floats, bool]]:
    """The parts of a curve in the window, up to its border; and whether each is closed."""
    inside = landscape.contains(trace.points)
    if inside.all():
        return [(trace.points, trace.closed)]
    points = np.roll(trace.points, -int(np.flatnonzero(~inside)[0]), axis=0) if trace.closed else trace.points
    inside = landscape.contains(points)
    starts = np.flatnonzero(inside & ~np.concatenate([[False], inside[:-1]]))
    ends = np.flatnonzero(inside & ~np.concatenate([inside[1:], [False]]))
    parts = []
    for first, last in zip(starts, ends, strict=True):
        part = list(points[first : last + 1])
        if first > 0:
            part.insert(0, _crossing(landscape, points[first], points[first - 1]))
        if last + 1 < len(points) or trace.closed:
            part.append(_crossing(landscape, points[last], points[(last + 1) % len(points)]))
        if len(part) > 1:
            parts.append((np.array(part), False))
    return parts


def at_one_height(landscape: ScaledWindow, points: Floats, closed: bool) -> list[tuple[Floats, bool]]:
    """The curve in parts of constant f, which jumps where a curve runs over a step."""
    f = landscape.sample(points[:, 0], points[:, 1]).f
    jumps = np.flatnonzero(~(np.abs(np.diff(f)) <= SAME_HEIGHT * (1 + np.abs(f[1:])))) + 1
    if not len(jumps):
        return [(points, closed)]
    return [(part, False) for part in np.split(points, jumps) if len(part) > 1]


def _crossing(landscape: ScaledWindow, inside: Floats, outside: Floats) -> Floats:
    """The point, exact to rounding, where the curve through two near points meets the border."""
    low, high = landscape.low, landscape.low + landscape.size
    here = inside
    for _ in range(ROUNDS):
        direction = (outside - here) if here is inside else across(normals(landscape, here[None]))[0] * landscape.size
        if direction @ ((outside - inside) / landscape.size**2) < 0:
            direction = -direction
        reach = np.where(direction > 0, high - here, low - here) / direction
        reach = reach[np.isfinite(reach)]
        if not len(reach):
            return here
        there = (here + direction * reach.min())[None]
        spot, _ = project(landscape, there, normals(landscape, there))
        here = spot.x[0] if spot.defined[0] else here
    return np.clip(here, low, high)


def described(landscape: ScaledWindow, points: Floats, closed: bool) -> CriticalCurve:
    """The curve with its loss and traces, from its vertices."""
    jet = landscape.sample(points[:, 0], points[:, 1])
    trace = jet.f_uu + jet.f_vv
    tolerance = SLOPED * np.nanmax(np.abs(trace))
    nature = "shelf"
    if tolerance > 0 and (trace >= tolerance).all():
        nature = "valley"
    elif tolerance > 0 and (trace <= -tolerance).all():
        nature = "ridge"
    _, steps = project(landscape, points, normals(landscape, points), steps=1)
    error = float((steps.max() + landscape.rounding(points).max()) * np.linalg.norm(landscape.size))
    return CriticalCurve(points, closed, nature, float(np.nanmedian(jet.f)), trace, error)
