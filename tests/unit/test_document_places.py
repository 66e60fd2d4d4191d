"""Where a character stands: its page, and one box for each line of a quote."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Block, BlockKind, Box, CharBoxes, Document, Page, Source, Span


def document(*lengths: int, boxes: array[float] | None = None) -> Document:
    """A document of pages with so many characters each, ten to a line unless `boxes` says where they stand."""
    starts = [sum(lengths[:i]) for i in range(len(lengths))]
    pages = tuple(Page(i + 1, 595, 842, Span(s, s + n)) for i, (s, n) in enumerate(zip(starts, lengths, strict=True)))
    if boxes is None:
        boxes = array("f")
        for length in lengths:
            for i in range(length):
                x, y = 5.0 * (i % 10), 20.0 * (i // 10)
                boxes.extend((x, y, x + 5, y + 12))
    text = "a" * sum(lengths)
    block = Block(BlockKind.PARAGRAPH, Span(0, len(text)))
    return Document(
        Source("a.pdf", "0", "application/pdf", 1), text, (block,), pages=pages, char_boxes=CharBoxes.of_each(boxes)
    )


def test_a_quote_over_lines_and_pages_has_a_box_for_each_line() -> None:
    found = document(25, 12).boxes(Span(18, 29))
    assert found == (Box(1, 40, 20, 50, 32), Box(1, 0, 40, 25, 52), Box(2, 0, 0, 20, 12))


def test_characters_that_stand_nowhere_have_no_box() -> None:
    boxes = array("f", (0, 0, 5, 12, 1, 0, 0, 0, 5, 0, 10, 12))
    assert document(3, boxes=boxes).boxes(Span(0, 3)) == (Box(1, 0, 0, 10, 12),)
    assert document(3, boxes=boxes).boxes(Span(1, 2)) == ()


@given(st.lists(st.integers(0, 4), max_size=6), st.integers(0, 30))
def test_a_character_stands_on_the_page_that_holds_it(lengths: list[int], offset: int) -> None:
    holding = [page.number for page in document(*lengths).pages if offset in page.span]
    found = document(*lengths).page_of(offset)
    assert [found] == holding if holding else found is None or offset >= sum(lengths)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=5), st.data())
def test_boxes_of_a_span_hold_those_of_its_parts(lengths: list[int], data: st.DataObject) -> None:
    whole = document(*lengths)
    start, end = sorted(data.draw(st.lists(st.integers(0, sum(lengths)), min_size=2, max_size=2)))
    parts = [box for offset in range(start, end) for box in whole.boxes(Span(offset, offset + 1))]
    found = whole.boxes(Span(start, end))
    assert len(parts) == end - start
    assert {(box.page, box.top) for box in found} == {(box.page, box.top) for box in parts}
    assert len(found) == len({(box.page, box.top) for box in parts})
    for part in parts:
        assert any(
            box.page == part.page and box.x0 <= part.x0 and part.x1 <= box.x1 and box.top == part.top for box in found
        )
