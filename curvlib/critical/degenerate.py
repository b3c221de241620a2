"""Curves of degenerate points: separated from isolated ones, ordered, and cut at the border."""

from dataclasses import dataclass

import numpy as np

from curvlib.critical.points import Inspected, distinct
from curvlib.critical.polish import Polished, project
from curvlib.critical.results import CriticalCurve
from curvlib.critical.window import Array, ScaledWindow, Spots

STRIDE = 1 / 160
"""The scaled distance between the vertices of a curve."""

LEVEL = 1e-14
"""A gradient this small compared with the Hessian is zero apart from rounding."""

SAME_HEIGHT = 1e-7
"""The most that f may change between vertices, relative to its size."""

FAINT = 1e-6
"""A gradient smaller than this compared with the Hessian may be the result of rounding."""

MAX_VERTICES = 4000
"""Vertices of a curve at most."""

MAX_CURVES = 200
"""Curves at most."""


@dataclass(frozen=True, slots=True)
class Trace:
    """Vertices in order, and each end: "closed", "left" (the window), "broke off" or "faded"."""

    points: Array
    ends: tuple[str, str]

    @property
    def closed(self) -> bool:
        return "closed" in self.ends


@dataclass(frozen=True)
class Tracker:
    """Follows curves of degenerate points through a cloud of points that lie on them.

    Attributes:
        landscape: where.
        cloud: points on the curves, shape (n, 2), sorted by u.
        stiffness: what second derivatives near the curves amount to, the scale for `LEVEL`.
        noise: what the gradient amounts to where it vanishes.
    """

    landscape: ScaledWindow
    cloud: Array
    stiffness: float
    noise: float

    def traces(self) -> list[Trace]:
        """Every curve once."""
        tangents = across(normals(self.landscape, self.cloud))
        fresh = np.ones(len(self.cloud), dtype=bool)
        found: list[Trace] = []
        while fresh.any() and len(found) < MAX_CURVES:
            start = int(fresh.argmax())
            ahead, end = self._walk(start, tangents[start], tangents, fresh)
            behind, other_end = ([], end) if end == "closed" else self._walk(start, -tangents[start], tangents, fresh)
            found.append(Trace(np.array([*behind[::-1], self.cloud[start], *ahead]), (end, other_end)))
        return found

    def _walk(self, start: int, direction: Array, tangents: Array, fresh: Array) -> tuple[list[Array], str]:
        """Goes from point to point of the cloud, over gaps by projection; says how it ended."""
        begin = here = self.cloud[start]
        self._absorb(here, fresh)
        path: list[Array] = []
        while len(path) < MAX_VERTICES and self.landscape.contains(here, margin=2 * STRIDE):
            if (
                len(path) > 3
                and self.landscape.distance(here, begin) < 1.5 * STRIDE
                and direction @ ((begin - here) / self.landscape.size) > 0
            ):
                return path, "closed"
            near = self._next_in_cloud(here, direction, fresh)
            there = self._next_by_projection(here, direction, STRIDE) if near is None else self.cloud[near]
            if there is None:
                return self._to_the_end(path, here, direction)
            tangent = self._tangent(there) if near is None else tangents[near]
            direction = tangent if tangent @ direction > 0 else -tangent
            path.append(there)
            here = there
            self._absorb(here, fresh)
        return path, "left"

    def _next_in_cloud(self, here: Array, direction: Array, fresh: Array) -> int | None:
        near = self._near(here)
        offset = (self.cloud[near] - here) / self.landscape.size
        length = np.sqrt(offset[:, 0] ** 2 + offset[:, 1] ** 2)
        ahead = np.flatnonzero(fresh[near] & (length < 1.8 * STRIDE) & (offset @ direction > 0.9 * length))
        return near.start + int(ahead[np.abs(length[ahead] - STRIDE).argmin()]) if len(ahead) else None

    def _near(self, here: Array) -> slice:
        """The part of the cloud within two strides in u."""
        reach = 2 * STRIDE * self.landscape.size[0]
        return slice(*(int(i) for i in np.searchsorted(self.cloud[:, 0], (here[0] - reach, here[0] + reach))))

    def _absorb(self, here: Array, fresh: Array) -> None:
        near = self._near(here)
        fresh[near] &= self.landscape.distance(self.cloud[near], here) >= 0.7 * STRIDE

    def _next_by_projection(self, here: Array, direction: Array, stride: float) -> Array | None:
        spot = self._beside(here, stride * direction)
        offset = (spot.x[0] - here) / self.landscape.size
        length = np.linalg.norm(offset)
        forward = spot.defined[0] and 0.3 * stride < length < 2 * stride and offset @ direction > 0.7 * length
        return spot.x[0] if forward and self.is_level(spot)[0] else None

    def _to_the_end(self, path: list[Array], here: Array, direction: Array) -> tuple[list[Array], str]:
        """Continues by shorter and shorter strides to where the curve breaks off;
        "faded" if the gradient only grows out of rounding there.

        An analytic curve ends at the border, in a crossing, or where f is undefined or has a kink.
        A valley whose floor sinks ever more slowly looks like one of degenerate points as far as
        floating point can see, and fades in where it cannot.
        """
        for halvings in range(1, 7):
            there = self._next_by_projection(here, direction, STRIDE / 2**halvings)
            if there is not None:
                path.append(there)
                here = there
        beyond = self._beside(here, 0.5 * STRIDE * direction)
        crossing = self.landscape.distance(self.cloud[self._near(here)], here) < 2 * STRIDE
        faint = beyond.defined[0] and np.linalg.norm(beyond.gradient[0]) < FAINT * self.stiffness
        return path, "faded" if faint and crossing.sum() < 6 else "broke off"

    def _beside(self, here: Array, step: Array) -> Spots:
        return project(
            self.landscape, self.landscape.moved(here, step)[None], across(step[None]) / np.linalg.norm(step), steps=25
        )[0]

    def is_level(self, spots: Spots) -> Array:
        """True if the gradient is zero apart from rounding."""
        return np.linalg.norm(spots.gradient, axis=-1) <= LEVEL * self.stiffness + self.noise

    def _tangent(self, x: Array) -> Array:
        return across(normals(self.landscape, x[None]))[0]


