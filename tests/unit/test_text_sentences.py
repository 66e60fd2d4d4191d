"""Where sentences and clauses end, and where they do not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Block, BlockKind, Cell, Document, Source, Span, Table
from pipeline.text.sentences import Sentence, clauses, sentences


def document(text: str, *blocks: Block, tables: tuple[Table, ...] = ()) -> Document:
    whole = (Block(BlockKind.PARAGRAPH, Span(0, len(text))),)
    return Document(Source("x", "0", "text/plain", 0), text, blocks or whole, tables)


def split(text: str) -> list[str]:
    return [sentence.span.of(text) for sentence in sentences(document(text))]


@pytest.mark.parametrize(
    "marked",
    [
        "Tỉnh đạt 84,84%, tăng 3 bậc. ‖Năm 2021 đạt 87.62%.",
        "Thu 1.634 tỷ đồng. ‖100% xã có mạng.",
        "Ngày 21.01.2021, Ban chấp hành ban hành Nghị quyết. ‖Đến nay xong.",
        "UBND TP. Vinh, TP.HCM và Q.1, P. Bến Nghé. ‖Ngoài ra, TP.HCM. ‖Sở.",
        "Ông PGS.TS. Nguyễn Văn A và ThS. Trần B. Minh dự. ‖Bà Lê C nói.",
        "Gồm giấy, mực, v.v. và bút, v.v. ‖Năm 2020 mua.",
        "Xem tr. 5 của Nghị định số 61/2018/NĐ-CP. ‖Theo đó, tỉnh làm.",
        "Nghị định 61/2018/NĐ-CP. ngày 23/4/2018 nêu rõ.",
        "Xem https://dichvucong.gov.vn/a.html, thư so.nv@sonla.gov.vn. ‖Điện thoại 3.852.021.",
        "Tỉnh gồm Mai Sơn... và Sông Mã… trong đó có xã. ‖Hết… ‖Còn lại.",
        "Gồm Mai Sơn, ... Sông Mã. ‖Họ tên: ........ Ngày sinh ..........",
        "Kính báo./. ‖Nơi nhận: như trên.",
        "1. Tên gọi. ‖Nội dung.",
        "1.1. Kế hoạch có 63 nhiệm vụ. ‖Xong 58.",
        "II. KẾT QUẢ. ‖A. Phần đầu.",
        "Điều 1. Ban hành Quy chế. ‖Theo Điều 5. ‖Điều 2. Thi hành.",
        "Gồm: 1. Sở A; 2. Sở Hai. ‖Hết.",
        "Xếp nhóm A. ‖Trong quý I. ‖Tổng cộng khu vực II. ‖Năm nay.",
        "Theo số liệu của HĐND. ‖TTHC. ‖UBND tỉnh.",
        "Có được không? ‖Được! ‖Tốt.",
        "Hồ sơ trễ (quá hạn?) còn nhiều. ‖Nhưng giảm.",
        "Ông nói: “Đạt 98%.” ‖Bà nói vậy (xem Bảng 1.) ‖Hết.",
        "đạt kết quả cao. ‖trong đó có 5 xã.",
        "Tỉnh hoàn thành 98%.‖Trong đó, huyện làm tốt.‖Năm 2021.‖Tuy nhiên còn chậm.",
        "Xếp thứ\n5/63 tỉnh, tăng\nhai bậc. ‖Năm\n2021.",
        "Đoạn một\n\n‖Đoạn hai\n \n‖Đoạn ba",
        "Nhiệm vụ gồm:\n‖- Một là rà soát;\n‖- Hai là kiểm tra.\n‖2. Giải pháp",
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
        "XẾP NHÓM A. ‖TP. VINH ĐẠT 98%. ‖NĂM 2021.",
        "(đạt tỷ lệ (97,4%). ‖Số còn lại ]) trễ.",
    ],
)
def test_sentences(marked: str) -> None:
    assert split(marked.replace("‖", "")) == [part.strip() for part in marked.split("‖")]


def test_a_sentence_stays_in_its_block_and_knows_it() -> None:
    text = "Kế hoạch số\n45. Tỉnh"
    blocks = (Block(BlockKind.HEADING, Span(0, 11)), Block(BlockKind.PARAGRAPH, Span(12, 20)))
    assert sentences(document(text, *blocks)) == (
        Sentence(Span(0, 11), 0),
        Sentence(Span(12, 20), 1),
    )


def test_a_table_gives_its_rows() -> None:
    text = "Đơn vị\tĐiểm\nSở A. Sở B\t9,5\n\t\nHết"
    block = Block(BlockKind.TABLE, Span(0, 26))
    cells = (
        Cell(Span(0, 6), 0, 0),
        Cell(Span(7, 11), 0, 1),
        Cell(Span(12, 22), 1, 0),
        Cell(Span(23, 26), 1, 1),
        Cell(Span(27, 27), 2, 0),
        Cell(Span(28, 28), 2, 1),
    )
    table = Table(1, block.span, cells, 3, 2)
    rows = ["Đơn vị\tĐiểm", "Sở A. Sở B\t9,5"]
    assert [s.span.of(text) for s in sentences(document(text, block, tables=(table,)))] == rows
    assert [s.span.of(text) for s in sentences(document(text, block))] == rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("đạt 84,84%; xếp thứ 20/63; tăng", ["đạt 84,84%;", "xếp thứ 20/63;", "tăng"]),
        ("xong 58 (đúng hạn 50; quá hạn 8); còn 5", ["xong 58 (đúng hạn 50; quá hạn 8);", "còn 5"]),
        ("đạt (97,4%; còn 2,6%] trễ; hết", ["đạt (97,4%;", "còn 2,6%] trễ;", "hết"]),
        ("a [b (c; d] e; f) g", ["a [b (c; d] e;", "f) g"]),
        ("Sở A\t9,5 | 8,3", ["Sở A", "9,5", "8,3"]),
        ("gồm\n- một\n- hai\nba", ["gồm", "- một", "- hai\nba"]),
        ("; ;", [";", ";"]),
        (" ", []),
    ],
)
def test_clauses(text: str, expected: list[str]) -> None:
    framed = f"trước; {text} sau"
    assert [clause.of(framed) for clause in clauses(framed, Span(7, 7 + len(text)))] == expected


ODD = st.text(alphabet='a.A1 \n\t;:…!?()[]"”-/%Đđvp@', max_size=120)


@given(ODD)
def test_nothing_visible_is_lost(text: str) -> None:
    found = [sentence.span for sentence in sentences(document(text))]
    edges = [0, *(edge for span in found for edge in (span.start, span.end)), len(text)]
    assert edges == sorted(edges)
    assert all(not text[end:start].strip() for end, start in zip(edges[::2], edges[1::2], strict=True))
    for span in found:
        assert span.of(text) == span.of(text).strip() != ""


@given(ODD)
def test_clauses_lose_nothing_but_bars(text: str) -> None:
    span = Span(0, len(text))
    kept = "".join(clause.of(text) for clause in clauses(text, span))
    assert [char for char in kept if not char.isspace()] == [char for char in text if not char.isspace()]


@pytest.mark.parametrize(
    "unit", ["a.a.a.", "((((", "1.1.1.", ". ", "A. ", "....", "\n \n", ";\n", "v.v. ", '."', "(;)", "…", "([{", "(]"]
)
def test_odd_input_takes_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    began = time.process_time()
    for sentence in sentences(document(text)):
        clauses(text, sentence.span)
    clauses(text, Span(0, len(text)))
    half = len(text) // 2
    clauses(text[:half] + "])}" * half, Span(0, 4 * half))
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    ("unit", "ends_with"),
    [("Sở Y tế 12 hồ sơ, quá hạn 3; ", ";"), ("Sở Y tế 12 hồ sơ, ", ","), ("hồ sơ thủ tục ", ""), ("1", "1")],
)
def test_what_never_stops_is_parted_where_it_pauses(unit: str, ends_with: str) -> None:
    text = unit * (20_000 // len(unit))
    found = [sentence.span for sentence in sentences(document(text))]
    assert all(1_000 < len(span) <= 3_000 for span in found[:-1])
    assert all(span.of(text).endswith(ends_with) for span in found[:-1])
    assert "".join("".join(span.of(text).split()) for span in found) == "".join(text.split())
