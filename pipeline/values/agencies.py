"""Agencies by name: ministries, departments, committees, offices; abbreviations resolved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import regex

from pipeline.model import Span
from pipeline.rulebook.source import Reader, load_rule_file
from pipeline.text.fold import line_view, lower_line_view, lower_view
from pipeline.text.phrase_places import WORD, Opening, Phrase, PhraseSet, PhraseText, phrase_set, phrase_text
from pipeline.values.open_names import OpenNames, load_open_names
from pipeline.values.provinces import Province

_GAP = r"(?: {1,4}|\n)"
_UNITS = {
    "tỉnh": "province", "thành phố": "city", "tp": "city", "tp.": "city",
    "huyện": "district", "quận": "district", "thị xã": "district", "tx": "district", "tx.": "district",
    "q.": "district", "p.": "commune",
    "xã": "commune", "phường": "commune", "thị trấn": "commune", "đặc khu": "commune",
}  # fmt: skip


_SHORT_UNITS = {
    "tp": "thành phố", "tp.": "thành phố", "tx": "thị xã", "tx.": "thị xã", "q.": "quận", "p.": "phường",
}  # fmt: skip
DESKS = frozenset({"one_stop", "center"})
"""Kinds of agencies that take dossiers in and give their results out. Newspapers write them small, "bộ phận một cửa
huyện": the unit behind makes it a name."""
_HEADS_OF_MANY = frozenset({"ban", "vertical", "government_body"})
"""Kinds whose listed names may be the beginning of a longer one: "Ban Quản lý Khu kinh tế Vũng Áng"."""
# "Trung tâm Phục vụ hành chính công (TTPVHCC) phường Bàn Thạch"
_SHORT_FORM = regex.compile(r"^\s*\([^()]*\)")


@dataclass(frozen=True, slots=True)
class AgencyMention:
    """An agency that a text names.

    `name` is its name in the text's words with abbreviations resolved, its place included as far as
    the text says it ("Sở Kế hoạch và Đầu tư", "Văn phòng UBND tỉnh", "UBND huyện Mai Sơn"); `head` is
    the part without the place. `province` is the spelling of the province that is said with it.
    `kind`: ministry, department, people_committee, office, center, party, vertical, group …; `level`:
    central, province, district, commune, or None where the text does not say.
    """

    span: Span
    name: str
    head: str
    kind: str
    level: str | None
    province: str | None = None

    def named_in(self, province: Province | None) -> str:
        """The name with the province added: "Sở Y tế tỉnh Kiên Giang", "UBND quận X thành phố Cần Thơ"."""
        if province is None or self.level in (None, "central") or self.kind == "group":
            return self.name
        if self.kind == "party" and self.head.endswith("ủy"):
            return f"{self.head} {province.name}"
        place = self.name.removeprefix(self.head).strip()
        if self.level == "province" or not place:
            return f"{self.head} {province.name_in_text}"
        # "UBND thành phố Huế", a province since 2025, in a text whose day is not known.
        is_said = lower_view(self.name).endswith(f" {lower_view(province.name_in_text)}")
        return self.name if is_said else f"{self.name} {province.name_in_text}"


_LAST_OF_GROUP = regex.compile(r"\s*,\s*(?P<kind>\p{Lu}\p{Ll}*)$")


@dataclass(frozen=True, slots=True)
class _Agency:
    name: str
    kind: str
    level: str | None
    needs_place: bool = False
    alone: _Agency | None = None
    """What the same words name where no place follows: "Ngân hàng Nhà nước", beside "… tỉnh Sơn La"."""


