"""Provinces, regions and agencies: every spelling, and the world as it was on a day."""

from __future__ import annotations

import csv
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rulebook.location import rules_dir
from pipeline.text.fold import slug
from pipeline.values.places import load_gazetteer
from pipeline.values.provinces import load_provinces

GAZETTEER = load_gazetteer()
OLD, NEW = date(2024, 3, 1), date(2026, 3, 1)


@pytest.mark.parametrize(
    ("name", "day", "code", "regime", "full_name"),
    [
        ("Sơn La", OLD, "14", "63", "Tỉnh Sơn La"),
        ("tỉnh sơn la", None, "14", "63", "Tỉnh Sơn La"),
        ("Sơn La", NEW, "14", "34", "Tỉnh Sơn La"),
        ("Bắc Ninh", date(2025, 6, 30), "27", "63", "Tỉnh Bắc Ninh"),
        ("Bắc Ninh", date(2025, 7, 1), "24", "34", "Tỉnh Bắc Ninh"),
        ("Bắc Giang", OLD, "24", "63", "Tỉnh Bắc Giang"),
        ("Lào Cai", NEW, "15", "34", "Tỉnh Lào Cai"),
        ("Thừa Thiên Huế", OLD, "46", "63", "Tỉnh Thừa Thiên Huế"),
        ("Huế", date(2025, 3, 1), "46", "63", "Thành phố Huế"),
        ("thành phố Huế", NEW, "46", "34", "Thành phố Huế"),
        ("Đồng Nai", date(2026, 1, 1), "75", "34", "Tỉnh Đồng Nai"),
        ("Đồng Nai", date(2026, 5, 1), "75", "34", "Thành phố Đồng Nai"),
        ("TP.HCM", OLD, "79", "63", "Thành phố Hồ Chí Minh"),
        ("TP. Hồ Chí Minh", OLD, "79", "63", "Thành phố Hồ Chí Minh"),
        ("Hải Phòng", OLD, "31", "63", "Thành phố Hải Phòng"),
        ("Đắc Lắc", OLD, "66", "63", "Tỉnh Đắk Lắk"),
        ("Đăk Nông", OLD, "67", "63", "Tỉnh Đắk Nông"),
        ("BR-VT", OLD, "77", "63", "Tỉnh Bà Rịa - Vũng Tàu"),
        ("Bà Rịa–Vũng Tàu", OLD, "77", "63", "Tỉnh Bà Rịa - Vũng Tàu"),
        ("Hoà Bình", OLD, "17", "63", "Tỉnh Hòa Bình"),
        ("KonTum", OLD, "62", "63", "Tỉnh Kon Tum"),
        ("Sơn La", date(2005, 1, 1), "14", "63", "Tỉnh Sơn La"),
    ],
)
def test_province_on_a_day(name: str, day: date | None, code: str, regime: str, full_name: str) -> None:
    province = GAZETTEER.province(name, day)
    assert province is not None
    assert (province.code, province.regime, province.full_name) == (code, regime, full_name)


@pytest.mark.parametrize(
    ("name", "day"), [("Hà Giang", NEW), ("Hà Giang", date(2025, 7, 1)), ("Mai Sơn", OLD), ("", OLD)]
)
def test_no_province(name: str, day: date) -> None:
    assert GAZETTEER.province(name, day) is None


