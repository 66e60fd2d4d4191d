"""The head of an official document as Nghị định 30/2020/NĐ-CP lays it out, whatever order a reader gives it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

import regex

from pipeline.match.dates import DateAtom
from pipeline.match.identifiers import Identifier
from pipeline.model import Span
from pipeline.text.fold import ascii_fold, normal_view

_GAP = r"[\s|_.–-]{1,12}"
_VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậdđeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
_MARKED = {letter: f"[{''.join(group)}]" for letter, group in groupby(_VIETNAMESE, key=ascii_fold)}


def _however_marked(words: str, gap: str) -> str:
    """A pattern for words whose marks recognition may have got wrong ("CÓNG HÒA")."""
    return gap.join("".join(_MARKED.get(letter, letter) for letter in word) for word in words.split())


NATION = regex.compile(rf"(?i){_however_marked('cong hoa xa hoi chu nghia viet nam', _GAP)}")
MOTTO = regex.compile(
    rf"(?i){_however_marked('doc lap', ' +')}[\s–—-]+{_however_marked('tu do', ' +')}[\s–—-]+"
    rf"{_however_marked('hanh phuc', ' +')}"
)
_NUMBER_LABEL = regex.compile(r"(?r)(?:^|[\n\t|]|(?<=\s{3}))[ \t]*(?:Số|SỐ)[ \t]*:?\s*")
_DATELINE = regex.compile(
    r"(?r)(?:^|[\n\t|]|(?<=\s{2})|(?<=[\p{Ll}\p{Lu}0-9] ))[ ]*(?P<place>[\p{Lu}][\p{L} .'-]{1,40}),[ ]*\s?"
)
_DAY_BEFORE = regex.compile(r"(?r)ngày\s+")
_DATED_PLACE = regex.compile(
    r"(?:^|[\n\t|]|\s{2})[ ]*\p{Lu}[\p{L} .'-]{1,40},\s*ngày\s+\d{1,2}(?:\s+tháng|\s?[/.]\s?\d{1,2}\s?[/.]\s?\d{4})"
)
_LABEL = regex.compile(r"(?:^|[\n\t|]|(?<=\s{3}))[ \t]*(?:Số|SỐ)[ \t]*:")
_BLANK_CODE = regex.compile(
    r"(?:^|[\n\t|]|(?<=\s{3}))[ \t]*(?:Số|SỐ)[ \t]*:?[\s.…_\d]*/\s*(?:\d{4}\s*/\s*)?"
    r"(?P<type>\p{Lu}{1,4}r?)\s*-\s*(?P<organ>\p{Lu}[\p{L}.]{0,14}(?:-\p{Lu}[\p{L}]{1,10})?)"
)
_REACH = 3000
"""How far from the head's nation line its number and date may stand."""


def is_head_number(text: str, act: Identifier) -> bool:
    """Whether a number stands behind "Số:" at the start of its line, in a document that has a head."""
    if act.kind == "bare" or act.doc_type == "GP" or _NUMBER_LABEL.match(text, pos=0, endpos=act.span.start) is None:
        return False
    around = normal_view(text[max(0, act.span.start - _REACH) : act.span.end + _REACH])
    return NATION.search(around) is not None or _DATED_PLACE.search(text, act.span.end, act.span.end + 200) is not None


def datelines(text: str, days: Sequence[DateAtom]) -> tuple[DateAtom, ...]:
    """The days that stand behind a place at the start of a line: "Hà Nội, ngày 3 tháng 6 năm 2024"."""
    return tuple(atom for atom in days if _dateline(text, atom) is not None)


def _dateline(text: str, atom: DateAtom) -> regex.Match[str] | None:
    """The place in front of a day of a head: "…, ngày 8 tháng 12 năm 2023", "…, ngày 08/12/2023"."""
    end = atom.span.start
    if atom.rule_id != "date/long":
        day = _DAY_BEFORE.match(text, pos=0, endpos=end)
        if day is None:
            return None
        end = day.start()
    return _DATELINE.match(text, pos=0, endpos=end)


def head_names(text: str, end: int) -> str:
    """The words of the head before offset `end`, without the nation, the motto, rules and the place."""
    start = max(0, end - 700)
    kept = normal_view(text[start:end].replace("\n", "\x00")).replace("\x00", "\n")
    head = NATION.sub(" ", kept)
    head = MOTTO.sub(" ", head)
    head = regex.sub(r"(?m)[_|*-]{2,}|[|]|(?i:\p{L}[\p{L} ]*, ngày[^\n]*|(?:Số|SỐ) *:.*$|V/v.*$)", " ", head)
    return "\n".join(line for part in head.split("\n") if (line := " ".join(part.split())))


def has_head(text: str) -> bool:
    """Whether the text opens with the head of an official document."""
    return NATION.search(normal_view(text[: 2 * _REACH])) is not None


def blank_number(text: str) -> int | None:
    """Where "Số:      /…" stands without a number, in a text with a head; None if nowhere."""
    match = _LABEL.search(text[: 2 * _REACH])
    return match.start() if match and has_head(text) else None


_ANNEX = regex.compile(
    r"(?im)^\W*\(?\s*(?:ban hành\s+)?kèm theo\s+(?:bản\s+)?(?P<type>\p{L}+(?:\s\p{L}+){0,2}?)\s+số\b[^)\n]{0,90}?"
    r"\bcủa\s+(?P<issuer>[^)\n]{3,80})\)"
)


def annexed(text: str) -> tuple[str, Span] | None:
    """What a page without a head says that it belongs to: "(Kèm theo Báo cáo số …/BC-UBND … của UBND xã …)".

    The word for the type of that act, and the place of its issuer; None where nothing of the kind opens the text.
    """
    match = _ANNEX.search(text[:1000])
    return (match["type"], Span(*match.span("issuer"))) if match else None


class BlankNumber(NamedTuple):
    """The number of an act whose figure was left out, or written by hand: the codes of its type and its organ."""

    doc_type: str
    organ: str


def blank_code(text: str) -> BlankNumber | None:
    """The codes in "Số:      /TB-SYT", in a text with a head; None if there is no such number."""
    match = _BLANK_CODE.search(text[: 2 * _REACH])
    return BlankNumber(match["type"], match["organ"]) if match and has_head(text) else None
