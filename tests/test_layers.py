"""Imports run one way, low to high, and each layer keeps to itself.
A new module gets a place in `LAYERS`, or this fails.
"""

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

LAYERS = (
    "arrays errors given grid jobs",
    "language",  # the only place that sees a visitor's formula
    "curvature",  # the paper's formulas on arrays
    "kernels",
    "symbolic",  # derivatives, series and closed forms
    "evaluation",
    "intervals",  # bounds that are proved
    "presets sampled",
    "geodesics critical",
    "balls optimisers",
    "paper nets",
    "files",
    "__init__",  # the public face: names only
    "commandline __main__",
)
"""The modules and packages directly in curvlib, low to high;
a module imports from its own row and from those above it.
"""

ROOMS = "charts page results panel formula_box state landscape explorer lessons paper home".split()
"""The packages and modules directly in pages/ui, low to high:
each imports from itself and from those before it.
"""

HEAVY = "streamlit plotly pages sympy scipy numexpr llvmlite torch h5py pandas matplotlib multiprocessing".split()
"""What `import curvlib` does not load; each is imported by the function that needs it."""

FORBIDDEN = {
    *"eval exec compile __import__ sympify parse_expr lambdify pickle marshal shelve".split(),
    *"unsafe_allow_html allow_pickle".split(),
}
"""Names through which somebody's text or file could run as code."""

OF_ANY_DTYPE = {"curvlib/curvature/rational.py": "floats give floats, fractions give fractions"}
"""The modules whose types may leave the dtype of an array open, and why."""

NAMELESS = {"utils", "helpers", "misc", "common"}


def modules(*folders: str) -> list[str]:
    """Every Python file below the folders, as paths from the root."""
    return sorted(path.relative_to(ROOT).as_posix() for folder in folders for path in (ROOT / folder).rglob("*.py"))


LIBRARY = modules("curvlib")
PAGES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "pages").glob("*.py"))
SHARED_BY_PAGES = modules("pages/ui")
PRODUCT = ["app.py", *LIBRARY, *PAGES, *SHARED_BY_PAGES]


@cache
def tree(path: str) -> ast.Module:
    return ast.parse((ROOT / path).read_text())


def imports(path: str) -> set[str]:
    """The full names of what a file imports anywhere in it, inside functions and for
    annotations too.
    """
    return _imported(path, ast.walk(tree(path)))


def _imported(path: str, nodes: Iterable[ast.AST]) -> set[str]:
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(path, node)
            found.update(name if _is_module(name := f"{base}.{alias.name}") else base for alias in node.names)
    return found


def _absolute(path: str, node: ast.ImportFrom) -> str:
    package = Path(path).parent.parts
    above = package[: len(package) - node.level + 1] if node.level else ()
    return ".".join([*above, *([node.module] if node.module else [])])


def _is_module(name: str) -> bool:
    path = ROOT / name.replace(".", "/")
    return path.with_suffix(".py").exists() or path.is_dir()


def layer(name: str) -> int:
    """The row of LAYERS that `curvlib.x.y` belongs to; `curvlib` itself is its `__init__`."""
    part = [*name.split("."), "__init__"][1]
    rows = [row for row, names in enumerate(LAYERS) if part in names.split()]
    assert len(rows) == 1, f"{name} has no place in LAYERS of tests/test_layers.py: give it one"
    return rows[0]


