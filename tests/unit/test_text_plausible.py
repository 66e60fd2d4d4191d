"""Which syllables Vietnamese allows, and how far garbled text is told from good text."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.plausible import syllable_plausibility
from pipeline.text.syllables import is_syllable

ARCHIVE = Path(__file__).parents[2].parent / "shared" / "archive"


@pytest.mark.parametrize(
    "text",
    [
        "tỉnh nghiệp nghĩa ghế kết cách chính quý quyết quốc quỹ quản quỳnh gì gìn giếng giữa giải già giấy",
        "ủy uỷ hòa hoà khỏe khoẻ thúy thuý khuỷu khuya huỳnh hoàn ngoài xoong oanh yêu yên y ý ô ưu",
        "Sơn SƠN La ĐẠT Đắn nước rượu tuyết tuyển đoạt thoắt luật khuất",
    ],
)
def test_syllables(text: str) -> None:
    assert [token for token in text.split() if not is_syllable(token)] == []


@pytest.mark.parametrize(
    "text",
    [
        "tlnh cac cách̀ kách cế nghang ngế gha ghà quụ qaà fạt jăn wá zì",
        "vănbản diệncác tRong sỚm Đắk thuơng nguời b tr ph đ ng",
        "Céng héi ViÖt hoµ lËp chñ Töï do1 2021 a.b báò chấtt biêt cap tôt",
    ],
)
def test_no_syllables(text: str) -> None:
    known_good = {"Céng", "héi", "chñ"}
    accepted = {token for token in text.split() if is_syllable(token)}
    assert accepted <= known_good


GOOD = [
    "Chỉ số CCHC của tỉnh Sơn La năm 2020 đạt 84,84%, tăng 2,91%, tăng 3 bậc so với năm 2019; xếp thứ 20/63.",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
    "Căn cứ Nghị định số 61/2018/NĐ-CP, Quyết định 1339/QĐ-TTg (Kèm theo Công văn số 5/TTr-STTTT): a) Điểm b.",
    "Truy cập https://dichvucong.gov.vn hoặc gửi thư hcc@sonla.gov.vn; UBND TP. Đà Lạt, huyện Krông Pắk.",
]


@pytest.mark.parametrize("text", GOOD)
def test_good_text(text: str) -> None:
    assert syllable_plausibility(text) == 1.0
    assert syllable_plausibility(unicodedata.normalize("NFD", text)) == 1.0
    assert syllable_plausibility(text.upper()) > 0.9


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam §éc lËp - Tù do - H¹nh phóc", 0.4),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam Ñoäc laäp Töï do Haïnh phuùc", 0.4),
        ("Cá»™ng hÃ²a xÃ£ há»™i chá»§ nghÄ©a Viá»‡t Nam", 0.2),
        ("Bdo cdo kit qui cong tdc cdi cdch hdnh chlnh ndm 2021 cua UBND tlnh Son La dugc", 0.5),
        ("C\ufffdng h\ufffda x\ufffd h\ufffdi ch\ufffd ngh\ufffda Vi\ufffdt Nam", 0.2),
        ("\ue001\ue002\ue003 \ue004\ue005 12", 0.4),
        ("x\ud800y \udfff", 0.0),
        ("This report describes the results of the public administration reform", 0.4),
        ("tỉ nh đạ t kế t qu ả ca o tro ng năm n ay", 0.7),
    ],
)
def test_garbled_text(text: str, most: float) -> None:
    assert syllable_plausibility(text) <= most


def test_signs_do_not_count() -> None:
    assert syllable_plausibility("") == 1.0
    assert syllable_plausibility("- – • “ ” …\n./.") == 1.0
    assert syllable_plausibility("• tỉnh – xzq") == 0.5


def test_every_text_of_the_archive_is_good() -> None:
    if not ARCHIVE.is_dir():
        pytest.skip("the shared archive is not here")
    paths = [*ARCHIVE.glob("genre/*.txt"), *ARCHIVE.glob("seeds/*.txt")]
    shares = {path.name: syllable_plausibility(path.read_text("utf-8")) for path in paths}
    assert len(shares) > 25
    assert {name: share for name, share in shares.items() if share < 0.97} == {}


@given(st.text())
def test_any_text_has_a_share(text: str) -> None:
    assert 0.0 <= syllable_plausibility(text) <= 1.0
