"""The sample archive is what it says it is: complete, spread over the formats, its gold legal and found in the text."""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
from calendar import monthrange
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.rulebook.book import load
from pipeline.synthesis.formats import txt
from pipeline.synthesis.formats.makers import make
from pipeline.synthesis.source import read_source

CORPUS = Path(__file__).parents[2] / "corpus"
GOLD = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((CORPUS / "gold").glob("*.json"))}
SOURCES = sorted((CORPUS / "sources").glob("*.md"))

INDICES = {"PAR_INDEX", "SIPAS", "PAPI", "PCI", "PGI", "DDCI", "DTI", "ICT_INDEX", "POBI", "PII", "DVC_766"}
PERCENT_INDICES = {"PAR_INDEX", "SIPAS"}
VOCABULARY = """
index percent,point: score mean_score score_change
index rank: rank rank_change
dossier count: received received_new received_online received_direct received_postal carried_over to_process
dossier count: resolved resolved_early resolved_on_time resolved_early_or_on_time resolved_overdue
dossier count: pending pending_in_time pending_overdue due suspended returned withdrawn supplement apologies
dossier percent: on_time_rate early_rate overdue_rate resolved_rate online_rate full_online_rate digitised_rate
dossier percent: online_payment_rate postal_rate satisfied_rate
task count: total key specific completed completed_on_time completed_late
task count: in_progress in_progress_in_time overdue not_started
task percent: completion_rate overdue_rate
procedure count: total decisions published new amended repealed simplified one_stop on_the_spot inter_agency
procedure count: online_full online_partial online_level_3 online_level_4 online_level_3_4
procedure percent: published_rate one_stop_rate on_the_spot_rate time_cut_rate online_full_rate online_partial_rate
procedure percent: online_level_3_rate online_level_4_rate online_level_3_4_rate inter_agency_rate simplified_rate
procedure day: time_cut_days
procedure vnd: cost_saved
legal count: issued appraised checked reviewed unlawful steering_documents
organisation count: units_total units_cut units_created units_dissolved units_merged psu_total psu_equitised
organisation count: psu_autonomy_full_investment psu_autonomy_recurrent psu_autonomy_partial psu_state_funded
organisation percent: units_cut_rate psu_equitised_rate psu_autonomy_full_investment_rate psu_autonomy_recurrent_rate
organisation percent: psu_autonomy_partial_rate psu_state_funded_rate
workforce count: quota cut trained recruited disciplined evaluated
workforce percent: cut_rate
egov percent: online_documents_rate signed_documents_rate one_stop_account_rate iso_9001_rate
egov percent: digitised_results_rate shared_services_rate
egov count: systems services_integrated
feedback count: received handled public_meetings
feedback percent: handled_rate
inspection count: inspections units_inspected faults_found faults_fixed
communication count: news_items broadcasts conferences participants
finance vnd: disbursed budget_revenue
finance percent: disbursed_rate
investment count: projects enterprises_new
investment vnd,usd: registered_capital
other count: meetings
"""
UNITS = {
    f"{family}.{measure}": units.split(",")
    for family, units, measures in (re.split(r"[ :]+", line, maxsplit=2) for line in VOCABULARY.strip().splitlines())
    for measure in measures.split()
}
COMPARATORS = {"eq", "ge", "gt", "le", "lt", "approx"}
STATUSES = {"actual", "target", "reference"}
SCOPES = re.compile(r"national|region:[a-z-]+|province:(agencies|districts)|district:communes")
PERIOD = re.compile(r"(\d{4})(?:-(S[12]|Q[1-4]|\d{2}(?:-\d{2})?))?")


PICTURES = ("scan", "jpg")
"""Drawn by libraries whose next release may draw a dot otherwise."""
PLAIN = (".txt", ".html", ".docx", ".pdf", "txt", "html", "docx", "pdf")


