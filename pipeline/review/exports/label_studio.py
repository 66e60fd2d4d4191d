"""Label Studio: a task for each document, what the rules read as its predictions, each reviewer's decisions as an
annotation.

The format is Label Studio's own task JSON ("Basic Label Studio JSON format": `data`, `predictions`, `annotations`,
each a list of regions in `result`); `config` gives the labelling interface that it fits. Offsets are counted in code
points, half open, as its text regions are stored since 2021: the offsets of solieu as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import quoteattr

from pipeline.model.review import SLOTS, DecisionKind
from pipeline.review.exports.material import Reviewed, ReviewedFact, plain
from pipeline.review.revision import normal
from pipeline.review.standing import standing_of

_VERDICTS = [kind.value for kind in (DecisionKind.ACCEPT, DecisionKind.REJECT, DecisionKind.CORRECT,
                                     DecisionKind.NO_SOURCE, DecisionKind.ADD)]  # fmt: skip
_FACT, _SLOTS, _VERDICT, _TEXT = "fact", "slots", "verdict", "text"
"""The names of the parts of the interface."""


def export(documents: Iterable[Reviewed], base_url: str) -> Iterator[str]:
    """A JSON list of tasks. Documents whose text cannot be had are left out: there is nothing to show."""
    yield "["
    between = "\n"
    for document in documents:
        if document.read is not None:
            yield between + json.dumps(_task(document, document.read.text, base_url), ensure_ascii=False)
            between = ",\n"
    yield "\n]\n"


def config(indicators: Iterable[str]) -> str:
    """The labelling interface for the tasks: a label for each measure, the slots and a verdict for each region."""
    labels = "".join(f"    <Label value={quoteattr(one)}/>\n" for one in sorted(set(indicators)))
    choices = "".join(f'    <Choice value="{one}"/>\n' for one in _VERDICTS)
    return (
        f'<View>\n  <Labels name="{_FACT}" toName="{_TEXT}">\n{labels}  </Labels>\n'
        f'  <Text name="{_TEXT}" value="$text" granularity="symbol"/>\n'
        f'  <TextArea name="{_SLOTS}" toName="{_TEXT}" perRegion="true" editable="true"/>\n'
        f'  <Choices name="{_VERDICT}" toName="{_TEXT}" perRegion="true" choice="single">\n{choices}  </Choices>\n'
        "</View>\n"
    )


def _task(document: Reviewed, text: str, base_url: str) -> dict[str, Any]:
    named = plain(document.row)
    doc_id = named["doc_id"]
    version = f"solieu {named['parser_version']} {named['rules_version']}"
    by_rules = [fact for fact in document.facts if not fact.added]
    read = [region for fact in by_rules for region in _regions(fact, text, _said(fact), fact.row["confidence"])]
    by_reviewer: dict[str, list[dict[str, Any]]] = {}
    for fact in document.facts:
        for reviewer, said, verdict, note in _verdicts(fact):
            by_reviewer.setdefault(reviewer, []).extend(_regions(fact, text, said, verdict=verdict, note=note))
    return {
        "data": {
            "text": text, "doc_id": doc_id, "path": named["path"], "title": named.get("title"),
            "source": f"{base_url}/documents/{doc_id}",
        },
        "predictions": [{"model_version": version, "result": read}] if read else [],
        "annotations": [
            {"result": regions, "was_cancelled": False, "ground_truth": False, "meta": {"reviewer": reviewer}}
            for reviewer, regions in by_reviewer.items()
        ],
    }  # fmt: skip


def _said(fact: ReviewedFact) -> dict[str, str]:
    """The slots that the rules have read, without the empty ones."""
    return {slot: said for slot in SLOTS if (said := normal(slot, fact.row[slot])) is not None}


def _verdicts(fact: ReviewedFact) -> Iterator[tuple[str, dict[str, str], str, str]]:
    """For each reviewer: who, the slots as they leave them, the verdict, and their last note."""
    if not fact.decisions:
        return
    for verdict in standing_of(fact.decisions).verdicts:
        slots: dict[str, str | None] = {**_said(fact), **verdict.after}
        notes = [one.note for one in fact.decisions if one.reviewer == verdict.reviewer and one.note]
        kept = {name: said for name, said in slots.items() if said is not None and name in SLOTS}
        yield verdict.reviewer, kept, verdict.kind.value, notes[-1] if notes else ""


def _regions(
    fact: ReviewedFact, text: str, said: dict[str, str], score: float | None = None, verdict: str = "", note: str = ""
) -> list[dict[str, Any]]:
    """The figure's words as a region, with its slots and, where there is one, the verdict."""
    start, end = fact.row["value_start"], fact.row["value_end"]
    place = {"start": start, "end": end, "text": text[start:end]}
    label: dict[str, Any] = {
        "id": fact.row["obs_id"], "from_name": _FACT, "to_name": _TEXT, "type": "labels",
        "value": {**place, "labels": [said["indicator"]]},
    }  # fmt: skip
    if score is not None:
        label["score"] = score
    if note:
        label["meta"] = {"text": [note]}
    common = {"id": fact.row["obs_id"], "to_name": _TEXT}
    slots = {
        **common, "from_name": _SLOTS, "type": "textarea",
        "value": {**place, "text": [json.dumps(said, ensure_ascii=False)]},
    }  # fmt: skip
    if not verdict:
        return [label, slots]
    choice = {**common, "from_name": _VERDICT, "type": "choices", "value": {**place, "choices": [verdict]}}
    return [label, slots, choice]
