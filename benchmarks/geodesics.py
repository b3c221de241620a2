"""Geodesic balls and distances against mesh and fast-marching packages: accuracy and CPU time, all
in one interleaved run.

    python -m pip install pygeodesic potpourri3d scikit-fmm
    OPENBLAS_NUM_THREADS=1 python -m benchmarks.geodesics

Each method measures the balls of twenty radii around one point; those that give distances on a mesh
get the area of {d < r} by linear interpolation on its triangles. The truth is a closed form. Times
are process CPU, the median of some rounds in which the methods take turns; read the ratios.
scikit-fmm knows isotropic speeds only, so it gets the sphere in stereographic coordinates, where
the metric is one. agd installs, but its solvers on a CPU are a binary that does not come with it.
Packages that are not installed are left out.
"""

import importlib.util
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from curvlib.balls.ball import geodesic_ball
from curvlib.evaluation.jets import jet
from curvlib.language.grammar import parse

ROUNDS = 5
SIDE = 101
GAUSS = np.polynomial.legendre.leggauss(120)


@dataclass(frozen=True)
class Case:
    """A graph, a point, radii, and the true volumes; the window is what a mesh has to cover."""

    name: str
    text: str
    center: tuple[float, float]
    radii: np.ndarray
    window: tuple[float, float, float, float]
    truth: np.ndarray
    conformal: bool = False


def sphere() -> Case:
    """A cap of the sphere of radius 2, before anything is cut."""
    radii = np.linspace(0.1, 2.0, 20)
    return Case(
        "sphere",
        "sqrt(4 - u^2 - v^2)",
        (0.0, 0.0),
        radii,
        (-1.75, 1.75, -1.75, 1.75),
        8 * np.pi * (1 - np.cos(radii / 2)),
        conformal=True,
    )


def horn() -> Case:
    """The pseudosphere, where the ball closes around the axis at r = 0.914."""
    y, radii = 3.0, np.linspace(0.05, 1.0, 20)
    a, b = y * np.cosh(radii), y * np.sinh(radii)
    reach = np.arcsin(np.minimum(1, np.pi / b))
    half = b[:, None] * np.cos(reach[:, None] * GAUSS[0])
    truth = reach * ((2 * half**2 / (a[:, None] ** 2 - half**2)) @ GAUSS[1])
    text = "log((1 + sqrt(1 - u^2 - v^2))/sqrt(u^2 + v^2)) - sqrt(1 - u^2 - v^2)"
    return Case("pseudosphere, beyond the cut locus", text, (1 / y, 0.0), radii, (-0.999, 0.999, -0.999, 0.999), truth)


def polar(n: int, tolerance: float = 1e-10) -> Callable[[Case], np.ndarray]:
    return lambda case: (
        geodesic_ball(parse(case.text), case.center, case.radii, n_rays=n, accuracy=np.inf, tolerance=tolerance).volumes
    )


def mesh(case: Case) -> tuple[np.ndarray, np.ndarray, int]:
    """Points (n, 3) and triangles of the graph on SIDE² points, moved so that one of them is the
    center, and its number.
    """
    u0, u1, v0, v1 = case.window
    u, v = np.meshgrid(np.linspace(u0, u1, SIDE), np.linspace(v0, v1, SIDE))
    source = int(np.argmin((u - case.center[0]) ** 2 + (v - case.center[1]) ** 2))
    u, v = u + case.center[0] - u.flat[source], v + case.center[1] - v.flat[source]
    f = jet(parse(case.text), u, v).f
    k = np.arange(SIDE * SIDE).reshape(SIDE, SIDE)
    a, b, c, d = (part.ravel() for part in (k[:-1, :-1], k[:-1, 1:], k[1:, :-1], k[1:, 1:]))
    faces = np.concatenate([np.stack([a, b, d], 1), np.stack([a, d, c], 1)])
    defined = np.isfinite(f.ravel())
    faces = faces[defined[faces].all(axis=1)]
    used = np.unique(faces)
    number = np.cumsum(np.isin(np.arange(SIDE * SIDE), used)) - 1
    return np.stack([u, v, f], axis=-1).reshape(-1, 3)[used], number[faces], int(number[source])


def areas_within(points: np.ndarray, faces: np.ndarray, d: np.ndarray, radii: np.ndarray) -> np.ndarray:
    """The area of {d < r} for d linear on each triangle."""
    corners = points[faces]
    area = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1) / 2
    low, middle, high = np.sort(d[faces], axis=1).T
    return np.array([(area * _share(low, middle, high, r)).sum() for r in radii])


def _share(low: np.ndarray, middle: np.ndarray, high: np.ndarray, r: float) -> np.ndarray:
    with np.errstate(all="ignore"):
        rising = (r - low) ** 2 / ((middle - low) * (high - low))
        falling = 1 - (high - r) ** 2 / ((high - middle) * (high - low))
    return np.where(r <= low, 0.0, np.where(r >= high, 1.0, np.where(r < middle, rising, falling)))


