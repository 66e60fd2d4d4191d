"""What a document says about itself: type, number, issuer, day, title, province and period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone

import regex

from pipeline.assemble.issue_dates import bound_dates
from pipeline.assemble.letterhead import (
    annexed,
    blank_code,
    blank_number,
    datelines,
    has_head,
    head_names,
    is_head_number,
)
from pipeline.assemble.publication import Publication, page_publication, publications
from pipeline.assemble.titles import act_title, heading_type, page_title
from pipeline.match.dates import DateAtom, date_atoms
from pipeline.match.identifiers import Identifier
from pipeline.model import BlockKind, Document, DocumentFacts
from pipeline.text.fold import lower_view
from pipeline.values.doc_types import load_doc_types
from pipeline.values.periods import period_code
from pipeline.values.places import AgencyMention, Gazetteer, Province

_HANOI = timezone(timedelta(hours=7))
_SOURCE = regex.compile(r"(?mi)^\W*(?:nguồn(?: tin)?|theo)\s*:\s*(?P<name>[^\n\d]{3,60}?)\s*(?:\d.*)?$")
_COPYRIGHT = regex.compile(r"(?i)(?:bản quyền (?:thuộc(?: về)?|của)|©)\s*:?\s*(?P<name>[^\n.]{3,80})")


def identify(
    document: Document, dates: Sequence[DateAtom], acts: Sequence[Identifier], gazetteer: Gazetteer
) -> DocumentFacts:
    """What the document says about itself; what it leaves unsaid stays None."""
    text = document.text
    at = next((n for n, act in enumerate(acts) if is_head_number(text, act)), None)
    if at is not None or has_head(text):
        return _official(document, dates, acts, at, gazetteer)
    return _page(document, dates, gazetteer)


def _official(
    document: Document,
    dates: Sequence[DateAtom],
    acts: Sequence[Identifier],
    at: int | None,
    gazetteer: Gazetteer,
) -> DocumentFacts:
    """A document with the head of Nghị định 30/2020/NĐ-CP; its number may be left blank."""
    text = document.text
    act = acts[at] if at is not None else None
    atom = bound_dates(acts, dates, text).get(at) if at is not None else None
    if act is None:
        # Blank number: the dateline of the head alone.
        atom = next((line for line in datelines(text, dates) if line.year and line.span.start < 3000), None)
    day = atom.first.first_day() if atom and atom.first else None
    where = act.span.start if act else (blank_number(text) or min(len(text), 700))
    head = head_names(text, where)
    agencies = gazetteer.find_agencies(head, day)
    title = act_title(document)
    province = _head_province(document, agencies, day, gazetteer)
    if province is None and any(mention.level in ("district", "commune") for mention in agencies):
        # A head of a district or commune need not say where it lies; the text does.
        province = _page_province(document, title, day, gazetteer)
    heading = heading_type(document)
    blank = blank_code(text) if act is None else None
    coded = load_doc_types().type_of_code(blank.doc_type) if blank else None
    doc_type = act.doc_type if act else coded.code if coded else heading[0].code if heading else "CV"
    organ = act.organ if act else blank.organ if blank else None
    scanned = any(page.ocr for page in document.pages)
    name = _issuer_name(agencies, organ, province, misread=scanned)
    if name and regex.search(r"\nVĂN PHÒNG\W*(?:Số\W*)?$", head) and not name.startswith("Văn phòng"):
        name = f"Văn phòng {name}"
    return DocumentFacts(
        title=title,
        doc_type=doc_type,
        number=act.number if act else None,
        issuer=name,
        ref_area=province.code if province else None,
        area_regime=province.regime if province else None,
        issued_on=day,
        period=_period(title, day),
    )


def _issuer_name(
    agencies: Sequence[AgencyMention], organ: str | None, province: Province | None, *, misread: bool = False
) -> str | None:
    """The last organ in the head, with the place of the one above it; else the organ of the number's code.

    In a head that may be `misread` the code goes first where it names an organ for certain that the head leaves out.
    """
    issuer = next((m for m in reversed(agencies) if m.kind != "group"), None)
    coded = load_doc_types().issuer_of(organ.rstrip("0123456789")) if organ else None
    if misread and coded and coded.place != "unit" and not coded.guess and not _is_among(coded.name, agencies):
        issuer = None
    if issuer is not None:
        above = next((m for m in agencies if m is not issuer and m.level in ("district", "commune")), None)
        if above is not None and issuer.name == issuer.head:
            return _with(f"{issuer.head} {above.name.removeprefix(above.head).strip()}", province)
        return issuer.named_in(province) if issuer.level else _with(issuer.head, province)
    if coded is None:
        return None
    return coded.name if coded.place == "none" else _with(coded.name, province)


def _is_among(name: str, agencies: Sequence[AgencyMention]) -> bool:
    return any(lower_view(name) in lower_view(mention.head) for mention in agencies)


def _with(name: str, province: Province | None) -> str:
    return f"{name} {province.name_in_text}" if province else name


def _head_province(
    document: Document, agencies: Sequence[AgencyMention], day: date | None, gazetteer: Gazetteer
) -> Province | None:
    """The province of the head's organs, else of the dateline; none for a central organ."""
    for mention in agencies:
        if mention.province:
            return gazetteer.province(mention.province, day) or gazetteer.province(mention.province)
    if any(mention.level == "central" for mention in agencies):
        return None
    text = document.text[:3000]
    for place in gazetteer.find_places(text, day):
        if place.kind == "province" and regex.match(r"\s*,\s*ngày", document.text[place.span.end :][:20]):
            return gazetteer.province(place.name, day)
    return None


