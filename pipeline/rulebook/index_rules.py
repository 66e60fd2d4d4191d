"""Rules of the index family: what the indices are called, what their components are, which words frame them.

`rules/index/` holds one file an index, and `frame.yaml` with the words that all of them share. The
notation of phrases is that of `phrases`; acronyms are matched with their capitals.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import regex

from pipeline.rulebook.examples import Example, read_examples
from pipeline.rulebook.phrase_keys import phrases_under
from pipeline.rulebook.phrases import any_of
from pipeline.rulebook.source import Reader, load_rule_file
from pipeline.text.fold import lower_view
from pipeline.text.phrase_places import Phrase, PhraseSet, phrase_set


class IndexMeasure(NamedTuple):
    """A measure that every index has: code, names, and unit (None: the index's own)."""

    code: str
    vi: str
    en: str
    unit: str | None = None


INDEX_MEASURES = (
    IndexMeasure("index.score", "Điểm chỉ số", "Score"),
    IndexMeasure("index.mean_score", "Điểm trung bình", "Mean score"),
    IndexMeasure("index.score_change", "Mức tăng, giảm điểm", "Change of the score"),
    IndexMeasure("index.rank", "Thứ hạng", "Rank", "rank"),
    IndexMeasure(
        "index.rank_change", "Số bậc tăng, giảm (dương là tốt lên)", "Change of the rank (positive is better)", "rank"
    ),
)
FRAME_FILE = "frame.yaml"
PROVINCES, AGENCIES = "provinces", "agencies"
"""Whom an index measures, where it is one kind alone."""
_ACRONYM = regex.compile(r"[A-ZĐ][A-ZĐ0-9]{1,7}")


@dataclass(frozen=True, slots=True)
class Scale:
    """The values that a score can have, and the wholes that it may be set against.

    No score lies inside `gap`: one written as a share of one, or on a hundred or a thousand, is never 8.4. `instead` is
    another scale that some documents tell the whole index on.
    """

    low: Decimal
    high: Decimal
    out_of: frozenset[Decimal]
    gap: tuple[Decimal, Decimal] | None = None
    instead: Scale | None = None

    def holds(self, value: Decimal) -> bool:
        """Whether a score can have the value."""
        if self.gap is not None and self.gap[0] < value < self.gap[1]:
            return False
        return self.low <= value <= self.high

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """The lowest and the highest score on any of its scales."""
        low, high = self.instead.ends if self.instead else (self.low, self.high)
        return min(low, self.low), max(high, self.high)


@dataclass(frozen=True, slots=True)
class Component:
    """A part of an index with a score of its own; `top` is the most that it can have, where known."""

    slug: str
    vi: str
    top: Decimal | None
    line: int


@dataclass(frozen=True, slots=True)
class PartIndex:
    """An index that also stands as a component of this one (SIPAS, 10 points of the PAR INDEX)."""

    index: str
    slug: str
    top: Decimal


@dataclass(frozen=True, slots=True)
class Index:
    """One index: its unit (percent or point), scale, and components.

    `share_of` is what stands behind its percentage where the text says of whom it is a share
    ("với SIPAS, 83% người dân hài lòng"); None for indices that are no share of anyone. `of` is whom alone it
    measures: PROVINCES, or AGENCIES of a province and its districts; empty where it measures both. A `monthly` one
    has figures of months and days, any other of years.
    """

    code: str
    vi: str
    en: str
    unit: str
    scale: Scale
    components: dict[str, Component]
    part: PartIndex | None
    share_of: regex.Pattern[str] | None
    of: str
    monthly: bool
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class FrameRules:
    """The shared cue words; each expression is matched on the lower-case view.

    `governors` names its groups by what the word makes of the number behind it; `ordinals` gives the
    rank of word ranks ("á quân" 2); the others are explained in `frame.yaml`.
    """

    governors: PhraseSet
    ordinals: tuple[tuple[int, PhraseSet], ...]
    last: PhraseSet
    last_but_one: PhraseSet
    not_leading: regex.Pattern[str]
    foreign_names: PhraseSet
    foreign_nouns: PhraseSet
    anaphors: PhraseSet
    unnamed_parts: PhraseSet
    whole_again: PhraseSet
    aligned: PhraseSet
    regions: PhraseSet
    groups_of_provinces: regex.Pattern[str]
    plain_words: frozenset[str]
    whole_sets: PhraseSet
    score_nouns: regex.Pattern[str]
    counters: regex.Pattern[str]


@dataclass(frozen=True, slots=True)
class IndexRules:
    """The index family, compiled.

    `names` is matched on the lower-case view and `acronyms` on the normal view; the name of the group
    is the index. `topics` are what an index measures, behind "về", `again` what it is called once it was named ("mức độ
    hài lòng"). `components` holds an expression for
    each index that has components, its groups named by slug.
    """

    indices: dict[str, Index]
    names: PhraseSet
    acronyms: PhraseSet
    topics: PhraseSet
    again: PhraseSet
    components: dict[str, PhraseSet]
    frame: FrameRules
    examples: tuple[Example, ...]

    def measures_only(self, kind: str, code: str | None) -> bool:
        """Whether the index of a code (of a component too) measures one kind alone: PROVINCES or AGENCIES."""
        index = self.indices.get((code or "").partition("/")[0])
        return index is not None and index.of == kind


def load_index_rules(folder: Path) -> IndexRules:
    """Read and compile `rules/index/`. Raises RuleError with file and line."""
    indices: dict[str, Index] = {}
    names: list[Phrase] = []
    acronyms: list[Phrase] = []
    topics: list[Phrase] = []
    again: list[Phrase] = []
    components: dict[str, PhraseSet] = {}
    examples: list[Example] = []
    frame: FrameRules | None = None
    for path in sorted(folder.glob("*.yaml")):
        top = Reader(path, load_rule_file(path))
        examples += read_examples(top)
        if path.name == FRAME_FILE:
            frame = _frame(top)
            continue
        index = _index(top)
        if index.code in indices:
            raise top.fault(f"index {index.code!r} stands in {indices[index.code].file} too")
        indices[index.code] = index
        names += phrases_under(top, "names", index.code)
        acronyms += [_acronym(top, word, index.code) for word in top.texts("acronyms")]
        topics += phrases_under(top, "topics", index.code, lead="về ")
        again += phrases_under(top, "again", index.code)
        if index.components:
            components[index.code] = _components(top)
    if frame is None:
        raise FileNotFoundError(folder / FRAME_FILE)
    return IndexRules(
        indices=indices,
        names=_named(names),
        acronyms=_named(acronyms),
        topics=_named(topics),
        again=_named(again),
        components=components,
        frame=frame,
        examples=tuple(examples),
    )


def _index(top: Reader) -> Index:
    top.only(
        "index", "title", "about", "unit", "scale", "of", "monthly", "acronyms", "names", "topics", "again",
        "components", "part", "share_of", "examples", "negatives", "known_misses",
    )  # fmt: skip
    title = top.mapping("title")
    unit = top.text("unit")
    if unit not in ("percent", "point"):
        raise top.fault(f"'unit' is percent or point, not {unit!r}")
    of = str(top.entry.get("of") or "")
    if of not in ("", PROVINCES, AGENCIES):
        raise top.fault(f"'of' is {PROVINCES} or {AGENCIES}, not {of!r}")
    parts = {c.slug: c for c in map(_component, top.entries("components"))}
    return Index(
        code=top.text("index"), vi=title.text("vi"), en=title.text("en"), unit=unit, scale=_scale(top.mapping("scale")),
        components=parts, part=_part(top), share_of=_share_of(top), of=of, monthly=bool(top.entry.get("monthly")),
        file=top.path.name, line=top.line,
    )  # fmt: skip


def _scale(reader: Reader) -> Scale:
    reader.only("min", "max", "out_of", "gap", "instead")
    wholes = frozenset(Decimal(str(whole)) for whole in reader.entry.get("out_of") or [])
    instead = _scale(reader.mapping("instead")) if "instead" in reader.entry else None
    return Scale(_number(reader, "min"), _number(reader, "max"), wholes, _gap(reader), instead)


def _gap(reader: Reader) -> tuple[Decimal, Decimal] | None:
    bounds = reader.entry.get("gap")
    if bounds is None:
        return None
    if not isinstance(bounds, list) or len(bounds) != 2:
        raise reader.fault("'gap' is a list of two numbers")
    return Decimal(str(bounds[0])), Decimal(str(bounds[1]))


def _number(reader: Reader, key: str) -> Decimal:
    value = reader.entry.get(key)
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise reader.fault(f"{key!r} must be a number")
    return Decimal(str(value))


def _component(reader: Reader) -> Component:
    reader.only("slug", "vi", "max", "names")
    slug = reader.text("slug")
    if not regex.fullmatch(r"[a-z][a-z0-9_]*", slug):
        raise reader.fault(f"'slug' is made of a-z, 0-9 and _, not {slug!r}")
    top = _number(reader, "max") if "max" in reader.entry else None
    return Component(slug, reader.text("vi"), top, reader.line)


def _part(top: Reader) -> PartIndex | None:
    if "part" not in top.entry:
        return None
    reader = top.mapping("part")
    reader.only("index", "slug", "max")
    return PartIndex(reader.text("index"), reader.text("slug"), _number(reader, "max"))


def _share_of(top: Reader) -> regex.Pattern[str] | None:
    phrases = phrases_under(top, "share_of")
    return regex.compile(rf"\s*{any_of(phrases)}") if phrases else None


def _acronym(reader: Reader, word: str, name: str) -> Phrase:
    if not _ACRONYM.fullmatch(word):
        raise reader.fault(f"an acronym is written in capitals: {word!r}")
    return Phrase(word, frozenset({(lower_view(word),)}), name)


def _components(top: Reader) -> PhraseSet:
    parts = (phrases_under(reader, "names", reader.text("slug")) for reader in top.entries("components"))
    return _named(phrase for part in parts for phrase in part)


def _named(phrases: Iterable[Phrase]) -> PhraseSet:
    """One set of named phrases, in which the longest match wins."""
    return phrase_set(sorted(phrases, key=lambda p: (-len(p.pattern), p.name, p.pattern)), longest=True)


def _frame(top: Reader) -> FrameRules:
    top.only(
        "about", "governors", "ordinals", "last", "last_but_one", "not_leading", "foreign_names",
        "foreign_nouns", "anaphors", "unnamed_parts", "whole_again", "aligned", "regions", "groups_of_provinces",
        "plain_words", "whole_sets", "score_nouns", "counters", "examples", "negatives", "known_misses",
    )  # fmt: skip
    governors = top.mapping("governors")
    cues = [phrase for name in governors.entry for phrase in phrases_under(governors, name, name)]
    ordinals = top.mapping("ordinals")

    def words(key: str) -> PhraseSet:
        phrases = phrases_under(top, key)
        if not phrases:
            raise top.fault(f"{key!r} has no phrases")
        return phrase_set(phrases, longest=True)

    def ordinal(key: str) -> tuple[int, PhraseSet]:
        if not key.isdecimal():
            raise ordinals.fault(f"the key of a rank written in words is the rank, not {key!r}")
        return int(key), phrase_set(phrases_under(ordinals, key))

    return FrameRules(
        governors=_named(cues),
        ordinals=tuple(ordinal(key) for key in ordinals.entry),
        last=words("last"),
        last_but_one=words("last_but_one"),
        not_leading=regex.compile(rf"(?p){words('not_leading').expression.pattern}\s*$"),
        foreign_names=words("foreign_names"),
        foreign_nouns=words("foreign_nouns"),
        anaphors=words("anaphors"),
        unnamed_parts=words("unnamed_parts"),
        whole_again=words("whole_again"),
        aligned=words("aligned"),
        regions=words("regions"),
        groups_of_provinces=words("groups_of_provinces").expression,
        plain_words=frozenset(word for line in top.texts("plain_words") for word in line.split()),
        whole_sets=words("whole_sets"),
        score_nouns=regex.compile(rf"(?p){words('score_nouns').expression.pattern}\s*:?\s*$"),
        counters=regex.compile(rf"(?p){words('counters').expression.pattern}\s*:\s*$"),
    )
