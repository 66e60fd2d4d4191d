"""The parts of the web pages that need no browser: words, folding, marks, map, choice of what is shown."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Block, BlockKind, Cell, Document, Source, Span, Table

pytest.importorskip("fastapi", reason="the extra `web` is not installed")

import pipeline.web
from pipeline.check import CHECKS
from pipeline.rulebook.book import load
from pipeline.store.code_tables import code_rows
from pipeline.web.building import passages
from pipeline.web.charts import years_between
from pipeline.web.folding import fold, occurrences, words_of
from pipeline.web.language import Language, catalogue
from pipeline.web.marking import Mark, layout, part_with, parts_of, pieces
from pipeline.web.pages.ranking import along
from pipeline.web.pages.tile_map import grid, shaded
from pipeline.web.tabular import Tabular
from pipeline.web.view import TELL_TIMES, View

WEB = Path(pipeline.web.__file__).parent
VI, EN = Language("vi"), Language("en")


@pytest.mark.parametrize(
    ("text", "folded"), [("Sơn La", "son la"), ("ĐẮK LẮK", "dak lak"), ("hoà/hòa", "hoa/hoa"), ("ﬁ", "f"), ("", "")]
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("check", "message", "said"),
    [
        (
            "C1-sum-of-parts",
            "66950 + 9833 = 76783, but the whole is 68412: 8371 too many",
            "66,950 + 9,833 = 76,783, but the whole is 68,412: 8,371 too many",
        ),
        ("C2-rate-of-figures", "3370 of 3385 is 99.6%, not 98.8%", "3,370 of 3,385 is 99.6%, not 98.8%"),
        ("C3-size-of-set", "a national ranking of 62 for 2022", "a national ranking of 62 for 2022"),
        (
            "C9-results-follow-their-period",
            "PII of 2025 in a document of 2025-10-03",
            "PII of 2025 in a document of 2025-10-03",
        ),
    ],
)
def test_an_english_finding_has_separators_in_figures_and_none_in_years(check: str, message: str, said: str) -> None:
    nothing: Any = None
    view = View(nothing, nothing, nothing, nothing, EN)
    assert view.finding({"check": check, "message": message}) == said


def test_checks_whose_messages_tell_times_are_checks() -> None:
    assert {check.name for check in CHECKS} >= TELL_TIMES


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(max_size=60), st.text(max_size=20))
def test_occurrences_are_the_words(text: str, query: str) -> None:
    words = words_of(query)
    for start, end in occurrences(text, words):
        assert fold(text)[start:end].startswith(words[0]) or fold(text)[start:end] in words


def test_words_side_by_side_come_before_words_apart() -> None:
    text = "La Sơn ở tỉnh Sơn  La, không phải Lạng Sơn là nơi khác"
    assert [text[start:end] for start, end in occurrences(text, ["son", "la"])] == ["Sơn  La", "Sơn là"]
    assert occurrences("La và Sơn", ["son", "la"]) == [(0, 2), (6, 9)]


@pytest.mark.parametrize(
    ("period", "vi", "en"),
    [
        ("2020", "2020", "2020"),
        ("2021-S1", "6 tháng đầu năm 2021", "first half of 2021"),
        ("2022-Q4", "Quý IV/2022", "Q4 2022"),
        ("2021-06", "Tháng 6/2021", "June 2021"),
        ("2021-06-08", "8/6/2021", "8 June 2021"),
        ("2021-12-15/2022-06-09", "15/12/2021 – 9/6/2022", "15 Dec 2021 – 9 June 2022"),
        ("2019-Q1/2019-Q3", "Quý I/2019 – Quý III/2019", "Q1 2019 – Q3 2019"),
        (None, "", ""),
        ("khác", "khác", "khác"),
    ],
)
def test_periods(period: str | None, vi: str, en: str) -> None:
    assert (VI.period(period), EN.period(period)) == (vi, en)


@pytest.mark.parametrize(
    ("value", "digits", "vi", "en"),
    [
        (1234567.5, None, "1.234.567,5", "1,234,567.5"),
        (84.84, None, "84,84", "84.84"),
        (0, None, "0", "0"),
        (-1.16, 2, "−1,16", "−1.16"),
        (97.123, 1, "97,1", "97.1"),
        (None, None, "", ""),
    ],
)
def test_numbers(value: float | None, digits: int | None, vi: str, en: str) -> None:
    assert (VI.number(value, digits), EN.number(value, digits)) == (vi, en)


def test_a_gain_has_its_sign() -> None:
    assert [VI.number(value, signed=True) for value in (2.5, -2.5, 0)] == ["+2,5", "−2,5", "0"]


def test_the_catalogue_holds_what_the_pages_say_and_nothing_else() -> None:
    sources = [file.read_text(encoding="utf-8") for file in (*WEB.rglob("*.py"), *WEB.rglob("*.html"))]
    said = {key for text in sources for key in re.findall(r"""\b(?:t|say)\(\s*f?["']([a-z0-9_.]+)["'](?!\s*~)""", text)}
    made_up = (
        "counts.", "data.path.", "family.", "flag.", "role.", "check.", "agreement.", "scope.", "index.list_",
        "overview.", "people.", "problem.", "risk.", "state.", "slot.", "rule.kind.", "reason.", "doing.", "script.",
        "queue.order_", "log.", "wrong.", "trust.by.", "trust.earned.", "trust.lacking.", "trust.is.", "trust.short.",
        "trust.kind.", "trust.wrong.", "trust.unseen.", "work.by.",
    )  # fmt: skip
    assert {key for key in said if key not in catalogue() and not key.endswith((".", "_"))} == set()
    assert {key for key in catalogue() if key not in said and not key.startswith(made_up)} == set()
    assert all(vi and en for vi, en in catalogue().values())


def test_both_languages_take_the_same_values() -> None:
    for key, (vi, en) in catalogue().items():
        assert set(re.findall(r"\{(\w+)\}", vi)) == set(re.findall(r"\{(\w+)\}", en)), key


def test_the_map_has_one_tile_for_each_province() -> None:
    provinces = {(row["area_regime"], row["code"]) for row in code_rows(load())["provinces"]}
    for regime in ("63", "34"):
        tiles = grid(regime)
        assert {tile.area for tile in tiles} == {f"{list_}-{code}" for list_, code in provinces if list_ == regime}
        assert len({(tile.row, tile.column) for tile in tiles}) == len(tiles) == int(regime)


def test_shades() -> None:
    shades, steps = shaded({"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}, best_is_high=True)
    assert shades == {"a": 5, "b": 4, "c": 3, "d": 2, "e": 1}
    assert (steps[0].shade, steps[0].low, steps[0].high) == (5, 90, 90)
    ranks, _ = shaded({"a": 1, "b": 63, "c": 63}, best_is_high=False)
    assert ranks["a"] > ranks["b"] == ranks["c"]
    assert shaded({}, best_is_high=True) == ({}, [])


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 9).map(float), max_size=20), st.booleans())
def test_a_better_value_is_never_lighter(values: dict[str, float], best_is_high: bool) -> None:
    shades, steps = shaded(values, best_is_high)
    for one in values:
        for other in values:
            if values[one] == values[other]:
                assert shades[one] == shades[other]
            elif (values[one] > values[other]) == best_is_high:
                assert shades[one] >= shades[other]
    assert sum(step.number for step in steps) == len(values)


def test_marks_over_each_other() -> None:
    text = "lên 35/63 tỉnh"
    marks = [Mark(0, 9, "fact", "/f", anchor="f"), Mark(4, 6, "value"), Mark(10, 14, "slot")]
    assert [(piece.text, piece.kinds, piece.href, piece.anchor) for piece in pieces(text, Span(0, 14), marks)] == [
        ("lên ", "fact", "/f", "f"),
        ("35", "fact value", "/f", ""),
        ("/63", "fact", "/f", ""),
        (" ", "", "", ""),
        ("tỉnh", "slot", "", ""),
    ]


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=8))
def test_no_character_is_lost_to_a_mark(text: str, bounds: list[tuple[int, int]]) -> None:
    marks = [Mark(min(pair), max(pair), "fact", "/x") for pair in bounds]
    assert "".join(piece.text for piece in pieces(text, Span(0, len(text)), marks)) == text