def _page(document: Document, dates: Sequence[DateAtom], gazetteer: Gazetteer) -> DocumentFacts:
    """A page of a site: news, a notice, a list."""
    text = document.text
    found = publications(document, dates)
    published = page_publication(found)
    day = published.day if published else None
    title = page_title(document, [item.atom.span for item in found if not item.listed])
    province = _page_province(document, title, day or _latest(dates), gazetteer)
    kind = heading_type(document)
    notice = (kind and kind[0].code == "TB") or (title and lower_view(title).startswith("thông báo:"))
    source = _SOURCE.search(text) or _COPYRIGHT.search(text)
    annex = annexed(text)
    belongs = load_doc_types().type_of_word(annex[0]) if annex else None
    if annex and belongs:
        agencies = gazetteer.find_agencies(annex[1].of(text), day)
        return DocumentFacts(
            title=title,
            doc_type=belongs.code,
            issuer=_issuer_name(agencies, None, None),
            ref_area=province.code if province else None,
            area_regime=province.regime if province else None,
            period=_period(title, day),
        )
    return DocumentFacts(
        title=title,
        doc_type="notice" if notice else "news",
        ref_area=province.code if province else None,
        area_regime=province.regime if province else None,
        published_at=_moment(published),
        source_name=" ".join(source.group("name").split()) if source else None,
        period=_period(title, day),
    )


def _moment(published: Publication | None) -> str | None:
    if published is None:
        return None
    if published.at is None:
        return published.day.isoformat()
    return datetime.combine(published.day, published.at, _HANOI).isoformat()


def _latest(dates: Sequence[DateAtom]) -> date | None:
    """The last full day that the text tells: a page without a date is at least that young."""
    days = [atom.last.first_day() for atom in dates if atom.kind == "day" and atom.last and atom.last.year]
    return max(days, default=None)


def _page_province(document: Document, title: str | None, day: date | None, gazetteer: Gazetteer) -> Province | None:
    """The province that a page is about: the one of its title, else the one that it names far the most."""
    lists = [block.span for block in document.blocks if block.kind is BlockKind.LIST_ITEM]
    counts: Counter[str] = Counter()
    for place in gazetteer.find_places(document.text, day):
        if place.kind == "province" and not any(span.covers(place.span) for span in lists):
            counts[place.name] += 1
    if title:
        named = [place.name for place in gazetteer.find_places(title, day) if place.kind == "province"]
        if named:
            first, *others = sorted(dict.fromkeys(named), key=lambda name: -counts[name])
            # "Hải Phòng đứng đầu, Cao Bằng cuối bảng": news of several provinces is of none.
            alike = others and counts[first] < 2 * counts[others[0]]
            return None if alike else _province(first, day, gazetteer)
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] < 2 * ranked[1][1]):
        return _province_of_districts([title or "", *([] if ranked else [document.text])], day, gazetteer)
    return _province(ranked[0][0], day, gazetteer)


def _province_of_districts(texts: Sequence[str], day: date | None, gazetteer: Gazetteer) -> Province | None:
    """The province in which the districts of the first text with any lie: an item of a local paper need not say where
    "huyện Tuần Giáo" is."""
    for text in texts:
        named = (p for p in gazetteer.find_places(text, day) if p.kind == "district")
        homes = {gazetteer.province_of(p, day) for p in named if gazetteer.province(p.name) is None} - {None}
        if homes:
            return homes.pop() if len(homes) == 1 else None
    return _province_of_cities(texts[-1], day, gazetteer)


def _province_of_cities(text: str, day: date | None, gazetteer: Gazetteer) -> Province | None:
    """The province whose city of the same name is the only one that a text names: "Phường Hoàng Văn Thụ - TP. Bắc
    Giang"."""
    named = (p.name for p in gazetteer.find_places(text, day) if p.kind == "district")
    cities = {gazetteer.province(name, day) for name in named} - {None}
    return cities.pop() if len(cities) == 1 else None


def _province(name: str, day: date | None, gazetteer: Gazetteer) -> Province | None:
    return gazetteer.province(name, day) or gazetteer.province(name)


def _period(title: str | None, day: date | None) -> str | None:
    """What the document reports on, as its title says; a year that the title leaves out is its day's."""
    atoms = [atom for atom in date_atoms(title or "") if atom.kind not in ("deictic", "day")]
    # "6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2023": one year for both.
    told = next((a.year for a in atoms if a.year), None)
    for atom in atoms:
        if atom.first is None or atom.last is None:
            continue
        year = atom.year or (day.year if day else told)
        if year is None:
            continue
        first, last = atom.first.in_year(year), atom.last.in_year(year)
        if day and not atom.year and first.first_day() > day:
            first, last = atom.first.in_year(year - 1), atom.last.in_year(year - 1)
        return period_code(first.first_day(), last.last_day())
    return None