def test_the_lists_are_complete_and_lead_into_each_other() -> None:
    with (rules_dir() / "gazetteer" / "provinces.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    by_regime = {regime: [row for row in table if row["regime"] == regime] for regime in ("63", "34")}
    assert {regime: len(rows) for regime, rows in by_regime.items()} == {"63": 63, "34": 34}
    for rows in by_regime.values():
        assert len({row["code"] for row in rows}) == len({row["name"] for row in rows}) == len(rows)
    new = {row["code"]: row["name"] for row in by_regime["34"]}
    assert {row["successor_code"] for row in by_regime["63"]} == set(new)
    assert all(new[row["successor_code"]] == row["successor_name"] for row in by_regime["63"])


def test_seven_codes_mean_other_provinces_since_the_merger() -> None:
    moved = {
        p.code
        for p in load_provinces(rules_dir() / "gazetteer")
        if p.regime == "34" and (old := GAZETTEER.by_code(p.code, "63")) and old.name not in (p.name, "Thừa Thiên Huế")
    }
    assert moved == {"15", "24", "44", "52", "80", "82", "91"}


@given(st.sampled_from(GAZETTEER.provinces))
def test_every_province_is_found_in_running_text(province: object) -> None:
    name = province.name_in_text  # type: ignore[attr-defined]
    text = f"UBND {name} báo cáo."
    day = province.since  # type: ignore[attr-defined]
    (place,) = GAZETTEER.find_places(text, day)
    assert (place.kind, GAZETTEER.province(place.name, day)) == ("province", province)
    assert lowered(place.span.of(text)) == lowered(name)


def lowered(text: str) -> str:
    return text.lower()


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("UBND tỉnh Sơn La", [("province", "Sơn La", "tỉnh Sơn La")]),
        ("trên địa bàn tỉnh sơn la", [("province", "Sơn La", "tỉnh sơn la")]),
        (
            "TP Đà Nẵng, TP.HCM",
            [("province", "Đà Nẵng", "TP Đà Nẵng"), ("province", "Thành phố Hồ Chí Minh", "TP.HCM")],
        ),
        ("Bắc\nGiang cũng leo", [("province", "Bắc Giang", "Bắc\nGiang")]),
        ("UBND TỈNH HÒA BÌNH", [("province", "Hòa Bình", "TỈNH HÒA BÌNH")]),
        ("thành phố Sơn La", [("district", "thành phố Sơn La", "thành phố Sơn La")]),
        ("TP Vĩnh Long", [("district", "TP Vĩnh Long", "TP Vĩnh Long")]),
        ("huyện Quảng Ninh", [("district", "huyện Quảng Ninh", "huyện Quảng Ninh")]),
        ("phường Mỹ Tho\nKết quả", [("commune", "phường Mỹ Tho", "phường Mỹ Tho")]),
        ("thành phố Điện Biên Phủ", [("district", "thành phố Điện Biên Phủ", "thành phố Điện Biên Phủ")]),
        ("yêu hòa bình; HÒA BÌNH, ỔN ĐỊNH", []),
        ("Phó Thủ tướng Trương Hòa Bình", []),
        ("đường Hà Nội, Điện Biên Phủ, Thái Bình Dương", []),
        ("Chủ tịch Hồ Chí Minh", []),
        ("các huyện, thành phố và xã hội", []),
        ("cả nước", [("nation", "cả nước", "cả nước")]),
    ],
)
def test_find_places(text: str, places: list[tuple[str, str, str]]) -> None:
    found = GAZETTEER.find_places(text)
    assert [(place.kind, place.name, place.span.of(text)) for place in found] == places


def test_hue_is_a_district_before_2025_and_a_province_since() -> None:
    kinds = [GAZETTEER.find_places("thành phố Huế", day)[0].kind for day in (OLD, NEW)]
    assert kinds == ["district", "province"]


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Trung du và miền núi phía Bắc", "region:trung-du-va-mien-nui-phia-bac"),
        ("TD&MNPB", "region:trung-du-va-mien-nui-phia-bac"),
        ("Trung du và miền núi Bắc Bộ", "region:trung-du-va-mien-nui-phia-bac"),
        ("TDMN phía Bắc", "region:trung-du-va-mien-nui-phia-bac"),
        ("miền núi phía Bắc", "region:trung-du-va-mien-nui-phia-bac"),
        ("Đồng bằng sông Hồng", "region:dong-bang-song-hong"),
        ("ĐBSCL", "region:dong-bang-song-cuu-long"),
        ("Bắc Trung Bộ và Duyên hải miền Trung", "region:bac-trung-bo-va-duyen-hai-mien-trung"),
        ("Tây Nguyên", "region:tay-nguyen"),
        ("Đông Nam bộ", "region:dong-nam-bo"),
    ],
)
def test_regions(text: str, scope: str) -> None:
    sentence = f"xếp thứ 2 khu vực {text}."
    (place,) = GAZETTEER.find_places(sentence)
    region = GAZETTEER.region(text)
    assert (place.kind, place.span.of(sentence)) == ("region", text)
    assert region is not None
    assert region.scope == f"region:{place.slug}" == scope


def test_the_six_regions_of_each_regime_hold_every_province_once() -> None:
    six = [region for region in GAZETTEER.regions if region.slug not in ("bac-trung-bo", "duyen-hai-nam-trung-bo")]
    old = [name for region in six for name in region.members_63 if not region.slug.startswith("mien-nui-bien-gioi")]
    new = [name for region in GAZETTEER.regions for name in region.members_34]
    assert sorted(old) == sorted({p.name for p in GAZETTEER.provinces if p.regime == "63"} - {"Huế"})
    assert sorted(new) == sorted({p.name for p in GAZETTEER.provinces if p.regime == "34"})
    assert all(region.slug == slug(region.name) for region in GAZETTEER.regions)