def polyhedral(case: Case) -> np.ndarray:
    import pygeodesic.geodesic as peer

    points, faces, source = mesh(case)
    d, _ = peer.PyGeodesicAlgorithmExact(points, faces).geodesicDistances(np.array([source]), None)
    return areas_within(points, faces, d, case.radii)


def heat(case: Case) -> np.ndarray:
    import potpourri3d as peer

    points, faces, source = mesh(case)
    return areas_within(
        points, faces, peer.MeshHeatMethodDistanceSolver(points, faces).compute_distance(source), case.radii
    )


def mesh_marching(case: Case) -> np.ndarray:
    import potpourri3d as peer

    points, faces, source = mesh(case)
    d = peer.MeshFastMarchingDistanceSolver(points, faces).compute_distance([[(source, [])]], sign=False)
    return areas_within(points, faces, np.asarray(d), case.radii)


def marching(case: Case) -> np.ndarray | None:
    """scikit-fmm of order 2, on the sphere only:
    distance from the south pole with ds = 2a |dx|/(1 + |x|²).
    """
    import skfmm

    if not case.conformal:
        return None
    a = 2.0
    x, h = np.linspace(-0.62, 0.62, SIDE, retstep=True)
    u, v = np.meshgrid(x, x)
    rho = np.hypot(u, v)
    near = 4 * h
    d = near_distance(a, near) + skfmm.travel_time(rho - near, (1 + rho**2) / (2 * a), dx=float(h), order=2)
    d = np.where(rho < near, near_distance(a, rho), d)
    points = np.stack(
        [2 * a * u / (1 + rho**2), 2 * a * v / (1 + rho**2), a * (rho**2 - 1) / (1 + rho**2)], axis=-1
    ).reshape(-1, 3)
    k = np.arange(SIDE * SIDE).reshape(SIDE, SIDE)
    corner = [part.ravel() for part in (k[:-1, :-1], k[:-1, 1:], k[1:, :-1], k[1:, 1:])]
    faces = np.concatenate(
        [np.stack([corner[0], corner[1], corner[3]], 1), np.stack([corner[0], corner[3], corner[2]], 1)]
    )
    return areas_within(points, faces, np.asarray(d).ravel(), case.radii)


def near_distance(a: float, rho: np.ndarray | float) -> np.ndarray:
    return 2 * a * np.arctan(rho)


METHODS: dict[str, tuple[str, Callable[[Case], np.ndarray | None]]] = {
    "curvlib, 256 rays": ("numpy", polar(256)),
    "curvlib, 128 rays, preview": ("numpy", polar(128, 1e-7)),
    "curvlib, 512 rays": ("numpy", polar(512)),
    f"pygeodesic, exact polyhedral {SIDE}²": ("pygeodesic", polyhedral),
    f"potpourri3d, heat {SIDE}²": ("potpourri3d", heat),
    f"potpourri3d, mesh fast marching {SIDE}²": ("potpourri3d", mesh_marching),
    f"scikit-fmm, order 2, {SIDE}²": ("skfmm", marching),
}


def main() -> None:
    methods = {name: run for name, (package, run) in METHODS.items() if importlib.util.find_spec(package)}
    for case in (sphere(), horn()):
        # the first call compiles, imports and fills caches
        results = {name: run(case) for name, run in methods.items()}
        known = [name for name, volumes in results.items() if volumes is not None]
        times: dict[str, list[float]] = {name: [] for name in known}
        for _ in range(ROUNDS):
            for name in known:
                start = time.process_time()
                methods[name](case)
                times[name].append(time.process_time() - start)
        base = statistics.median(times[known[0]])
        print(f"\n{case.name}: {len(case.radii)} radii, error of the volume relative to πr² at the largest radius")
        for name in known:
            error = np.abs(results[name] - case.truth).max() / (np.pi * case.radii[-1] ** 2)
            spent = statistics.median(times[name])
            print(f"  {name:42} error {error:8.1e}   CPU {1e3 * spent:8.1f} ms   × {spent / base:6.2f}")
    _speed()


def _speed() -> None:
    """The target: Example 3.1, 256 rays and 100 radii under 50 ms, a preview under 15 ms."""
    loss, radii = parse("exp(-c*u)*sin(u)*sin(v)"), np.linspace(0.03, 3.0, 100)
    print("\nExample 3.1, c = 0.1, around (1.2, 0.9), 100 radii up to 3")
    for name, n, tolerance in (("256 rays", 256, 1e-10), ("128 rays, preview", 128, 1e-7)):
        times = []
        for _ in range(2 * ROUNDS + 1):
            start = time.process_time()
            geodesic_ball(loss, (1.2, 0.9), radii, {"c": 0.1}, n_rays=n, accuracy=np.inf, tolerance=tolerance)
            times.append(time.process_time() - start)
        print(f"  {name:42} CPU {1e3 * statistics.median(times[1:]):8.1f} ms (least {1e3 * min(times[1:]):.1f})")


if __name__ == "__main__":
    main()
