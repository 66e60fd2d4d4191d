"""How sure each observation is: a product of weights, one for each named reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import prod

from pipeline.model import Observation
from pipeline.rulebook.confidence import Confidence

LOW = "low_confidence"
"""The flag of a row under the bar."""
_OF_THE_WHOLE = ("failed_check", "ocr")
"""Flags that are reasons too."""


def graded(observations: Iterable[Observation], confidence: Confidence) -> tuple[Observation, ...]:
    """The observations with their confidence; those under the bar with the flag `low_confidence`."""
    return tuple(_graded(o, confidence) for o in observations)


def _graded(observation: Observation, confidence: Confidence) -> Observation:
    lent = (flag for flag in observation.flags if flag in _OF_THE_WHOLE)
    reasons = tuple(dict.fromkeys((*observation.reasons, *lent)))
    weights = confidence.weights
    sure = round(prod((weights.get(reason, 1.0) for reason in reasons), start=weights["every_reading"]), 4)
    flags = observation.flags if sure >= confidence.bar else tuple(dict.fromkeys((*observation.flags, LOW)))
    return replace(observation, reasons=reasons, confidence=sure, flags=flags)
