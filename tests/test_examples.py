"""The scripts in examples/ run, and print what they are there to show."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

SHOWN = {
    "section_2_geometry.py": ["= 5/36", "but S = -8.0", "[100.0, 0.0] S = 0.0"],
    "section_3_1_trace.py": ["as printed 3.5277", "as printed 0.94906", "S of all data -1.94058"],
    "section_3_2_robustness.py": ["S 6.0 < 8.0 but tr H² 10.0 > 8.0", "0.383708", "canyon"],
    "section_3_3_reparametrisation.py": ["as printed 4.472", "S = 6 becomes 202.02"],
    "figure_4_networks.py": ["S [429.", "less S, more fragile: True", "S at a true minimum: 294.438"],
    "optimisers.py": [
        "a minimum with S = 4232",
        "a minimum with S = 6049.08",
        "steps used up after 5000 steps",
        "the geodesic 2.698867",
    ],
    "appendix_surfaces_and_errata.py": ["sphere     total / π = 8.000000000", "printed 8, true 10"],
}


def test_every_example_is_run_here():
    assert {path.name for path in (ROOT / "examples").glob("*.py")} == set(SHOWN)


@pytest.mark.parametrize("name", SHOWN)
def test_example_shows_what_it_is_there_for(name):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    run = subprocess.run(
        [sys.executable, "-W", "error", ROOT / "examples" / name],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
    )
    assert run.returncode == 0, run.stderr
    assert not [expected for expected in SHOWN[name] if expected not in run.stdout], run.stdout
