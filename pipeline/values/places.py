"""Places by name: which province or region a text names, and which code it has on a day."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from itertools import takewhile
from pathlib import Path

import regex

from pipeline.model import Span
from pipeline.rulebook.location import rules_dir
from pipeline.rulebook.source import Reader, load_rule_file
from pipeline.text.fold import line_view, lower_view, normal_view
from pipeline.text.phrase_places import WORD, Phrase, PhraseSet, phrase_set, phrase_text
from pipeline.values.agencies import Agencies, AgencyMention, load_agencies
from pipeline.values.provinces import MERGER, Province, Region, load_provinces, load_regions

__all__ = ["MERGER", "Agencies", "AgencyMention", "Gazetteer", "PlaceMention", "Province", "Region", "load_gazetteer"]

_GAP = r"(?: {1,4}|\n)"
_DISTRICT = regex.compile(r"^(?:huyện|quận|thị xã|tx\.?|thành phố|tp\.?|t\.p\.?)\s*")
_STYLE = regex.compile(r"^(?:tỉnh|thànhphố|tp\.?|t\.p\.?)")
# Words of the sentence that no unit is named with: "63 tỉnh, thành phố⏎Theo đó", "TỈNH, THÀNH PHỐ TRONG CẢ NƯỚC"; and
# below a line's end one word with a capital may only begin a sentence: "các huyện, thành phố⏎Cập nhật lúc 8:30".
_NO_NAME = (
    r"(?!(?i:trong|theo|thuộc|trực thuộc|của|tại|trên|với|đã|và|cùng|được|ubnd|hđnd)(?!\w))"
    r"(?!(?<=\n)(?-i:\p{Lu}[\p{L}']*+) {1,2}(?-i:\p{Ll}))"
    # "Lao động - Thương binh và Xã hội", in capitals as well.
    r"(?!(?i:hội)(?!\w| {1,2}(?-i:\p{Lu})))"
)
_RUN = (
    rf"{_NO_NAME}(?:"
    r"(?-i:\p{Lu}[\p{L}']*|(?<=(?i:quận|phường|q\.|p\.)\s{1,2})\d{1,2}(?![\d%]|[.,]\d)"
    # "UBND thành phố giao phường 56 nhiệm vụ": what is counted is no name.
    r"(?!\s+(?i:nhiệm vụ|hồ sơ|thủ tục|tthc|văn bản|việc|chỉ tiêu|mục tiêu|biên chế|người|lượt|mô hình)"
    r"(?!\w)))"
    r"(?: {1,2}(?-i:\p{Lu}[\p{L}']*)){0,3})"
)
# Since 1 July 2025 many communes carry a number ("xã A Lưới 1"); before a verb it can be no amount.
_NUMBERED = (
    r"(?: [1-9](?= (?:không|đã|được|đạt|có|mới|chỉ|vẫn|cũng|với|tiếp nhận|giải quyết|hoàn thành|xếp|đứng|dẫn đầu)"
    r"(?!\w)))?"
)
# In a line of capitals nothing tells where a name ends, but a mark or the line's end: else two words are taken.
_CAPITALS = rf"{_NO_NAME}(?-i:\p{{Lu}}+(?:(?: {{1,2}}\p{{Lu}}+){{0,3}}(?= ?(?:[\n,.;:()|-]|$))|(?: {{1,2}}\p{{Lu}}+)?))"
_HUE = ("Huế", "Thừa Thiên Huế")
"""Two names of one province, before and since it became a city under the centre."""
_NO_LEVEL = r"(?<!(?i:cấp)\s{1,2})"
""" "cấp huyện" is a level, no place."""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place that a text names.

    `kind` is province, district, commune, region or nation. `name` is a province's official name (in
    the list that knows the spelling: resolve it with `Gazetteer.province`), a smaller unit's name with
    its kind as written ("huyện Mai Sơn"), a region's full name, or "cả nước". `span` covers "tỉnh",
    "thành phố" … before the name too. `slug` is a region's.
    """

    kind: str
    name: str
    span: Span
    slug: str | None = None


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The places and agencies that the rules know; `load_gazetteer` makes it."""

    provinces: tuple[Province, ...]
    regions: tuple[Region, ...]
    agencies: Agencies
    _spellings: dict[str, str] = field(repr=False)
    """A folded spelling → the official name of the province."""
    _names: PhraseSet = field(repr=False)
    _districts: dict[str, frozenset[str]] = field(repr=False)
    """A folded name of a district of the 63 → the codes of the provinces that have one of that name."""
    _districts_in: dict[str, dict[str, str]] = field(repr=False)
    """The code of a province of the 63 → the names of its districts, each with its kind."""
    _by_name: dict[str, list[Province]] = field(init=False, repr=False)
    _by_code: dict[tuple[str, str], Province] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_name: dict[str, list[Province]] = {}
        for province in self.provinces:
            for name in _HUE if province.name in _HUE else (province.name,):
                by_name.setdefault(name, []).append(province)
        object.__setattr__(self, "_by_name", by_name)
        object.__setattr__(self, "_by_code", {(p.code, p.regime): p for p in self.provinces})

    def province(self, name: str, on: date | None = None) -> Province | None:
        """The province called `name` (any spelling, with or without "tỉnh") on a day; without a day the 63.

        None for a name that no province bears on that day ("Hà Giang" after 30 June 2025).
        """
        official = self._official(name)
        if official is None:
            return None
        named = self._by_name[official]
        if on is None:
            return named[0]
        standing = [province for province in named if province.stands_on(on)]
        # Days before the list begins are read with its first form.
        return standing[0] if standing else (named[0] if on < named[0].since and named[0].regime == "63" else None)

    def _official(self, name: str) -> str | None:
        key = _key(name)
        return self._spellings.get(key) or self._spellings.get(_STYLE.sub("", key))

    def central_city(self, name: str, on: date | None = None) -> bool:
        """Whether "thành phố" before `name` makes a province of it ("thành phố Huế": since 2025)."""
        province = self.province(name, on)
        return province is not None and province.kind == "thành phố"

    def by_code(self, code: str, regime: str) -> Province | None:
        """The latest form of the province with `code` in `regime` ("63" or "34")."""
        return self._by_code.get((code, regime))

    def province_of(self, place: PlaceMention, on: date | None = None) -> Province | None:
        """The province in which a district lies, on a day; None where several have one of that name, and for what
        no list knows. Districts were abolished on 1 July 2025: from then on it is the province that took them over."""
        if place.kind != "district":
            return None
        codes = self._districts.get(_key(_DISTRICT.sub("", lower_view(place.name))), frozenset())
        if len(codes) != 1:
            return None
        then = self._by_code[next(iter(codes)), "63"]
        return self.province(then.successor, on) if on and on >= MERGER and then.successor else then

    def districts_in(self, code: str) -> dict[str, str]:
        """The districts of a province of the 63, by its code: each name with its kind ("Mai Sơn" → "huyện"), the last
        one that it had."""
        return self._districts_in.get(code, {})

    def region(self, name: str) -> Region | None:
        """The region called `name`, in any spelling that the rules know."""
        key = _key(name)
        return next((region for region in self.regions if key in map(_key, region.variants)), None)

    def find_places(self, text: str, on: date | None = None) -> tuple[PlaceMention, ...]:
        """Every province, region, district and commune that `text` of the day `on` names, in order.

        Names need their capitals, but for "tỉnh sơn la". "thành phố Sơn La" and "huyện Quảng Ninh" are of
        kind district; streets and people called like a province are left out.
        """
        phrases = phrase_text(lower_view(text)).with_view(line_view(text))
        mentions = (self._mention(match, on) for match in phrases.finditer(self._names))
        return tuple(mention for mention in mentions if mention is not None)

    def _mention(self, match: regex.Match[str], on: date | None) -> PlaceMention | None:
        span, words, kind = Span(*match.span()), " ".join(match.group().split()), str(match.lastgroup)
        if kind == "other":
            return None
        if kind == "region":
            region = self.region(words)
            return PlaceMention("region", region.name, span, region.slug) if region else None
        if kind == "city":
            kind = "province" if self.central_city(words, on) else "district"
        official = self._official(words) if kind == "province" else None
        return PlaceMention(kind, official or words, span)

    def find_agencies(self, text: str, on: date | None = None) -> tuple[AgencyMention, ...]:
        """Every agency that `text` of the day `on` names, in order, with its name in full."""
        return self.agencies.find(text, lambda name: self.central_city(name, on))


@lru_cache(1024)
def _key(name: str) -> str:
    """The folded spelling: lower case, no blanks."""
    return "".join(lower_view(name).split())


def _spelling_pattern(name: str) -> str:
    """An expression for a name, open to line ends and to blanks around hyphens."""
    words = normal_view(name).replace(" - ", "-").split()
    return _GAP.join(" {0,2}- {0,2}".join(map(regex.escape, word.split("-"))) for word in words)


def _alternation(names: Iterable[str]) -> str:
    """Longest first, so that the longest match wins."""
    return "(?:" + "|".join(sorted({_spelling_pattern(name) for name in names}, key=lambda p: (-len(p), p))) + ")"


@cache
def load_gazetteer(folder: Path | None = None) -> Gazetteer:
    """The gazetteer of the rules (or of another folder of the same shape). Raises RuleError."""
    folder = folder or rules_dir() / "gazetteer"
    provinces, regions = load_provinces(folder), load_regions(folder)
    names = Reader(folder / "names.yaml", load_rule_file(folder / "names.yaml"))
    names.only(
        "variants", "styled_only", "renamed", "not_places", "plain_words",
        "district_words", "commune_words", "other_words", "given_names", "surnames",
    )  # fmt: skip
    spellings = {_key(province.name): province.name for province in provinces}
    variants = names.mapping("variants")
    written = [province.name for province in provinces]
    for official in variants.entry:
        if official not in written:
            raise variants.fault(f"no province {official!r} in provinces.csv")
        written += variants.texts(official)
        spellings |= {_key(variant): official for variant in variants.texts(official)}
    agencies = load_agencies(folder, _alternation(written))
    districts = _districts(folder)
    having: dict[str, set[str]] = {}
    for code, named in districts.items():
        for name in named:
            having.setdefault(_key(name), set()).add(code)
    bearers = {name: frozenset(codes) for name, codes in having.items()}
    return Gazetteer(provinces, regions, agencies, spellings, _place_names(names, regions, written), bearers, districts)


def _districts(folder: Path) -> dict[str, dict[str, str]]:
    """The districts of each province of the 63, by its code: name and kind."""
    found: dict[str, dict[str, str]] = {}
    with (folder / "districts.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["province"], {})[row["name"]] = row["kind"]
    return found


def _begun(pattern: str, names: Iterable[str], kind: str) -> Phrase:
    """A pattern of a kind of place, which begins with one of `names`: in any case, up to a hyphen, around
    which blanks may stand."""
    words = (WORD.findall(lower_view(name))[:3] for name in names)
    return Phrase(pattern, frozenset(tuple(takewhile(lambda word: word != "-", each)) for each in words), kind)


def _named(names: Iterable[str], kind: str, form: str = "{}") -> list[Phrase]:
    """The names of a kind of place, longest first; `form` says how a name is matched."""
    found = {_begun(form.format(_spelling_pattern(name)), [name], kind) for name in names}
    return sorted(found, key=lambda phrase: (-len(phrase.pattern), phrase.pattern))


def _place_names(names: Reader, regions: tuple[Region, ...], written: list[str]) -> PhraseSet:
    """All kinds of places, the more specific first."""
    bare = [name for name in written if name not in names.texts("styled_only")]
    plain = set(names.texts("plain_words"))
    capitals = [name.upper() for name in bare if name not in plain]
    all_names = _alternation(written)

    def words(section: str) -> str:
        return _alternation(names.texts(section))

    def upper(section: str) -> str:
        return _alternation([word.upper() for word in names.texts(section)])

    cities = f"{words('not_places')}|{all_names}|(?i:{words('styled_only')})|{_RUN}"
    # "tỉnh, thành phố Bắc Trung Bộ": the cities of a region, and none of that name.
    no_region = f"(?!(?i:{_alternation(v for r in regions for v in r.variants)})(?!\\w))"
    city = rf"(?i:thành{_GAP}phố{_GAP}|tp[ .]{{1,3}}|t\.p\.? ?){no_region}(?:{cities})"
    capital_city = rf"THÀNH{_GAP}PHỐ{_GAP}(?:{_alternation(name.upper() for name in written)}(?!\w)|{_CAPITALS})"
    districts, communes = names.texts("district_words"), names.texts("commune_words")
    surnames = rf"{words('surnames')} (?:\p{{Lu}}\p{{L}}+ )?{words('given_names')}"
    phrases = (
        *_named(names.texts("not_places"), "other"),
        *_named((v for r in regions for v in r.variants), "region", "(?i:{})"),
        _begun(rf"(?i:tỉnh){_GAP}(?i:{all_names})", ["tỉnh"], "province"),
        _begun(capital_city, ["thành phố"], "city"),
        _begun(city, ["thành phố", "tp", "t.p"], "city"),
        _begun(rf"{_NO_LEVEL}{upper('district_words')}{_GAP}{_CAPITALS}", districts, "district"),
        _begun(rf"{_NO_LEVEL}{upper('commune_words')}{_GAP}{_CAPITALS}{_NUMBERED}", communes, "commune"),
        _begun(rf"{_NO_LEVEL}(?i:{words('district_words')}){_GAP}{_RUN}", districts, "district"),
        _begun(rf"{_NO_LEVEL}(?i:{words('commune_words')}){_GAP}{_RUN}{_NUMBERED}", communes, "commune"),
        _begun(rf"(?i:{words('other_words')}){_GAP}{_RUN}", names.texts("other_words"), "other"),
        _begun(surnames, names.texts("surnames"), "other"),
        *_named([*bare, *capitals], "province"),
        _begun("(?i:cả nước|toàn quốc)", ["cả nước", "toàn quốc"], "nation"),
    )
    return phrase_set(phrases)