@dataclass(frozen=True, slots=True)
class Agencies:
    """The names of agencies, compiled."""

    _known: dict[str, _Agency] = field(repr=False)
    _heads: PhraseSet = field(repr=False)
    _place: regex.Pattern[str] = field(repr=False)
    _open: OpenNames = field(repr=False)

    def find(self, text: str, central_city: Callable[[str], bool]) -> tuple[AgencyMention, ...]:
        """Every agency named in `text`, in order; `central_city` tells which cities are provinces."""
        normal = line_view(text)
        phrases = phrase_text(lower_view(text)).with_view(lower_line_view(text))
        found, at = [], 0
        while (match := phrases.search(self._heads, at)) is not None:
            end = self._end_of_group(normal, phrases, match)
            mention = self._mention(normal, match, end, central_city)
            at = end if mention is None else mention.span.end
            if mention is not None:
                found.append(mention)
        return tuple(self._with_open_names(normal, found, central_city))

    def _with_open_names(
        self, normal: str, listed: list[AgencyMention], central_city: Callable[[str], bool]
    ) -> list[AgencyMention]:
        """The agencies that lists name, and those that only their own words do: "Chi cục Kiểm lâm tỉnh Nghệ An"."""
        opened = []
        for name in self._open.find(normal):
            over = [m for m in listed if m.span.overlaps(name.span)]
            longer = all(m.kind in _HEADS_OF_MANY and m.span.start == name.span.start for m in over)
            if longer and all(len(m.head) < len(name.name) for m in over):
                place = self._place.match(normal, name.span.end)
                if place is not None and place.group("bare") and not place.group("bare")[0].isupper():
                    place = None
                listed_as = self._known.get(_key(name.name))
                # "Cục Thuế", "Cục Hải quan" are branches in a province, said or not.
                of_province = place is not None or (listed_as is not None and listed_as.needs_place)
                known = _Agency(name.name, name.kind, "province" if of_province else name.level)
                opened.append(self._placed(normal, name.span, name.name, known, place, central_city))
        if not opened:
            return listed
        kept = [m for m in listed if not any(m.span.overlaps(o.span) for o in opened)]
        return sorted([*kept, *opened], key=lambda m: m.span)

    def _end_of_group(self, normal: str, phrases: PhraseText, match: regex.Match[str]) -> int:
        """Where a match ends; a group before the name of one agency that only its comma joins to it: "trong các sở,
        ngành, Sở Tư pháp đứng đầu"."""
        last = _LAST_OF_GROUP.search(normal, match.start(), match.end())
        if last is None or _key(match.group()) in self._known:
            return match.end()
        own = phrases.search(self._heads, last.start("kind"))
        agency = self._known.get(_key(own.group())) if own and own.start() == last.start("kind") else None
        return match.end() if agency is None or agency.kind == "group" else last.start()

    def _mention(
        self, normal: str, match: regex.Match[str], end: int, central_city: Callable[[str], bool]
    ) -> AgencyMention | None:
        start = match.start()
        written = normal[start:end]
        agency = self._known.get(_key(match.group())) or _Agency(" ".join(written.split()), "group", None)
        line_start = not normal[normal.rfind("\n", 0, start) + 1 : start].strip(" -+•|")
        # "bộ tài chính" within a sentence may be a set of finance papers; a line of its own is a head.
        capital = any(char.isupper() for char in written) or line_start or agency.kind == "group"
        if not capital and agency.kind not in DESKS:
            return None
        place = self._place.match(normal, end) if agency.level != "central" else None
        if place is not None and place.group("bare") and not place.group("bare")[0].isupper():
            place = None
        if place is None and not capital:
            return None
        if place is None and agency.needs_place:
            if agency.alone is None:
                return None
            agency = agency.alone
        head = _wording(written, agency.name)
        return self._placed(normal, Span(start, end), head, agency, place, central_city)

    def _placed(
        self,
        normal: str,
        span: Span,
        head: str,
        agency: _Agency,
        place: regex.Match[str] | None,
        central_city: Callable[[str], bool],
    ) -> AgencyMention:
        """An agency with the place behind its name."""
        if place is None:
            return AgencyMention(span, head, head, agency.kind, agency.level)
        unit = _UNITS.get(" ".join(lower_view(place.group("unit") or "").split()))
        name, province = place.group("name"), place.group("province") or place.group("bare")
        if unit == "city":
            unit = "district" if name and not central_city(name) else "province"
        if unit not in (None, "province"):
            province = None
        level = None if agency.kind == "group" else agency.level or unit or ("province" if province else None)
        words = _place_words(" ".join(_SHORT_FORM.sub("", place.group()).split()))
        return AgencyMention(Span(span.start, place.end()), f"{head} {words}", head, agency.kind, level, province)