def document(text: str, *blocks: Block, tables: tuple[Table, ...] = ()) -> Document:
    return Document(Source("a.txt", "0" * 64, "text/plain", len(text)), text, blocks, tables)


def test_text_outside_of_blocks_is_shown_too() -> None:
    read = document("một\nhai\nba", Block(BlockKind.HEADING, Span(4, 7), 2))
    shown = list(layout(read, Span(0, 10), []))
    assert [(block.kind, "".join(piece.text for piece in block.pieces).strip()) for block in shown] == [
        ("paragraph", "một"), ("heading", "hai"), ("paragraph", "ba"),
    ]  # fmt: skip


def test_a_table_is_shown_by_its_cells() -> None:
    text = "Sở\tSố\nNội vụ\t12\n"
    span = Span(0, len(text))
    cells = (
        Cell(Span(0, 2), 0, 0, is_header=True), Cell(Span(3, 5), 0, 1, is_header=True),
        Cell(Span(6, 12), 1, 0), Cell(Span(13, 15), 1, 1),
    )  # fmt: skip
    read = document(text, Block(BlockKind.TABLE, span), tables=(Table(1, span, cells, 2, 2),))
    [block] = layout(read, span, [Mark(13, 15, "value")])
    assert [[cell.pieces[0].text for cell in row] for row in block.rows] == [["Sở", "Số"], ["Nội vụ", "12"]]
    assert block.rows[1][1].pieces[0].kinds == "value"


