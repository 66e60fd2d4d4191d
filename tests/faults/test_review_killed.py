"""Killed at any moment, a writer of decisions has lost nothing that it was told is recorded."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from pathlib import Path

from pipeline.review.journal import JOURNAL_NAME, Journal

WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from review_samples import decision
from pipeline.review.journal import Journal
with Journal(Path(sys.argv[1])) as journal:
    print("ready", flush=True)
    while True:
        several = [decision(obs_id=f"fact-{n}") for n in range(3)]
        for made in journal.append_all(several) if journal.last_sequence() % 2 else [journal.append(several[0])]:
            print(made.decision_id, flush=True)
"""
SAMPLES = Path(__file__).parents[1] / "unit"
MOMENTS = 20


def test_no_acknowledged_decision_is_lost(tmp_path: Path) -> None:
    moments = random.Random(7)
    told: list[str] = []
    for _ in range(MOMENTS):
        command = [sys.executable, "-c", WRITER, str(tmp_path / JOURNAL_NAME), str(SAMPLES)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
            threading.Timer(moments.uniform(0.0, 0.08), writer.kill).start()
            told += [line.strip() for line in writer.stdout if line.endswith("\n")]
    assert len(told) > MOMENTS
    with Journal(tmp_path / JOURNAL_NAME) as journal:
        recorded = [decision.decision_id for decision in journal.since()]
        assert set(told) <= set(recorded)
        assert [decision_id for decision_id in recorded if decision_id in set(told)] == told
        assert journal.verify() == []
        # What was begun and not acknowledged is whole or not there: at most one step of each writer.
        assert len(recorded) - len(told) <= 3 * MOMENTS
