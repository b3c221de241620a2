"""What the files around the code say of each other is true."""

import ast
import doctest
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PAPERS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
OURS = {"curvlib", "pages", "app", "tests", "benchmarks"}
DISTRIBUTION = {"yaml": "pyyaml", "PIL": "pillow"}


def text(name: str) -> str:
    return (ROOT / name).read_text()


def tracked() -> list[Path]:
    """The files of the repository; outside a clone there is nothing to say."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listing.returncode:
        pytest.skip("not a git clone")
    return [ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


def pins(name: str) -> dict[str, str]:
    """Package → exact version, of a requirements file or a lock."""
    return dict(re.findall(r"^([a-zA-Z0-9_.-]+)==([\w.]+)", text(name), re.MULTILINE))


def requirement_lines(name: str) -> list[str]:
    return [line for line in text(name).splitlines() if line and line[0] not in "#-"]


# --- pins


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_each_requirement_is_exact_and_says_why_it_is_there(name):
    for line in requirement_lines(name):
        assert re.fullmatch(r"[a-z0-9-]+==[\d.]+ +# .+", line), line


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_lock_holds_what_the_requirements_ask_for(name):
    assert pins(f"{name}.txt").items() <= pins(f"{name}.lock").items(), "run: make lock"


def test_tests_run_on_the_versions_that_are_served():
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items(), "run: make lock"


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_is_hashed_and_names_no_registry(name):
    assert "://" not in text(name)
    entries = re.split(r"\n(?=[a-z])", text(name).split("make lock\n", 1)[1])
    assert all("--hash=sha256:" in entry for entry in entries)


def test_extras_name_the_versions_that_were_tested():
    for requirement in PROJECT["project"]["optional-dependencies"]["app"]:
        name, version = requirement.split("==")
        assert pins("requirements.txt")[name] == version


def test_library_depends_only_on_what_the_app_pins():
    wanted = {re.split(r"[<>=!~]", requirement)[0] for requirement in PROJECT["project"]["dependencies"]}
    assert wanted <= pins("requirements.txt").keys()


def imported(*folders: str) -> set[str]:
    """The distributions that the code in these folders imports, wherever it does."""
    nodes = [
        node
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
    ]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    tops = {name.split(".")[0] for name in names} - OURS - set(sys.stdlib_module_names)
    return {DISTRIBUTION.get(top, top) for top in tops}


def test_library_imports_what_it_declares():
    declared = PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["native"]
    assert imported("curvlib") <= {re.split(r"[<>=!~]", requirement)[0] for requirement in declared}


def test_app_and_tests_import_what_is_pinned():
    """Selenium drives WebKitGTK in `make nightly`, and is installed for that alone."""
    assert imported("pages") <= pins("requirements.txt").keys()
    assert (
        imported("tests") - {"llvmlite", "selenium"}
        <= pins("requirements.txt").keys() | pins("requirements-dev.txt").keys()
    )


# --- the papers: README, docs


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_examples_in_the_papers_are_true(paper):
    # a fence ends what an example is expected to print
    code = re.sub(r"^```.*$", "", paper.read_text(), flags=re.MULTILINE)
    example = doctest.DocTestParser().get_doctest(code, {}, paper.name, str(paper), 0)
    results = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE).run(example)
    assert results.failed == 0


@pytest.mark.parametrize("paper", [*PAPERS, ROOT / "CHANGELOG.md"], ids=lambda path: path.name)
def test_links_inside_the_papers_lead_somewhere(paper):
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", paper.read_text()):
        assert "://" in target or (paper.parent / target).exists(), target


def commands(paper: str) -> list[str]:
    """The lines of the shell examples of a paper, without what follows a `#`."""
    blocks = re.findall(r"^```sh\n(.*?)^```", text(paper), re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if shlex.split(line, comments=True)]


def test_make_knows_every_target_the_papers_name():
    rules = re.findall(r"^([a-z][a-z -]*):", text("Makefile"), re.MULTILINE)
    targets = {target for rule in rules for target in rule.split()}
    shown = [" ".join(re.findall(r"```.*?```|`[^`\n]+`", paper.read_text(), re.DOTALL)) for paper in PAPERS]
    named = {target for code in shown for target in re.findall(r"\bmake ([a-z]+(?:-[a-z]+)*)", code)}
    assert {"run", "test"} <= named <= targets


@pytest.mark.parametrize("command", [line for line in commands("README.md") if line.startswith("python -m curvlib")])
def test_terminal_examples_of_the_readme_run(command, tmp_path):
    words = shlex.split(command, comments=True)[1:]
    done = subprocess.run(
        [sys.executable, *words],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_changelog_has_an_entry_for_this_version():
    version = PROJECT["project"]["version"]
    assert re.search(rf"^## \[(Unreleased|{re.escape(version)})\]", text("CHANGELOG.md"), re.MULTILINE)


# --- the container, the server


def test_container_installs_the_hashed_lock_and_runs_as_nobody():
    recipe = text("Dockerfile")
    assert "--require-hashes" in recipe
    assert re.search(r"^USER \d+:\d+$", recipe, re.MULTILINE)
    assert re.search(r'^ENTRYPOINT \["', recipe, re.MULTILINE)
    assert "/_stcore/health" in recipe
    assert "read_only: true" in text("compose.yaml")


def test_server_settings_keep_to_themselves():
    settings = tomllib.loads(text(".streamlit/config.toml"))
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["client"]["showErrorDetails"] == "none"
    assert settings["client"]["showErrorLinks"] is False
    assert settings["server"]["enableXsrfProtection"] is True
    assert settings["server"]["allowedHosts"]
    assert not {"enableStaticServing", "enableAgentApi"} & {name for name, value in settings["server"].items() if value}


def test_every_server_setting_is_one_that_streamlit_has():
    from streamlit import config

    known = set(config._config_options_template)
    for section, settings in tomllib.loads(text(".streamlit/config.toml")).items():
        for name, value in settings.items():
            assert isinstance(value, dict) or f"{section}.{name}" in known, f"{section}.{name}"


# --- nobody's machine


def test_no_file_names_somebodys_machine():
    paths = re.compile(r"(?<![\w.])/(?:home|root|Users|work|tmp/envs)/\w")
    for file in tracked():
        if file.suffix in {".png", ".webp", ".npz", ".woff2"} or file == Path(__file__):
            continue
        assert not paths.search(file.read_text()), file


def test_scripts_can_be_executed():
    assert all(os.access(script, os.X_OK) for script in (ROOT / ".ci").iterdir())
