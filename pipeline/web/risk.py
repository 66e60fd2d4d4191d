"""How much wants a look: one number a fact, made of named parts, by which the queue is sorted.

Each part is a reason to doubt, with a weight between 0 and 1; the confidence counts as the first of them. Parts are
taken to be independent: the risk is 1 - confidence x (1 - w1) x (1 - w2) … It orders the queue and is no probability:
the confidence holds some of the same reasons already. Weights are choices: what contradicts other figures weighs
most, then what is missing, then what was taken from elsewhere in the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import prod

WEIGHTS = {
    "changed": 0.6,
    "error": 0.5,
    "conflict": 0.4,
    "no_period": 0.3,
    "warning": 0.25,
    "ocr_doubtful": 0.3,
    "ocr": 0.15,
    "info": 0.1,
    "inherited_subject": 0.08,
    "inherited_period": 0.05,
    "inherited_status": 0.03,
}
"""What each part weighs. error, warning, info: a check that the figure failed, by its gravity; conflict: other
sources of the same series contradict it; changed: it says something else since it was reviewed; the others are flags
of the observation."""

SEVERITIES = ("error", "warning", "info")


def parts_of(named: Iterable[str], severities: Iterable[str] = ()) -> tuple[str, ...]:
    """The parts that apply to a fact, the weightiest first: those `named`, and of failed checks the gravest."""
    failed = set(severities)
    found = {*named, *[severity for severity in SEVERITIES if severity in failed][:1]}
    return tuple(part for part in WEIGHTS if part in found)


def risk_of(confidence: float, parts: Iterable[str]) -> float:
    """The risk, from 0 to 1."""
    return 1 - confidence * prod(1 - WEIGHTS[part] for part in parts)
