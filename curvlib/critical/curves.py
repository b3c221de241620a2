"""Curves of degenerate points: told from isolated ones, put in order, and cut off at the window's border."""

from dataclasses import dataclass

import numpy as np

from curvlib.critical.landscape import Array, Landscape, Spots
from curvlib.critical.points import Inspected, project
from curvlib.critical.polish import Polished
from curvlib.critical.results import CriticalCurve

STRIDE = 1 / 160
"""The scaled distance between the vertices of a curve."""

LEVEL = 1e-12
"""A gradient this small beside the Hessian is zero but for rounding."""

MAX_VERTICES = 4000
"""Vertices of a curve at most."""


@dataclass(frozen=True, slots=True)
class Trace:
    """Vertices of a curve in order, and whether it ran into itself or, at either end, into nothing."""

    points: Array
    closed: bool
    dead_ends: int


@dataclass(frozen=True)
class Tracker:
    """Follows curves of degenerate points through a cloud of points that lie on them.

    Attributes:
        landscape: where.
        cloud: points on the curves, shape (n, 2).
        stiffness: what second derivatives near the curves amount to, the scale for `LEVEL`.
        noise: what the gradient amounts to where it vanishes.
    """

    landscape: Landscape
    cloud: Array
    stiffness: float
    noise: float

    def traces(self) -> list[Trace]:
        found: list[Trace] = []
        fresh = np.ones(len(self.cloud), dtype=bool)
        while fresh.any() and len(found) < 100:
            start = self.cloud[np.flatnonzero(fresh)[0]]
            ahead, closed = self._walk(start, self._tangent(start), fresh)
            behind = [] if closed else self._walk(start, -self._tangent(start), fresh)[0]
            points = np.array([*behind[::-1], start, *ahead])
            dead = 0 if closed else sum(self._inside(end) for end in (points[0], points[-1]))
            found.append(Trace(points, closed, dead))
        return found

    def _walk(self, start: Array, direction: Array, fresh: Array) -> tuple[list[Array], bool]:
        here, path = start, []
        self._absorb(here, fresh)
        while len(path) < MAX_VERTICES:
            there = self._next_in_cloud(here, direction, fresh)
            if there is None:
                there = self._next_by_projection(here, direction)
            if there is None:
                return path, False
            if len(path) > 3 and self.landscape.distance(there, start) < 0.75 * STRIDE:
                return path, True
            tangent = self._tangent(there)
            direction = tangent if tangent @ direction > 0 else -tangent
            path.append(there)
            here = there
            self._absorb(here, fresh)
            if not self.landscape.contains(here, margin=2 * STRIDE):
                break
        return path, False

    def _next_in_cloud(self, here: Array, direction: Array, fresh: Array) -> Array | None:
        offset = (self.cloud - here) / self.landscape.size
        length = np.linalg.norm(offset, axis=-1)
        ahead = fresh & (length < 1.8 * STRIDE) & (offset @ direction > 0.9 * length)
        if not ahead.any():
            return None
        return self.cloud[np.flatnonzero(ahead)[np.abs(length[ahead] - STRIDE).argmin()]]

    def _next_by_projection(self, here: Array, direction: Array) -> Array | None:
        spot = project(self.landscape, self.landscape.moved(here, STRIDE * direction)[None], steps=40)
        offset = (spot.x[0] - here) / self.landscape.size
        length = np.linalg.norm(offset)
        forward = spot.defined[0] and 0.3 * STRIDE < length < 2 * STRIDE and offset @ direction > 0.7 * length
        return spot.x[0] if forward and self.is_level(spot)[0] else None

    def is_level(self, spots: Spots) -> Array:
        """Whether the gradient is zero but for rounding."""
        with np.errstate(invalid="ignore"):
            return np.linalg.norm(spots.gradient, axis=-1) <= LEVEL * self.stiffness + self.noise

    def _absorb(self, here: Array, fresh: Array) -> None:
        fresh[self.landscape.distance(self.cloud, here) < 0.7 * STRIDE] = False

    def _tangent(self, x: Array) -> Array:
        return across(normals(self.landscape, x[None]))[0]

    def _inside(self, end: Array) -> bool:
        """Whether a curve that ends here should have gone on: f is defined around it, and the border is not near."""
        around = self.landscape.moved(end, 2 * STRIDE * np.array([(1, 0), (-1, 0), (0, 1), (0, -1)]))
        return bool(self.landscape.contains(end, margin=-2 * STRIDE) and self.landscape.spots(around).defined.all())


