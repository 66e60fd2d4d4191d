"""Legacy encodings: tables against independent ones, what fonts and words tell, and no damage to Unicode."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.legacy import Detector, FontEncoding, Legacy, convert, font_encoding
from pipeline.text.legacy.tables import TABLES

SENTENCES = {
    Legacy.TCVN3: "Quèc héi n\u00adíc Céng hoµ x· héi chñ nghÜa ViÖt Nam quyÕt ®Þnh",
    Legacy.VNI: "Quoác hoäi nöôùc Coäng hoaø xaõ hoäi chuû nghóa Vieät Nam quyeát ñònh",
    Legacy.VPS: "Qu¯c h¶i n\u00dc\u00bec C¶ng hoà xã h¶i chü nghïa Vi\u0152t Nam quy‰t ñ\u00cenh",
}
UNICODE = "Quốc hội nước Cộng hoà xã hội chủ nghĩa Việt Nam quyết định"
LETTERS = "".join(
    unicodedata.normalize("NFC", letter + tone)
    for letter in "aăâeêioôơuưy"
    for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
)


@pytest.mark.parametrize("encoding", [Legacy.TCVN3, Legacy.VNI])
def test_a_sentence(encoding: Legacy) -> None:
    assert convert(SENTENCES[encoding], encoding).text == UNICODE


@pytest.mark.parametrize("encoding", list(Legacy))
def test_every_small_letter_can_be_written(encoding: Legacy) -> None:
    written = set(TABLES[encoding].values())
    same_as_latin = set("àáâãèéêìíòóôõùúý") if encoding is Legacy.VPS else set()
    assert set(LETTERS) - set("aeiouy") <= written | same_as_latin
    assert "đ" in written


@pytest.mark.skipif(shutil.which("iconv") is None, reason="needs the iconv of the C library")
def test_tcvn3_is_what_the_c_library_says() -> None:
    keys = sorted(TABLES[Legacy.TCVN3])
    data = b"\n".join(key.encode("cp1252") for key in keys)
    done = subprocess.run(["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"], input=data, capture_output=True, check=True)
    assert done.stdout.decode().split("\n") == [TABLES[Legacy.TCVN3][key] for key in keys]


def test_vni_pairs_say_their_letter() -> None:
    for key, letter in TABLES[Legacy.VNI].items():
        base = unicodedata.normalize("NFD", letter)[0]
        assert key[0].casefold() == base.casefold() or key[0] in "ôÔöÖæÆóÓòÒñÑîÎíÍìÌ"
        if len(key) == 2 and key[0] in "ôÔ":
            assert unicodedata.normalize("NFD", letter)[1] == "\u031b"
        assert key[0].islower() == letter.islower()


@pytest.mark.parametrize(
    ("typed", "read"),
    [("QUYÕT §ÞNH", "QUYẾT ĐỊNH"), ("n−íc", "nước"), ("x∙ héi", "xã hội"), ("h\uf0e9i", "hội"), ("®", "đ")],
)
def test_capitals_and_look_alikes(typed: str, read: str) -> None:
    assert convert(typed, Legacy.TCVN3).text == read


def test_a_font_of_capitals() -> None:
    assert convert("quyÕt ®Þnh", Legacy.TCVN3, capitals=True).text == "QUYẾT ĐỊNH"


@given(st.text(alphabet=st.sampled_from(list("aeouyôöAùøûõï ñâáàê1/-Êé")), max_size=60), st.sampled_from(list(Legacy)))
def test_every_character_is_led_back_to_those_it_was_made_of(text: str, encoding: Legacy) -> None:
    converted = convert(text, encoding)
    assert len(converted.starts) == len(converted.text) + 1
    assert converted.starts[-1] == len(text)
    assert list(converted.starts) == sorted(set(converted.starts))
    for char, start, end in zip(converted.text, converted.starts, converted.starts[1:], strict=False):
        assert convert(text[start:end], encoding).text.casefold() == char.casefold()


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", FontEncoding(Legacy.TCVN3)),
        (".VnTimeH", FontEncoding(Legacy.TCVN3, capitals=True)),
        (".VnArial NarrowH", FontEncoding(Legacy.TCVN3, capitals=True)),
        ("ABCDEF+VnTimeHBold", FontEncoding(Legacy.TCVN3, capitals=True)),
        ("VnTimeItalic", FontEncoding(Legacy.TCVN3)),
        ("VNI-Times", FontEncoding(Legacy.VNI)),
        ("VPS Times", FontEncoding(Legacy.VPS)),
        ("Times New Roman", None),
        ("Vnrise", None),
        ("", None),
        (None, None),
    ],
)
def test_fonts(font: str | None, encoding: FontEncoding | None) -> None:
    assert font_encoding(font) == encoding


@pytest.mark.parametrize("encoding", [Legacy.TCVN3, Legacy.VNI])
def test_a_document_without_fonts_is_told_by_its_words(encoding: Legacy) -> None:
    text = SENTENCES[encoding]
    detector = Detector.of([(text, None)] * 3)
    found = detector.decode(text)
    assert found is not None
    assert (found[0].text, found[1]) == (UNICODE, encoding)


CORRECT = [
    "Công ty có khó khăn",
    "có",
    "và là cô giáo",
    "Tổng cục Thuế © 2020 – 10 µg, 5 §, 30 °C ± 2",
    "Số lượng: 12 hồ sơ; tỷ lệ 98,7% «đúng hạn»",
    "café résumé Köln Ångström",
    "à á â ã è é ê ì í ò ó ô õ ù ú ý",
]


@pytest.mark.parametrize("text", CORRECT)
@pytest.mark.parametrize("font", [None, "Times New Roman"])
def test_correct_text_is_left_alone(text: str, font: str | None) -> None:
    detector = Detector.of([(UNICODE, None), (text, font)])
    assert detector.decode(text, font) is None


@pytest.mark.parametrize("text", ["Quốc hội khó khăn", UNICODE])
def test_unicode_letters_overrule_the_name_of_a_font(text: str) -> None:
    assert Detector.of([(text, ".VnTime")]).decode(text, ".VnTime") is None


def test_a_file_of_both_is_told_stretch_by_stretch() -> None:
    stretches = [("Công ty có khó khăn về vốn", "Arial"), (SENTENCES[Legacy.TCVN3], ".VnTime"), ("12/QĐ", ".VnTime")]
    detector = Detector.of(stretches)
    read = [found[0].text if (found := detector.decode(text, font)) else text for text, font in stretches]
    assert read == ["Công ty có khó khăn về vốn", UNICODE, "12/QĐ"]


def test_a_font_with_a_legacy_name_that_is_used_for_unicode_is_not_trusted() -> None:
    detector = Detector.of([("Ủy ban nhân dân tỉnh Sơn La", ".VnTime")] * 5 + [("có", ".VnTime")])
    assert detector.decode("có", ".VnTime") is None


def test_the_number_of_an_act_is_read_in_capitals() -> None:
    detector = Detector.of([("Sè: 144/2002/q®-btc", ".VnTimeH")])
    found = detector.decode("Sè: 144/2002/q®-btc", ".VnTimeH")
    assert found is not None
    assert found[0].text == "Số: 144/2002/QĐ-BTC"
