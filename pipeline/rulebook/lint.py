"""Faults of the rule files that no reader of theirs sees: rules that can never do anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import regex

from pipeline.rulebook.book import Rulebook
from pipeline.rulebook.book import load as load_book
from pipeline.rulebook.check_rules import load_check_rules
from pipeline.rulebook.confidence import load_confidence
from pipeline.rulebook.count_rules import CountRules, Reading, load_count_rules
from pipeline.rulebook.cue_lists import load_numeral_rules, load_status_rules
from pipeline.rulebook.examples import Example
from pipeline.rulebook.index_rules import INDEX_MEASURES, load_index_rules
from pipeline.rulebook.phrase_list import HEADS, LOOKALIKES, Phrase, phrases_of, spellings
from pipeline.rulebook.phrases import phrase_pattern
from pipeline.rulebook.source import RuleError, rule_text
from pipeline.text.fold import lower_view
from pipeline.text.phrase_places import phrase_text
from pipeline.values.places import load_gazetteer

_CUT_SHORT = regex.compile(r"\s*- (?![\"'{\[|>]).*\s#")
_UNREAD = "The file cannot be read before this is mended."
_ENDING = "It would not be read: name it ….yaml, or take it out."
_SAME_UNIT = {"usd": "vnd"}
"""Money in dollars is read under the indicator whose own unit is the đồng."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a rule file: where, what, and what to do about it."""

    file: str
    line: int
    message: str
    hint: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}\n    {self.hint}"


Load = Callable[[Path], object]
"""A function that reads and compiles a rule file or a folder of them, and raises RuleError."""
_LOADS: tuple[tuple[Load, str], ...] = (
    (load_count_rules, "measures/*.yaml"),
    (load_index_rules, "index"),
    (load_status_rules, "status.yaml"),
    (load_numeral_rules, "numerals.yaml"),
    (load_check_rules, "checks.yaml"),
    (load_confidence, "confidence.yaml"),
    (load_gazetteer, "gazetteer"),
)
"""Who reads which files of the rules folder."""


def load_faults(folder: Path, loads: Iterable[tuple[Load, str]] = ()) -> list[Fault]:
    """What keeps the files of a rules folder from being loaded, one fault a file or folder.

    `loads` are those files that other rooms read, each with its reader.
    """
    found = [
        Fault(path.relative_to(folder).as_posix(), 1, "no rule file: its name does not end in .yaml", _ENDING)
        for part in ("measures", "index")
        for path in sorted((folder / part).iterdir())
        if path.suffix != ".yaml" and not path.name.startswith(".") and not path.name.endswith("~")
    ]
    for load, files in (*_LOADS, *loads):
        for path in sorted(folder.glob(files)):
            try:
                load(path)
            except RuleError as fault:
                where = fault.path.relative_to(folder).as_posix()
                found.append(Fault(where, fault.line, fault.message, fault.hint or _UNREAD))
    return found


def name_faults(folder: Path) -> list[Fault]:
    """What keeps rule files from being loaded together although each can be loaded: names that two of them bear."""
    try:
        load_book(folder)
    except RuleError as fault:
        where = fault.path.relative_to(folder.resolve()).as_posix()
        return [Fault(where, fault.line, fault.message, fault.hint or _UNREAD)]
    return []


def lint(book: Rulebook) -> list[Fault]:
    """All faults of a rulebook that could be loaded, by file and line."""
    found = [fault for rules in book.counts for fault in _family(rules, book.folder / "measures" / rules.file)]
    codes = {i.code for rules in book.counts for i in rules.indicators} | {measure.code for measure in INDEX_MEASURES}
    examples = [e for rules in book.counts for e in rules.examples] + list(book.index.examples)
    found += [fault for example in examples for fault in _example(example, codes, book)]
    return sorted(found, key=lambda f: (f.file, f.line))


def _family(rules: CountRules, path: Path) -> Iterator[Fault]:
    where = f"measures/{rules.file}"
    yield from _names(rules, where)
    yield from _readings(rules, where)
    yield from _comments(path, where)
    yield from _phrases(rules, phrases_of(path), where)