def _wording(written: str, name: str) -> str:
    """The text's own words where they are the name; the name where they are capitals or an abbreviation."""
    words = " ".join(written.split())
    mixed = not words.isupper() and not words.islower()
    own = mixed and _key(words) == _key(name) and "&" not in words
    return words[0].upper() + words[1:] if own else name


@lru_cache(1024)
def _place_words(words: str) -> str:
    """ "TỈNH SƠN LA" as "tỉnh Sơn La"; "TP Vinh" as "thành phố Vinh"."""
    unit, name = words, ""
    for known in sorted(_UNITS, key=len, reverse=True):
        if lower_view(words).startswith(known):
            unit, name = words[: len(known)], words[len(known) :].strip()
            break
    unit = _SHORT_UNITS.get(unit.lower(), unit.lower())
    if unit not in _UNITS:
        return words.title() if words.isupper() else words
    return f"{unit} {name.title() if name.isupper() and len(name) > 4 else name}".strip()


@lru_cache(1024)
def _key(words: str) -> str:
    """The folded name: lower case, "&" for "và", no blanks around marks."""
    folded = regex.sub(r"\s*(?:&|(?<!\w)và(?!\w))\s*", "&", lower_view(words))
    return regex.sub(r"\s*[-,]\s*|\s+", " ", folded).strip()


def _opening(name: str) -> Opening:
    """The words that a name begins with, up to what may be written in several ways."""
    words: list[str] = []
    for word in lower_view(name).split()[:3]:
        parts = WORD.findall(word)
        if word == "và" or not {"&", "-", ","}.isdisjoint(parts):
            words += parts[:1] if word != "và" and parts[0] not in ("&", "-", ",") else ()
            break
        words += parts
    return tuple(words)


def _pattern(name: str) -> str:
    """An expression for a name in lower case, open to "&", line ends and blanks around marks."""
    parts = regex.split(r"(\s*&\s*|\s+và\s+|\s*-\s*|\s*,\s*|\s+)", lower_view(name))
    both = rf"(?:{_GAP}?&{_GAP}?|{_GAP}và{_GAP})"
    marks = {"&": both, "và": both, "-": rf"(?:{_GAP}?-{_GAP}?|{_GAP})", ",": rf" ?,{_GAP}?", "": _GAP}
    return "".join(marks[part.strip()] if n % 2 else regex.escape(part) for n, part in enumerate(parts))


def _several_units() -> list[Phrase]:
    """Groups, however they are put together: of three and more ("các sở, ban, ngành, đơn vị cấp tỉnh và UBND các
    huyện, thị xã, thành phố"), of committees ("UBND các xã, thị trấn") and of desks ("bộ phận một cửa cấp xã")."""
    committees = r"(?:ubnd|ủy ban nhân dân) (?:các huyện|các xã|cấp huyện|cấp xã)"
    kinds = (
        rf"(?:sở|ban|ngành|đơn vị(?: cấp tỉnh)?|cơ quan|địa phương|đoàn thể|{committees}|huyện|thị xã|thành phố|quận"
        r"|xã|phường|thị trấn|đặc khu|thành|thị)"
    )
    several = rf"các {kinds}(?: ?, {kinds}| và (?:các )?{kinds}){{2,}}"
    places = r"(?:huyện|thị xã|thành phố|quận|xã|phường|thị trấn|đặc khu)(?!\w)"
    of_places = rf"(?:ubnd|ủy ban nhân dân) các {places}(?: ?, {places}| và {places})*"
    desks = r"(?:bộ phận một cửa|bộ phận tiếp nhận và trả kết quả|trung tâm (?:phục vụ )?hành chính công)"
    more_places = rf"(?: ?, (?:cấp )?{places}| và (?:cấp |các )?{places})*"
    of_desks = rf"{desks}(?: tại)?(?: của)? (?:các|cấp|\d{{1,3}}) {places}{more_places}"
    openings: dict[str, list[Opening]] = {
        several: [("các",)],
        of_places: [("ubnd", "các"), ("ủy", "ban", "nhân")],
        of_desks: [("bộ", "phận"), ("trung", "tâm")],
    }
    return [
        Phrase(form.replace(" ?", "\0").replace(" ", _GAP).replace("\0", " ?"), frozenset(begins))
        for form, begins in openings.items()
    ]


