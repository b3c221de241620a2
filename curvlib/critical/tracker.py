"""Curves of degenerate points, followed from point to point."""

from dataclasses import dataclass

import numpy as np

from curvlib.arrays import Bools, Floats
from curvlib.critical.degenerate import LEVEL, STRIDE, across, noise, normals
from curvlib.critical.points import distinct
from curvlib.critical.polish import Polished, project
from curvlib.critical.window import ScaledWindow, Spots

FAINT = 1e-6
"""A gradient smaller than this compared with the Hessian may be the result of rounding."""

MAX_VERTICES = 4000
"""Vertices of a curve at most."""

MAX_CURVES = 200
"""Curves at most."""

THINNED = 0.4
"""Points of the cloud closer together than this, in strides, are one."""

NEXT, STRAIGHT = 1.8, 0.9
"""The farthest point of the cloud that may be the next vertex, in strides, and the least cosine of
the turn to it: a curve through it does not bend more within a stride.
"""

PASSED = 0.7
"""Points of the cloud nearer to a vertex than this, in strides, are behind it."""

SHORTEST, LONGEST, FORWARD = 0.3, 2, 0.7
"""The least and the most that a step over a gap may become by projection, in steps, and the least
cosine of its turn: else it has come to another curve.
"""

STRIDE_STEPS = 25
"""Newton steps at most of such a projection, which starts near."""

CLOSED = 1.5
"""The distance from its beginning, in strides, at which a curve has come round."""

LEAVE = 2
"""The strides that a curve is followed beyond the border: its crossing is interpolated."""

HALVINGS = 6
"""Halvings of the stride on the way to the end of a curve: to a sixty-fourth of it."""

CROWD, CROSSING = 2, 6
"""The distance, in strides, and the number of points of the cloud within it, by which curves that
cross are told from the end of one.
"""


@dataclass(frozen=True, slots=True)
class Trace:
    """Vertices in order, and each end: "closed", "left" (the window), "broke off" or "faded"."""

    points: Floats
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
    cloud: Floats
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

    def _walk(self, start: int, direction: Floats, tangents: Floats, fresh: Bools) -> tuple[list[Floats], str]:
        """Goes from point to point of the cloud, over gaps by projection; says how it ended."""
        begin = here = self.cloud[start]
        self._absorb(here, fresh)
        path: list[Floats] = []
        while len(path) < MAX_VERTICES and self.landscape.contains(here, margin=LEAVE * STRIDE):
            if (
                len(path) > 3
                and self.landscape.distance(here, begin) < CLOSED * STRIDE
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

    def _next_in_cloud(self, here: Floats, direction: Floats, fresh: Bools) -> int | None:
        near = self._near(here)
        offset = (self.cloud[near] - here) / self.landscape.size
        length = np.sqrt(offset[:, 0] ** 2 + offset[:, 1] ** 2)
        ahead = np.flatnonzero(fresh[near] & (length < NEXT * STRIDE) & (offset @ direction > STRAIGHT * length))
        return near.start + int(ahead[np.abs(length[ahead] - STRIDE).argmin()]) if len(ahead) else None

    def _near(self, here: Floats) -> slice:
        """The part of the cloud within `CROWD` strides in u."""
        reach = CROWD * STRIDE * self.landscape.size[0]
        return slice(*(int(i) for i in np.searchsorted(self.cloud[:, 0], (here[0] - reach, here[0] + reach))))

    def _absorb(self, here: Floats, fresh: Bools) -> None:
        near = self._near(here)
        fresh[near] &= self.landscape.distance(self.cloud[near], here) >= PASSED * STRIDE

    def _next_by_projection(self, here: Floats, direction: Floats, stride: float) -> Floats | None:
        spot = self._beside(here, stride * direction)
        offset = (spot.x[0] - here) / self.landscape.size
        length = np.linalg.norm(offset)
        forward = (
            spot.defined[0] and SHORTEST * stride < length < LONGEST * stride and offset @ direction > FORWARD * length
        )
        return spot.x[0] if forward and self.is_level(spot)[0] else None

    def _to_the_end(self, path: list[Floats], here: Floats, direction: Floats) -> tuple[list[Floats], str]:
        """Continues by shorter and shorter strides to where the curve breaks off;
        "faded" if the gradient only grows out of rounding there.

        An analytic curve ends at the border, in a crossing, or where f is undefined or has a kink.
        A valley whose floor sinks ever more slowly looks like one of degenerate points as far as
        floating point can see, and fades in where it cannot.
        """
        for halvings in range(1, HALVINGS + 1):
            there = self._next_by_projection(here, direction, STRIDE / 2**halvings)
            if there is not None:
                path.append(there)
                here = there
        beyond = self._beside(here, STRIDE / 2 * direction)
        crossing = self.landscape.distance(self.cloud[self._near(here)], here) < CROWD * STRIDE
        faint = beyond.defined[0] and np.linalg.norm(beyond.gradient[0]) < FAINT * self.stiffness
        return path, "faded" if faint and crossing.sum() < CROSSING else "broke off"

    def _beside(self, here: Floats, step: Floats) -> Spots:
        return project(
            self.landscape,
            self.landscape.moved(here, step)[None],
            across(step[None]) / np.linalg.norm(step),
            steps=STRIDE_STEPS,
        )[0]

    def is_level(self, spots: Spots) -> Bools:
        """True if the gradient is zero apart from rounding."""
        return np.linalg.norm(spots.gradient, axis=-1) <= LEVEL * self.stiffness + self.noise

    def _tangent(self, x: Floats) -> Floats:
        return across(normals(self.landscape, x[None]))[0]


def traced(landscape: ScaledWindow, polished: Polished, stiffness: Floats) -> list[Trace]:
    """The curves through a cloud of points on them, each once."""
    if not len(polished.spots):
        return []
    cloud = distinct(landscape, polished, radius=THINNED * STRIDE).spots.x
    cloud = cloud[np.argsort(cloud[:, 0])]
    return Tracker(landscape, cloud, float(np.median(stiffness)), float(np.median(noise(polished.spots)))).traces()
