"""The frame of counted things: head noun, attributes around the number, and what they mean together.

For each number of a sentence and each family of `rules/measures/` the attributes are collected from
the number's own words; what is left out is taken over from the number that it is a part of, or from
the list's opening words. The reading with the most attributes wins; between families the one whose
head noun stands nearest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from pipeline.match.layers import Layers, within
from pipeline.match.mention import Mention
from pipeline.match.numbers import NumberAtom, NumberKind
from pipeline.match.shares import Share, shares
from pipeline.model import BlockKind, Span
from pipeline.rulebook.count_rules import CountRules, Reading

_NO_AMOUNT = {NumberKind.ORDINAL, NumberKind.SEQUENCE, NumberKind.LABEL}
_GAP_BEFORE_HEAD = regex.compile(r"\s*+\(?\s*+")
_BARE_AFTER = regex.compile(r"\s*+(?:[,;:.()\-/]|$|(?:và|còn|trong|bằng|chiếm|đạt|là|gồm|thì|được|đã|so)(?!\w))")
_ENTITY_BEFORE = regex.compile(r"\w\s*$")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that give an attribute."""

    attribute: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Scan:
    """Heads and cues of one family in one sentence."""

    heads: tuple[Span, ...]
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One family's reading of one number."""

    rules: CountRules
    reading: Reading
    cues: tuple[Cue, ...]
    head: Span | None
    score: tuple[int, int, int]
    reasons: tuple[str, ...]


def count_mentions(layers: Layers, families: Sequence[CountRules]) -> tuple[Mention, ...]:
    """All counts and rates of the running text (tables have a frame of their own)."""
    found: list[Mention] = []
    masked = {rules.family: _mask(layers.view, rules) for rules in families}
    blocks = layers.document.blocks
    seen: dict[str, int] = {}
    for sentence in layers.sentences:
        kind = blocks[sentence.block].kind
        if kind in (BlockKind.FURNITURE, BlockKind.TABLE):
            continue
        scans = {rules.family: _scan(masked[rules.family], sentence.span, rules) for rules in families}
        atoms = within(layers.numbers, sentence.span)
        if atoms:
            found.extend(_read_sentence(layers, sentence.span, atoms, families, masked, scans, seen))
        for family, scan in scans.items():
            if scan.heads:
                seen[family] = sentence.block
    return tuple(found)


def _mask(view: str, rules: CountRules) -> str:
    """The view with look-alikes blanked out, at equal length."""
    if rules.lookalikes is None:
        return view
    return rules.lookalikes.sub(lambda m: "\x01" * len(m.group()), view)


def _scan(view: str, span: Span, rules: CountRules) -> _Scan:
    heads = tuple(Span(*m.span()) for m in rules.heads.finditer(view, span.start, span.end))
    cues = tuple(
        Cue(str(m.lastgroup), Span(*m.span())) for m in rules.cues.finditer(view, span.start, span.end)
    )
    return _Scan(heads, cues)


def _read_sentence(
    layers: Layers,
    sentence: Span,
    atoms: Sequence[NumberAtom],
    families: Sequence[CountRules],
    masked: dict[str, str],
    scans: dict[str, _Scan],
    seen: dict[str, int],
) -> Iterator[Mention]:
    best: list[_Candidate | None] = [None] * len(atoms)
    for rules in families:
        scan = scans[rules.family]
        if not scan.heads and not scan.cues:
            continue
        units = sorted([*scan.heads, *(cue.span for cue in scan.cues)])
        view = masked[rules.family]
        reader = _FamilyReader(rules, scan, view, sentence, shares(view, sentence, atoms, units), rules.family in seen)
        for n, candidate in enumerate(reader.read()):
            held = best[n]
            if candidate and (held is None or candidate.score > held.score):
                best[n] = candidate
    for atom, candidate in zip(atoms, best, strict=True):
        if candidate:
            yield from _mentions(atom, candidate)


def _mentions(atom: NumberAtom, candidate: _Candidate) -> Iterator[Mention]:
    spans = [cue.span for cue in candidate.cues] + ([candidate.head] if candidate.head else []) + [atom.text_span]
    quote = Span(min(s.start for s in spans), max(s.end for s in spans))
    units = {i.code: i for i in candidate.rules.indicators}
    for code in candidate.reading.gives:
        indicator = units[code]
        if not indicator.low <= float(atom.value) <= indicator.high:
            continue
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


