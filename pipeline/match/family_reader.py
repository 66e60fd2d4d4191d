"""One family's reading of one sentence: which attributes each number has, and what they mean."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from pipeline.match.levels import level_of
from pipeline.match.numbers import NumberAtom, NumberKind
from pipeline.match.shares import ASIDE, Share
from pipeline.model import Span
from pipeline.rulebook.count_rules import CountRules, Reading

_BEFORE_HEAD = regex.compile(r"\s*+\(?\s*+")
_BARE_AFTER = regex.compile(
    r"\s*+(?:[,;:.()\-/]|\Z|(?:và|còn|trong|bằng|chiếm|đạt|là|gồm|thì|được|đã|so|trở|tại|tùy|ở)(?!\w))"
)
_SHARE_NOUN = regex.compile(r"(?<!\w)(?:tỷ|tỉ) lệ(?!\w)")
_COMMA = regex.compile(r",(?!\d)")
_AND = regex.compile(r"(?<!\w)(?:và|với|so với|trong khi)(?!\w)")
_NEAR_ENTITY = regex.compile(
    r"[\s:(–\"-]*+(?:(?:với|có|là|được|khoảng|trên|hơn|gần|mỗi đơn vị|mỗi nơi)[\s:]*+){0,2}\Z"
)

BEHIND, OWN, SENTENCE, SCOPE, NONE = 4, 3, 2, 1, 0
"""How near a head noun stands: right behind the number, among its own words, earlier in the
sentence, elided but named earlier in the document, nowhere."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that give an attribute."""

    attribute: str
    span: Span