def across(normal: Array) -> Array:
    """Directions at a right angle to those given, shape (n, 2)."""
    return np.stack([-normal[:, 1], normal[:, 0]], axis=-1)


def normals(landscape: ScaledWindow, x: Array) -> Array:
    """Directions, scaled, in which H is largest near points on curves, shape (n, 2)."""
    corners = 1e-5 * np.array([(1, 1), (1, -1), (-1, 1), (-1, -1), (0.5, 0)])
    hessians = landscape.spots(landscape.moved(x[:, None], corners).reshape(-1, 2)).hessian.reshape(-1, 5, 2, 2)
    hessians = np.nan_to_num(hessians)
    scale = np.maximum(np.abs(hessians).max(axis=(1, 2, 3)), 1e-300)[:, None, None, None]
    relative = hessians / scale
    return np.linalg.eigh((relative @ relative).sum(axis=1))[1][:, :, 1]


def on_curves(landscape: ScaledWindow, polished: Polished, inspected: Inspected) -> tuple[Array, Array]:
    """A mask of the points that are not isolated, and the stiffness of f around each.

    A point is on a curve if three strides on along the flat direction, on one side at least, the
    gradient is zero too.
    """
    n = len(polished.spots)
    tangent, normal = across(inspected.normal), inspected.normal
    away = 3 * STRIDE * np.stack([tangent, -tangent, normal, -normal], axis=1)
    spots = landscape.spots(landscape.moved(polished.spots.x[:, None], away).reshape(-1, 2))
    around = np.nan_to_num(np.abs(spots.hessian)).max(axis=(-1, -2)).reshape(n, 4).max(axis=1)
    stiffness = np.maximum(np.where(np.isfinite(around), around, 0), inspected.stiffness)
    ahead, _ = project(landscape, spots.x.reshape(n, 4, 2)[:, :2].reshape(-1, 2), np.repeat(normal, 2, axis=0))
    moved = landscape.distance(ahead.x.reshape(n, 2, 2), polished.spots.x[:, None])
    level = (
        np.linalg.norm(ahead.gradient, axis=-1).reshape(n, 2) <= (LEVEL * stiffness + _noise(polished.spots))[:, None]
    )
    return (level & (moved > STRIDE) & ahead.defined.reshape(n, 2)).any(axis=1), stiffness


def _noise(spots: Spots) -> Array:
    """A bound for the gradient's rounding, from its size where it should vanish; shape (n,)."""
    return 20 * np.linalg.norm(spots.gradient, axis=-1)


def traced(landscape: ScaledWindow, polished: Polished, stiffness: Array) -> list[Trace]:
    """The curves through a cloud of points on them, each once."""
    if not len(polished.spots):
        return []
    cloud = distinct(landscape, polished, radius=0.4 * STRIDE).spots.x
    cloud = cloud[np.argsort(cloud[:, 0])]
    return Tracker(landscape, cloud, float(np.median(stiffness)), float(np.median(_noise(polished.spots)))).traces()


def cut(landscape: ScaledWindow, trace: Trace) -> list[tuple[Array, bool]]:
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


def at_one_height(landscape: ScaledWindow, points: Array, closed: bool) -> list[tuple[Array, bool]]:
    """The curve in parts of constant f, which jumps where a curve runs over a step."""
    f = landscape.sample(points[:, 0], points[:, 1]).f
    jumps = np.flatnonzero(~(np.abs(np.diff(f)) <= SAME_HEIGHT * (1 + np.abs(f[1:])))) + 1
    if not len(jumps):
        return [(points, closed)]
    return [(part, False) for part in np.split(points, jumps) if len(part) > 1]


def _crossing(landscape: ScaledWindow, inside: Array, outside: Array) -> Array:
    """The point, exact to rounding, where the curve through two near points meets the border."""
    low, high = landscape.low, landscape.low + landscape.size
    here = inside
    for _ in range(4):
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


def described(landscape: ScaledWindow, points: Array, closed: bool) -> CriticalCurve:
    """The curve with its loss and traces, from its vertices."""
    jet = landscape.sample(points[:, 0], points[:, 1])
    trace = jet.f_uu + jet.f_vv
    tolerance = 1e-7 * np.nanmax(np.abs(trace))
    nature = "shelf"
    if tolerance > 0 and (trace >= tolerance).all():
        nature = "valley"
    elif tolerance > 0 and (trace <= -tolerance).all():
        nature = "ridge"
    _, steps = project(landscape, points, normals(landscape, points), steps=1)
    error = float((steps.max() + landscape.rounding(points).max()) * np.linalg.norm(landscape.size))
    return CriticalCurve(points, closed, nature, float(np.nanmedian(jet.f)), trace, error)
