"""A small document on one page, and what could be read out of it, for the tests of store and run."""

from __future__ import annotations

from array import array
from datetime import date
from decimal import Decimal

from pipeline.model import (
    Agreement,
    Block,
    BlockKind,
    CharBoxes,
    DateMention,
    Document,
    DocumentFacts,
    Evidence,
    Extraction,
    Finding,
    Numeral,
    Observation,
    Page,
    Reference,
    Source,
    Span,
)
from pipeline.process import document_id

TEXT = "Báo cáo số 203/BC-UBND\nChỉ số CCHC năm 2020 đạt 84,84%, xếp thứ 20/63.\n"
SOURCE = TEXT.encode()


def document(text: str = TEXT, path: str = "a/report.txt", paged: bool = True) -> Document:
    """`text` as one page: each character ten points wide, each line twelve high."""
    places = array("f")
    row = column = 0
    for character in text:
        if character == "\n":
            places.extend((1, 0, 0, 0))
            row, column = row + 1, 0
        else:
            places.extend((10 * column, 12 * row, 10 * column + 10, 12 * row + 12))
            column += 1
    span = Span(0, len(text))
    return Document(
        Source(path, document_id(text.encode()), "text/plain", len(text.encode())),
        text,
        (Block(BlockKind.PARAGRAPH, span),),
        pages=(Page(1, 600.0, 800.0, span),) if paged else (),
        char_boxes=CharBoxes.of_each(places) if paged else None,
    )


def span_of(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def observation(words: str, value: str, **columns: object) -> Observation:
    """An observation whose number is all of `words`."""
    span = span_of(words)
    given: dict[str, object] = {"obs_id": f"id-{words}", "indicator": "index.score", "unit": "percent", **columns}
    return Observation(value=Decimal(value), quote=words, span=span, value_span=span, rule_id="test", **given)  # type: ignore[arg-type]


def extraction() -> Extraction:
    """Two observations (not in their order), one reference, one date, and the numerals."""
    year = span_of("2020")
    number = span_of("203/BC-UBND")
    return Extraction(
        DocumentFacts(title="Báo cáo", doc_type="BC", number="203/BC-UBND", issued_on=date(2021, 6, 18)),
        observations=(
            observation("20/63", "20", indicator="index.rank", unit="rank", out_of=Decimal(63), index="PAR_INDEX"),
            observation(
                "84,84%",
                "84.84",
                index="PAR_INDEX",
                period_start=date(2020, 1, 1),
                period_end=date(2020, 12, 31),
                flags=("inherited_period",),
                evidence=(Evidence("period", year, "2020"), Evidence("value", span_of("84,84%"), "84,84%")),
            ),
        ),
        references=(Reference("203/BC-UBND", "203/BC-UBND", "BC", "self", "203/BC-UBND", number, "test"),),
        dates=(DateMention(date(2020, 1, 1), date(2020, 12, 31), "year", "period", "2020", year, "test"),),
        numerals=(
            Numeral("84,84", span_of("84,84"), "observation"),
            Numeral("203", span_of("203"), "reference"),
            Numeral("63", span_of("63"), "unexplained"),
        ),
        agreements=(Agreement("rate", "8484 / 10000 = 84.84%", ("id-84,84%",)),),
        findings=(Finding("rank_in_set", "warning", "the rank is outside its set", ("id-20/63",), "1 to 63", "20"),),
    )
