"""No input makes extraction superlinear: four times the text is not much more than four times the work."""

from __future__ import annotations

import time
from cProfile import Profile
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.process import extract_facts, read_document
from pipeline.rulebook.book import Rulebook, load
from pipeline.text.words import segment

PLACES = ("Bắc Ninh", "Hà Nội", "Quảng Ninh", "Nghệ An", "Cà Mau")
AGENCIES = ("Sở Y tế", "Công an tỉnh", "Sở Nội vụ", "UBND huyện Quế Võ")
PARTS = {
    "clauses": "{agency} tiếp nhận 1{n} hồ sơ, đã giải quyết {n} hồ sơ (đúng hạn {n}, quá hạn {d}), đạt 9{d},{d}%; ",
    "scores": "chỉ số PAR INDEX năm 201{d} của tỉnh {place} đạt 8{d},5{d} điểm, xếp thứ {d}/63, tăng {d} bậc; ",
    "dates": "từ ngày 0{o}/0{o}/201{d} đến ngày 1{d}/0{o}/202{d} nhận {n} hồ sơ, ",
    "items": "{agency} {n} hồ sơ, ",
    "names": "{agency}, {place}, ",
    "centres": "Trung tâm Phục vụ hành chính công, ",
    "acts": "Căn cứ Quyết định số {n}/QĐ-UBND ngày {o}/{o}/202{d} của UBND tỉnh {place}; ",
    "brackets": "tiếp nhận {n} hồ sơ (quá hạn {d}) ",
    "no mark at all": "tiếp nhận {n} hồ sơ giải quyết quá hạn thủ tục hành chính cải cách tỉnh ",
    "numbers": "{n} {d},{d}% ",
    "denials": "không có hồ sơ quá hạn, ",
    "list": "- {agency}: {n} hồ sơ, quá hạn {d} hồ sơ\n",
    "paragraphs": "{n}. {agency} tiếp nhận {n} hồ sơ, đã giải quyết 1{n} hồ sơ, đạt 9{d}%.\n\n",
    "sentences": "Năm 201{d} {agency} tiếp nhận {n} hồ sơ, giải quyết đúng hạn 1{n} hồ sơ. ",
    "scored paragraphs": "Chỉ số PAPI của {place} năm 201{d} đạt 4{d},5{d} điểm, xếp thứ {d}.\n\n",
    "headings": "II. KẾT QUẢ {n}\n\n1. Về hồ sơ\n\nTiếp nhận {n} hồ sơ.\n\n",
}
CELLS = {
    "rows of counts": ("<tr><td>{agency}</td><td>{n}</td><td>{d}</td></tr>", "Đơn vị", "Tiếp nhận", "Quá hạn"),
    "rows of scores": ("<tr><td>{place}</td><td>8{d},5{d}</td><td>{d}</td></tr>", "Tỉnh", "PAR INDEX", "Xếp hạng"),
    "rows of measures": ("<tr><td>Số hồ sơ quá hạn</td><td>{n}</td><td>{d}</td></tr>", "Nội dung", "Năm 2022", "2023"),
}


def written(part: str, length: int) -> str:
    """At least `length` characters of a part, with other names and figures each time."""
    pieces: list[str] = []
    size = 0
    while size < length:
        n = len(pieces)
        place, agency = PLACES[n % len(PLACES)], AGENCIES[n % len(AGENCIES)]
        pieces.append(part.format(place=place, agency=agency, n=n + 2, d=n % 10, o=n % 9 + 1))
        size += len(pieces[-1])
    return "".join(pieces)


def in_table(row: str, heads: tuple[str, ...], length: int) -> str:
    head = "".join(f"<th>{head}</th>" for head in heads)
    return f"<h1>Báo cáo năm 2023</h1><table><tr>{head}</tr>{written(row, length)}</table>"


@cache
def rulebook() -> Rulebook:
    segment("The model of words is loaded where a text first needs it.")
    return load()


def work(text: str, path: str) -> tuple[int, float]:
    """What the facts of a text cost: calls of functions, and seconds of the processor."""
    document = read_document(text.encode(), path)
    profile = Profile()
    started = time.process_time()
    profile.runcall(extract_facts, document, rulebook())
    seconds = time.process_time() - started
    return sum(entry.callcount for entry in profile.getstats()), seconds


def assert_linear(short: str, long: str, path: str) -> None:
    """`long` is four times `short`. Calls can be counted; what one call of an expression reads shows only in its time,
    of which the best of three is taken, with a bound halfway (by ratio) to the sixteenfold of a square."""
    work(f"{short} ", path)  # what is made once
    ratios = []
    for _ in range(3):
        (calls, seconds), (more_calls, more_seconds) = work(short, path), work(long, path)
        assert more_calls < 6 * calls
        ratios.append(more_seconds / seconds)
        if ratios[-1] < 8:
            return
    raise AssertionError(f"four times the text took {min(ratios):.1f} times as long")


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_long_and_odd_texts_take_linear_time(part: str) -> None:
    assert_linear(written(part, 3_000), written(part, 12_000), "x.txt")


@pytest.mark.parametrize("kind", CELLS)
def test_long_tables_take_linear_time(kind: str) -> None:
    row, *heads = CELLS[kind]
    assert_linear(in_table(row, tuple(heads), 3_000), in_table(row, tuple(heads), 12_000), "x.html")


@settings(max_examples=2, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(sorted(PARTS)), min_size=2, max_size=4))
def test_mixtures_of_them_take_linear_time(names: list[str]) -> None:
    part = "".join(PARTS[name] for name in names)
    assert_linear(written(part, 3_000), written(part, 12_000), "x.txt")
