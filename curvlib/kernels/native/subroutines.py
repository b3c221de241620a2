"""Functions of their own in the generated text:
the C library lane by lane, and on the axes whatever is long.
"""

from collections.abc import Callable

from curvlib.kernels.native.writer import Writer

BRIEF = "noinline optnone"
"""The attributes for LLVM of functions whose compiling takes longer than running them."""


def lane_by_lane(w: Writer, name: str, *args: str) -> str:
    """A function of the C library on each lane."""
    w.called.add(name)
    w.declared[name] = f"declare double @{name}({', '.join(['double'] * len(args))})"
    return _called(w, f"lanes_{name}", "noinline", lambda inner, *given: _lanes(inner, name, *given), *args)


def by_function(w: Writer, name: str, written: Callable[..., str], *args: str) -> str:
    """The text that `written` writes; compiled quickly rather than well, for the axes."""
    return _called(w, f"own_{name}", BRIEF, written, *args)


def _called(w: Writer, name: str, how: str, written: Callable[..., str], *args: str) -> str:
    """A call of a function that is compiled once."""
    if name not in w.declared:
        inner, given = Writer(w.width, w.has_scale), [f"%a{k}" for k in range(len(args))]
        inner.start("entry")
        inner.line(f"ret {w.numbers} {written(inner, *given)}")
        parameters = ", ".join(f"{w.numbers} {one}" for one in given)
        w.declared |= inner.declared | {
            name: f"define internal {w.numbers} @{name}({parameters}) {how} {{\n{inner.text()}\n}}"
        }
        w.called |= inner.called
    return w.let(f"call {w.numbers} @{name}({', '.join(f'{w.numbers} {arg}' for arg in args)})")


def _lanes(w: Writer, name: str, *args: str) -> str:
    for k, arg in enumerate(args):
        w.line(f"%m{k} = alloca {w.numbers}")
        w.line(f"store {w.numbers} {arg}, ptr %m{k}")
    w.open_loop("j", "0")
    places = [w.let(f"getelementptr double, ptr %m{k}, i64 %j") for k in range(len(args))]
    lane = [w.read(f"load double, ptr {place}") for place in places]
    value = w.read(f"call double @{name}({', '.join(f'double {one}' for one in lane)})")
    w.line(f"store double {value}, ptr {places[0]}")
    w.close_loop("j", str(w.width))
    return w.read(f"load {w.numbers}, ptr %m0")
