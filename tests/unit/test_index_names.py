"""Where a text names an index, a part of one, or one that is none of ours."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest

from pipeline.match.names import NameKind, find_indices
from pipeline.rulebook.index_rules import IndexRules, load_index_rules
from pipeline.rulebook.location import rules_dir
from pipeline.text.fold import lower_view, normal_view
from pipeline.text.phrase_places import phrase_text


@cache
def rules() -> IndexRules:
    return load_index_rules(rules_dir() / "index")


def named(text: str) -> list[tuple[str, str | None, str | None, str]]:
    return [
        (m.kind.value, m.index, m.component, m.span.of(text))
        for m in find_indices(normal_view(text), phrase_text(lower_view(text)), rules())
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chỉ số cải cách hành chính (PAR INDEX) năm 2020",
         [("whole", "PAR_INDEX", None, "Chỉ số cải cách hành chính (PAR INDEX)")]),
        ("PARINDEX; PAR-INDEX và PAR INDER", [
            ("whole", "PAR_INDEX", None, "PARINDEX"), ("whole", "PAR_INDEX", None, "PAR-INDEX"),
            ("whole", "PAR_INDEX", None, "PAR INDER"),
        ]),
        ("chỉ số cải cách cách hành chính", [("whole", "PAR_INDEX", None, "chỉ số cải cách cách hành chính")]),
        ("Provincial Innovation Index, gọi tắt là PII,",
         [("whole", "PII", None, "Provincial Innovation Index, gọi tắt là PII")]),
        ("điểm pci của lớp, PCI của tỉnh", [("whole", "PCI", None, "PCI")]),
        ("CHỈ SỐ XANH CẤP TỈNH", [("whole", "PGI", None, "CHỈ SỐ XANH CẤP TỈNH")]),
        ("PAPI tăng. Chỉ số này đứng thứ 5.",
         [("whole", "PAPI", None, "PAPI"), ("again", "PAPI", None, "Chỉ số này")]),
        ("Chỉ số này đứng thứ 5.", []),
        ("PCI: tính minh bạch, chi phí thời gian", [
            ("whole", "PCI", None, "PCI"), ("component", "PCI", "tinh_minh_bach", "tính minh bạch"),
            ("component", "PCI", "chi_phi_thoi_gian", "chi phí thời gian"),
        ]),
        (
            "tính minh bạch của PCI",
            [("component", "PCI", "tinh_minh_bach", "tính minh bạch"), ("whole", "PCI", None, "PCI")],
        ),
        ("tính minh bạch, PCI", [("whole", "PCI", None, "PCI")]),
        ("PCI tăng; chỉ số sản xuất công nghiệp tăng", [
            ("whole", "PCI", None, "PCI"), ("foreign", None, None, "chỉ số sản xuất công nghiệp"),
        ]),
        ("PCI có 7 chỉ số cải thiện", [("whole", "PCI", None, "PCI")]),
        ("chỉ số DTI và chỉ số kinh tế số", [
            ("whole", "DTI", None, "DTI"), ("component", "DTI", "kinh_te_so", "chỉ số kinh tế số"),
        ]),
        ("đứng thứ 6 về cải cách hành chính", [("topic", "PAR_INDEX", None, "về cải cách hành chính")]),
        ("đánh giá, xếp hạng mức độ ứng dụng CNTT",
         [("whole", "EGOV_RANK", None, "đánh giá, xếp hạng mức độ ứng dụng CNTT")]),
        ("cải cách hành chính được đẩy mạnh, hồ sơ tăng", []),
    ],
)  # fmt: skip
def test_names(text: str, expected: list[tuple[str, str | None, str | None, str]]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    ("text", "year"),
    [("PAPI 2019: 45,86", "2019"), ("Par Index (2020)", "2020"), ("PCI 20191", None), ("PAPI 2019.5", None)],
)
def test_a_bare_year_behind_the_name(text: str, year: str | None) -> None:
    (mention,) = (
        m for m in find_indices(normal_view(text), phrase_text(lower_view(text)), rules()) if m.kind is NameKind.WHOLE
    )
    assert (mention.year.of(text) if mention.year else None) == year


def test_names_stand_in_order_and_apart() -> None:
    text = "Các chỉ số PAR INDEX, SIPAS, PAPI, PCI, PGI, DDCI, DTI, POBI, PII và Vietnam ICT Index. " * 40
    spans = [m.span for m in find_indices(normal_view(text), phrase_text(lower_view(text)), rules())]
    assert len(spans) == 400
    assert all(a.end <= b.start for a, b in pairwise(spans))