def dotted(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


@pytest.mark.parametrize("path", LIBRARY)
def test_library_imports_from_its_own_layer_and_below(path):
    own = layer(dotted(path))
    above = {name for name in imports(path) if name.split(".")[0] == "curvlib" and layer(name) > own}
    assert not above, f"{path} imports from above its layer"


@pytest.mark.parametrize("path", SHARED_BY_PAGES)
def test_room_of_the_pages_imports_from_itself_and_the_rooms_below(path):
    own = room(dotted(path))
    above = {name for name in imports(path) if name.startswith("pages.ui.") and room(name) > own}
    assert not above, f"{path} imports from above its room"


def room(name: str) -> int:
    """The place in ROOMS of `pages.ui.x.y`."""
    part = name.split(".")[2]
    assert part in ROOMS, f"{name} has no place in ROOMS of tests/test_layers.py: give it one"
    return ROOMS.index(part)


@pytest.mark.parametrize("folder", ["curvlib", "pages/ui"])
def test_no_two_modules_have_one_name(folder):
    stems = [stem for path in modules(folder) if (stem := Path(path).stem) != "__init__"]
    assert sorted({stem for stem in stems if stems.count(stem) > 1}) == []


@pytest.mark.parametrize("folder", ["curvlib", "pages/ui"])
def test_no_two_classes_have_one_name(folder):
    classes = [
        node.name
        for path in modules(folder)
        for node in tree(path).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]
    assert sorted({name for name in classes if classes.count(name) > 1}) == []


def test_no_module_imports_itself_through_others():
    graph = {
        dotted(path): {name for name in imports(path) if name.split(".")[0] in ("curvlib", "pages")} for path in PRODUCT
    }
    TopologicalSorter(graph).prepare()  # CycleError names the circle


@pytest.mark.parametrize("path", LIBRARY)
def test_library_knows_no_interface(path):
    assert not {"streamlit", "plotly", "pages", "app"} & {name.split(".")[0] for name in imports(path)}


@pytest.mark.parametrize("path", SHARED_BY_PAGES)
def test_what_pages_share_knows_no_page(path):
    others = {name for name in imports(path) if name.split(".")[0] == "pages" and not name.startswith("pages.ui")}
    assert not others - {"pages"}


@pytest.mark.parametrize("path", PAGES)
def test_page_is_short_and_without_maths(path):
    assert len(lines(path)) <= 60
    assert not {"numpy", "math", "scipy", "sympy"} & {name.split(".")[0] for name in imports(path)}


@pytest.mark.parametrize("path", PRODUCT)
def test_module_fits_in_the_head(path):
    assert len(lines(path)) <= 250
    assert Path(path).stem not in NAMELESS
    assert not {f"{name} has {length} lines" for name, length in bodies(path) if length > 30}


def lines(path: str) -> list[str]:
    return (ROOT / path).read_text().splitlines()


def bodies(path: str) -> Iterator[tuple[str, int]]:
    """Each function of a file and the lines of its body;
    blank lines, comments and its docstring are not counted.
    """
    source = lines(path)
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            written = source[body[0].lineno - 1 : body[-1].end_lineno] if body else []
            yield node.name, sum(bool(line.strip()) and not line.lstrip().startswith("#") for line in written)


@pytest.mark.parametrize("path", PRODUCT)
def test_nothing_can_run_a_text_or_a_file_as_code(path):
    assert not FORBIDDEN & set(names(path))


def names(path: str) -> Iterator[str]:
    """The names that a file uses; but `re.compile` compiles no code, and a keyword
    switched off is off.
    """
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute) and node.attr != "compile":
            yield node.attr
        elif isinstance(node, ast.keyword) and ast.unparse(node.value) != "False":
            yield node.arg or ""
        elif isinstance(node, ast.alias):
            yield from node.name.split(".")


def test_importing_the_library_loads_nothing_heavy():
    probe = f"import sys, curvlib; print(*sorted({set(HEAVY)} & set(sys.modules)))"
    loaded = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {probe}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout.split() == []


def test_no_component_has_a_word_of_links_as_its_key():
    """Both lie in one session: setting the state of a link would unsay what the component said."""
    from pages.ui.landscape.formula_section import BOX
    from pages.ui.landscape.landscape_panel import KEY
    from pages.ui.state import link_values

    assert not {KEY, BOX} & set(link_values.READERS)


def test_public_list_is_explicit_and_true():
    import curvlib

    public = getattr(curvlib, "__all__", [])
    assert len(set(public)) == len(public) <= 20
    assert not [name for name in public if not hasattr(curvlib, name)]


@pytest.mark.parametrize("path", PRODUCT)
def test_type_of_an_array_says_its_dtype(path):
    assert set(without_dtype((ROOT / path).read_text())) == ({"NDArray[Any]"} if path in OF_ANY_DTYPE else set())


@pytest.mark.parametrize(
    "source",
    [
        "def f(x: np.ndarray): ...",
        "def f() -> tuple[float, np.ndarray | None]: ...",
        "def f(*, x: 'list[numpy.ndarray]' = ()): ...",
        "class A:\n    x: NDArray",
        "x: dict[str, npt.NDArray[Any]] = {}",
        "Array = np.ndarray",
        "Field = Callable[[ndarray], Floats]",
    ],
)
def test_type_of_an_array_without_a_dtype_is_found_wherever_it_stands(source):
    assert len(without_dtype(source)) == 1


@pytest.mark.parametrize("source", ["def f(x: NDArray[np.int8]): ...", "isinstance(x, np.ndarray)", "x: Floats"])
def test_types_that_say_the_dtype_and_checks_of_values_are_left_alone(source):
    assert without_dtype(source) == []


def without_dtype(source: str) -> list[str]:
    """The types of arrays that leave the dtype open, in annotations and in aliases;
    checks by `isinstance` are no types.
    """
    return [found for found in map(_open_type, _types(ast.parse(source))) if found]


def _open_type(node: ast.AST) -> str:
    match node:
        case ast.Name(id="ndarray" | "NDArray" as name) | ast.Attribute(attr="ndarray" | "NDArray" as name):
            return name
        case ast.Subscript(value=value, slice=ast.Name(id="Any")) if _open_type(value):
            return "NDArray[Any]"
    return ""


def _types(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a tree that may be types; NDArray[…] is one, not NDArray in it."""
    match node:
        case ast.Call(func=ast.Name(id="isinstance")):
            return
        case ast.Subscript(value=value, slice=inner) if _open_type(value) == "NDArray":
            yield node
            yield from _types(inner)
            return
        case ast.arg(annotation=ast.Constant(value=str(text))) | ast.FunctionDef(returns=ast.Constant(value=str(text))):
            yield from _types(ast.parse(text, mode="eval"))
        case ast.AnnAssign(annotation=ast.Constant(value=str(text))):
            yield from _types(ast.parse(text, mode="eval"))
    yield node
    for part in ast.iter_child_nodes(node):
        yield from _types(part)
