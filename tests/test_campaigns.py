"""The runner of long campaigns runs each once at a state of the files, goes on where it was
interrupted, and hides nothing.
"""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.campaigns import runner
from tests.campaigns.runner import Memory, Result
from tests.campaigns.tables import NOT_RUN, TABLES, Campaign

ROOT = Path(__file__).parent.parent


@pytest.fixture
def memory(tmp_path):
    return Memory(tmp_path, "abc1234")


def campaign(code: str, name: str = "one") -> Campaign:
    """A campaign that is a few words of Python."""
    return Campaign(name, f'python -c "{code}"', "a fact")


def counting(tmp_path) -> Campaign:
    return campaign(f"open('{tmp_path / 'count'}', 'a').write('.')")


def runs(tmp_path) -> int:
    file = tmp_path / "count"
    return len(file.read_text()) if file.exists() else 0


@pytest.mark.parametrize("table", TABLES)
def test_campaigns_have_names_of_their_own_and_start_something_that_is_there(table):
    names = [campaign.name for campaign in TABLES[table]]
    assert len(set(names)) == len(names)
    for command in (campaign.command for campaign in TABLES[table]):
        first, *others = [word for word in command.split() if "=" not in word]
        assert first in ("python", "pytest") or os.access(ROOT / first, os.X_OK), command
        assert all((ROOT / word).exists() for word in others if word.startswith("tests/")), command


def test_one_line_says_what_passed_with_which_seed(memory, capsys):
    assert runner.run([campaign("pass")], memory, seed=7)
    (line,) = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"passed +one +\d+ s  seed 7 +a fact", line)


def test_failure_is_told_with_its_last_words_and_the_others_still_run(memory, tmp_path, capsys):
    assert not runner.run([campaign("raise SystemExit('the axes are stale')"), counting(tmp_path)], memory)
    said = capsys.readouterr().out
    assert said.startswith("FAILED   one")
    assert "the axes are stale" in said
    assert str(memory.file(campaign(""), "log").name) in said
    assert runs(tmp_path) == 1


def test_what_lacks_a_tool_is_neither_passed_nor_failed(memory, capsys):
    assert runner.run([campaign(f"print('no buildah here'); raise SystemExit({NOT_RUN})")], memory)
    said = capsys.readouterr().out
    assert said.startswith("NOT RUN")
    assert "no buildah here" in said


def test_what_passed_is_not_run_again_until_a_file_changes(memory, tmp_path):
    for _ in range(2):
        runner.run([counting(tmp_path)], memory)
    assert runs(tmp_path) == 1
    runner.run([counting(tmp_path)], Memory(tmp_path, "def5678"))
    assert runs(tmp_path) == 2
    runner.run([counting(tmp_path)], memory, again=True)
    assert runs(tmp_path) == 3


def test_every_change_of_a_file_is_another_state(tmp_path):
    def git(*words: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=A", "-c", "user.email=a@localhost", *words],
            cwd=tmp_path,
            check=True,
            capture_output=True,
        )

    git("init")
    (tmp_path / ".gitignore").write_text("ignored\n")
    (tmp_path / "kept.py").write_text("1")
    git("add", ".")
    git("commit", "-m", "first")
    clean = runner.version(tmp_path)
    (tmp_path / "ignored").write_text("1")
    assert runner.version(tmp_path) == clean
    states = [clean]
    for name, content in (
        ("kept.py", b"2"),
        ("néw.py", b"1"),
        ("néw.py", b"2"),
        ("another.bin", b"\0\xff"),
        ("another.bin", b"\0\xfe"),
    ):
        (tmp_path / name).write_bytes(content)
        states.append(runner.version(tmp_path))
    assert len(set(states)) == len(states)
    assert all(state.startswith(clean) for state in states)


def test_a_seed_that_is_asked_for_is_the_one_that_is_used(memory, tmp_path):
    for seed in (3, 4):
        runner.run(
            [campaign(f"import os; open('{tmp_path / 'count'}', 'a').write(os.environ['CURVLIB_SEED'])")],
            memory,
            seed=seed,
        )
    assert (tmp_path / "count").read_text() == "34"


def test_interrupted_campaign_goes_on_with_its_own_seed(memory, tmp_path):
    one = campaign(f"import os; open('{tmp_path / 'count'}', 'a').write(os.environ['CURVLIB_SEED'])")
    memory.keep(one, Result("started", seed=12345))
    memory.file(one, "done").write_text("tests/test_x.py::test_done\n")
    runner.run([one], memory)
    assert (tmp_path / "count").read_text() == "12345"
    assert memory.file(one, "done").exists()
    assert memory.of(one).word == "passed"


TESTS = """
import pathlib, time, pytest

@pytest.mark.parametrize("k", range(3))
def test_part(k):
    with open(pathlib.Path(__file__).parent / "parts", "a") as file:
        file.write(f"{k}")
    stop = pathlib.Path(__file__).parent / "stop"
    while k == 1 and stop.exists():
        time.sleep(0.05)
    assert not (k == 2 and (pathlib.Path(__file__).parent / "broken").exists())
"""


def a_run_of(folder: Path, memory: Memory) -> subprocess.Popen:
    """A run of the tests above, as a campaign starts it."""
    environment = os.environ | {runner.DONE: str(memory.file(campaign(""), "done")), "PYTHONPATH": str(ROOT)}
    options = ["-o", "addopts=", "-c", os.devnull, "--rootdir", str(folder)]
    command = [*runner.words("pytest"), *options, str(folder / "test_parts.py")]
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_tests_that_passed_before_an_interruption_are_not_repeated(memory, tmp_path):
    (tmp_path / "test_parts.py").write_text(TESTS)
    (tmp_path / "stop").touch()
    (tmp_path / "broken").touch()
    first, parts = a_run_of(tmp_path, memory), tmp_path / "parts"
    give_up = time.monotonic() + 60
    while not (parts.exists() and parts.read_text() == "01") and time.monotonic() < give_up:
        time.sleep(0.05)
    first.send_signal(signal.SIGKILL)
    first.wait()
    (tmp_path / "stop").unlink()
    assert a_run_of(tmp_path, memory).wait() == 1, "the last test is broken"
    (tmp_path / "broken").unlink()
    assert a_run_of(tmp_path, memory).wait() == 0
    assert a_run_of(tmp_path, memory).wait() == 0, "nothing is left to do"
    assert parts.read_text() == "01" + "12" + "2"


def test_variables_of_a_command_come_before_it():
    assert runner.words("A=1 B=2 pytest tests/x.py")[:4] == ["env", "A=1", "B=2", sys.executable]


def test_unknown_campaign_is_answered_with_those_there_are():
    done = subprocess.run(
        [sys.executable, "-m", "tests.campaigns", "nightly", "wlaks"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "no campaign 'wlaks' in nightly; there are walks, " in done.stderr
