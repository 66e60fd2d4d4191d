"""A reviewed fact as an entry of its rule file: its sentence with exactly the facts that stand in it.

What the rules read right is an example. What they read otherwise than a reviewer found is a known miss until they
are mended; `solieu rules check` then asks for it to be promoted. A sentence without any fact that stands is a negative.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from pipeline.authoring.examples import Outcome, run_example, twins_of
from pipeline.extract import extract
from pipeline.model import BlockKind, Document, Observation, Span
from pipeline.process import read_document
from pipeline.review.overlay import standing_row
from pipeline.rulebook.book import Rulebook
from pipeline.rulebook.examples import Example, ExampleKind
from pipeline.store.plain import number
from pipeline.store.records import observation_of
from pipeline.store.schema import Row
from pipeline.text.sentences import sentences

_ALWAYS = ("indicator", "index", "value", "value_high", "out_of")
_OWN = ("unit", "comparator", "scope", "level", "obs_status", "time_period", "base_period", "subject", "ref_area")
"""Slots that a fact of an example names where the sentence itself gives them."""
_DEFAULTS = {"comparator": "eq", "obs_status": "actual"}
_UPPER_CASE = "upper case"


@dataclass(frozen=True, slots=True)
class Written:
    """An entry for a rule file: which file, under which list, its YAML, and what there is to say about it."""

    file: Path
    kind: ExampleKind
    yaml: str
    remarks: tuple[str, ...]


def example_of(document: Document, rows: Sequence[Row], obs_id: str, book: Rulebook, why: str = "") -> Written:
    """The entry for the sentence of an observation; `rows` are the observations of its document, with what was
    decided about them. `why` is what a known miss or a negative says of itself.

    Raises LookupError where there is no such observation.
    """
    row = next((row for row in rows if row["obs_id"] == obs_id), None)
    if row is None:
        raise LookupError(f"there is no observation {obs_id}")
    told = []
    for stretch in _stretches(document, observation_of(row)):
        told.append(_entry(document, stretch, rows, row, book, why))
        if told[-1].kind is ExampleKind.EXAMPLE:
            return told[-1]
    return told[0]


def _entry(
    document: Document, stretch: Sequence[Span], rows: Sequence[Row], row: Row, book: Rulebook, why: str
) -> Written:
    text = "\n".join(span.of(document.text).strip("\n") for span in stretch)
    within = [other for other in rows if any(span.covers(observation_of(other).value_span) for span in stretch)]
    read = extract(read_document(text.encode(), "example.txt"), book).observations
    facts = tuple(_facts(within, read))
    kind = ExampleKind.EXAMPLE if facts else ExampleKind.NEGATIVE
    file = _file_of(row, book)
    outcome = _run(kind, text, facts, file, book)
    if facts and not outcome.holds:
        kind = ExampleKind.KNOWN_MISS
    twins = [run_example(outcome.example, book, twin) for twin in twins_of(outcome.example)] if outcome.holds else []
    failing = [twin.twin for twin in twins if not twin.holds]
    remarks = list(_remarks(kind, outcome, within, [twin for twin in failing if twin != _UPPER_CASE]))
    keeps_case = _UPPER_CASE in failing
    reason = why or _reason(outcome) if kind is not ExampleKind.EXAMPLE else ""
    return Written(file, kind, _yaml(text, facts, reason, keeps_case), tuple(remarks))


def _stretches(document: Document, observation: Observation) -> Iterator[tuple[Span, ...]]:
    """The text that an example may have, the least first: the sentences of the words, their paragraph, and either
    with the heading above and the title, which may say what of and when."""
    words = observation.span
    blocks = [block.span for block in document.blocks if block.span.overlaps(words)]
    parts = [part.span for part in sentences(document) if part.span.overlaps(words)]
    if not parts or not blocks:
        yield (words,)
        return
    sentence, paragraph = (Span(min(s.start for s in some), max(s.end for s in some)) for some in (parts, blocks))
    above = [block for block in document.blocks if block.span.end <= paragraph.start]
    heading = [block.span for block in above if block.kind in (BlockKind.HEADING, BlockKind.CAPTION)][-1:]
    title = [block.span for block in above if block.kind is BlockKind.TITLE][-1:]
    for opening in dict.fromkeys(((), tuple(heading), tuple(title), (*title, *heading))):
        yield (*opening, sentence)
        if paragraph != sentence:
            yield (*opening, paragraph)


def _facts(rows: Sequence[Row], read: Sequence[Observation]) -> Iterator[dict[str, Any]]:
    """What stands in the stretch, each fact with the slots that the stretch itself gives or a person corrected."""
    rest = list(read)
    for row in rows:
        stands = standing_row(row)
        if stands is None:
            continue
        fact = observation_of(stands)
        alone = next((o for o in rest if _measure(o) == _measure(fact)), None)
        if alone is not None:
            rest.remove(alone)
        as_read = observation_of(row)
        yield {
            slot: number(value) if isinstance(value, Decimal) else value
            for slot in (*_ALWAYS, *_OWN)
            if (value := getattr(fact, slot)) is not None and value != _DEFAULTS.get(slot)
            if slot in _ALWAYS
            or (alone is not None and getattr(alone, slot) == value and slot != "unit")
            or getattr(as_read, slot) != value
        }


def _measure(o: Observation) -> tuple[object, ...]:
    return o.indicator, o.index, o.value


def _run(kind: ExampleKind, text: str, facts: tuple[dict[str, Any], ...], file: Path, book: Rulebook) -> Outcome:
    return run_example(Example(kind, text, facts, "-", False, f"{file.parent.name}/{file.name}", 0), book)


def _file_of(row: Row, book: Rulebook) -> Path:
    """The rule file that the measure stands in."""
    code, index = str(row["indicator"]), str(row["index"] or "").partition("/")[0]
    for rules in book.counts:
        if any(indicator.code == code for indicator in rules.indicators):
            return book.folder / "measures" / rules.file
    return book.folder / "index" / (book.index.indices[index].file if index in book.index.indices else "frame.yaml")


def _remarks(kind: ExampleKind, outcome: Outcome, within: Sequence[Row], failing: list[str]) -> Iterator[str]:
    unseen = sum(row["review_state"] in ("pending", "changed") for row in within)
    if unseen:
        yield f"{unseen} facts of this text have not been reviewed: see whether they are right"
    if kind is ExampleKind.KNOWN_MISS and all(row["corrections"] is None for row in within):
        yield "the document's rules read it, this text alone does not give it: add what it takes from its context"
    if kind is ExampleKind.NEGATIVE and outcome.spurious:
        yield f"{len(outcome.spurious)} facts are still read here: `solieu rules check` fails until that is mended"
    if failing:
        yield f"fails as its own twin ({', '.join(failing)}): give the text more of its context"


def _reason(outcome: Outcome) -> str:
    """Why an entry is no example: what is read, in few words."""
    read = ", ".join(f"{o.indicator} {number(o.value)}" for o in outcome.spurious)
    return f"read as {read}" if read else "not read yet" if outcome.missing else "no figure of its own"


def _yaml(text: str, facts: tuple[dict[str, Any], ...], why: str, keeps_case: bool) -> str:
    lines = [f"  - text: {_scalar(text)}"]
    if facts:
        lines.append("    facts:")
        lines += [f"      - {_flow(fact)}" for fact in facts]
    if keeps_case:
        lines.append("    case: keep")
    if why:
        lines.append(f"    why: {_scalar(why)}")
    return "\n".join(lines) + "\n"


def _scalar(text: str) -> str:
    """A text in one line of YAML, plain where it can be."""
    style = '"' if "\n" in text or "\t" in text else None
    made = yaml.safe_dump(text, allow_unicode=True, width=float("inf"), default_style=style)
    return str(made).removesuffix("...\n").strip()


def _flow(fact: dict[str, Any]) -> str:
    made = yaml.safe_dump(fact, allow_unicode=True, width=float("inf"), default_flow_style=True, sort_keys=False)
    return str(made).strip()
