"""Boxes of a PDF are measured when they are asked for: exactly, also for a document out of the cache."""

from __future__ import annotations

import io
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from pipeline.model import NOWHERE, CharBoxes, Document, Span
from pipeline.read import ReadSettings, read_bytes
from pipeline.read.boxes import Boxes, joined
from pipeline.run.codec import decode, encode
from tests.unit.test_read_pdf import ink, ink_extent

LINE = "Resolved 567 files early, 99,2% on time"


def drawn(table: bool = False) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for page in (1, 2):
        canvas.drawString(80, 700, f"{LINE} on page {page}")
        if table:
            for x in (80, 200, 320):
                canvas.line(x, 500, x, 560)
            for y in (500, 530, 560):
                canvas.line(80, y, 320, y)
            for x, y, words in ((90, 540, "Name"), (210, 540, "Files"), (90, 510, "Xa Binh An"), (210, 510, "1.234")):
                canvas.drawString(x, y, words)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def place(document: Document, words: str) -> Span:
    start = document.text.rindex(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize("words", ["567", "99,2", "page 2", "1.234", "Binh"])
def test_any_part_of_a_line_or_cell_stands_on_its_ink(words: str) -> None:
    data = drawn(table=True)
    document = read_bytes(data, "a.pdf")
    [box] = document.boxes(place(document, words))
    rows, scale = ink(data, 2)
    assert box.page == 2
    found = ink_extent(rows, scale, box.x0 - 0.3, box.top, box.x1 + 0.3, box.bottom)
    assert (found[0], found[2]) == pytest.approx((box.x0, box.x1), abs=0.5)


def test_a_document_is_kept_with_all_its_boxes_and_needs_its_file_no_more() -> None:
    read = read_bytes(drawn(table=True), "a.pdf")
    with pytest.raises(RuntimeError):
        decode(Document, encode(read)).boxes(place(read, "99,2"))
    kept = decode(Document, encode(read.measured()))
    for words in ("99,2% on time", "567", "1.234", "Binh An", "page 2"):
        [ours], [theirs] = kept.boxes(place(read, words)), read.boxes(place(read, words))
        assert (ours.page, ours.top, ours.bottom) == (theirs.page, theirs.top, theirs.bottom)
        assert (ours.x0, ours.x1) == pytest.approx((theirs.x0, theirs.x1), abs=0.01)


def test_characters_measured_as_their_page_is_read_stand_where_they_are_measured_later() -> None:
    data = drawn(table=True)
    known = read_bytes(data, "a.pdf", ReadSettings(measured=True))
    assert known.char_boxes is not None
    assert not known.char_boxes.is_complete  # of what is measured the reader keeps what stands in the text
    assert known.measured() == read_bytes(data, "a.pdf").measured()


def test_more_pages_than_are_kept_open_are_measured() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for page in range(12):
        canvas.drawString(80 + page, 700, f"P{page}x")
        canvas.showPage()
    canvas.save()
    document = read_bytes(buffer.getvalue(), "a.pdf")
    for _ in range(2):
        lefts = [document.boxes(place(document, f"P{page}x"))[0].x0 for page in range(12)]
        assert [x - lefts[0] for x in lefts] == pytest.approx(range(12), abs=0.01)


boxes = st.one_of(
    st.integers(1, 5).map(Boxes.nowhere),
    st.builds(Boxes.drawn, st.integers(0, 5000), st.integers(1, 9), st.just(10.0), st.just(20.0)),
    st.integers(1, 5).map(lambda n: Boxes.measured(array("f", [float(v) for k in range(n) for v in (k, 1, k + 1, 2)]))),
)


@given(st.lists(boxes, max_size=6), st.data())
def test_boxes_are_cut_and_joined_as_their_text_is(parts: list[Boxes], data: st.DataObject) -> None:
    def numbered(place: Boxes) -> list[float]:
        return list(place.each(lambda first, _: (first, first + 1.0)))

    whole = joined(parts)
    assert len(whole) == sum(map(len, parts))
    assert numbered(whole) == [value for part in parts for value in numbered(part)]
    a, b = sorted(data.draw(st.lists(st.integers(0, len(whole)), min_size=2, max_size=2)))
    assert numbered(whole.between(a, b)) == numbered(whole)[4 * a : 4 * b]
    again = joined([whole.between(0, a), whole.between(a, b), whole.between(b, len(whole))])
    assert numbered(again) == numbered(whole)
    assert numbered(Boxes.of(whole.kept())) == numbered(whole)


def test_boxes_of_known_characters_need_no_file() -> None:
    known = CharBoxes.of_each(array("f", (0, 0, 5, 9, 1, 0, 0, 0, 5, 0, 9, 9)))
    assert known.is_complete
    assert list(known.between(0, 3, 1)) == [(0, 0, 5, 9), (5, 0, 9, 9)]
    assert not CharBoxes(array("f", (3, 0, 0, 9)).tobytes()).is_complete
    assert CharBoxes(array("f", (3, NOWHERE, 0, 0)).tobytes()).is_complete