def single_spaced(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def plain_text(path: Path) -> str:
    """The words of a document, read without the program under test; of its source where that is not simple."""
    data = path.read_bytes()
    source = CORPUS / "sources" / f"{path.stem}.md"
    if source.exists() and (path.suffix not in PLAIN or read_source(source).head["format"] not in PLAIN):
        return single_spaced(" ".join(txt.paragraphs(read_source(source))))
    match path.suffix:
        case ".txt":
            return single_spaced(data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"))
        case ".html":
            import lxml.html

            page = lxml.html.fromstring(data)
            return single_spaced(" ".join(page.xpath("//text()[not(parent::script or parent::style)]")))
        case ".docx":
            from lxml import etree

            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                body = etree.fromstring(archive.read("word/document.xml"))
            paragraphs = ("".join(p.itertext("{*}t")) for p in body.iter("{*}p"))
            return single_spaced(" ".join(paragraphs))
        case _:
            import pypdfium2

            document = pypdfium2.PdfDocument(data)
            return single_spaced(" ".join(page.get_textpage().get_text_range() for page in document))


def resolve(period: str) -> tuple[date, date]:
    """The first and the last day of a period label, or of an interval of two."""
    if "/" in period:
        first, last = (resolve(part) for part in period.split("/"))
        return first[0], last[1]
    match = PERIOD.fullmatch(period)
    assert match, f"no period: {period}"
    year, part = int(match[1]), match[2]
    if part is None:
        return date(year, 1, 1), date(year, 12, 31)
    if part[0] in "SQ":
        length = 6 if part[0] == "S" else 3
        last = int(part[1]) * length
        return date(year, last - length + 1, 1), date(year, last, monthrange(year, last)[1])
    month, *day = map(int, part.split("-"))
    if day:
        return date(year, month, day[0]), date(year, month, day[0])
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def all_observations() -> list[tuple[str, dict[str, Any]]]:
    return [(name, row) for name, gold in GOLD.items() for row in gold["observations"]]


def test_every_document_has_its_gold() -> None:
    documents = {path.name for path in (CORPUS / "documents").iterdir()}
    assert documents == {gold["file"] for gold in GOLD.values()}
    assert all(Path(gold["file"]).stem == name for name, gold in GOLD.items())


def test_every_source_has_become_a_document() -> None:
    assert all((CORPUS / "documents" / read_source(path).file_name).exists() for path in SOURCES)


def test_the_archive_is_varied() -> None:
    formats = Counter(Path(gold["file"]).suffix for gold in GOLD.values())
    assert len(GOLD) >= 80
    assert min(formats[f] for f in (".txt", ".html", ".pdf", ".docx")) >= 10
    assert set(formats) >= {".doc", ".eml", ".jpg", ".mhtml", ".odt", ".rtf", ".xlsx"}
    assert sum(not gold["observations"] for gold in GOLD.values()) >= 3
    assert {gold["document"]["doc_type"] for gold in GOLD.values()} >= {"news", "notice", "decision", "plan", "report"}
    assert len({gold["document"]["ref_area"] for gold in GOLD.values()}) >= 25
    named = {str(row.get("index")).split("/")[0] for _, row in all_observations() if row.get("index")}
    assert named == INDICES


def test_every_indicator_of_the_vocabulary_is_read_somewhere() -> None:
    named = {row["indicator"] for _, row in all_observations() if not row.get("optional")}
    assert {indicator.code for rules in load().counts for indicator in rules.indicators} - named == set()
    assert {"index.score", "index.rank", "index.mean_score", "index.score_change", "index.rank_change"} <= named
    assert named <= set(UNITS)


def is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def test_texts_come_in_more_than_one_encoding() -> None:
    data = [path.read_bytes() for path in (CORPUS / "documents").glob("*.txt")]
    utf16 = [d for d in data if d.startswith((b"\xff\xfe", b"\xfe\xff"))]
    unicode = [d for d in data if d not in utf16 and is_utf8(d)]
    decoded = [d.decode("utf-8") for d in unicode]
    assert utf16
    assert len(unicode) + len(utf16) < len(data), "none is from before Unicode"
    assert any(unicodedata.is_normalized("NFD", text) for text in decoded)


@pytest.mark.parametrize("name", GOLD)
def test_every_quote_stands_in_the_document(name: str) -> None:
    gold = GOLD[name]
    text = plain_text(CORPUS / "documents" / gold["file"])
    quotes = [row["quote"] for kind in ("observations", "references") for row in gold[kind]]
    assert [quote for quote in quotes if single_spaced(quote) not in text] == []


@pytest.mark.parametrize("name", GOLD)
def test_observations_are_legal(name: str) -> None:
    for row in GOLD[name]["observations"]:
        family = row["indicator"].split(".")[0]
        units = UNITS[row["indicator"]]
        head, slash, slug = row.get("index", "").partition("/")
        assert (family == "index") == (head in INDICES), row
        assert bool(slash) == bool(re.fullmatch(r"[a-z0-9_]+", slug)), row
        if family == "index" and len(units) == 2 and not slash:
            units = ["percent" if head in PERCENT_INDICES else "point"]
        assert row["unit"] in units, row
        assert row["comparator"] in COMPARATORS, row
        assert row["obs_status"] in STATUSES, row
        assert row.get("level") in (None, "province", "district", "commune"), row
        assert row.get("scope") is None or SCOPES.fullmatch(row["scope"]), row
        assert row.get("ref_area") is None or re.fullmatch(r"\d{2}", row["ref_area"]), row
        for period in (row.get("time_period"), row.get("base_period")):
            if period:
                first, last = resolve(period)
                assert date(2010, 1, 1) <= first <= last <= date(2031, 1, 1), row


@pytest.mark.parametrize("name", GOLD)
def test_observations_are_possible(name: str) -> None:
    for row in GOLD[name]["observations"]:
        value, high, whole = row["value"], row.get("value_high"), row.get("out_of")
        assert high is None or high > value, row
        assert whole is None or 0 <= value <= whole, row
        if not row["indicator"].endswith("_change"):
            assert value >= 0, row
        if row["unit"] == "percent":
            assert abs(value) <= 100, row
        if row["unit"] == "count":
            assert value == int(value), row
        if row["indicator"] == "index.rank":
            assert 1 <= value <= 200, row


@pytest.mark.parametrize("name", GOLD)
def test_facts_are_not_listed_twice(name: str) -> None:
    gold = GOLD[name]
    required = [row for row in gold["observations"] if not row.get("optional")]
    keys = [json.dumps(row, sort_keys=True) for row in required]
    assert len(keys) == len(set(keys))
    numbers = [row["number"] for row in gold["references"]]
    assert len(numbers) == len(set(numbers))
    spans = [(row["start"], row["end"]) for row in gold["dates"]]
    assert len(spans) == len(set(spans))


@pytest.mark.parametrize("name", GOLD)
def test_references_and_dates_are_legal(name: str) -> None:
    gold = GOLD[name]
    for row in gold["references"]:
        assert row["role"] in ("self", "reported", "basis", "cites"), row
        assert row["issued_on"] is None or date.fromisoformat(row["issued_on"]), row
    own = [row["number"] for row in gold["references"] if row["role"] == "self"]
    assert own == ([gold["document"]["number"]] if gold["document"]["number"] else [])
    for row in gold["dates"]:
        assert row["role"] in ("published", "issued", "event", "period", "base_period"), row
        assert date.fromisoformat(row["start"]) <= date.fromisoformat(row["end"]), row


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_source_always_gives_the_same_bytes(path: Path) -> None:
    source = read_source(path)
    made = make(source)
    assert made == make(source)
    if source.head["format"] not in PICTURES:
        assert made == (CORPUS / "documents" / source.file_name).read_bytes()
