"""Remarks about a ball, in sentences fit to show."""

from collections.abc import Iterator

import numpy as np

from curvlib.arrays import Bools, Floats
from curvlib.balls.cut import CONJUGATE, ENDS, Cut
from curvlib.geodesics.endings import DOMAIN, EDGE, KINK, SHARP, SINGULAR, UNFINISHED
from curvlib.geodesics.fan import Fan

UNSURE = 2e-3
"""The miss of Gauss and Bonnet from which on the cut locus is called unsure."""

UNCERTAIN = 1e-3
"""The relative error of the volume from which on it is said: the width of a curve on a picture."""

DOUBT = "Either f is not smooth inside the ball, or the shortest ways separate in slivers finer than the rays."

ENDINGS = {
    DOMAIN: "The domain of f ends nearby: {share} of the directions leave it, the first at r = {first:.4g}.",
    EDGE: "The graph ends in a vertical edge: {share} of the directions meet it, the first at r = {first:.4g}.",
    SINGULAR: (
        "f is not smooth everywhere: {share} of the directions run into a point without derivatives, "
        "the first at r = {first:.4g}."
    ),
    KINK: (
        "A kink of f stops the rays, or a jump of its second derivatives does: "
        "it may carry curvature that S does not show. "
        "{share} of the directions meet it, the first at r = {first:.4g}."
    ),
    SHARP: "f bends so sharply at the center that {share} of the directions cannot be followed.",
    UNFINISHED: (
        "The integration was given up in {share} of the directions, the first at r = {first:.4g}, "
        "because it took too many steps."
    ),
}


def notes(fan: Fan, state: Cut, radii: Floats, errors: Floats, euler: Floats, undefined: bool) -> tuple[str, ...]:
    """The sentences, most important first."""
    if undefined:
        return (
            "At this point f is not twice differentiable, so no geodesic starts there and there is no ball: "
            "move the center a little.",
        )
    return tuple(_sentences(fan, state, radii, errors, euler))


def _sentences(fan: Fan, state: Cut, radii: Floats, errors: Floats, euler: Floats) -> Iterator[str]:
    reached = state.times <= radii[-1]
    ends, cuts = reached & (state.kind == ENDS), reached & (state.kind != ENDS)
    stopped = fan.rays.stopped
    for why, sentence in ENDINGS.items():
        if (hit := ends & (stopped == why)).any():
            yield sentence.format(share=_share(hit), first=state.times[hit].min())
    if ends.any():
        yield f"Beyond r = {state.times[ends].min():.4g} the volume is a lower bound: it counts what is certain."
    if (ends & (stopped == KINK)).any() and any("has a kink" in words for words in fan.where.kinks):
        yield "To round a kink off, write √(u² + ε²) for |u|, and for relu(u) half of u + √(u² + ε²)."
    if (tips := cuts & (state.kind == CONJUGATE) & (stopped == SINGULAR)).any():
        first = state.times[tips].min()
        yield f"A ray runs into a tip of the graph at r = {first:.4g}; the rays on either side meet behind it."
    if cuts.any():
        yield (
            f"Up to r = {state.times[cuts].min():.4g} no two of these geodesics meet; "
            "beyond, points that are reached twice are counted once."
        )
    yield from _topology(radii, euler)
    unsure = np.nonzero(np.abs(euler - np.round(euler)) > UNSURE)[0]
    if len(unsure):
        r, miss = radii[unsure[0]], np.abs(euler - np.round(euler))[unsure].max()
        yield f"From r = {r:.4g} on Gauss and Bonnet miss a whole number by up to {miss:.2g}. {DOUBT}"
    relative = errors / (np.pi * radii**2)
    if relative.max() > UNCERTAIN:
        yield f"The volume is uncertain by up to {100 * relative.max():.2g} %."


def _topology(radii: Floats, euler: Floats) -> Iterator[str]:
    sure = np.abs(euler - np.round(euler)) <= UNSURE
    holes = np.where(sure, 1 - np.round(euler), 0)
    if (holes > 0).any():
        with_holes = radii[holes > 0]
        what = "a hole" if holes.max() == 1 else "holes"
        yield (
            f"Between r = {with_holes[0]:.4g} and {with_holes[-1]:.4g} the ball has {what}: "
            "it has closed around something it has not covered."
        )


def _share(hit: Bools) -> str:
    share = 100 * hit.mean()
    return "all" if hit.all() else "one" if hit.sum() == 1 else f"{share:.0f} %" if share >= 1 else "under 1 %"
