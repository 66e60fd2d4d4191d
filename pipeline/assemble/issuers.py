"""Who issued a cited document: by the words around its number, else by the code in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import regex

from pipeline.assemble.made_on import made_on
from pipeline.match.act_words import load_act_words
from pipeline.match.identifiers import Identifier
from pipeline.model import DocumentFacts, Span
from pipeline.text.fold import lower_view
from pipeline.values.doc_types import load_doc_types
from pipeline.values.places import AgencyMention, Gazetteer, Province

_OF = regex.compile(r"[\s,()\"']*(?:của|do)\s+")
_WHERE = regex.compile(r"\s*[,(]\s*(?:tỉnh|thành phố|tp\.?)\s[^.;,()]{2,25}\)?,?\s*")
_COMMA = regex.compile(r"\s*,\s*")
_ACTS = regex.compile(r"\s*(?:đã |vừa |chính thức )?(?:công bố|ban hành|phê duyệt|quyết định|giao|quy định)(?!\w)")
_BY_VERB = regex.compile(
    r"(?r)(?:\s*(?:đã|vừa|mới|tiếp tục|cũng))?\s*(?:ban hành|ký ban hành|ký|phát hành|công bố|thông qua|có|ra)\s+"
    r"(?:\p{L}+\s+){0,2}"
)


@dataclass(frozen=True, slots=True)
class Author:
    """An issuer in words, with the province it belongs to."""

    name: str
    province: Province | None = None


class Issuers:
    """Names issuers within one document: what it leaves unsaid is its own province's."""

    def __init__(
        self, text: str, agencies: Sequence[AgencyMention], identity: DocumentFacts, gazetteer: Gazetteer
    ) -> None:
        self.text, self.view, self.agencies = text, lower_view(text), agencies
        self.identity, self.gazetteer = identity, gazetteer
        self.day = made_on(identity)
        self.home = gazetteer.by_code(identity.ref_area, identity.area_regime or "63") if identity.ref_area else None

    def of(self, act: Identifier, dated_end: int, issued_on: date | None) -> Author | None:
        """The issuer of a cited document; `dated_end` is where its date ends, or its number.

        None where neither words nor code tell: a joint circular, an unknown unit, an unnamed committee.
        """
        if act.doc_type in ("TTLT", "NQLT"):
            return None
        end = max(act.span.end, dated_end)
        said = self._behind(end) or self._behind(act.span.end) or self._ahead(act) or self._acting(act, end)
        coded = load_doc_types().issuer_of((act.organ or "").rstrip("0123456789"))
        if said and coded and coded.place == "none" and not coded.guess and not self._is_central(said):
            return Author(coded.name)  # "QĐ-TTg" is the Prime Minister's: "của …" behind it goes with another noun
        return said or self._by_code(act, issued_on)

    def _is_central(self, author: Author) -> bool:
        found = self.gazetteer.find_agencies(author.name, self.day)
        return bool(found) and found[0].level == "central"

    def _behind(self, end: int) -> Author | None:
        """ "… của Bộ trưởng Bộ Tài chính về …"."""
        opening = _OF.match(self.view, end)
        if opening is None:
            return None
        start = opening.end()
        office = load_act_words().office.match(self.view, start)
        for position in (start, office.end()) if office else (start,):
            at = bisect_left(self.agencies, position - 1, key=lambda agency: agency.span.start)
            mention = self.agencies[at] if at < len(self.agencies) else None
            if mention is not None and mention.span.start <= position + 1 and mention.kind != "group":
                return self.author(mention)
        stop = load_act_words().issuer_end.search(self.view, start + 1, min(len(self.view), start + 140))
        phrase = " ".join(self.text[start : stop.start() if stop else start].split())
        return Author(phrase) if len(phrase.split()) >= 2 and phrase[:1].isupper() else None

    def _ahead(self, act: Identifier) -> Author | None:
        """ "UBND tỉnh Sơn La ban hành Báo cáo số 203/BC-UBND"."""
        verb = _BY_VERB.match(self.view, pos=max(0, act.start - 60), endpos=act.start)
        if verb is None:
            return None
        at = bisect_right(self.agencies, act.start, key=lambda agency: agency.span.end)
        mention = self.agencies[at - 1] if at else None
        if mention is None or mention.kind == "group":
            return None
        between = Span(min(mention.span.end, verb.start()), verb.start())
        if len(between) > 2 and not _WHERE.fullmatch(self.view, between.start, between.end):
            return None
        return self.author(mention) if self._fits(act, mention) else None

    def _acting(self, act: Identifier, end: int) -> Author | None:
        """ "Tại Quyết định số 215/QĐ-UBND ngày 27/02/2023, UBND tỉnh Bắc Giang công bố …"."""
        comma = _COMMA.match(self.view, end)
        if comma is None:
            return None
        at = bisect_left(self.agencies, comma.end(), key=lambda agency: agency.span.start)
        mention = self.agencies[at] if at < len(self.agencies) else None
        if mention is None or mention.kind == "group" or mention.span.start > comma.end() + 1:
            return None
        acts = _ACTS.match(self.view, mention.span.end) is not None
        return self.author(mention) if acts and self._fits(act, mention) else None

    def _fits(self, act: Identifier, mention: AgencyMention) -> bool:
        """Whether the number's code can be the agency's: "Bộ ban hành theo 120/2020/NĐ-CP" is no issuer."""
        issuer = load_doc_types().issuer_of((act.organ or "").rstrip("0123456789"))
        return (
            issuer is None
            or issuer.guess
            or lower_view(issuer.name) in lower_view(mention.head)
            or issuer.place == "unit"
        )

    def _by_code(self, act: Identifier, issued_on: date | None) -> Author | None:
        issuer = load_doc_types().issuer_of((act.organ or "").rstrip("0123456789"))
        if issuer is None:
            return None
        if issuer.place == "none":
            return Author(issuer.name)
        own = self.identity.issuer
        if issuer.place == "unit" and own and lower_view(own).startswith(lower_view(issuer.name)):
            return Author(own, self.home)
        province = self.home and (self.gazetteer.province(self.home.name, issued_on or self.day) or self.home)
        return Author(f"{issuer.name} {province.name_in_text}", province) if province else Author(issuer.name)

    def author(self, mention: AgencyMention) -> Author:
        """The agency with its province added, the document's own where none is said."""
        if mention.level == "central":
            return Author(mention.name)
        province = self.gazetteer.province(mention.province, self.day) if mention.province else self.home
        own, unit = self.identity.issuer or "", f" {mention.name.removeprefix(mention.head).strip()} "
        if mention.level in ("district", "commune") and len(unit.split()) == 1 and unit in own:
            # "UBND xã" in a document of one commune: that of its own issuer.
            return Author(f"{mention.head}{own[own.index(unit) :]}", self.home)
        named = mention
        if mention.kind in ("people_committee", "people_council") and mention.level is None:
            return Author(f"{mention.head} {province.name_in_text}" if province else mention.name, province)
        return Author(named.named_in(province), province)