class _FamilyReader:
    """Reads one sentence's numbers for one family, from left to right."""

    def __init__(
        self, rules: CountRules, scan: _Scan, view: str, sentence: Span, parts: list[Share], family_in_scope: bool
    ) -> None:
        self.rules, self.scan, self.view, self.sentence, self.parts = rules, scan, view, sentence, parts
        self.family_in_scope = family_in_scope
        self.done: list[_Candidate | None] = []
        self.opener = self._opening_words()

    def read(self) -> list[_Candidate | None]:
        for n, share in enumerate(self.parts):
            self.done.append(self._read(n, share))
        return self.done

    def _opening_words(self) -> tuple[Cue, ...]:
        """Cues before a colon that opens a list of numbers ("Số nhiệm vụ quá hạn của từng đơn vị: …")."""
        first = self.parts[0].atom.span.start
        colon = self.view.rfind(":", self.sentence.start, first)
        return self._cues(Span(self.sentence.start, colon)) if colon >= 0 else ()

    def _cues(self, span: Span) -> tuple[Cue, ...]:
        return tuple(cue for cue in self.scan.cues if span.covers(cue.span))

    def _read(self, n: int, share: Share) -> _Candidate | None:
        unit = self._unit(share.atom)
        if unit is None:
            return None
        head, nearness = self._head(n, share, unit)
        own = self._own_cues(share)
        names = {cue.attribute for cue in own}
        alone = any(self.rules.attributes[name].alone for name in names)
        if nearness == 0 and not alone:
            return None
        for cues, reason in self._completions(n, share, own, nearness):
            if reading := self._reading({cue.attribute for cue in cues}, unit):
                near = max(nearness, 2 if alone else 0)
                reasons = tuple(r for r in (reason, "head_elided" if head is None else "") if r)
                return _Candidate(self.rules, reading, cues, head, (near, len(reading.all_of), len(own)), reasons)
        return None

    def _unit(self, atom: NumberAtom) -> str | None:
        """The unit under which readings are looked up; None for what is no amount of this family."""
        if atom.kind in _NO_AMOUNT or atom.role == "change_from" or (atom.role and atom.unit != "percent"):
            return None
        unit = "count" if atom.unit is None else atom.unit
        return unit if any(reading.unit == unit for reading in self.rules.readings) else None

    def _head(self, n: int, share: Share, unit: str) -> tuple[Span | None, int]:
        """The head noun of a number and how near it stands: 4 right behind, 3 among its own words,
        2 earlier in the sentence, 1 elided but in scope, 0 none."""
        gap = _GAP_BEFORE_HEAD.match(self.view, end_of(share.atom))
        behind = gap.end() if gap else end_of(share.atom)
        for head in self.scan.heads:
            if head.start == behind:
                return head, 4
        if share.atom.kind is NumberKind.WORD:
            return None, 0
        if unit == "count" and not self._is_bare(share):
            return None, 0
        left = Span(share.fronted.start, share.atom.span.start)
        own = [head for head in self.scan.heads if left.covers(head)]
        if own:
            return own[-1], 3
        if unit != "count" and (right := [h for h in self.scan.heads if share.right.covers(h)]):
            return right[0], 3
        if any(self.done) or any(h.end <= share.atom.span.start for h in self.scan.heads):
            return None, 2
        return (None, 1) if self.family_in_scope and unit != "count" else (None, 0)

    def _is_bare(self, share: Share) -> bool:
        """Whether no other noun follows: "hoàn thành 177 (…)", "57 đang làm"."""
        end = end_of(share.atom)
        if _BARE_AFTER.match(self.view, end) or end >= self.sentence.end:
            return True
        return any(cue.span.start - end <= 1 and cue.span.start >= end for cue in self.scan.cues)

    def _own_cues(self, share: Share) -> tuple[Cue, ...]:
        left, right = self._cues(share.left), self._cues(self._near_right(share))
        if not left and not right:
            right = self._cues(share.right)
        fronted = self._cues(share.fronted)
        if fronted and (not (left or right) or self._is_short(share.fronted, fronted)):
            slots = {self.rules.attributes[cue.attribute].slot for cue in left + right}
            left = tuple(c for c in fronted if self.rules.attributes[c.attribute].slot not in slots) + left
        return left + right

    def _near_right(self, share: Share) -> Span:
        comma = regex.compile(r",(?!\d)").search(self.view, share.right.start, share.right.end)
        inside = comma and any(cue.span.start < comma.start() < cue.span.end for cue in self.scan.cues)
        return Span(share.right.start, comma.start()) if comma and not inside else share.right

    def _is_short(self, span: Span, cues: Sequence[Cue]) -> bool:
        """Whether a fronted stretch says little beside its cues ("Trước và đúng hạn, đã trả …")."""
        return len(span.of(self.view).split()) - sum(len(c.span.of(self.view).split()) for c in cues) <= 3

    def _completions(
        self, n: int, share: Share, own: tuple[Cue, ...], nearness: int
    ) -> Iterator[tuple[tuple[Cue, ...], str]]:
        """The number's cues with what its context lends, the fullest first."""
        slots = {self.rules.attributes[cue.attribute].slot for cue in own}
        before = self.done[n - 1] if n else None
        if own:
            whole = self.done[share.whole] if share.whole is not None and share.whole < n else None
            if whole:
                lent = tuple(
                    c for c in whole.cues
                    if (slot := self.rules.attributes[c.attribute].slot) in self.rules.inherited_slots
                    and slot not in slots
                )  # fmt: skip
                if lent:
                    yield lent + own, "inherited_attribute"
            opener = tuple(c for c in self.opener if self.rules.attributes[c.attribute].slot not in slots)
            if opener and not set(opener) & set(own):
                yield opener + own, "inherited_attribute"
            yield own, ""
        elif before and share.linked:
            yield before.cues, "linked"
        elif self.opener:
            yield self.opener, "inherited_attribute"
        elif before and nearness >= 2 and _ENTITY_BEFORE.search(share.left.of(self.view)):
            yield before.cues, "inherited_attribute"

    def _reading(self, names: set[str], unit: str) -> Reading | None:
        fits = [
            r for r in self.rules.readings if r.unit == unit and r.all_of <= names and not r.none_of & names
        ]
        return max(fits, key=lambda r: (len(r.all_of), -r.line), default=None)


def end_of(atom: NumberAtom) -> int:
    """Where the figure with its unit ends and its noun may follow."""
    return max(atom.span.end, atom.unit_span.end if atom.unit_span else 0)
