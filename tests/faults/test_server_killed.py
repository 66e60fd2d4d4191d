"""The server killed (SIGKILL) at twenty random moments while two reviewers decide: what was acknowledged is there."""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from running import solieu_here, write_archive

from pipeline.review.journal import JOURNAL_NAME, Journal
from pipeline.store.reading import read_rows
from pipeline.store.tables import OBSERVATIONS

pytest.importorskip("uvicorn", reason="the web part is not installed")

KILLS = 20
PARENT = """
import os, signal, sys
import uvicorn
from pipeline.cli.serve import serve
from pipeline.review.journal import Journal
from pipeline.web.app import prepare
prepare()
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for port in sys.stdin:
    if (process := os.fork()) == 0:
        serve.main(["--out", sys.argv[1], "--port", port.strip()])
    print(process, flush=True)
"""
"""Starts the command in processes of their own that need not load the program anew: a kill ends such a process."""
KNOWS_ALL = 10**9
"""What a reviewer sends who has seen every decision about a fact: none is refused for being overtaken."""
KINDS = ("accept", "reject", "no_source", "skip")


class Reviewer:
    """A scripted reviewer: decides about one fact after the other for as long as the server answers."""

    def __init__(self, name: str, port: int, facts: list[str], seed: str) -> None:
        self.name, self.port, self.facts = name, port, facts
        self.random = random.Random(seed)
        self.acknowledged: dict[str, tuple[str, str]] = {}
        self.first = threading.Event()
        self.refused: list[str] = []
        self.thread = threading.Thread(target=self._work)

    def _work(self) -> None:
        with suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            cookie = f"solieu-{self.port}={'t' * 43}; solieu-name-{self.port}={quote(self.name)}"
            connection.request("GET", "/review/work", headers={"cookie": cookie})
            found = re.search(r'name="csrf" content="(\w+)"', connection.getresponse().read().decode())
            assert found
            headers = {
                "cookie": cookie, "x-csrf-token": found[1], "accept": "application/json",
                "content-type": "application/x-www-form-urlencoded",
            }  # fmt: skip
            while True:
                self._decide(connection, headers)

    def _decide(self, connection: http.client.HTTPConnection, headers: dict[str, str]) -> None:
        decision_id, obs_id = uuid.uuid4().hex, self.random.choice(self.facts)
        kind = self.random.choice(KINDS)
        body = urlencode({"decision": kind, "decision_id": decision_id, "seen": KNOWS_ALL})
        connection.request("POST", f"/review/{obs_id}/decide", body, headers)
        answer = connection.getresponse()
        said = answer.read()
        if answer.status == 200 and json.loads(said)["decision_id"] == decision_id:
            self.acknowledged[decision_id] = (obs_id, kind)
            self.first.set()
        else:
            self.refused.append(f"{answer.status}: {said!r}")


@contextmanager
def servers(dataset: Path) -> Iterator[Callable[[], tuple[int, int]]]:
    """Starts `solieu serve` over a dataset whenever it is called; gives the process and the port."""
    command = [sys.executable, "-c", PARENT, str(dataset)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdin is not None
        assert parent.stdout is not None

        def start() -> tuple[int, int]:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port = probe.getsockname()[1]
            print(port, file=parent.stdin, flush=True)
            process = int(parent.stdout.readline())
            for _ in range(600):
                with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    return process, port
                time.sleep(0.02)
            raise AssertionError("the server does not listen")

        try:
            yield start
        finally:
            parent.kill()


def test_no_acknowledged_decision_is_ever_lost(tmp_path: Path) -> None:
    write_archive(tmp_path / "archive", 3)
    dataset = tmp_path / "dataset"
    solieu_here("run", tmp_path / "archive", "--out", dataset, "--quiet")
    facts = [str(row["obs_id"]) for rows in read_rows(dataset, OBSERVATIONS) for row in rows]
    acknowledged: dict[str, tuple[str, str, str]] = {}
    refused: list[str] = []
    moments = random.Random(20261124)
    with servers(dataset) as start:
        for turn in range(KILLS):
            process, port = start()
            reviewers = [Reviewer(name, port, facts, f"{name} {turn}") for name in ("Lan", "Bình")]
            for reviewer in reviewers:
                reviewer.thread.start()
            answered = all(reviewer.first.wait(30) for reviewer in reviewers)
            time.sleep(moments.uniform(0, 0.25))
            os.kill(process, signal.SIGKILL)
            for reviewer in reviewers:
                reviewer.thread.join(30)
                acknowledged |= {key: (*what, reviewer.name) for key, what in reviewer.acknowledged.items()}
                refused += reviewer.refused
            assert answered, refused[:3]
    with Journal(dataset / JOURNAL_NAME) as journal:
        assert journal.verify() == []
        kept = {one.decision_id: (one.obs_id, one.kind.value, one.reviewer) for one in journal.since()}
    assert len(acknowledged) > 2 * KILLS
    assert {key: what for key, what in acknowledged.items() if kept.get(key) != what} == {}
    assert len(kept) - len(acknowledged) <= 2 * KILLS, "at most the one under way of each reviewer was not acknowledged"
    assert refused == []
