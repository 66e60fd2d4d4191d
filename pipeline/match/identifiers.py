"""Numbers of documents as written: 203/BC-UBND, 120/2020/NĐ-CP, 18-NQ/TW, 1161/SNV-CCHC, and their wrecks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from pipeline.match.act_words import ActWords, load_act_words
from pipeline.model import Span
from pipeline.text.fold import normal_view
from pipeline.text.gate import gated
from pipeline.values.doc_types import DocTypes, load_doc_types


@dataclass(frozen=True, slots=True)
class Identifier:
    """A document named by its number.

    `number` is the normalised form; `doc_type` a code of `identifiers.yaml`; `organ` the code of who
    signed as written in the number; `kind`: state, parliament, party, letter, or bare (a number without
    symbol). `word` is where the type is named in words before the number. `year` as the number says.
    """

    span: Span
    number: str
    kind: str
    doc_type: str | None
    organ: str | None = None
    year: int | None = None
    word: Span | None = None

    @property
    def start(self) -> int:
        """Where the naming of the document begins: at its type in words, or at its number."""
        return self.word.start if self.word else self.span.start


# "số09/2015/QĐ-TTg": the word may stick to the number.
_NUM = r"(?:(?<![\w/.,])|(?<=(?<!\w)[sS]ố))(?<![0-9]-)(?P<num>[0-9]{1,5}[a-zđ]?)"
_SLASH = r" {0,4}/ {0,3}"
_YEAR = rf"(?:(?P<year>(?:19|20)[0-9]{{2}}){_SLASH})"
# An organ has two capitals at least: "TP", "TTHC" in "5/9 TTHC" stand apart from the slash.
_ORGAN = r"\p{Lu}(?=[\p{L}&.]*\p{Lu})[\p{L}&]*(?:\.\p{Lu}[\p{L}&]*)?[0-9]{0,2}"
_UNIT = r"\p{Lu}(?=[\p{L}&]*\p{Lu})[\p{L}&]*[0-9]{0,2}|\p{Lu}[0-9]{1,2}|\p{Lu}(?!\p{L})"
_UNITS = rf"(?P<units>(?:(?:- ?|&)(?:{_UNIT})){{0,3}})"
_DIGIT = re.compile(r"[0-9](?:(?<![\w/.,].)|(?<=[sS]ố.))")
_STOP = r"(?![\p{L}\p{N}])"


@cache
def _pattern() -> regex.Pattern[str]:
    types = load_doc_types()
    codes = "|".join(map(regex.escape, types.codes()))
    organs = "|".join(map(regex.escape, types.issuer_codes()))
    words = "|".join(regex.escape(word).replace("\\ ", r"\s+") for word in types.words())
    kinds = (
        rf"(?P<parliament>{_NUM}{_SLASH}{_YEAR}(?P<house>(?:(?:PL|NQ)[-/])?UBTVQH|QH) ?(?P<term>[0-9]{{1,2}}))",
        rf"(?P<yearly>{_NUM} ?- ?(?P<year>20[0-9]{{2}}){_SLASH}(?P<type>{codes}) ?- ?(?P<organ>{_ORGAN}){_UNITS})",
        rf"(?P<state>{_NUM}{_SLASH}{_YEAR}?(?P<type>{codes})"
        rf"(?:(?: {{0,2}}- {{0,3}}|/ ?)(?P<organ>{_ORGAN})|[ ]?(?P<organ>{organs})){_UNITS})",
        rf"(?P<party>{_NUM} ?- ?(?P<type>{codes}) ?/ ?(?P<organ>{_ORGAN}){_UNITS})",
        rf"(?P<glued>(?<=[sS]ố:? {{0,2}}){_NUM}(?P<type>{codes}) ?- ?(?P<organ>{_ORGAN}){_UNITS})",
        rf"(?P<letter>{_NUM} {{0,4}}/{_YEAR}?(?P<organ>{_ORGAN}){_UNITS})",
        rf"(?P<bare>(?<=(?i:{words})(?i: +số)? {{1,2}}){_NUM}(?![/.,-][\p{{L}}\p{{N}}])"
        rf"(?=[,;.)]? |[,;.)]?$))",
    )
    return regex.compile(rf"(?=[0-9])(?:{'|'.join(kinds)}){_STOP}")


@cache
def _word_pattern() -> regex.Pattern[str]:
    words = "|".join(regex.escape(word).replace("\\ ", " +") for word in load_doc_types().words())
    return regex.compile(rf"(?ri)(?<![\p{{L}}])(?P<word>{words})(?:(?: {{1,3}}số)? ?:? {{0,4}})")


def identifiers(text: str) -> tuple[Identifier, ...]:
    """Every document that `text` names by number, in order; numbers of forms and money are none."""
    view = normal_view(text)
    types, words = load_doc_types(), load_act_words()
    return tuple(_read(view, types, words))


def _read(view: str, types: DocTypes, words: ActWords) -> Iterator[Identifier]:
    for match in gated(_DIGIT, _pattern(), view):
        # finditer reports no outer group, only the innermost; the kinds exclude each other.
        kind = next(name for name in _READERS if match.group(name) is not None)
        before = view[max(0, match.start() - 40) : match.start()]
        if words.form_before.search(before):
            continue
        named = _word_pattern().match(view, pos=max(0, match.start() - 60), endpos=match.start())
        word = Span(*named.span("word")) if named else None
        identifier = _READERS[kind](match, types, word, view)
        if identifier is not None:
            yield identifier


def _parliament(match: regex.Match[str], types: DocTypes, word: Span | None, view: str) -> Identifier:
    house = match.group("house").replace("/", "-")
    number = f"{match.group('num')}/{match.group('year')}/{house}{match.group('term')}"
    named = types.type_of_word(word.of(view)) if word else None
    by_house = "PL" if house.startswith("PL") else "NQ" if house.startswith("NQ") else None
    code = by_house or (named.code if named and named.code in ("NQ", "PL", "L") else "Luật")
    organ = "UBTVQH" if "UBTVQH" in house else "QH"
    return Identifier(Span(*match.span()), number, "parliament", code, organ, int(match.group("year")), word)


def _typed(match: regex.Match[str], types: DocTypes, word: Span | None, view: str) -> Identifier | None:
    doc_type = types.type_of_code(match.group("type"))
    if doc_type is None:
        return None
    organ, units = _canonical(match.group("organ"), types), _joined(match.group("units"))
    issuer = types.issuer_of(organ)
    num, year = match.group("num"), match.groupdict().get("year")
    second_slash = regex.search(r"/ ?$", view[match.start() : match.start("organ")]) is not None
    is_party = match.group("party") is not None
    code = doc_type.code
    if year is None and (issuer.party if issuer else is_party):
        kind, number = "party", f"{num}-{code}/{organ}{units}"
    elif match.group("yearly") is not None:
        kind, number = "state", f"{num}-{year}/{code}-{organ}{units}"  # "19-2016/NQ-CP", as the Government writes it
    else:
        dash = "/" if second_slash and not is_party else "-"
        kind, number = "state", f"{num}/{year + '/' if year else ''}{code}{dash}{organ}{units}"
    named = types.type_of_word(word.of(view)) if word else None
    if named is not None and (code, named.code) in (("TT", "TTLT"), ("NQ", "NQLT"), ("TT", "TTr"), ("TTr", "CV")):
        code = named.code
    span = Span(*match.span())
    return Identifier(span, number, kind, code, organ, int(year) if year else None, word)


def _letter(match: regex.Match[str], types: DocTypes, word: Span | None, view: str) -> Identifier | None:
    organ, units = _canonical(match.group("organ"), types), _joined(match.group("units"))
    before = view[max(0, match.start() - 6) : match.start()].rstrip().lower()
    announced = word is not None or before.endswith(("số", "số:"))
    if organ in types.no_issuers and not units:
        return None
    if not (announced or units or (types.issuer_of(organ) and " " not in match.group().split(organ)[0])):
        return None
    if units and not announced and not types.issuer_of(organ) and len(organ) > 12:
        return None
    named = types.type_of_word(word.of(view)) if word else None
    year = match.groupdict().get("year")
    number = f"{match.group('num')}/{year + '/' if year else ''}{organ}{units}"
    code = named.code if named and not units else "CV"
    return Identifier(Span(*match.span()), number, "letter", code, organ, int(year) if year else None, word)


def _bare(match: regex.Match[str], types: DocTypes, word: Span | None, view: str) -> Identifier | None:
    """ "Quyết định số 1962", "Công văn 5942": a number and no symbol; not "Kế hoạch 5 năm"."""
    if word is None or not (view[word.start].isupper() or "số" in view[word.end : match.start()]):
        return None
    if view[: word.start].endswith(("Tài chính - ", "Tài chính – ")):
        return None  # "phòng Tài chính - Kế hoạch 04": a district's office and its number
    named = types.type_of_word(word.of(view))
    counted = regex.match(
        r"\s*(?:ngày(?=\s*[0-9])|của|về|do|phát|ban|và|nêu|tại|,|;|\.|\)|$)", view[match.end() : match.end() + 20]
    )
    if named is None or counted is None:
        return None
    return Identifier(Span(*match.span()), match.group("num"), "bare", named.code, None, None, word)


_READERS = {
    "parliament": _parliament, "yearly": _typed, "state": _typed, "party": _typed, "glued": _typed, "letter": _letter,
    "bare": _bare,
}  # fmt: skip


def _canonical(organ: str, types: DocTypes) -> str:
    """The organ's code in its usual capitals (QĐ-TTG → TTg); unknown codes as written."""
    issuer = types.issuer_of(organ)
    return issuer.code if issuer and issuer.code.upper() == organ.upper() else organ


def _joined(units: str | None) -> str:
    return (units or "").replace(" ", "")