def _names(rules: CountRules, where: str) -> Iterator[Fault]:
    """Indicators and attributes that nothing leads to, and families that no word names."""
    if not rules.heads.phrases and not any(a.alone for a in rules.attributes.values()):
        hint = "List the nouns that are counted under 'heads', or mark an attribute 'alone: true'."
        yield Fault(where, 1, "no word names the family: nothing of it can be read", hint)
    given = {code for reading in rules.readings for code in reading.gives}
    used = {name for reading in rules.readings for name in reading.all_of | reading.none_of}
    for indicator in rules.indicators:
        if indicator.code not in given:
            yield Fault(where, indicator.line, f"no reading gives {indicator.code}", "Add a reading, or take it out.")
    for attribute in rules.attributes.values():
        if attribute.name not in used and not attribute.blocks:
            hint = "Name it in a reading's 'all' or 'none', or mark it 'blocks: true', or take it out."
            yield Fault(where, attribute.line, f"no reading uses the attribute {attribute.name!r}", hint)
    for name in rules.default:
        if name not in rules.attributes:
            yield Fault(where, 1, f"'default' names no attribute: {name!r}", _nearest(name, rules.attributes))


def _comments(path: Path, where: str) -> Iterator[Fault]:
    """Phrases that YAML cuts short: behind a blank "#" begins a comment, where no quotes stand around it."""
    for number, line in enumerate(rule_text(path).splitlines(), start=1):
        if _CUT_SHORT.match(line):
            yield Fault(where, number, "what follows '#' is a comment, no part of the phrase", "Put it in quotes.")


def _readings(rules: CountRules, where: str) -> Iterator[Fault]:
    """Readings that another one always beats, and units that do not fit."""
    units = {indicator.code: indicator.unit for indicator in rules.indicators}
    for reading in rules.readings:
        rival = next((r for r in rules.readings if _beats(r, reading)), None)
        if rival is not None:
            hint = "Take it out, or tell the two apart by 'none'."
            yield Fault(where, reading.line, f"never read: line {rival.line} asks for the same or less", hint)
        for code in reading.gives:
            if units[code] != _SAME_UNIT.get(reading.unit, reading.unit):
                message = f"gives {code} in {reading.unit}, but its unit is {units[code]}"
                yield Fault(where, reading.line, message, "Set the reading's 'unit', or the indicator's.")


def _beats(first: Reading, second: Reading) -> bool:
    """Whether `first` wins wherever `second` would fit (the earlier of two equal ones is read)."""
    same = first.unit == second.unit and first.all_of == second.all_of
    return same and first.line < second.line and first.none_of <= second.none_of


def _phrases(rules: CountRules, phrases: tuple[Phrase, ...], where: str) -> Iterator[Fault]:
    """Phrases written twice, and phrases that can match nothing."""
    seen: dict[str, Phrase] = {}
    for phrase in phrases:
        if phrase.owner not in (HEADS, LOOKALIKES):
            first = seen.setdefault(" ".join(phrase.text.split()), phrase)
            if first is not phrase:
                message = f"the phrase {phrase.text!r} stands in line {first.line} too ({first.owner})"
                yield Fault(where, phrase.line, message, "Keep one of them.")
                continue
        if not _lives(phrase, rules):
            message = f"the phrase {phrase.text!r} of {phrase.owner!r} can match nothing"
            hint = (
                "A lookalike hides it, or another attribute has the same words: see the phrases that share its words."
            )
            yield Fault(where, phrase.line, message, hint)


def _lives(phrase: Phrase, rules: CountRules) -> bool:
    """Whether some spelling of a phrase is found, as a whole, under the phrase's owner."""
    if phrase.owner == LOOKALIKES:
        return True
    phrases = rules.heads if phrase.owner == HEADS else rules.cues
    taken = regex.compile(phrase_pattern(phrase.taken))
    for spelling in spellings(phrase.text):
        match = rules.masked(phrase_text(lower_view(spelling))).search(phrases)
        whole = match is not None and match.start() == 0 and taken.fullmatch(match.group())
        if match and whole and phrase.owner in (HEADS, match.lastgroup):
            return True
    return False


def _example(example: Example, codes: set[str], book: Rulebook) -> Iterator[Fault]:
    """Codes in examples that the rules do not have."""
    for fact in example.facts:
        code, index = str(fact["indicator"]), fact.get("index")
        if code not in codes:
            yield Fault(example.file, example.line, f"there is no indicator {code!r}", _nearest(code, codes))
        whole, _, part = str(index).partition("/")
        known = book.index.indices.get(whole)
        if index is not None and (known is None or (part and part not in known.components)):
            yield Fault(example.file, example.line, f"there is no index {index!r}", _nearest(whole, book.index.indices))


def _nearest(word: str, known: object) -> str:
    near = get_close_matches(word, list(known), n=1)  # type: ignore[call-overload]
    return f"Did you mean {near[0]!r}?" if near else "`solieu rules list` shows what there is."