def across(normal: Array) -> Array:
    """Directions at a right angle to those given, shape (n, 2)."""
    return np.stack([-normal[:, 1], normal[:, 0]], axis=-1)


def normals(landscape: Landscape, x: Array) -> Array:
    """The direction in which H is largest in the neighbourhood of points on curves; scaled, shape (n, 2)."""
    corners = 1e-5 * np.array([(1, 1), (1, -1), (-1, 1), (-1, -1), (0.5, 0)])
    hessians = landscape.spots(landscape.moved(x[:, None], corners).reshape(-1, 2)).hessian.reshape(-1, 5, 2, 2)
    hessians = np.nan_to_num(hessians)
    scale = np.maximum(np.abs(hessians).max(axis=(1, 2, 3)), 1e-300)[:, None, None, None]
    relative = hessians / scale
    return np.linalg.eigh((relative @ relative).sum(axis=1))[1][:, :, 1]


def on_curves(landscape: Landscape, polished: Polished, inspected: Inspected) -> Array:
    """Which points are not alone: three strides on along the flat direction, on one side at least, the gradient is zero too."""
    n = len(polished.spots)
    tangent, normal = across(inspected.normal), inspected.normal
    away = 3 * STRIDE * np.stack([tangent, -tangent, normal, -normal], axis=1)
    spots = landscape.spots(landscape.moved(polished.spots.x[:, None], away).reshape(-1, 2))
    with np.errstate(all="ignore"):
        stiffness = np.fmax(np.nan_to_num(np.abs(spots.hessian)).max(axis=(-1, -2)).reshape(n, 4).max(axis=1), inspected.stiffness)
    ahead = project(landscape, spots.x.reshape(n, 4, 2)[:, :2].reshape(-1, 2))
    moved = landscape.distance(ahead.x.reshape(n, 2, 2), polished.spots.x[:, None])
    noise = 20 * np.linalg.norm(polished.spots.gradient, axis=-1)
    with np.errstate(invalid="ignore"):
        level = np.linalg.norm(ahead.gradient, axis=-1).reshape(n, 2) <= (LEVEL * stiffness + noise)[:, None]
    return (level & (moved > STRIDE) & ahead.defined.reshape(n, 2)).any(axis=1)


def cut(landscape: Landscape, trace: Trace) -> list[tuple[Array, bool]]:
    """The parts of a curve in the window, their ends on its border where it leaves; and whether each is closed."""
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


def _crossing(landscape: Landscape, inside: Array, outside: Array) -> Array:
    """Where the curve through two near points meets the window's border, on the curve to rounding."""
    low, high = landscape.low, landscape.low + landscape.size
    here = inside
    for _ in range(4):
        direction = (outside - here) if here is inside else across(normals(landscape, here[None]))[0] * landscape.size
        if direction @ ((outside - inside) / landscape.size**2) < 0:
            direction = -direction
        with np.errstate(all="ignore"):
            reach = np.where(direction > 0, high - here, low - here) / direction
        reach = reach[np.isfinite(reach)]
        if not len(reach):
            return here
        spot = project(landscape, (here + direction * reach.min())[None], steps=20)
        here = spot.x[0] if spot.defined[0] else here
    return np.clip(here, low, high)


def described(landscape: Landscape, points: Array, closed: bool) -> CriticalCurve:
    """The curve with its loss and traces, from its vertices."""
    jet = landscape.sample(points[:, 0], points[:, 1])
    trace = jet.f_uu + jet.f_vv
    tolerance = 1e-7 * np.nanmax(np.abs(trace))
    nature = "shelf"
    if tolerance > 0 and (trace >= tolerance).all():
        nature = "valley"
    elif tolerance > 0 and (trace <= -tolerance).all():
        nature = "ridge"
    spots = landscape.spots(points)
    with np.errstate(all="ignore"):
        steps = np.linalg.norm(newton(spots) * landscape.size, axis=-1)
    error = float(np.nanmax(steps, initial=0.0) + np.linalg.norm(landscape.rounding(points).max() * landscape.size))
    return CriticalCurve(points, closed, nature, float(np.nanmedian(jet.f)), trace, error)


def newton(spots: Spots) -> Array:
    """The remaining steps towards a curve, scaled, shape (n, 2); zero where nothing is defined."""
    from curvlib.critical.landscape import newton_step

    step = np.zeros_like(spots.gradient)
    step[spots.defined] = newton_step(spots.gradient[spots.defined], spots.hessian[spots.defined], kept=0.1)
    return step
