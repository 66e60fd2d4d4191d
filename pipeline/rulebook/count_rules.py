"""Rules of the count families: nouns, the words that qualify them, and what each set of words means.

A family counts something (dossiers, tasks, procedures …). A number belongs to it by its head noun;
attributes, found by their phrases around the number, say what is counted; a reading turns a set of
attributes and a unit into indicators. The notation of phrases is that of `phrases`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path

import regex

from pipeline.rulebook.examples import Example, read_examples
from pipeline.rulebook.phrase_keys import phrases_under
from pipeline.rulebook.source import Reader, load_rule_file
from pipeline.text.phrase_places import Phrase, PhraseSet, PhraseText, phrase_set

BLANK = "\x01"
"""What look-alikes are blanked out with: no letter, no blank, no mark."""
_FLAGS = ("alone", "weak", "blocks", "unnamed", "needs_head", "far", "in_denial", "sole")
_CODE = regex.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_REACH = 40
"""How far a phrase may reach beyond a look-alike that it holds."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A vocabulary entry: code, names, unit and the range of values that can be true.

    A `stock` holds on a day ("đang giải quyết"), a flow over a period. A `wide` measure is one of the
    whole province unless an agency stands right before the number. A `plan` measure is one that a plan
    sets: the plan's year is its period. What is counted at a `desk` has the one-stop desk or service
    centre that its sentence names as subject. `arrears` were left undone: no goal states their number.
    """

    code: str
    vi: str
    en: str
    unit: str
    low: float
    high: float
    stock: bool
    wide: bool
    plan: bool
    arrears: bool
    desk: bool
    file: str
    line: int

    def allows(self, value: Decimal) -> bool:
        """Whether the measure can have a value."""
        return self.low <= float(value) <= self.high


@dataclass(frozen=True, slots=True)
class Attribute:
    """A property that words around a number give it; attributes of one slot exclude each other.

    `alone` attributes name the family by themselves, without its head noun. `weak` ones give way to
    any other ("có", "tổng số"). Where a `blocks` attribute stands before a number there is no reading
    ("nhiều hơn … là 9,6 ngàn"); an `unnamed` one leaves a count right behind an agency's name alone ("chủ yếu là Sở Y
    tế (12 hồ sơ)"). `needs_head` ones mean nothing without the noun in their paragraph;
    `far` ones may stand behind a comma ("745 bộ đang giải quyết, tất cả vẫn trong hạn"); `in_denial`
    ones count inside a denial ("không còn": what is left). Set `apart` from the number by a comma or a
    bracket, the words say another attribute ("162 hồ sơ đang xử lý (trong hạn)": all of them). Where the words of a
    `sole` one are the noun right behind the number, they alone tell what is counted ("45 quyết định công bố TTHC sửa
    đổi": decisions).
    """

    name: str
    slot: str
    phrases: tuple[str, ...]
    cues: tuple[Phrase, ...]
    alone: bool
    weak: bool
    blocks: bool
    unnamed: bool
    needs_head: bool
    far: bool
    in_denial: bool
    sole: bool
    apart: str
    line: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A set of attributes with a unit, and the indicators that it gives."""

    rule_id: str
    gives: tuple[str, ...]
    unit: str
    all_of: frozenset[str]
    none_of: frozenset[str]
    line: int


@dataclass(frozen=True, slots=True)
class Whole:
    """A figure that the figures `parts` and `lacks` add up to.

    Words that may mean the `lacks` of several wholes ("quá hạn") are read under the one that lacks just their
    number, unless the attribute `named_by` of a whole stands among them.
    """

    code: str
    parts: frozenset[str]
    lacks: str
    named_by: str


@dataclass(frozen=True, slots=True)
class Sum:
    """What a table's column "Tổng số" counts beside the columns of its `parts`."""

    reading: Reading
    parts: frozenset[str]


@dataclass(frozen=True, slots=True)
class CountRules:
    """One count family, compiled."""

    family: str
    file: str
    indicators: tuple[Indicator, ...]
    attributes: dict[str, Attribute]
    readings: tuple[Reading, ...]
    heads: PhraseSet
    lookalikes: PhraseSet | None
    """Longer phrases that hold a head or a cue but mean something else."""
    cues: PhraseSet
    """Every attribute's phrases as one set, named by the attribute; the longest match counts."""
    columns: PhraseSet | None
    """What tells an attribute where it is the whole heading of a column: "Mới" under "Tiếp nhận"."""
    inherited_slots: frozenset[str]
    """Slots that the parts of a list take over from their whole ("đang giải quyết 9 (quá hạn 2)")."""
    default: tuple[str, ...]
    """Attributes of a number that stands bare behind an agency's name in a list."""
    elides_head: str
    """Where shares of the family go without its noun: in the `document` or the `block` that names it."""
    shared_verb: bool
    """Whether things counted side by side share the verb before the first ("giảm 4 chi cục, 21 phòng")."""
    served: bool
    """Whether a service centre counts its things: it is their subject where a text begins with it."""
    carries_subject: bool
    """Whether an item of a list that names nobody goes on about whom the item before named."""
    zero_shares: bool
    """Whether a denial shares the state of the number before ("đang giải quyết 9, không có hồ sơ quá hạn")."""
    carries_on: frozenset[str]
    """Attributes that the next number takes over across a comma: "đang giải quyết 9.833, quá hạn 121"."""
    rival: bool
    """Whether its head noun beside a number keeps families without one away from the number."""
    wholes: tuple[Whole, ...] = ()
    counters: frozenset[str] = frozenset()
    """Those heads that are its noun right behind a number only ("35 bộ", while "Bộ" is a ministry)."""
    captions: PhraseSet | None = None
    """Words that name the family above a table, without its noun: "Kết quả tiếp nhận, giải quyết TTHC"."""
    sums: tuple[Sum, ...] = ()
    examples: tuple[Example, ...] = ()
    by_code: Mapping[str, Indicator] = field(init=False)
    by_unit: Mapping[str, tuple[Reading, ...]] = field(init=False)
    """The readings of a unit, those with the most attributes first; of equal ones the first of the file."""

    def __post_init__(self) -> None:
        ranked = sorted(self.readings, key=lambda reading: (-len(reading.all_of), reading.line))
        units = {reading.unit: tuple(r for r in ranked if r.unit == reading.unit) for reading in ranked}
        object.__setattr__(self, "by_unit", units)
        object.__setattr__(self, "by_code", {indicator.code: indicator for indicator in self.indicators})

    def reading(self, unit: str, names: Set[str], needed: Set[str] = frozenset()) -> Reading | None:
        """The reading with the most of the attributes `names`; it must use those `needed`."""
        for reading in self.by_unit.get(unit, ()):
            if needed <= reading.all_of <= names and not reading.none_of & names:
                return reading
        return None

    def masked(self, text: PhraseText) -> PhraseText:
        """The text with look-alikes blanked out, at equal length.

        Where a head or a cue is longer than the look-alike that it holds, it is meant: "đang trong thời
        gian xử lý" is a cue though "thời gian xử lý" looks like one.
        """
        if self.lookalikes is None:
            return text
        return text.replaced(
            self.lookalikes, lambda m: m.group() if self._is_meant(text, m) else BLANK * len(m.group())
        )

    def _is_meant(self, text: PhraseText, lookalike: regex.Match[str]) -> bool:
        start, end = lookalike.span()
        return any(
            longer.start() <= start and end <= longer.end() and longer.span() != (start, end)
            for phrases in (self.cues, self.heads)
            for longer in text.finditer(phrases, max(0, start - _REACH), min(len(text.view), end + _REACH))
        )


def load_count_rules(path: Path) -> CountRules:
    """Read and compile one family. Raises RuleError with file and line."""
    top = Reader(path, load_rule_file(path))
    top.only(
        "family", "title", "about", "heads", "lookalikes", "attributes", "readings", "indicators",
        "inherit", "examples", "negatives", "known_misses", "wide", "rival", "default", "elides_head",
        "shared_verb", "served", "carries_subject", "zero_shares", "carries_on", "wholes",
        "captions", "counters", "sums",
    )  # fmt: skip
    family, title = top.text("family"), top.mapping("title")
    title.text("vi"), title.text("en")
    attributes = {a.name: a for a in _attributes(top)}
    cues = [phrase for attribute in attributes.values() for phrase in attribute.cues]
    indicators = tuple(_indicators(top))
    codes = {i.code for i in indicators}
    readings = tuple(_readings(top, family, attributes, codes))
    slots = {a.slot for a in attributes.values()}
    inherit = frozenset(top.texts("inherit"))
    if unknown := inherit - slots:
        raise top.fault(f"'inherit' names no slot of an attribute: {sorted(unknown)[0]}")
    lookalikes, captions = phrases_under(top, "lookalikes"), phrases_under(top, "captions")
    return CountRules(
        family=family,
        file=path.name,
        indicators=indicators,
        attributes=attributes,
        readings=readings,
        heads=phrase_set(phrases_under(top, "heads"), longest=True),
        lookalikes=phrase_set(lookalikes) if lookalikes else None,
        cues=phrase_set(cues, longest=True),
        columns=phrase_set(columns) if (columns := _columns(top)) else None,
        inherited_slots=inherit,
        default=top.texts("default"),
        elides_head=_scope(top),
        shared_verb=bool(top.entry.get("shared_verb")),
        served=bool(top.entry.get("served")),
        carries_subject=bool(top.entry.get("carries_subject")),
        zero_shares=bool(top.entry.get("zero_shares")),
        carries_on=_known(top, "carries_on", attributes),
        rival=bool(top.entry.get("rival")),
        wholes=tuple(_wholes(top, attributes, codes)),
        counters=frozenset(top.texts("counters")),
        captions=phrase_set(captions) if captions else None,
        sums=tuple(_sums(top, codes)),
        examples=read_examples(top),
    )


def _scope(top: Reader) -> str:
    scope = str(top.entry.get("elides_head") or "")
    if scope not in ("", "block", "document"):
        raise top.fault("'elides_head' is block or document")
    return scope


def _attributes(top: Reader) -> list[Attribute]:
    found = []
    for name in top.mapping("attributes").entry:
        reader = top.mapping("attributes").mapping(name)
        reader.only("slot", "phrases", "columns", "apart", *_FLAGS)
        phrases, cues = reader.texts("phrases"), tuple(phrases_under(reader, "phrases", name))
        if not phrases:
            raise reader.fault(f"attribute {name!r} has no phrases")
        slot, flags = reader.text("slot", name), {flag: bool(reader.entry.get(flag)) for flag in _FLAGS}
        apart = str(reader.entry.get("apart") or "")
        found.append(Attribute(name, slot, phrases, cues=cues, apart=apart, line=reader.line, **flags))
    if unknown := {a.apart for a in found if a.apart} - {a.name for a in found}:
        raise top.fault(f"'apart' names no attribute: {sorted(unknown)[0]}")
    return found


def _columns(top: Reader) -> list[Phrase]:
    """The headings of all attributes, each under the attribute's name."""
    attributes = top.mapping("attributes")
    return [phrase for name in attributes.entry for phrase in phrases_under(attributes.mapping(name), "columns", name)]


def _indicators(top: Reader) -> list[Indicator]:
    found = []
    for reader in top.entries("indicators"):
        reader.only("code", "vi", "en", "unit", "min", "max", "stock", "plan", "desk", "arrears")
        unit, code = reader.text("unit"), reader.text("code")
        if not _CODE.fullmatch(code):
            hint = "Small letters without accents, digits, _ and one dot: 'egov.teams'."
            raise reader.fault(f"{code!r} cannot be a code", hint)
        high = reader.entry.get("max", 100.0 if unit == "percent" else float("inf"))
        found.append(
            Indicator(
                code=code, vi=reader.text("vi"), en=reader.text("en"), unit=unit,
                low=float(reader.entry.get("min", 0)), high=float(high),
                stock=bool(reader.entry.get("stock")), wide=bool(top.entry.get("wide")),
                plan=bool(reader.entry.get("plan")), desk=bool(reader.entry.get("desk")),
                arrears=bool(reader.entry.get("arrears")),
                file=top.path.name, line=reader.line,
            )
        )  # fmt: skip
    return found


def _known(top: Reader, key: str, attributes: Mapping[str, Attribute]) -> frozenset[str]:
    """The names of attributes that an entry lists. Raises RuleError for a name that is none."""
    names = frozenset(top.texts(key))
    if unknown := names - attributes.keys():
        raise top.fault(f"{key!r} names no attribute: {sorted(unknown)[0]}")
    return names


def _readings(top: Reader, family: str, attributes: dict[str, Attribute], codes: set[str]) -> list[Reading]:
    found = []
    for reader in top.entries("readings"):
        reader.only("gives", "unit", "all", "none", "why")
        gives = reader.texts("gives")
        all_of, none_of = frozenset(reader.texts("all")), frozenset(reader.texts("none"))
        _refuse_unknown(reader, "attribute", all_of | none_of, attributes.keys())
        _refuse_unknown(reader, "indicator", gives, codes)
        unit = reader.text("unit", "count")
        name = "-".join(sorted(all_of)) or "bare"
        found.append(Reading(f"{family}/{name}/{unit}", gives, unit, all_of, none_of, reader.line))
    return found


def _wholes(top: Reader, attributes: Mapping[str, Attribute], codes: Set[str]) -> list[Whole]:
    found = []
    for reader in top.entries("wholes"):
        reader.only("whole", "parts", "lacks", "named_by")
        code, parts, lacks = reader.text("whole"), frozenset(reader.texts("parts")), reader.text("lacks")
        named_by = reader.text("named_by")
        _refuse_unknown(reader, "indicator", {code, lacks} | parts, codes)
        _refuse_unknown(reader, "attribute", {named_by}, attributes.keys())
        if not parts:
            raise reader.fault("'parts' must name one figure at least")
        if again := parts & {code, lacks}:
            raise reader.fault(f"'parts' names {sorted(again)[0]!r}, which is the whole or what it lacks")
        found.append(Whole(code, parts, lacks, named_by))
    return found


def _sums(top: Reader, codes: Set[str]) -> list[Sum]:
    found = []
    for reader in top.entries("sums"):
        reader.only("whole", "parts")
        whole, parts = reader.text("whole"), frozenset(reader.texts("parts"))
        _refuse_unknown(reader, "indicator", {whole} | parts, codes)
        if len(parts) < 2:
            raise reader.fault("'parts' must name two figures at least")
        rule = Reading(f"{whole.replace('.', '/')}/sum", (whole,), "count", frozenset(), frozenset(), reader.line)
        found.append(Sum(rule, parts))
    return found


def _refuse_unknown(reader: Reader, kind: str, names: Iterable[str], known: Set[str]) -> None:
    """Raises RuleError for the first name that the file does not declare, with the nearest that it does."""
    if unknown := sorted(set(names) - known):
        near = get_close_matches(unknown[0], known, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise reader.fault(f"no {kind} {unknown[0]!r} in this file{hint}")
