"""Modules kept from npm are what their pinned script makes."""

import hashlib
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

VENDOR = Path(__file__).parent.parent / "assets" / "vendor"
TOOLS = Path(__file__).parent / "node"
MADE_BY = ("package.json", "package-lock.json", ".npmrc", "build.mjs")
PACKAGES = sorted(path.parent.name for path in VENDOR.glob("*/about.json"))


def about(name: str) -> dict[str, object]:
    return json.loads((VENDOR / name / "about.json").read_text())


def pinned() -> dict[str, str]:
    return json.loads((VENDOR / "package.json").read_text())["devDependencies"]


@pytest.mark.parametrize("name", PACKAGES)
def test_each_module_is_of_the_pinned_version_with_its_licence_and_checksum(name):
    module = (VENDOR / name / f"{name}.js").read_bytes()
    assert about(name)["version"] == pinned()[name]
    assert about(name)["sha256"] == hashlib.sha256(module).hexdigest()
    assert str(about(name)["license"]).split("-")[0] in {"MIT", "MPL"}
    assert len((VENDOR / name / "LICENSE").read_text()) > 500
    assert f"`{name}`" in (VENDOR / "README.md").read_text()


def test_everything_pinned_but_the_bundler_is_kept():
    assert PACKAGES == sorted(pinned().keys() - {"esbuild"})


@pytest.mark.parametrize("folder", [VENDOR, TOOLS], ids=lambda folder: folder.name)
def test_lock_is_hashed_and_names_no_registry(folder):
    text = (folder / "package-lock.json").read_text()
    packages = json.loads(text)["packages"]
    assert '"resolved"' not in text
    assert "//registry" not in text
    assert all(re.match(r"sha512-", entry["integrity"]) for name, entry in packages.items() if name)


def test_tools_that_check_the_javascript_are_pinned_exactly():
    pins = json.loads((TOOLS / "package.json").read_text())["devDependencies"]
    assert all(re.fullmatch(r"[\d.]+", version) for version in pins.values())
    assert {"eslint", "prettier", "stylelint", "typescript"} <= pins.keys()


def test_a_rebuild_gives_the_same_files(tmp_path):
    if shutil.which("npm") is None:
        if os.environ.get("CI"):
            pytest.fail("THE MODULES FROM NPM WERE NOT MADE AGAIN: there is no npm here")
        pytest.skip("THE MODULES FROM NPM WERE NOT MADE AGAIN: there is no npm here")
    for name in MADE_BY:
        shutil.copy(VENDOR / name, tmp_path / name)
    subprocess.run(["npm", "ci", "--no-progress"], cwd=tmp_path, check=True, capture_output=True, timeout=300)
    subprocess.run(["node", "build.mjs", "made"], cwd=tmp_path, check=True, capture_output=True, timeout=60)
    made = {
        path.relative_to(tmp_path / "made"): path.read_bytes()
        for path in (tmp_path / "made").rglob("*")
        if path.is_file()
    }
    assert made == {path: (VENDOR / path).read_bytes() for path in made}
    assert {path.parts[0] for path in made} == set(PACKAGES)
