"""What the numbers near an index are: exact values, quotes and the words that decided."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.match.dates import date_atoms
from pipeline.match.index_frame import index_mentions
from pipeline.match.layers import Layers
from pipeline.match.mention import Mention
from pipeline.match.names import find_indices
from pipeline.match.numbers import number_atoms
from pipeline.process import read_document
from pipeline.rulebook.index_rules import IndexRules, load_index_rules
from pipeline.rulebook.location import rules_dir
from pipeline.text.fold import lower_view, normal_view
from pipeline.text.phrase_places import phrase_text
from pipeline.text.sentences import sentences
from pipeline.values.places import AgencyMention, PlaceMention, load_gazetteer


@cache
def rules() -> IndexRules:
    return load_index_rules(rules_dir() / "index")


def read(text: str) -> tuple[Layers, tuple[Mention, ...]]:
    document = read_document(text.encode(), "text.txt")
    view, normal = lower_view(document.text), normal_view(document.text)
    gazetteer = load_gazetteer()
    found: list[PlaceMention | AgencyMention] = [
        *gazetteer.find_places(document.text),
        *gazetteer.find_agencies(document.text),
    ]
    phrases = phrase_text(view)
    layers = Layers(
        document, normal, view, phrases, sentences(document),
        number_atoms(view, taken=[atom.span for atom in date_atoms(document.text)]),
        find_indices(normal, phrases, rules()), tuple(sorted(item.span for item in found)),
    )  # fmt: skip
    return layers, index_mentions(layers, rules())


def told(text: str) -> list[tuple[str, str | None, str, str, str]]:
    layers, mentions = read(text)
    words = layers.document.text
    return [
        (m.indicator.removeprefix("index."), m.index, str(m.value), m.value_span.of(words), m.quote_span.of(words))
        for m in mentions
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PAR INDEX năm 2020 của Sơn La đạt 84,84%, tăng 2,91%, tăng 3 bậc; xếp thứ 20/63 tỉnh.", [
            ("score", "PAR_INDEX", "84.84", "84,84", "đạt 84,84%"),
            ("score_change", "PAR_INDEX", "2.91", "2,91", "tăng 2,91%"),
            ("rank_change", "PAR_INDEX", "3", "3", "tăng 3 bậc"),
            ("rank", "PAR_INDEX", "20", "20", "xếp thứ 20/63"),
        ]),
        ("PAPI: vỏn vẹn 40,62/80 điểm, tính ra tỷ lệ chỉ 50,77%, hụt 3,84 điểm.", [
            ("score", "PAPI", "40.62", "40,62", "vỏn vẹn 40,62/80 điểm"),
            ("score_change", "PAPI", "-3.84", "3,84", "hụt 3,84 điểm"),
        ]),
        ("PCI của tỉnh cao hơn mức trung bình cả nước 1,561 điểm.", []),
        ("PCI của tỉnh cao hơn mức trung bình cả nước (65,2 điểm).",
         [("mean_score", "PCI", "65.2", "65,2", "mức trung bình cả nước (65,2 điểm")]),
        ("Về PCI, Đồng Tháp kém Quảng Ninh 1,2 điểm.", []),
        ("PII: Hà Nội ở vị trí thứ 2, rồi đến Hải Phòng (3), Đà Nẵng (4).", [
            ("rank", "PII", "2", "2", "vị trí thứ 2"), ("rank", "PII", "3", "3", "3"), ("rank", "PII", "4", "4", "4"),
        ]),
        ("PII: Hà Nội ở vị trí thứ 2, Hải Phòng (7), Đà Nẵng (4).",
         [("rank", "PII", "2", "2", "vị trí thứ 2")]),
        ("Người đứng đầu chịu trách nhiệm về PCI.", []),
        ("PCI: 53/63 địa phương tăng, Việt Nam xếp thứ 86/193 quốc gia.", []),
        ("PAR INDEX 86,15 điểm, đạt 86,15%.", [("score", "PAR_INDEX", "86.15", "86,15", "đạt 86,15%")]),
        ("PAR INDEX: cải cách thể chế 9,42/10 điểm, bằng 94,15%, hạng 22/63.", [
            ("score", "PAR_INDEX/cai_cach_the_che", "9.42", "9,42", "9,42/10 điểm"),
            ("rank", "PAR_INDEX/cai_cach_the_che", "22", "22", "hạng 22/63"),
        ]),
        ("Thứ hạng PCI nhích từ 39 lên 35/63.", [
            ("rank", "PCI", "39", "39", "nhích từ 39"), ("rank", "PCI", "35", "35", "lên 35/63"),
        ]),
        ("PCI được công bố; tỷ lệ hồ sơ đúng hạn tăng 3,2%, đạt 98,7% hồ sơ.", []),
        ("PAPI 2019: 45,86.", [("score", "PAPI", "45.86", "45,86", "45,86")]),
    ],
)  # fmt: skip
def test_readings(text: str, expected: list[tuple[str, str, str, str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "unit", "out_of", "comparator", "high"),
    [
        ("SIPAS của sở đạt 94,27 điểm.", "percent", None, "eq", None),
        ("PAR INDEX đạt 96,17/100 điểm.", "percent", "100", "eq", None),
        ("PCI tăng 5,2%.", "percent", None, "eq", None),
        ("DTI đạt 0,6077.", "point", None, "eq", None),
        ("PCI phấn đấu đạt từ 70 điểm trở lên.", "point", None, "ge", None),
        ("PAR INDEX vượt 86%.", "percent", None, "gt", None),
        ("PCI đứng thứ 20 trở lên.", "rank", None, "le", None),
        ("PAR INDEX tăng từ 2 đến 3 bậc.", "rank", None, "eq", "3"),
    ],
)
def test_units_and_bounds(text: str, unit: str, out_of: str | None, comparator: str, high: str | None) -> None:
    _, (mention,) = read(text)
    assert (mention.unit, mention.comparator) == (unit, comparator)
    assert (str(mention.out_of) if mention.out_of is not None else None) == out_of
    assert (str(mention.value_high) if mention.value_high is not None else None) == high


def test_a_table_is_read_by_its_headings() -> None:
    text = (
        "Kết quả PCI năm 2022\n\n"
        "| TT | Tỉnh | Điểm số | Xếp hạng |\n| 1 | Lào Cai | 68,20 | 12 |\n| 2 | Sơn La | 63,22 | 49 |\n"
    )
    assert told(text) == [
        ("score", "PCI", "68.20", "68,20", "68,20"), ("rank", "PCI", "12", "12", "12"),
        ("score", "PCI", "63.22", "63,22", "63,22"), ("rank", "PCI", "49", "49", "49"),
    ]  # fmt: skip


def test_a_row_may_name_the_index() -> None:
    text = "Chỉ số | Năm 2022 | Thứ hạng\nPAR INDEX | 83,69 | 40\nPAPI | 41,22 | 50\n"
    assert [row[:3] for row in told(text)] == [
        ("score", "PAR_INDEX", "83.69"), ("rank", "PAR_INDEX", "40"),
        ("score", "PAPI", "41.22"), ("rank", "PAPI", "50"),
    ]  # fmt: skip


def test_a_part_does_not_outlive_its_list() -> None:
    text = "PCI: tính minh bạch 6,1 điểm, chi phí thời gian 7,2 điểm. Nhờ vậy tỉnh lên hạng 43/63."
    assert [row[:3] for row in told(text)][-1] == ("rank", "PCI", "43")


def test_a_block_behind_several_indices_names_its_own() -> None:
    assert told("PCI đạt 66,9 điểm, PGI đạt 21,6 điểm.\n\nĐà Nẵng đạt 68,5 điểm, đứng thứ 9.")[2:] == []


FRAGMENTS = (
    "PAR INDEX", "PCI", "PAPI 2019", "chỉ số này", "SIPAS", "đạt", "tăng", "giảm", "xếp thứ", "hạng", "trung bình",
    "so với năm 2020", "84,84%", "66,9 điểm", "20/63", "3 bậc", "(", ")", ",", ";", ".", ":", "từ", "lên", "Hà Nội",
    "tỉnh", "cả nước", "thứ 5", "và", "lần lượt", "dẫn đầu", "tính minh bạch", "\n", "0,61", "1.634", "hồ sơ",
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=25).map(" ".join).filter(str.strip))
def test_any_words_are_read_without_fault(text: str) -> None:
    layers, mentions = read(text)
    for mention in mentions:
        assert mention.quote_span.covers(mention.value_span)
        assert (mention.index or "").partition("/")[0] in rules().indices
        assert mention.quote_span.of(layers.document.text)
        assert [m.value_span for m in mentions if m.indicator == mention.indicator].count(mention.value_span) == 1
