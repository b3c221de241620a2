"""A straight-line program: the nodes of some results in the order in which to compute them, each
with the place it lives in.

What depends on u alone is one row of values, what depends on v alone one column, what depends on
parameters alone a number; only the rest is work on the plane. For exp(-c*u)*sin(v), with
`program({"f": …}).listing()`:

    0  parameter  c
    1  u          u
    2  u          mul(0, 1)
    3  u          neg(2)
    4  u          exp(3)
    5  v          v
    6  v          sin(5)
    7  plane      mul(4, 6)      → f
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from curvlib.curvature.measures import FURTHER
from curvlib.language.nodes import Node, U, V, in_order

PLANE = U | V
PLACES = {0: "parameter", U: "u", V: "v", PLANE: "plane"}


class Step(NamedTuple):
    """One operation; `args` are the numbers of earlier steps, `value` is that of a number or the
    name of a symbol.
    """

    op: str
    args: tuple[int, ...]
    value: float | str | None
    place: int


@dataclass(frozen=True)
class Program:
    """Steps in order, and which of them are the results."""

    steps: tuple[Step, ...]
    outputs: Mapping[str, int]

    @cached_property
    def last_use(self) -> tuple[int, ...]:
        """The last step that reads each step; the program's length for results."""
        last = list(range(len(self.steps)))
        for i, step in enumerate(self.steps):
            for arg in step.args:
                last[arg] = i
        for i in self.outputs.values():
            last[i] = len(self.steps)
        return tuple(last)

    @cached_property
    def uses(self) -> tuple[int, ...]:
        """The number of times each step is read, by steps and as a result."""
        count = [0] * len(self.steps)
        for step in self.steps:
            for arg in step.args:
                count[arg] += 1
        for i in self.outputs.values():
            count[i] += 1
        return tuple(count)

    @cached_property
    def scalars(self) -> tuple[int, ...]:
        """The steps that depend on parameters alone."""
        return tuple(i for i, step in enumerate(self.steps) if step.place == 0)

    @property
    def further(self) -> tuple[str, ...]:
        """The results that are measures of `FURTHER`, in order."""
        return tuple(name for name in self.outputs if name in FURTHER)

    def listing(self) -> str:
        """The program as text, for reading."""
        names: dict[int, str] = {}
        for name, i in self.outputs.items():
            names[i] = f"{names[i]}, {name}" if i in names else name
        lines = []
        for i, step in enumerate(self.steps):
            body = f"{step.op}({', '.join(map(str, step.args))})" if step.args else f"{step.value}"
            lines.append(f"{i:4}  {PLACES[step.place]:9}  {body:28}" + (f"→ {names[i]}" if i in names else ""))
        return "\n".join(line.rstrip() for line in lines)


def program(results: Mapping[str, Node], order: Callable[[list[Node]], list[Node]] = list) -> Program:
    """The program that computes the named nodes of one graph: first what lives on the axes, then
    what lives on the plane.

    Args:
        results: the nodes by name.
        order: puts the nodes on the plane, which come in the order of the results, in another order
            with operands first.
    """
    number: dict[Node, int] = {}
    steps: list[Step] = []
    nodes = in_order(results.values())
    on_plane = order([node for node in nodes if node.depends & PLANE == PLANE])
    for node in [node for node in nodes if node.depends & PLANE != PLANE] + on_plane:
        number[node] = len(steps)
        steps.append(Step(node.op, tuple([number[arg] for arg in node.args]), node.value, node.depends & PLANE))
    return Program(tuple(steps), {name: number[node] for name, node in results.items()})