def load_agencies(folder: Path, province_names: str) -> Agencies:
    """The agencies of `agencies.yaml`; `province_names` is an expression for every province name."""
    top = Reader(folder / "agencies.yaml", load_rule_file(folder / "agencies.yaml"))
    top.only("central", "ministries", "departments", "no_department", "local", "groups", "sets", "openers", "open")
    known: dict[str, _Agency] = {}
    spellings: set[str] = set()

    def add(spelling: str, agency: _Agency) -> None:
        before = known.setdefault(_key(spelling), agency)
        if agency.needs_place and before is not agency and before.level == "central":
            known[_key(spelling)] = replace(agency, alone=before)
        spellings.add(spelling)

    for entry in top.entries("central"):
        entry.only("name", "kind", "short")
        for spelling in (entry.text("name"), *entry.texts("short")):
            add(spelling, _Agency(entry.text("name"), entry.text("kind"), "central"))
    for word, kind, level, sections in (
        ("Bộ", "ministry", "central", ("ministries",)),
        ("Sở", "department", "province", ("departments", "ministries")),
    ):
        for section in sections:
            for entry in top.entries(section):
                entry.only("name", "short", "from", "until")
                if word == "Sở" and entry.text("name") in top.texts("no_department"):
                    continue
                name = entry.text("name")
                for spelling in (name, name.replace(" và ", " - "), *entry.texts("short")):
                    add(f"{word} {spelling}", _Agency(f"{word} {name}", kind, level))
    for entry in top.entries("local"):
        entry.only("name", "kind", "variants", "needs_place", "level")
        agency = _Agency(
            entry.text("name"), entry.text("kind"), entry.entry.get("level"), bool(entry.entry.get("needs_place"))
        )
        for spelling in (entry.text("name"), *entry.texts("variants")):
            add(spelling, agency)
    for phrase in top.texts("groups"):
        add(phrase, _Agency(phrase, "group", None))
    units = "|".join(sorted((_GAP.join(regex.escape(w) for w in u.split()) for u in _UNITS), key=len, reverse=True))
    run = (
        rf"(?!(?<=\n)(?:{'|'.join(map(regex.escape, top.texts('openers')))})(?!\w))"
        r"\p{Lu}[\p{L}']*(?: {1,2}\p{Lu}[\p{L}']*){0,3}|(?<=(?i:quận|phường|q\.|p\.)\s{0,2})\d{1,2}(?![\d%]|[.,]\d)"
    )
    place = regex.compile(
        rf"(?:{_GAP}\([\p{{L}}&]{{2,12}}\))?{_GAP}(?:(?P<unit>(?i:{units}))(?:(?:{_GAP}|(?<=[.]))(?P<name>(?P<province>{province_names}|(?i:{province_names}))|{run}))?"
        rf"|(?P<bare>{province_names}|(?i:{province_names})))(?!\w)"
    )
    # "Các bộ phận", "các bộ chỉ số" are no ministries.
    no_set = rf"(?!{_GAP}(?:{'|'.join(map(_pattern, top.texts('sets')))})(?!\w))"
    names = {_pattern(spelling): spelling for spelling in spellings}
    heads = [
        Phrase(pattern + (no_set if names[pattern].endswith(" bộ") else ""), frozenset({_opening(names[pattern])}))
        for pattern in sorted(names, key=lambda pattern: (-len(pattern), pattern))
    ]
    opened = load_open_names(top, province_names, units)
    return Agencies(known, phrase_set([*_several_units(), *heads]), place, opened)