@dataclass(frozen=True, slots=True)
class Scan:
    """Heads and cues of one family in one sentence, in order."""

    heads: tuple[Span, ...]
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One family's reading of one number; of `cues` those in `own` are the number's own words."""

    rules: CountRules
    reading: Reading
    cues: tuple[Cue, ...]
    own: tuple[Cue, ...]
    head: Span | None
    score: tuple[int, int, int]
    reasons: tuple[str, ...]


def scan_family(view: str, span: Span, rules: CountRules, entities: Sequence[Span]) -> Scan:
    """Heads and cues of a sentence; a cue inside a name ("Sở Giao thông vận tải") is none."""
    names = entities[bisect_left(entities, Span(span.start, span.start)) :]
    names = names[: bisect_left(names, Span(span.end, span.end))]
    heads = tuple(Span(*m.span()) for m in rules.heads.finditer(view, span.start, span.end))
    cues = (Cue(str(m.lastgroup), Span(*m.span())) for m in rules.cues.finditer(view, span.start, span.end))
    return Scan(heads, tuple(c for c in cues if not any(n.covers(c.span) and n != c.span for n in names)))


@dataclass(slots=True)
class FamilyReader:
    """Reads one sentence's numbers for one family, from left to right."""

    rules: CountRules
    scan: Scan
    view: str
    sentence: Span
    parts: Sequence[Share]
    entities: Sequence[Span]
    rivals: Sequence[Span]
    """Head nouns of families whose noun beside a number is not to be overlooked."""
    in_scope: bool
    done: list[Candidate | None] = field(default_factory=list)

    def read(self) -> list[Candidate | None]:
        """One candidate, or None, for each share."""
        for n, share in enumerate(self.parts):
            self.done.append(self._read(n, share))
        return self.done

    def _read(self, n: int, share: Share) -> Candidate | None:
        unit = self._unit(share.atom)
        if unit is None:
            return None
        head, nearness = self._head(share, unit)
        own = self._own_cues(share)
        attributes = [self.rules.attributes[cue.attribute] for cue in own]
        alone = any(a.alone for a in attributes)
        if (nearness == NONE and not alone) or any(a.blocks for a in attributes):
            return None
        for cues, reason in self._completions(n, share, own, unit, nearness):
            reading = self._reading(cues, own, unit)
            if reading is None:
                continue
            if not reading.gives:
                return None
            near = max(nearness, SENTENCE if alone else NONE)
            scoped = "inherited_family" if nearness == SCOPE else "head_elided" if head is None else ""
            reasons = tuple(r for r in (reason, scoped) if r)
            return Candidate(self.rules, reading, cues, own, head, (near, len(reading.all_of), len(own)), reasons)
        return None

    def _unit(self, atom: NumberAtom) -> str | None:
        """The unit under which readings are looked up; None for what is no amount of this family."""
        if atom.role == "change_from" or (atom.role and atom.unit != "percent"):
            return None
        unit = "count" if atom.unit is None else atom.unit
        return unit if any(reading.unit == unit for reading in self.rules.readings) else None

    def _head(self, share: Share, unit: str) -> tuple[Span | None, int]:
        """The head noun of a number and how near it stands."""
        end = end_of(share.atom)
        gap = _BEFORE_HEAD.match(self.view, end)
        behind = gap.end() if gap else end
        for head in self.scan.heads:
            if head.start == behind:
                return head, BEHIND
        left = Span(share.fronted.start, share.atom.span.start)
        if share.atom.kind in (NumberKind.WORD, NumberKind.ZERO):
            return None, NONE
        if unit in ("count", "percent") and not self._is_bare(share) and not (unit == "percent" and _SHARE_NOUN.search(self.view, *_ends(left))):
            return None, NONE
        if own := [head for head in self.scan.heads if left.covers(head)]:
            return own[-1], OWN
        if unit != "count" and (own := [head for head in self.scan.heads if share.right.covers(head)]):
            return own[0], OWN
        if any(left.covers(rival) or share.right.covers(rival) for rival in self.rivals):
            return None, NONE
        if any(self.done) or any(head.end <= share.atom.span.start for head in self.scan.heads):
            return None, SENTENCE
        return None, SCOPE if self.in_scope and unit == "percent" else NONE

    def _is_bare(self, share: Share) -> bool:
        """Whether no noun of its own follows: "hoàn thành 177 (…)", "57 đang làm"."""
        end = end_of(share.atom)
        if end >= self.sentence.end or _BARE_AFTER.match(self.view, end):
            return True
        return any(0 <= cue.span.start - end <= 1 for cue in self.scan.cues)

    def _cues(self, span: Span) -> tuple[Cue, ...]:
        return tuple(cue for cue in self.scan.cues if span.covers(cue.span))

    def _own_cues(self, share: Share) -> tuple[Cue, ...]:
        """The cues among a number's own words, the nearest on both sides first."""
        left = self._cues(share.left)
        right = self._cues(self._near_right(share, stop_at_and=bool(left)))
        if all(self.rules.attributes[cue.attribute].weak for cue in left + right):
            right = self._cues(share.right)
        fronted = self._cues(share.fronted)
        if fronted and (not (left or right) or self._is_short(share.fronted, fronted)):
            slots = {self.rules.attributes[cue.attribute].slot for cue in left + right}
            left = tuple(c for c in fronted if self.rules.attributes[c.attribute].slot not in slots) + left
        return left + right

    def _near_right(self, share: Share, *, stop_at_and: bool) -> Span:
        """A number's words behind it up to the first comma, or conjunction if words before it tell."""
        marks = [_COMMA.finditer(self.view, *_ends(share.right))]
        if stop_at_and:
            marks.append(_AND.finditer(self.view, *_ends(share.right)))
        places = [m.start() for found in marks for m in found]
        units = [*(c.span for c in self.scan.cues), *self.scan.heads]
        units += [Span(*m.span()) for m in ASIDE.finditer(self.view, *_ends(share.right))]
        free = [p for p in places if not any(unit.start < p < unit.end for unit in units)]
        return Span(share.right.start, min(free, default=share.right.end))

    def _is_short(self, span: Span, cues: Sequence[Cue]) -> bool:
        """Whether a fronted stretch says little beside its cues ("Trước và đúng hạn, đã trả …")."""
        return len(span.of(self.view).split()) - sum(len(c.span.of(self.view).split()) for c in cues) <= 3

    def _completions(
        self, n: int, share: Share, own: tuple[Cue, ...], unit: str, nearness: int
    ) -> Iterator[tuple[tuple[Cue, ...], str]]:
        """The number's cues with what its context lends, the fullest first."""
        before = self.done[n - 1] if n else None
        strong = tuple(c for c in own if not self.rules.attributes[c.attribute].weak)
        if strong:
            whole = self._whole(n, share)
            for lender in (whole.cues if whole else (), self._opener(share)):
                lent = self._lendable(lender, strong)
                if lent:
                    yield lent + strong, "inherited_attribute"
            yield strong, ""
            return
        if before and share.linked and before.reading.unit != unit:
            yield before.cues, "linked"
        if opener := self._opener(share):
            yield opener, "inherited_attribute"
        if own:
            yield own, ""
        elif nearness >= SENTENCE and self._follows_entity(share):
            if before:
                yield before.cues, "inherited_attribute"
            elif self.rules.default and nearness == BEHIND:
                yield tuple(Cue(name, share.atom.text_span) for name in self.rules.default), "default_reading"
        elif self._is_level_of(share) and (whole := self._whole(n, share)):
            yield whole.cues, "inherited_attribute"
        elif nearness == BEHIND and not any(self.done):
            yield self._cues(Span(self.sentence.start, share.left.start)), "inherited_attribute"

    def _whole(self, n: int, share: Share) -> Candidate | None:
        """The reading of the number that this one is a part of."""
        return self.done[share.whole] if share.whole is not None and share.whole < n else None

    def _is_level_of(self, share: Share) -> bool:
        """Whether a level is said with the number: "gồm 1.731 TTHC cấp tỉnh và 453 TTHC cấp xã"."""
        return level_of(self.view, share.atom.span, share.left, share.right) is not None

    def _opener(self, share: Share) -> tuple[Cue, ...]:
        """Cues before the colon that opens a list of numbers ("Số nhiệm vụ quá hạn của từng đơn vị: …")."""
        first = self.parts[0].atom.span.start
        colon = self.view.rfind(":", self.sentence.start, first)
        return self._cues(Span(self.sentence.start, colon)) if colon >= 0 else ()

    def _lendable(self, cues: Sequence[Cue], own: Sequence[Cue]) -> tuple[Cue, ...]:
        """Those cues of a whole that its parts take over: of inherited slots that are still empty."""
        filled = {self.rules.attributes[cue.attribute].slot for cue in own}
        slots = self.rules.inherited_slots - filled
        return tuple(c for c in cues if self.rules.attributes[c.attribute].slot in slots and c not in own)

    def _follows_entity(self, share: Share) -> bool:
        """Whether an agency or place stands right before the number ("Sở Tư pháp 2,12 ngàn HS")."""
        start = share.atom.text_span.start
        at = bisect_left(self.entities, Span(start, start)) - 1
        return at >= 0 and _NEAR_ENTITY.match(self.view, self.entities[at].end, start) is not None

    def _reading(self, cues: Sequence[Cue], own: Sequence[Cue], unit: str) -> Reading | None:
        """The reading with the most attributes; one that lends must use all that is its own."""
        names = {cue.attribute for cue in cues}
        strong = {c.attribute for c in own if not self.rules.attributes[c.attribute].weak}
        must = strong if len(cues) > len(own) else set()
        fits = [
            r for r in self.rules.readings
            if r.unit == unit and must <= r.all_of <= names and not r.none_of & names
        ]  # fmt: skip
        return max(fits, key=lambda r: (len(r.all_of), -r.line), default=None)


def end_of(atom: NumberAtom) -> int:
    """Where the figure with its unit ends and its noun may follow."""
    return max(atom.span.end, atom.unit_span.end if atom.unit_span else 0)


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end
