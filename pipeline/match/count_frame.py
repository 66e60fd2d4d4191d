"""The frame of counted things: head noun, attributes around the number, and what they mean together.

For each number of a sentence and each family of `rules/measures/` the attributes are collected from
the number's own words; what is left out is taken over from the number that it is a part of, or from
the words that open the list. The reading with the most attributes wins; between families the one
whose head noun stands nearest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from pipeline.match.family_reader import Candidate, FamilyReader, Scan, scan_family
from pipeline.match.layers import Layers, within
from pipeline.match.mention import Mention
from pipeline.match.numbers import NumberAtom, NumberKind
from pipeline.match.shares import shares
from pipeline.model import BlockKind, Span
from pipeline.rulebook.count_rules import CountRules
from pipeline.text.sentences import Sentence

NO_AMOUNT = frozenset({NumberKind.ORDINAL, NumberKind.SEQUENCE, NumberKind.LABEL})
_BLANK = "\x01"
_LIST_NUMBER = regex.compile(r"\s*+(?:[-+*•]\s*+)?(?:\(\d{1,2}\)|\d{1,2}(?:\.\d{1,2})*+[.)/](?=\s))")


def count_mentions(layers: Layers, families: Sequence[CountRules]) -> tuple[Mention, ...]:
    """All counts and rates of the running text (tables have a frame of their own)."""
    found: list[Mention] = []
    views = {rules.family: mask(layers.view, rules) for rules in families}
    in_scope: set[str] = set()
    for sentence in layers.sentences:
        if layers.document.blocks[sentence.block].kind in (BlockKind.FURNITURE, BlockKind.TABLE):
            continue
        scans = {r.family: scan_family(views[r.family], sentence.span, r, layers.entities) for r in families}
        atoms = [a for a in within(layers.numbers, sentence.span) if _is_amount(a, sentence.span, layers.view)]
        if atoms:
            found.extend(_read_sentence(layers, sentence, atoms, families, views, scans, in_scope))
        in_scope.update(family for family, scan in scans.items() if scan.heads)
    return tuple(found)


def _is_amount(atom: NumberAtom, sentence: Span, view: str) -> bool:
    """Whether a number can count something: no place in a ranking, no label, no list number."""
    if atom.kind in NO_AMOUNT:
        return False
    opening = _LIST_NUMBER.match(view, sentence.start, sentence.end)
    return opening is None or atom.span.start >= opening.end()


def _may_count(atom: NumberAtom, view: str, units: Sequence[Span], heads: Sequence[Span]) -> bool:
    """Whether a number can count the family's thing: not part of a name, a word only before its noun."""
    if view[atom.span.start] == _BLANK or any(unit.covers(atom.span) for unit in units):
        return False
    return atom.kind is not NumberKind.WORD or any(0 <= head.start - atom.span.end <= 2 for head in heads)


def mask(view: str, rules: CountRules) -> str:
    """The view with the family's look-alikes blanked out, at equal length."""
    return rules.lookalikes.sub(lambda m: _BLANK * len(m.group()), view) if rules.lookalikes else view


def _read_sentence(
    layers: Layers,
    sentence: Sentence,
    atoms: Sequence[NumberAtom],
    families: Sequence[CountRules],
    views: dict[str, str],
    scans: dict[str, Scan],
    in_scope: set[str],
) -> Iterator[Mention]:
    """The best reading of each number of a sentence among the families."""
    best: dict[NumberAtom, Candidate] = {}
    for rules in families:
        scan, view = scans[rules.family], views[rules.family]
        if not scan.heads and not scan.cues:
            continue
        units = sorted([*scan.heads, *(cue.span for cue in scan.cues)])
        own = [a for a in atoms if _may_count(a, view, units, scan.heads)]
        if not own:
            continue
        reader = FamilyReader(
            rules=rules,
            scan=scan,
            view=view,
            sentence=sentence.span,
            parts=shares(view, sentence.span, own, units),
            entities=layers.entities,
            rivals=[h for other in families if other.rival and other is not rules for h in scans[other.family].heads],
            in_scope=rules.family in in_scope,
        )
        for atom, candidate in zip(own, reader.read(), strict=True):
            if candidate:
                if atom not in best or candidate.score > best[atom].score:
                    best[atom] = candidate
    for atom in atoms:
        if atom in best:
            yield from _mentions(atom, best[atom])


def _mentions(atom: NumberAtom, candidate: Candidate) -> Iterator[Mention]:
    """One mention for each indicator that a reading gives, if its range allows the value."""
    spans = [cue.span for cue in candidate.own] + ([candidate.head] if candidate.head else []) + [atom.text_span]
    quote = Span(min(s.start for s in spans), max(s.end for s in spans))
    indicators = {i.code: i for i in candidate.rules.indicators}
    for code in candidate.reading.gives:
        if indicators[code].low <= float(atom.value) <= indicators[code].high:
            yield Mention(
                indicator=code,
                unit=candidate.reading.unit,
                value=atom.value,
                value_high=atom.value_high,
                comparator=atom.comparator,
                out_of=atom.out_of,
                value_span=atom.number,
                quote_span=quote,
                rule_id=candidate.reading.rule_id,
                cues=tuple((cue.attribute, cue.span) for cue in candidate.cues),
                reasons=candidate.reasons,
            )
