"""Districts and communes that a text names without their kind."""

from __future__ import annotations

import pytest

from tests.unit.layer_samples import sample

_KINDS = ("huyện ", "thị xã ", "thành phố ", "xã ", "phường ")


def short(text: str) -> list[str]:
    """The districts and communes that stand in a text without their kind, under a headline of its province."""
    context = sample(text).context
    return [
        place.name
        for place in context.places
        if place.kind in ("district", "commune") and not place.span.of(context.layers.normal).lower().startswith(_KINDS)
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Xếp sau là Thọ Xuân (82,9 điểm), Nga Sơn (82,1 điểm).", ["huyện Thọ Xuân", "huyện Nga Sơn"]),
        ("Nghi Sơn đạt 75 điểm.", ["thị xã Nghi Sơn"]),
        ("Riêng Như Thanh còn 14 hồ sơ quá hạn.", ["huyện Như Thanh"]),
        # Of another province, part of another name, or only where a commune lies.
        ("Xếp sau là Mai Sơn (82,9 điểm).", []),
        ("Đường Thọ Xuân được mở rộng.", []),
        ("Xã Xuân Lập, Thọ Xuân tiếp nhận 80 hồ sơ.", []),
        ("Thọ Xuân Nam đạt 80 điểm.", []),
    ],
)
def test_districts_of_the_own_province_are_known_by_their_names(text: str, named: list[str]) -> None:
    assert short(f"Thanh Hóa công bố kết quả DDCI năm 2022\n\nTỉnh Thanh Hóa công bố kết quả.\n\n{text}\n") == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Hai xã trễ hạn nhiều nhất là: Ea Tul (12 hồ sơ), Cư Mgar (9 hồ sơ).", ["xã Ea Tul", "xã Cư Mgar"]),
        ("Các xã, phường dẫn đầu gồm: Tân An (99%), Hòa Phú (98%).", ["Tân An", "Hòa Phú"]),
        ("Các xã dẫn đầu nhận bằng khen.", []),
        ("Ba phường hoàn thành: Công an (12 việc).", []),
    ],
)
def test_a_list_tells_of_what_kind_its_members_are(text: str, named: list[str]) -> None:
    assert short(f"Một tháng sau sáp nhập\n\nNgày 05/8/2025, tỉnh Đắk Lắk họp. {text}\n") == named


def test_no_district_outlives_the_merger() -> None:
    assert short("Tin từ Thanh Hóa\n\nNgày 05/8/2025, tỉnh Thanh Hóa họp.\n\nCòn Thọ Xuân có 9 hồ sơ.\n") == []