@pytest.mark.parametrize(
    ("text", "name", "kind", "level", "province"),
    [
        ("Sở KH&ĐT", "Sở Kế hoạch và Đầu tư", "department", "province", None),
        ("Sở LĐ-TB&XH tỉnh", "Sở Lao động - Thương binh và Xã hội tỉnh", "department", "province", None),
        (
            "Sở Nông nghiệp & Phát triển nông thôn",
            "Sở Nông nghiệp và Phát triển nông thôn",
            "department",
            "province",
            None,
        ),
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Sở Giáo dục và Đào tạo", "department", "province", None),
        ("Sở Công thương Hà Nam", "Sở Công thương Hà Nam", "department", "province", "Hà Nam"),
        ("Văn phòng UBND tỉnh Sơn La", "Văn phòng UBND tỉnh Sơn La", "office", "province", "Sơn La"),
        ("Ủy ban nhân dân tỉnh", "UBND tỉnh", "people_committee", "province", None),
        ("ỦY BAN\nNHÂN DÂN\nTỈNH\nTHÁI BÌNH", "UBND tỉnh Thái Bình", "people_committee", "province", "THÁI BÌNH"),
        ("UBND quận Ninh Kiều", "UBND quận Ninh Kiều", "people_committee", "district", None),
        ("UBND thành phố Sơn La", "UBND thành phố Sơn La", "people_committee", "district", None),
        ("UBND thành phố Cần Thơ", "UBND thành phố Cần Thơ", "people_committee", "province", "Cần Thơ"),
        ("UBND xã Đắk Hòa", "UBND xã Đắk Hòa", "people_committee", "commune", None),
        ("Bộ TT&TT", "Bộ Thông tin và Truyền thông", "ministry", "central", None),
        ("Bộ Thông tin - Truyền thông", "Bộ Thông tin và Truyền thông", "ministry", "central", None),
        ("Sở Kế hoạch - Đầu tư tỉnh", "Sở Kế hoạch và Đầu tư tỉnh", "department", "province", None),
        ("Ngân hàng Nhà nước", "Ngân hàng Nhà nước", "ministry", "central", None),
        ("NHNN", "Ngân hàng Nhà nước", "ministry", "central", None),
        ("Ngân hàng Nhà nước tỉnh Sơn La", "Ngân hàng Nhà nước tỉnh Sơn La", "vertical", "province", "Sơn La"),
        ("Đài Truyền hình Việt Nam", "Đài Truyền hình Việt Nam", "government_body", "central", None),
        ("Công an tỉnh", "Công an tỉnh", "vertical", "province", None),
        ("Ngân hàng Nhà nước chi nhánh tỉnh", "Ngân hàng Nhà nước chi nhánh tỉnh", "vertical", "province", None),
        ("Trung tâm PVHCC tỉnh", "Trung tâm Phục vụ hành chính công tỉnh", "center", "province", None),
        ("các sở, ban, ngành tỉnh Lạng Sơn", "các sở, ban, ngành tỉnh Lạng Sơn", "group", None, "Lạng Sơn"),
        ("Thủ tướng Chính phủ", "Thủ tướng Chính phủ", "prime_minister", "central", None),
    ],
)
def test_agencies(text: str, name: str, kind: str, level: str | None, province: str | None) -> None:
    sentence = f"Theo {text}, kết quả tốt."
    (agency,) = GAZETTEER.find_agencies(sentence)
    assert agency.span.of(sentence) == text
    assert (agency.name, agency.kind, agency.level, agency.province) == (name, kind, level, province)


@pytest.mark.parametrize(
    "text", ["bộ tài liệu", "nộp thuế đúng hạn", "một bộ hồ sơ", "kiểm tra, thanh tra 5 đơn vị", "sở hữu"]
)
def test_no_agencies(text: str) -> None:
    assert GAZETTEER.find_agencies(f"Có {text}.") == ()


@pytest.mark.parametrize(
    ("agency", "province", "name"),
    [
        ("Sở Y tế", "Kiên Giang", "Sở Y tế tỉnh Kiên Giang"),
        ("Sở Y tế Kiên Giang", "Kiên Giang", "Sở Y tế tỉnh Kiên Giang"),
        ("Công an tỉnh", "Tiền Giang", "Công an tỉnh Tiền Giang"),
        ("UBND quận Ninh Kiều", "Cần Thơ", "UBND quận Ninh Kiều thành phố Cần Thơ"),
        ("Tỉnh ủy", "Sơn La", "Tỉnh ủy Sơn La"),
        ("Bộ Nội vụ", "Sơn La", "Bộ Nội vụ"),
    ],
)
def test_the_province_is_added_to_an_agency(agency: str, province: str, name: str) -> None:
    (found,) = GAZETTEER.find_agencies(agency)
    assert found.named_in(GAZETTEER.province(province, OLD)) == name
