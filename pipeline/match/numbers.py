"""Atoms: every number of a text with its unit, its bound, the whole that it is set against.

The text is read in its lower-case view (`pipeline.text.fold.lower_view`), so all offsets are offsets
of the text. What a number counts, of whom and when, is not known here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

import regex

from pipeline.match import number_cues as cues
from pipeline.match.layers import Stretches
from pipeline.match.number_tokens import Token, closely_spaced, counted_noun_follows, tokens
from pipeline.model import Span
from pipeline.text.phrase_places import phrase_text
from pipeline.values.numbers import reading, readings


class NumberKind(StrEnum):
    """What a number is as written.

    NUMBER, RATIO ("20/63", "3 trong 5") and WORD ("hai") are amounts; ORDINAL is a place in a ranking
    ("thứ 6", "vị trí thứ 20/63", "top 5"); ZERO a denial ("không có hồ sơ"). SEQUENCE ("lần thứ 2",
    "Thứ Năm", "Thứ nhất, …") and LABEL ("mức độ 4", "Điều 5") never measure anything.
    """

    NUMBER = "number"
    RATIO = "ratio"
    WORD = "word"
    ORDINAL = "ordinal"
    ZERO = "zero"
    SEQUENCE = "sequence"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class NumberAtom:
    """A number as written, with everything that belongs to it by its form alone.

    `number` is the value itself: digits or words with their magnitude ("8,98 ngàn"), so that it
    parses again to `value`. `span` is the whole figure: both ends of a range, both sides of a ratio.
    `text_span` adds unit, comparator, ordinal cue, and "từ … trở lên".

    Units: percent, percent_point, point, rank_step (bậc, hạng, vị trí), day, week, month, year, hour,
    minute, person_day, times (lần), vnd, usd, hectare, km, km2, m2; None where no unit follows.
    Comparators: eq, ge, gt, le, lt, approx. `role`: change_from and change_to, on two neighbouring
    atoms, for "từ a lên b". `sign` is "+" or "-" where one is written. `cue` is the word that made
    it an ordinal, a sequence or a label.
    """

    kind: NumberKind
    span: Span
    number: Span
    text_span: Span
    value: Decimal
    alternatives: tuple[Decimal, ...] = ()
    unit: str | None = None
    unit_span: Span | None = None
    value_high: Decimal | None = None
    high_span: Span | None = None
    out_of: Decimal | None = None
    out_of_span: Span | None = None
    comparator: str = "eq"
    comparator_span: Span | None = None
    role: str | None = None
    cue: Span | None = None
    sign: str = ""


def number_atoms(
    view: str, start: int = 0, end: int | None = None, taken: Sequence[Span] = (), parts: Sequence[Span] | None = None
) -> tuple[NumberAtom, ...]:
    """The numbers of `view[start:end]` in the order of their offsets.

    `taken` are spans whose digits belong to something else (dates, identifiers, phone numbers). No atom
    reaches over the bounds of `parts` (sentences): a unit, a bound or the end of a range stand in the same
    part as the number. Without `parts` the text is one. Linear in the length of the text.
    """
    stop = len(view) if end is None else end
    text, whole = phrase_text(view), Span(start, stop)
    bounds = [(max(p.start, start), min(p.end, stop)) for p in parts or () if p.overlaps(whole)]
    if parts is None:
        bounds = [(start, stop)]
    denials = [denial for low, high in bounds for denial in cues.absences(text, low, high)]
    blocked = Stretches([*taken, *(denial for _, denial in denials)])
    atoms = [NumberAtom(NumberKind.ZERO, verb, verb, verb, Decimal(0)) for verb, _ in denials]
    for low, high in bounds:
        atoms += _Reader(view, low, high, _without_chains(view, tokens(text, low, high, blocked))).atoms()
    return tuple(sorted(atoms, key=lambda atom: atom.span.start))


_MONEY = frozenset({"vnd", "usd"})
_SLASH = regex.compile(r"\s?/\s?")
_OUT_OF = closely_spaced(r"(?: trở (?:lên|xuống))? \(?(?:trên|trong)(?: tổng)?(?: số)? ")
_DASH = closely_spaced(r"\s{0,2}-\s{0,2}(?:dưới )?")
_TO = closely_spaced(r" (?:đến|tới)(?: dưới)? ")
_YEAR = regex.compile(r"(?:19|20)[0-9]{2}")
_ASIDE = regex.compile(r"\([^()]*+\)")
# "từ 42,11 (2020) tới 42,40 (2021)": the year of the first end
_DATED_TO = closely_spaced(r"\s?\((?:năm )?(?:19|20)[0-9]{2}\) (?:đến|tới) ")
_CLAUSE_END = regex.compile(r"[,;:()]|\.\s")


def _without_chains(view: str, found: Sequence[Token]) -> list[Token]:
    """The tokens that are not parts of a date or code such as 18/6/2021 or 12-3-2018."""
    kept: list[Token] = []
    chain: list[Token] = []
    mark = ""
    for token in found:
        between = view[chain[-1].end : token.number.start] if chain else ""
        if chain and between in ("/", "-") and mark in ("", between):
            chain.append(token)
            mark = between
            continue
        kept += chain if len(chain) < 3 else []
        chain, mark = [token], ""
    return kept + (chain if len(chain) < 3 else [])


class _Figure(NamedTuple):
    """One or two tokens read together; `first` holds the value."""

    first: Token
    second: Token | None = None
    joined: str = ""  # ratio, range or change

    @property
    def last(self) -> Token:
        return self.second or self.first

    @property
    def unit(self) -> str | None:
        return self.last.unit or self.first.unit

    @property
    def unit_span(self) -> Span | None:
        return self.last.unit_span or self.first.unit_span


class _Values(NamedTuple):
    """The fields of an atom that its digits give."""

    number: Span
    value: Decimal
    alternatives: tuple[Decimal, ...]
    value_high: Decimal | None = None
    high_span: Span | None = None
    out_of: Decimal | None = None
    out_of_span: Span | None = None


def _plain_whole(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole if whole == value else value


class _Reader:
    """Reads tokens into atoms, from left to right."""

    def __init__(self, view: str, start: int, stop: int, found: Sequence[Token]) -> None:
        self.view, self.start, self.stop = view, start, stop
        self.tokens = [token for token in found if readings(token.number.of(view))]

    def atoms(self) -> list[NumberAtom]:
        atoms: list[NumberAtom] = []
        at, floor = 0, self.start
        while at < len(self.tokens):
            figure = self._figure(at, floor)
            if figure.joined == "change" and figure.second is not None:
                atoms.append(replace(self._atom(_Figure(figure.first), floor), role="change_from"))
                to = self._atom(_Figure(figure.second), figure.first.end)
                atoms.append(replace(to, role="change_to"))
            else:
                atoms.append(self._atom(figure, floor))
            floor = max(atoms[-1].text_span.end, figure.last.end)
            at += 2 if figure.second else 1
        return self._with_changes(self._with_labels(atoms))

    def _figure(self, at: int, floor: int) -> _Figure:
        first = self.tokens[at]
        if at + 1 == len(self.tokens):
            return _Figure(first)
        second = self.tokens[at + 1]
        between = self.view[first.end : second.number.start]
        if self._is_ratio(first, second, between):
            return _Figure(first, second, "ratio")
        if _DASH.fullmatch(between) and self._spans_range(first, second, between):
            return _Figure(first, second, "range")
        if _TO.fullmatch(between) and self._same_unit(first, second):
            low, high = self._plain(first), self._plain(second)
            opened = cues.from_before(self.view, first.number.start, floor)
            motion = cues.motion_before(self.view, opened.start, floor) if opened else 0
            if motion and (high > low) == (motion > 0) and not between.endswith("dưới "):
                return _Figure(first, second, "change")
            if high > low:
                return _Figure(first, second, "range")
        return _Figure(first)

    def _is_ratio(self, first: Token, second: Token, between: str) -> bool:
        if _SLASH.fullmatch(between):
            if first.unit == second.unit == "percent":
                return False  # "đạt 97,5%/80% chỉ tiêu": a rate and its goal
            return first.unit in (None, second.unit) and not first.is_word
        if not _OUT_OF.fullmatch(between) or first.unit not in (None, second.unit):
            return False
        # "30 trong 6 tháng" is no share.
        whole = "tổng" in between or second.unit in (first.unit, None, "point")
        return whole and self._plain(second) >= self._plain(first)

    def _spans_range(self, first: Token, second: Token, between: str) -> bool:
        """Whether two numbers parted by a dash are the ends of a range."""
        after = self.view[second.number.end : second.number.end + 2]
        if after[:1] in ("/", "-") and after[1:].isdigit():
            return False
        low, high = first.number.of(self.view), second.number.of(self.view)
        if not self._same_unit(first, second) or (_YEAR.fullmatch(low) and _YEAR.fullmatch(high)):
            return False
        if first.unit == "percent" and second.unit == "percent":
            return True
        return self._plain(second) > self._plain(first)

    def _same_unit(self, first: Token, second: Token) -> bool:
        """Whether one unit serves both; "15-20 nghìn" is not read, as 15 has no magnitude of its own."""
        scaled = [reading(token.number.of(self.view)).scaled for token in (first, second)]
        return first.unit in (None, second.unit) and scaled[0] >= scaled[1]

    def _plain(self, token: Token) -> Decimal:
        return reading(token.number.of(self.view), token.unit).value

    def _atom(self, figure: _Figure, floor: int) -> NumberAtom:
        first, last = figure.first, figure.last
        start, sign = self._sign(first.number.start, floor)
        position = cues.position_before(self.view, start, last.number.end, floor)
        if position and position.code == cues.Position.LABEL and not self._is_label(figure):
            position = None
        is_place = position is not None and position.code == cues.Position.ORDINAL
        before = None if position else cues.comparator_before(self.view, start, floor)
        # "xếp hạng 12 trở lên trong 34 tỉnh": the bound may stand before the whole.
        inner = cues.comparator_after(self.view, first.end, last.number.start, is_place) if figure.second else None
        after = inner or cues.comparator_after(self.view, last.end, self.stop, is_place)
        comparator = after or before or self._top(position)
        opened = cues.from_before(self.view, before.span.start if before else start, floor)
        marks = [start, *(c.span.start for c in (position, comparator, before) if c)]
        if opened and (after or figure.joined == "range"):
            marks.append(opened.start)
        end = max(last.end, after.span.end if after else 0)
        return NumberAtom(
            kind=self._kind(figure, position),
            span=Span(first.number.start, last.number.end),
            text_span=Span(min(marks), end),
            unit=figure.unit,
            unit_span=figure.unit_span,
            comparator=comparator.code if comparator else "eq",
            comparator_span=comparator.span if comparator else None,
            cue=position.span if position else None,
            sign=sign,
            **self._values(figure)._asdict(),
        )

    def _values(self, figure: _Figure) -> _Values:
        unit = figure.unit or ("count" if counted_noun_follows(self.view, figure.last.end) else None)
        first, second = figure.first, figure.second
        if second is None:
            value, others = self._value(first, unit)
            return _Values(first.number, value, others)
        other = reading(second.number.of(self.view), unit).value
        if figure.joined == "ratio":
            value, others = self._value(first, unit, other)
            if unit in _MONEY and value < other and first.number.of(self.view).strip()[-1].isdigit():
                value = _plain_whole(value * self._scale(second, unit))  # "214,6/380 tỷ đồng": one magnitude for both
            return _Values(first.number, value, others, out_of=other, out_of_span=second.number)
        value, others = self._value(first, unit)
        if value <= other:
            return _Values(first.number, value, others, value_high=other, high_span=second.number)
        # "94,07% - 82,79%": the lower end is the value wherever it stands.
        low, others = self._value(second, unit)
        return _Values(second.number, low, others, value_high=value, high_span=first.number)

    def _value(
        self, token: Token, unit: str | None, out_of: Decimal | None = None
    ) -> tuple[Decimal, tuple[Decimal, ...]]:
        """The value of a token, and the others that its digits allow."""
        text = token.number.of(self.view)
        value = reading(text, unit, out_of).value
        return value, tuple(dict.fromkeys(r.value for r in readings(text) if r.value != value))

    def _scale(self, token: Token, unit: str | None) -> Decimal:
        """What the magnitude word of an amount is worth."""
        text = token.number.of(self.view)
        digits = text.rstrip(" " + "".join(char for char in text if char.isalpha()))
        plain = reading(digits, unit).value if digits else Decimal(0)
        return reading(text, unit).value / plain if plain else Decimal(1)

    def _sign(self, at: int, floor: int) -> tuple[int, str]:
        """Where the number begins with its sign, and the sign. A dash after a blank is a bullet."""
        mark = self.view[at - 1 : at] if at > floor else ""
        ahead = self.view[at - 2 : at - 1] if at - 1 > self.start else "("
        if (mark == "+" and ahead in " (") or (mark == "-" and ahead == "("):
            return at - 1, mark
        return at, ""

    def _is_label(self, figure: _Figure) -> bool:
        """A label's number has no unit, no whole and no counted noun behind it."""
        return figure.unit is None and not figure.second and not counted_noun_follows(self.view, figure.last.end)

    def _top(self, position: cues.Cue | None) -> cues.Cue | None:
        """ "top 5" is place five or better."""
        if position and position.span.of(self.view) in ("top", "tốp"):
            return cues.Cue("le", position.span)
        return None

    @staticmethod
    def _kind(figure: _Figure, position: cues.Cue | None) -> NumberKind:
        if position is not None:
            return NumberKind(position.code)
        if figure.joined == "ratio":
            return NumberKind.RATIO
        return NumberKind.WORD if figure.first.is_word else NumberKind.NUMBER

    def _with_labels(self, atoms: list[NumberAtom]) -> list[NumberAtom]:
        """Carry a label on to the numbers listed with its own: "mức độ 3, 4", "mức độ 3 và mức độ 4"."""
        for at in range(1, len(atoms)):
            label, atom = atoms[at - 1], atoms[at]
            if label.kind != NumberKind.LABEL or atom.kind != NumberKind.NUMBER or atom.unit or len(atom.number) > 2:
                continue
            if counted_noun_follows(self.view, atom.span.end):
                continue  # "128 thủ tục mức độ 3 và 74 thủ tục mức độ 4"
            if cues.continues_label(self.view, label.span.end, atom.span.start):
                atoms[at] = replace(atom, kind=NumberKind.LABEL, cue=label.cue)
        return atoms

    def _with_changes(self, atoms: list[NumberAtom]) -> list[NumberAtom]:
        """Give the roles of "từ a … lên b": the two ends may have a year in words between them."""
        for at, atom in enumerate(atoms):
            floor = atoms[at - 1].text_span.end if at else self.start
            if atom.role or atom.value_high is not None or not cues.starts_change(self.view, atom.number.start, floor):
                continue
            end = self._change_end(atoms, at)
            if end is not None:
                to = atoms[end]
                # "từ vị trí 53 lên 46": the second is a place as well.
                kind = atom.kind if atom.kind == NumberKind.ORDINAL and to.unit is None else to.kind
                atoms[at] = replace(atom, role="change_from")
                atoms[end] = replace(to, role="change_to", kind=kind)
        return atoms

    def _change_end(self, atoms: Sequence[NumberAtom], at: int) -> int | None:
        """The atom at which the change from `atoms[at]` ends; years may stand in between."""
        begin = max(atoms[at].text_span.end, atoms[at].span.end)
        for n in range(at + 1, min(at + 4, len(atoms))):
            target = atoms[n].number.start
            places = atoms[at].kind == atoms[n].kind == NumberKind.ORDINAL
            dated = _DATED_TO.fullmatch(self.view, begin, target) is not None
            if dated or cues.turns_to(self.view, begin, target, places):
                aside = _ASIDE.sub(" ", self.view[begin:target])
                return None if len(aside) > 80 or _CLAUSE_END.search(aside) else n
            if not _YEAR.fullmatch(atoms[n].number.of(self.view)):
                return None
        return None