def test_a_long_document_comes_in_parts() -> None:
    text = ("x" * 999 + "\n") * 200
    read = document(text, *(Block(BlockKind.PARAGRAPH, Span(n * 1000, n * 1000 + 999)) for n in range(200)))
    parts = parts_of(read)
    assert len(parts) == 4
    assert [part.start for part in parts[1:]] == [part.end for part in parts[:-1]]
    assert (parts[0].start, parts[-1].end) == (0, len(text))
    for offset in (0, 59_999, 60_000, 150_000, len(text)):
        part = parts[part_with(parts, offset)]
        assert part.start <= offset <= part.end


@given(
    st.lists(
        st.text(st.characters(blacklist_characters="\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), max_size=300), max_size=30
    )
)
def test_passages_are_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    at = 0
    for start, passage in passages(text):
        assert start >= at
        assert text[start : start + len(passage)] == passage
        at = start + len(passage)
    assert text[at:].strip() == ""


def test_years_run_evenly() -> None:
    assert years_between(["2017", "2019"]) == ["2017", "2018", "2019"]
    assert years_between(["2017", "2019-Q1"]) == ["2017", "2019-Q1"]
    assert years_between([]) == []


def test_along() -> None:
    assert [along(value, 70, 90) for value in (70, 80, 90, 95, 60)] == [0, 50, 100, 100, 0]
    assert along(5, 5, 5) == 100


def test_a_download_runs_no_formula() -> None:
    text = Tabular("t", ("a", "b"), [["=HYPERLINK()", -2.5], ["+1", None], ["-2,91%", 3]]).csv()
    assert text == '\ufeffa,b\r\n\'=HYPERLINK(),-2.5\r\n+1,\r\n"-2,91%",3\r\n'


def test_what_a_person_added_contradicts_like_any_other_source(monkeypatch: pytest.MonkeyPatch) -> None:
    """The ids of added facts have another form than those that rules read."""
    from pipeline.web.desk import beside

    point = {"others": '["43 r0123456789abcdef012", "41 papi-2022.csv"]', "obs_ids": '["a-1", "r0123456789abcdef012"]'}
    values = {"a-1": 40, "r0123456789abcdef012": 43}
    monkeypatch.setattr(beside.queries, "point_of", lambda db, obs_id: point)
    monkeypatch.setattr(
        beside.queries, "fact", lambda db, obs_id: {"value": values[obs_id]} if obs_id in values else None
    )
    found = beside.series_of(None, "a-1")  # type: ignore[arg-type]
    assert found is not None
    assert [(other.fact["value"], other.agrees) for other in found.others] == [(43, False)]


def test_every_family_of_measures_has_a_name_in_both_languages() -> None:
    codes = [str(row["code"]) for row in code_rows(load())["indicators"]]
    families = {code.partition(".")[0] for code in codes}
    assert "other" in families
    assert {f"family.{family}" for family in families} <= catalogue().keys()


def test_a_province_of_both_lists_is_counted_once() -> None:
    """Thừa Thiên Huế became Huế, Yên Bái went into Lào Cai; code 15 was Yên Bái's and is Lào Cai's now."""
    import sqlite3

    from pipeline.web.queries.overview import _PROVINCES

    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE provinces (area_regime, code, name, valid_from)")
    db.execute("CREATE TABLE observations (area)")
    db.executemany("INSERT INTO provinces VALUES (?, ?, ?, ?)", [
        ("63", "46", "Thừa Thiên Huế", "2008-08-01"), ("63", "46", "Huế", "2025-01-01"),
        ("34", "46", "Huế", "2025-07-01"), ("63", "10", "Lào Cai", "2008-08-01"),
        ("63", "15", "Yên Bái", "2008-08-01"), ("34", "15", "Lào Cai", "2025-07-01"),
    ])  # fmt: skip
    areas = ("63-46", "34-46", "63-10", "63-15", "34-15", "34-15", None)
    db.executemany("INSERT INTO observations VALUES (?)", [(area,) for area in areas])
    assert {name for (name,) in db.execute(_PROVINCES)} == {"Huế", "Lào Cai", "Yên Bái"}
