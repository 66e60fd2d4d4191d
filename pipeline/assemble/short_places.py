"""Districts and communes that a text names without their kind: "dẫn đầu là Yên Định (82,1 điểm)"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import regex

from pipeline.assemble.made_on import made_on
from pipeline.match.layers import Stretches
from pipeline.model import BlockKind, Document, DocumentFacts, Span
from pipeline.text.spacing import spaced, spaced_regex
from pipeline.values.places import MERGER, PlaceMention

if TYPE_CHECKING:
    from pipeline.values.places import AgencyMention, Gazetteer

# Where a name stands that is told something of: behind a mark, or a word that leads to it. Behind any other word it is
# part of another name ("đường Trần Văn Thời", "xã Mai Sơn").
_LED_TO = spaced(
    r"(?:^|[\n|\t,;:(–-]|\.\s|(?<!\w)(?i:và|là|gồm|như|về|với|của|tại|ở|còn|riêng|cùng|đến|đó|với|nhất|nhì|hơn|sau|đầu))"
    r"[ \t]*\Z"
)
# What goes on behind it: its figure, the next of a list, or what it did.
_GOES_ON = spaced(
    r"\s*(?:[(:;,.–|\t]|\Z|\n|\d|(?:và|cùng|đã|đang|đạt|có|với|xếp|đứng|giữ|dẫn|tăng|giảm|lần lượt|đều|chỉ|còn|là|vươn"
    r"|tiếp|giải quyết|hoàn thành|cũng|vẫn|được|mới|không|chưa|nhận|trả|cao|thấp)(?!\w))"
)
_LIES_IN = spaced(r"\s*(?:,|\(|-|–|thuộc|của)\s*")
_KIND = r"xã|phường|thị trấn|đặc khu|huyện|thị xã|quận"
# What opens a list of units: "5 xã, phường có nhiều hồ sơ quá hạn nhất gồm: …".
_LIST = spaced_regex(
    rf"(?<!\w)(?i:các|những|một số|nhiều|hai|ba|bốn|năm|sáu|bảy|\d+) (?P<kinds>(?:{_KIND})(?:(?:,| và|/) ?(?:{_KIND}"
    r"|thành phố))*)(?!\w)(?:[^.:;\n]{0,80}?(?:(?<!\w)(?:gồm|như|là)(?: có)?\s*:?|:))?\s*(?=\p{Lu})"
)
_MEMBER = spaced_regex(
    r"(?P<name>\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){0,3}(?: \d(?=\s*\())?)(?P<figure>\s*\([^()\n]{1,60}\))"
)
_BETWEEN = spaced(r"\s*(?:,|;|và|, và|; và)\s*")
_SECOND_NAME = regex.compile(r" [-–] (?P<name>\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){1,2})(?!\w)")
_LETTERS = "íýìỳĩỹỉỷịỵ"
_LAST_LETTER = regex.compile(rf"(?<=\b(?:Q[Uu]|[HKLMSTV]))[{_LETTERS}](?!\w)")
_COMMUNES = ("xã", "phường", "thị trấn", "đặc khu")
_BEFORE = 12


def places_named_short(
    document: Document,
    normal: str,
    places: Sequence[PlaceMention],
    agencies: Sequence[AgencyMention],
    identity: DocumentFacts,
    gazetteer: Gazetteer,
) -> tuple[PlaceMention, ...]:
    """All places of a text: `places`, and those that it names without their kind, in order.

    The districts of the document's own province are known by name; they were abolished on 1 July 2025. Other units are
    known by the list in which each has its figure. In titles nobody is named short: a headline of a province tells of
    many.
    """
    taken = Stretches([*(p.span for p in places), *(a.span for a in agencies)])
    titles = Stretches(b.span for b in document.blocks if b.kind is BlockKind.TITLE)
    day = made_on(identity)
    places = _completed(normal, places)
    if day >= MERGER if day is not None else identity.area_regime == "34":
        places = [_with_second_name(normal, place, places) for place in places]
    found: dict[int, PlaceMention] = {}
    communes = {p.span.end for p in places if p.kind == "commune"}
    own = _own_province(identity, places, gazetteer)
    named = _districts(normal, gazetteer, own, communes) if own and (day is None or day < MERGER) else ()
    for mention in (*named, *_members(normal)):
        if not taken.touches(mention.span) and not titles.touches(mention.span):
            found.setdefault(mention.span.start, mention)
    return tuple(sorted([*places, *found.values()], key=lambda place: place.span)) if found else tuple(places)


def apart_from_names(agencies: Iterable[AgencyMention], places: Sequence[PlaceMention]) -> tuple[AgencyMention, ...]:
    """The agencies without the groups that are only the kind of names behind them: "các xã" in "các xã Kỳ Phú (17 hồ
    sơ), Kỳ Khang (12 hồ sơ)"."""
    named = (p.span for p in places if p.kind in ("district", "commune"))
    begun = {at for span in named for at in range(span.start + 1, span.end)}
    return tuple(a for a in agencies if a.kind != "group" or a.span.end not in begun)


