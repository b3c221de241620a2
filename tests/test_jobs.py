"""Work in a process of its own: one request in, findings out, killed beyond its limits."""

import io
import json
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from curvlib import jobs
from pages.ui.results.worker_process import WorkerProcess

QUESTION = ["closed forms", "u^2 - v^2"]


def test_a_job_says_its_shares_then_what_it_finds_then_that_it_is_done(monkeypatch, capsys):
    def work(request, report):
        report(0.25)
        yield {"twice": 2 * request["x"]}
        report(1.0)

    monkeypatch.setattr(sys, "stdin", io.StringIO('{"x": 3}\n'))
    monkeypatch.setattr(jobs, "_limit", lambda *limits: None)
    jobs.answer(work)
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [0.25, {"twice": 6}, 1.0, "done"]


def test_a_job_without_a_request_says_nothing(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    jobs.answer(lambda request, report: [1])
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("work", "limits"),
    [("iter(lambda: 0, 1)", "0.2"), ("[bytearray(2**30) and 1]", "9, 2**28")],
    ids=["endless", "greedy"],
)
def test_a_job_beyond_its_limits_is_ended(work, limits):
    code = f"from curvlib import jobs; jobs._say = len; jobs.answer(lambda request, report: {work}, {limits})"
    code = code.replace("jobs._say = len; ", "") if "bytearray" in work else code.replace("= len", "= lambda x: None")
    done = subprocess.run([sys.executable, "-c", code], input="1\n", capture_output=True, text=True, timeout=30)
    assert done.returncode in (-signal.SIGXCPU, -signal.SIGKILL, 1)
    assert "done" not in done.stdout


def test_a_worker_answers_and_ends():
    worker = WorkerProcess("curvlib.symbolic.closed_forms")
    worker.ask(QUESTION)
    first, *_, last = worker.messages()
    assert first["hessian_trace"] == "0"
    assert last == jobs.DONE
    worker.kill()
    assert not worker.is_alive


def test_killing_a_worker_from_another_thread_ends_its_messages():
    worker = WorkerProcess("curvlib.symbolic.closed_forms")
    worker.ask(["closed forms", "(sin(u)+v)^40*(cos(v)+u)^40/(1+u^2)"])
    threading.Timer(0.3, worker.kill).start()
    assert list(worker.messages()) == []


def test_a_worker_that_has_ended_before_it_is_asked_has_no_answer():
    worker = WorkerProcess("curvlib.symbolic.closed_forms")
    os.kill(worker._process.pid, signal.SIGKILL)
    while worker.is_alive:
        time.sleep(0.01)
    worker.ask(QUESTION)
    assert list(worker.messages()) == []
