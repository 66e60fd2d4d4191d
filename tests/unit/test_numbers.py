"""Numbers as values: every reading of a token, and which one its unit makes it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.values.number_words import parse_none, parse_ordinal_word, parse_words
from pipeline.values.numbers import Style, decide, parse_number, reading, readings


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("1.634", Style.VIETNAMESE, "1634"),
        ("1.634", Style.ENGLISH, "1.634"),
        ("84,84", Style.VIETNAMESE, "84.84"),
        ("84,84", Style.ENGLISH, None),
        ("16,886,543", Style.ENGLISH, "16886543"),
        ("16,886,543", Style.VIETNAMESE, None),
        ("2.117,5", Style.VIETNAMESE, "2117.5"),
        ("2.117,5", Style.ENGLISH, None),
        ("0.589", Style.VIETNAMESE, None),
        ("0.589", Style.ENGLISH, "0.589"),
        ("05", Style.VIETNAMESE, "5"),
        ("9 9 ,2", Style.VIETNAMESE, "99.2"),
        ("1634", Style.VIETNAMESE, "1634"),
        ("1.2.3", Style.VIETNAMESE, None),
        ("12.4.2022", Style.ENGLISH, None),
        ("", Style.VIETNAMESE, None),
        (",5", Style.VIETNAMESE, None),
        ("5,", Style.VIETNAMESE, None),
        ("9" * 19, Style.VIETNAMESE, None),
        ("٣", Style.VIETNAMESE, None),
    ],
)
def test_parse_number(text: str, style: Style, value: str | None) -> None:
    assert parse_number(text, style) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1.634", ["1634", "1.634"]),
        ("1,634", ["1.634", "1634"]),
        ("84,84", ["84.84"]),
        ("89.83", ["89.83"]),
        ("0.589", ["0.589"]),
        ("05", ["5"]),
        ("16,886,543", ["16886543"]),
        ("1.634 tỷ", ["1634000000000", "1634000000"]),
        ("8,98 ngàn", ["8980"]),
        ("1 triệu 200 nghìn", ["1200000"]),
        ("1 triệu rưỡi", ["1500000"]),
        ("27 nghìn tỷ", ["27000000000000"]),
        ("hai mươi mốt", ["21"]),
        ("nhì", ["2"]),
        ("không có", ["0"]),
        ("200 nghìn 1 triệu", []),
        ("12.4.2022", []),
        ("rưỡi", []),
        ("5 rưỡi", []),
        ("hồ sơ", []),
        ("", []),
        (" ", []),
    ],
)
def test_readings(text: str, values: list[str]) -> None:
    assert [r.value for r in readings(text)] == [Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("text", "unit", "scale", "value"),
    [
        ("84,84", "percent", None, "84.84"),
        ("89.83", "percent", None, "89.83"),
        ("10.185", "percent", None, "10.185"),
        ("44,396", "point", None, "44.396"),
        ("44.396", "point", None, "44.396"),
        ("44.396", "point", 80, "44.396"),
        ("0.589", "point", 1, "0.589"),
        ("1.000", "point", None, "1000"),
        ("1.000", "point", 1, "1.000"),
        ("1.000", "point", 1000, "1000"),
        ("10.18", "point", Decimal("10.5"), "10.18"),
        ("1.634", "count", None, "1634"),
        ("1,066", "count", None, "1066"),
        ("1,488 triệu", "count", None, "1488000"),
        ("1.634", None, None, "1634"),
        ("1,634", None, None, "1.634"),
        ("44.396", None, 80, "44.396"),
        ("2.117,5", "day", None, "2117.5"),
        ("1,5", "day", None, "1.5"),
        ("1.634 tỷ", "vnd", None, "1634000000000"),
        ("5 000 000", "vnd", None, "5000000"),
        ("20", "rank", None, "20"),
    ],
)
def test_decide(text: str, unit: str | None, scale: Decimal | int | None, value: str) -> None:
    assert decide(text, unit, scale) == Decimal(value)


@pytest.mark.parametrize("text", ["", "hồ sơ", "1.2.3", "Điều"])
def test_decide_refuses_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        decide(text)


@pytest.mark.parametrize(
    ("text", "unit", "step"),
    [
        ("84,84", "percent", "0.01"),
        ("82", "percent", "1"),
        ("4,52 ngàn", "count", "10"),
        ("59 ngàn", "count", "1000"),
        ("1.634", "count", "1"),
        ("10.185", "percent", "0.001"),
        ("1 triệu 200 nghìn", "count", "1000"),
        ("mười lăm", "count", "1"),
    ],
)
def test_worth_of_the_last_printed_digit(text: str, unit: str, step: str) -> None:
    assert reading(text, unit).step == Decimal(step)


def test_whole_values_carry_no_decimal_tail() -> None:
    assert str(decide("8,98 ngàn", "count")) == "8980"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("một", 1),
        ("mười", 10),
        ("mười lăm", 15),
        ("mười một", 11),
        ("hai mươi", 20),
        ("hai mươi mốt", 21),
        ("ba mươi tư", 34),
        ("ba mươi lăm", 35),
        ("ba mươi nhăm", 35),
        ("năm mươi lăm", 55),
        ("hai chục", 20),
        ("ba lăm", 35),
        ("một trăm", 100),
        ("một trăm linh năm", 105),
        ("một trăm lẻ bảy", 107),
        ("một trăm mười", 110),
        ("hai trăm năm mươi", 250),
        ("một nghìn", 1000),
        ("một nghìn hai trăm ba mươi tư", 1234),
        ("hai ngàn", 2000),
        ("ba vạn", 30000),
        ("một triệu rưỡi", 1_500_000),
        ("hai tỷ năm trăm triệu", 2_500_000_000),
        ("một trăm rưỡi", 150),
        ("mươi", None),
        ("trăm", None),
        ("hai ba", None),
        ("một trăm hai", None),
        ("hai mươi năm", None),
        ("mười năm", None),
        ("một nghìn hai triệu", None),
        ("một trăm linh", None),
        ("một cửa", None),
        ("", None),
        ("một " * 30, None),
    ],
)
def test_words(text: str, value: int | None) -> None:
    assert parse_words(text) == value


def test_ordinal_words_and_denials() -> None:
    assert [parse_ordinal_word(word) for word in ("nhất", "nhì", "ba", "tư", "cửa")] == [1, 2, 3, 4, None]
    assert [parse_none(words) for words in ("không có", "chưa  có", "không phát sinh", "chưa", "có")] == [
        0,
        0,
        0,
        None,
        None,
    ]


def printed(value: Decimal, style: Style) -> str:
    """`value` with thousands grouped, in the given style."""
    english = f"{value:,f}"
    return english if style is Style.ENGLISH else english.translate({ord(","): ".", ord("."): ","})


@given(
    st.decimals(min_value=0, max_value=10**12, places=2) | st.integers(0, 10**15).map(Decimal),
    st.sampled_from(Style),
)
def test_printed_numbers_parse_back(value: Decimal, style: Style) -> None:
    assert parse_number(printed(value, style), style) == value
    assert value in [r.value for r in readings(printed(value, style))]


TENS = ["", "mười", *(f"{w} mươi" for w in ["hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"])]
ONES = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def spelled(number: int) -> str:
    """A number below a thousand in formal Vietnamese words."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = [f"{ONES[hundreds]} trăm"] if hundreds else []
    if hundreds and not tens and ones:
        words.append("linh")
    if tens:
        words.append(TENS[tens])
    if ones:
        words.append("lăm" if ones == 5 and tens else "mốt" if ones == 1 and tens > 1 else ONES[ones])
    return " ".join(words)


@given(st.integers(1, 999), st.integers(0, 999))
def test_spelled_numbers_parse_back(thousands: int, rest: int) -> None:
    assert parse_words(spelled(thousands)) == thousands
    # Below a hundred a group would need "không trăm".
    if rest >= 100:
        assert parse_words(f"{spelled(thousands)} nghìn {spelled(rest)}") == thousands * 1000 + rest


@given(st.text(max_size=60) | st.text(alphabet="0123456789., tỷriệu nghì", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    for option in readings(text):
        assert option.value >= 0
        assert option.step > 0
        assert decide(text) >= 0