def _completed(normal: str, places: Sequence[PlaceMention]) -> Sequence[PlaceMention]:
    """The places, those in capitals with all of their name: in "PHƯỜNG TRẦN HƯNG ĐẠO LÀM TỐT …" only the text below
    tells where it ends."""
    full = {place.name.upper() for place in places if not place.name.isupper()}
    done = []
    for place in places:
        longer = [
            name for name in full
            if place.name.isupper() and name.startswith(f"{place.name} ")
            and normal.startswith(name, place.span.end - len(place.name))
        ]  # fmt: skip
        if longer:
            name = max(longer, key=len)
            place = replace(place, name=name, span=Span(place.span.start, place.span.end + len(name) - len(place.name)))
        done.append(place)
    return done


def _with_second_name(normal: str, place: PlaceMention, places: Sequence[PlaceMention]) -> PlaceMention:
    """A commune of since July 2025 with the second part of its name: "phường Xuân Hương - Đà Lạt"."""
    second = _SECOND_NAME.match(normal, place.span.end) if place.kind == "commune" else None
    if second is None or any(second.start("name") == other.span.start for other in places):
        return place
    return replace(place, name=f"{place.name} - {second['name']}", span=Span(place.span.start, second.end()))


def _other_letter(written: regex.Match[str]) -> str:
    """ "Phú Quí" is also written "Phú Quý", "Mỹ" "Mĩ"."""
    letter = written.group()
    at = _LETTERS.index(letter)
    return _LETTERS[at ^ 1]


def _own_province(identity: DocumentFacts, places: Sequence[PlaceMention], gazetteer: Gazetteer) -> str | None:
    """The code among the 63 of the province that a document is of, or of the only one that it names; None for none."""
    if identity.ref_area is not None:
        return identity.ref_area if identity.area_regime == "63" else None
    named = {place.name for place in places if place.kind == "province"}
    only = gazetteer.province(named.pop()) if len(named) == 1 else None
    return only.code if only is not None else None


def _districts(normal: str, gazetteer: Gazetteer, own: str, communes: Iterable[int]) -> Iterator[PlaceMention]:
    """The districts of a province that a text names by their names alone, where it tells something of them; not
    where they say in which district a commune lies: "xã Chiềng Mung, Mai Sơn"."""
    listed = gazetteer.districts_in(own)
    kinds = {_LAST_LETTER.sub(_other_letter, name): kind for name, kind in listed.items()} | listed
    if not kinds:
        return
    ends = set(communes)
    for match in _any_of(tuple(kinds)).finditer(normal):
        start, end = match.span()
        if not _LED_TO.search(normal, max(0, start - _BEFORE), start) or not _GOES_ON.match(normal, end):
            continue
        if any(at in ends and _LIES_IN.fullmatch(normal, at, start) for at in range(max(0, start - 8), start)):
            continue
        yield PlaceMention("district", f"{kinds[match.group()]} {match.group()}", Span(start, end))


@lru_cache(128)
def _any_of(names: tuple[str, ...]) -> regex.Pattern[str]:
    longest = sorted(names, key=len, reverse=True)
    return regex.compile(rf"(?<!\w)(?:{'|'.join(map(regex.escape, longest))})(?!\w)(?! \p{{Lu}})")


def _members(normal: str) -> Iterator[PlaceMention]:
    """The units that a list names with a figure each, in brackets: "ba phường: Tân An (14 hồ sơ), Hội Phú (9 hồ sơ)".
    Their kind is that of the list, where it has one."""
    for opened in _LIST.finditer(normal):
        kinds = regex.split(r"\s*(?:,|và|/)\s*", opened["kinds"].lower())
        level = "commune" if kinds[0] in _COMMUNES else "district"
        at = opened.end()
        while (member := _MEMBER.match(normal, at)) is not None:
            name = member["name"] if len(kinds) > 1 else f"{kinds[0]} {member['name']}"
            yield PlaceMention(level, name, Span(*member.span("name")))
            if (joint := _BETWEEN.match(normal, member.end())) is None:
                break
            at = joint.end()
