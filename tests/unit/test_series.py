"""Series: what agrees, what decides where nothing agrees, what follows from changes, and places in time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from check_samples import said
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Observation
from pipeline.rulebook.book import Rulebook, load
from pipeline.series.collect import Collector
from pipeline.series.merged import side_by_side
from pipeline.series.published import PublishedError, load_published
from pipeline.series.resolve import Point, agree, point
from pipeline.series.statement import Origin, SeriesKey, Statement

SON_LA: dict[str, Any] = {"subject": "Tỉnh Sơn La", "ref_area": "14", "area_regime": "63"}
REPORT = Origin("a" * 64, "BC", "14", "63", date(2022, 1, 5))
NEWS = Origin("b" * 64, "news", "14", "63", date(2022, 1, 9))
OTHER_NEWS = Origin("c" * 64, "news", None, None, date(2022, 3, 1))


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load()


def points(
    rulebook: Rulebook, documents: Iterable[tuple[Origin, list[Observation]]], reviewed: Iterable[str] = ()
) -> list[Point]:
    collector = Collector(rulebook, dict.fromkeys(reviewed, "accepted"))
    for origin, observations in documents:
        collector.add_document(observations, origin)
    return sorted(collector.points(), key=lambda p: (p.indicator, p.time_period, p.subject))


def received(printed: str, **fields: Any) -> Observation:
    return said("dossier.received", printed, **SON_LA, **fields)


def test_a_round_figure_and_the_exact_one_agree_and_the_exact_one_is_accepted(rulebook: Rulebook) -> None:
    headline, body = received("4,5 ngàn", value=4500, comparator="gt"), received("4.561")
    [found] = points(rulebook, [(NEWS, [headline]), (OTHER_NEWS, [body])])
    assert (found.value, found.comparator, found.agreement, found.resolved_by) == (4561, "eq", "agree", None)
    assert found.obs_ids == (body.obs_id, headline.obs_id)
    assert (found.doc_ids, found.others) == ((OTHER_NEWS.doc_id, NEWS.doc_id), ())


@pytest.mark.parametrize(
    ("sources", "reviewed", "value", "resolved_by"),
    [
        ([(REPORT, "675")], (), 675, None),
        ([(REPORT, "675"), (NEWS, "675")], (), 675, None),
        ([(REPORT, "675"), (NEWS, "657")], (), 675, "own_report"),
        ([(REPORT, "675"), (NEWS, "657")], (1,), 657, "reviewed"),
        ([(NEWS, "675"), (OTHER_NEWS, "657")], (), 657, "later_publication"),
        ([(NEWS, "675"), (replace(OTHER_NEWS, day=NEWS.day), "657")], (), 675, "order"),
        ([(NEWS, "675"), (NEWS, "657")], (), 675, "order"),
        ([(REPORT, "675"), (REPORT, "657"), (NEWS, "600")], (), 675, "order"),
        ([(REPORT, "675"), (NEWS, "675"), (OTHER_NEWS, "657")], (), 675, "own_report"),
    ],
)
def test_what_decides_between_sources(
    rulebook: Rulebook,
    sources: list[tuple[Origin, str]],
    reviewed: tuple[int, ...],
    value: int,
    resolved_by: str | None,
) -> None:
    stated = [(origin, received(printed)) for origin, printed in sources]
    ids = [stated[at][1].obs_id for at in reviewed]
    [found] = points(rulebook, [(origin, [o]) for origin, o in stated], ids)
    assert (found.value, found.resolved_by) == (value, resolved_by)
    expected = "conflict" if resolved_by else "single" if len(sources) == 1 else "agree"
    assert found.agreement == expected
    rejected = [o for _, o in stated if o.value != value]
    assert sorted(found.others) == sorted(f"{o.value} {o.obs_id}" for o in rejected)
    assert set(found.obs_ids) == {o.obs_id for _, o in stated}


def test_a_more_precise_figure_decides_only_where_nothing_before_it_does() -> None:
    key = SeriesKey("index.score", "PAPI", "", "14", "63", None, None, "point", "actual")
    coarse = Statement(key, "Tỉnh Sơn La", "2022", Decimal(45), Decimal("44.5"), Decimal(46), obs_id="coarse")
    fine = Statement(key, "Tỉnh Sơn La", "2022", Decimal("40.87"), Decimal("40.865"), Decimal("40.88"), obs_id="fine")
    assert (point([coarse, fine]).value, point([coarse, fine]).resolved_by) == (fine.value, "more_precise")
    later = replace(coarse, origin=NEWS)
    assert (point([later, fine]).value, point([later, fine]).resolved_by) == (coarse.value, "later_publication")


def test_what_differs_in_meaning_is_not_compared(rulebook: Rulebook) -> None:
    different: list[dict[str, Any]] = [
        {},
        {"obs_status": "target"},
        {"level": "district"},
        {"time_period": "2021-S1"},
        {"ref_area": "15", "subject": "Tỉnh Yên Bái"},
        {"subject": "Sở Nội vụ tỉnh Sơn La"},
        {"area_regime": "34", "time_period": "2026"},
        {"unit": "percent"},
    ]
    stated = [said("dossier.received", str(700 + n), **{**SON_LA, **fields}) for n, fields in enumerate(different)]
    found = points(rulebook, [(REPORT, [o]) for o in stated])
    assert [p.agreement for p in found] == ["single"] * len(different)
    assert len({p.point_id for p in found}) == len(different)


def test_a_change_belongs_to_what_it_is_compared_with(rulebook: Rulebook) -> None:
    changes = [
        said("index.score_change", "2", index="PCI", unit="point", base_period=y, **SON_LA) for y in ("2020", "2019")
    ]
    found = points(rulebook, [(REPORT, changes)])
    assert sorted(p.base_period or "" for p in found) == ["2019", "2020"]
    assert len({p.series_id for p in found}) == 1
    assert len({p.point_id for p in found}) == 2


@pytest.mark.parametrize("subject", ["Tỉnh Sơn La", "tỉnh  SƠN LA", "Sơn La"])
def test_spellings_of_a_province_are_one_subject(rulebook: Rulebook, subject: str) -> None:
    named = said("dossier.received", "675", **{**SON_LA, "subject": subject})
    [found] = points(rulebook, [(REPORT, [received("675")]), (NEWS, [named])])
    assert (found.subject, found.subject_id, found.agreement) == ("Tỉnh Sơn La", "_T", "agree")


def test_spellings_of_an_agency_are_one_subject_with_its_commonest_name(rulebook: Rulebook) -> None:
    names = ("Sở Y tế tỉnh Hoà Bình", "Sở Y tế tỉnh Hòa Bình", "SỞ Y TẾ tỉnh Hòa Bình", "Sở Y tế tỉnh Hòa Bình")
    stated = [said("dossier.received", "9", subject=name, ref_area="17", area_regime="63") for name in names]
    [found] = points(rulebook, [(NEWS, [o]) for o in stated])
    assert (found.subject, found.agreement, len(found.obs_ids)) == (names[1], "agree", 4)


@pytest.mark.parametrize(
    ("indicator", "subject", "together"),
    [
        ("dossier.received", "Sở Nội vụ", False),
        ("dossier.received", "Các sở, ban, ngành", False),
        ("dossier.received", "Bộ Tài chính", True),
        ("dossier.received", "Cả nước", True),
        ("index.mean_score", "63 tỉnh, thành phố", True),
        ("index.mean_score", "Vùng Tây Nguyên", True),
        ("dossier.received", "các địa phương", False),
    ],
)
def test_a_name_without_a_province_is_compared_only_where_it_can_mean_one_thing(
    rulebook: Rulebook, indicator: str, subject: str, together: bool
) -> None:
    index = {"index": "PCI"} if indicator.startswith("index") else {}
    found = points(
        rulebook, [(origin, [said(indicator, "67", subject=subject, **index)]) for origin in (NEWS, OTHER_NEWS)]
    )
    assert len(found) == (1 if together else 2)
    assert {p.subject for p in found} == {subject}


def test_a_number_without_a_period_or_a_subject_has_no_place_in_a_series(rulebook: Rulebook) -> None:
    timeless = replace(received("675"), time_period=None, period_start=None, period_end=None)
    nameless = replace(received("675"), subject=None)
    assert points(rulebook, [(REPORT, [timeless, nameless])]) == []


def test_what_is_of_one_field_is_not_taken_for_the_whole(rulebook: Rulebook) -> None:
    field, total = received("1.200", flags=("one_field",)), received("1.800")
    [found] = points(rulebook, [(REPORT, [field, total])])
    assert (found.value, found.agreement, found.obs_ids) == (1800, "single", (total.obs_id,))


def year_of(indicator: str, printed: str, year: str, **fields: Any) -> Observation:
    return said(indicator, printed, index="PAPI", time_period=year, **{**SON_LA, **fields})


def test_a_change_gives_the_year_before(rulebook: Rulebook) -> None:
    score = year_of("index.score", "42,3966", "2023")
    rise = year_of("index.score_change", "1,5272", "2023", unit="point", base_period="2022")
    rank = year_of("index.rank", "30", "2023", scope="national", out_of=63)
    steps = year_of("index.rank_change", "16", "2023", base_period="2022")
    found = points(rulebook, [(NEWS, [score, rise, rank, steps])])
    before = {p.indicator: p for p in found if p.time_period == "2022"}
    assert (before["index.score"].value, before["index.rank"].value) == (Decimal("40.8694"), 46)
    assert before["index.score"].derived_from == (score.obs_id, rise.obs_id)
    assert before["index.rank"].derived_from == (rank.obs_id, steps.obs_id)
    for p in before.values():
        assert (p.origin, p.agreement, p.obs_id, p.obs_ids) == ("derived", "single", None, ())
        assert (p.doc_id, p.period_start) == (NEWS.doc_id, date(2022, 1, 1))
    assert (before["index.rank"].scope, before["index.rank"].out_of) == ("national", None)


@pytest.mark.parametrize(
    ("stated", "agreement", "others"), [("40,87", "agree", 0), ("40,8694", "agree", 0), ("41,5", "conflict", 1)]
)
def test_a_derived_value_is_held_against_a_stated_one_and_never_replaces_it(
    rulebook: Rulebook, stated: str, agreement: str, others: int
) -> None:
    score = year_of("index.score", "42,3966", "2023")
    rise = year_of("index.score_change", "1,5272", "2023", unit="point", base_period="2022")
    before = year_of("index.score", stated, "2022")
    found = points(rulebook, [(REPORT, [score, rise]), (OTHER_NEWS, [before])])
    [point_2022] = [p for p in found if p.time_period == "2022"]
    assert (point_2022.origin, point_2022.value, point_2022.agreement) == ("stated", before.value, agreement)
    assert point_2022.resolved_by == ("stated" if agreement == "conflict" else None)
    assert len(point_2022.others) == others
    assert point_2022.doc_ids == (OTHER_NEWS.doc_id, REPORT.doc_id)


@pytest.mark.parametrize(
    "fields",
    [
        {"unit": "percent", "base_period": "2022"},
        {"unit": "point", "base_period": None},
        {"unit": "point", "base_period": "2022", "comparator": "gt"},
        {"unit": "point", "base_period": "2022", "value": 50},
        {"unit": "point", "base_period": "2022", "subject": "Tỉnh Yên Bái", "ref_area": "15"},
    ],
)
def test_nothing_is_derived_from_what_does_not_bear_it(rulebook: Rulebook, fields: dict[str, Any]) -> None:
    score, rise = year_of("index.score", "42,3966", "2023"), year_of("index.score_change", "1,5", "2023", **fields)
    assert {p.time_period for p in points(rulebook, [(NEWS, [score, rise])])} == {"2023"}


def test_nothing_is_derived_from_a_document_that_contradicts_itself(rulebook: Rulebook) -> None:
    rise = year_of("index.score_change", "1,5", "2023", unit="point", base_period="2022")
    stated = [year_of("index.score", "42,39", "2023"), year_of("index.score", "43,39", "2023"), rise]
    assert {p.time_period for p in points(rulebook, [(NEWS, stated)])} == {"2023"}


@pytest.mark.parametrize(("base", "derived"), [("2024", False), ("2025-09", True)])
def test_no_derived_value_crosses_the_day_of_the_merger(rulebook: Rulebook, base: str, derived: bool) -> None:
    fields: dict[str, Any] = {"subject": "Tỉnh Cà Mau", "ref_area": "96", "area_regime": "34"}
    score = year_of("index.score", "84", "2025-10", **fields)
    rise = year_of("index.score_change", "2", "2025-10", unit="point", base_period=base, **fields)
    assert (base in {p.time_period for p in points(rulebook, [(NEWS, [score, rise])])}) is derived


def test_a_code_means_another_province_after_the_merger(rulebook: Rulebook) -> None:
    """14 is Sơn La in both lists; still the series ends with the first."""
    before = year_of("index.score", "42", "2024")
    after = year_of("index.score", "43", "2026", area_regime="34")
    found = points(rulebook, [(NEWS, [before, after])])
    assert len({p.series_id for p in found}) == 2


def test_merged_provinces_stand_side_by_side_and_are_not_added_up(rulebook: Rulebook) -> None:
    areas = [("Tỉnh Hà Giang", "02", "63", "2024", "39"), ("Tỉnh Tuyên Quang", "08", "63", "2024", "41")]
    areas += [("Tỉnh Tuyên Quang", "08", "34", "2026", "40"), ("Tỉnh Sơn La", "14", "63", "2024", "42")]
    stated = [
        year_of("index.score", printed, year, subject=name, ref_area=code, area_regime=regime)
        for name, code, regime, year, printed in areas
    ]
    agency = year_of("index.score", "77", "2024", subject="Sở Nội vụ tỉnh Hà Giang", ref_area="02")
    strands = side_by_side(points(rulebook, [(NEWS, [*stated, agency])]), "08", rulebook.gazetteer.provinces)
    assert [(s.province.name, s.province.regime, [p.value for p in s.points]) for s in strands] == [
        ("Hà Giang", "63", [39]),
        ("Tuyên Quang", "63", [41]),
        ("Tuyên Quang", "34", [40]),
    ]
    with pytest.raises(KeyError):
        side_by_side([], "02", rulebook.gazetteer.provinces)


def test_every_old_province_stands_beside_exactly_one_new_one(rulebook: Rulebook) -> None:
    provinces = rulebook.gazetteer.provinces
    new = sorted({p.code for p in provinces if p.regime == "34"})
    beside = [s.province.code for code in new for s in side_by_side([], code, provinces) if s.province.regime == "63"]
    assert (len(new), len(beside), len(set(beside))) == (34, 63, 63)


HEAD = "index,year,area_regime,ref_area,province,score,rank\n"


def test_a_published_table_is_a_source_that_news_do_not_outweigh(rulebook: Rulebook, tmp_path: Path) -> None:
    table = tmp_path / "papi.csv"
    table.write_text(HEAD + "PAPI,2022,63,14,Sơn La,40.8694,\nPAPI,2023,63,14,Sơn La,42.3966,30\n", "utf-8")
    collector = Collector(rulebook)
    collector.add_document([year_of("index.score", "40,87", "2022"), year_of("index.score", "43", "2023")], OTHER_NEWS)
    collector.add(load_published(table, rulebook))
    by_key = {(p.indicator, p.time_period): p for p in collector.points()}
    first, second = by_key["index.score", "2022"], by_key["index.score", "2023"]
    assert (first.agreement, first.value, first.origin, first.source) == (
        "agree",
        Decimal("40.8694"),
        "published",
        table.name,
    )
    assert (second.agreement, second.value, second.resolved_by) == ("conflict", Decimal("42.3966"), "own_report")
    assert (second.doc_ids, len(second.others)) == ((OTHER_NEWS.doc_id,), 1)
    assert by_key["index.rank", "2023"].value == 30


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("index,year\n", 1, "the columns must be"),
        (HEAD + "PAPY,2022,63,14,Sơn La,40,\n", 2, "no rule knows an index 'PAPY'"),
        (HEAD + "PAPI,2022,63,14,Sơn La,40,\nPAPI,22,63,14,Sơn La,40,\n", 3, "'22' is no year"),
        (HEAD + "PAPI,2022,63,99,Sơn La,40,\n", 2, "no province has code '99'"),
        (HEAD + "PAPI,2022,63,14,Yên Bái,40,\n", 2, "14 is Sơn La in the list of 63, not Yên Bái"),
        (HEAD + "PAPI,2022,63,14,Sơn La,forty,\n", 2, "'forty' is no number"),
        (HEAD + "PAPI,2022,63,14,Sơn La,NaN,\n", 2, "'NaN' is no number"),
        (HEAD + "PAPI,2022,63,14,Sơn La,40,1e\n", 2, "'1e' is no number"),
        (HEAD + "PAPI\n", 2, "another number of cells"),
        (HEAD + "PAPI,2022,63,14,Sơn La,40,87,3\n", 2, "another number of cells"),
    ],
)
def test_a_faulty_published_table_is_told_with_its_line(
    rulebook: Rulebook, tmp_path: Path, text: str, line: int, message: str
) -> None:
    table = tmp_path / "papi.csv"
    table.write_text(text, "utf-8")
    with pytest.raises(PublishedError, match=rf"papi\.csv:{line}: .*{message}"):
        list(load_published(table, rulebook))


def test_a_published_table_that_is_no_text_is_told(rulebook: Rulebook, tmp_path: Path) -> None:
    table = tmp_path / "papi.csv"
    table.write_bytes(HEAD.encode() + "PAPI,2022,63,14,Sơn La,40,\n".encode("utf-16"))
    with pytest.raises(PublishedError, match=r"papi\.csv:"):
        list(load_published(table, rulebook))


def test_a_later_report_of_the_province_does_not_outdo_the_publisher(rulebook: Rulebook, tmp_path: Path) -> None:
    table = tmp_path / "papi.csv"
    table.write_text(HEAD + "PAPI,2022,63,14,Sơn La,40.8694,\n", "utf-8")
    collector = Collector(rulebook)
    collector.add_document([year_of("index.score", "48,87", "2022")], REPORT)
    collector.add(load_published(table, rulebook))
    [found] = collector.points()
    assert (found.value, found.origin, found.resolved_by) == (Decimal("40.8694"), "published", "more_precise")


@pytest.mark.parametrize("first", ["2021", "2025"])
def test_a_province_is_one_subject_in_whatever_order_its_years_come(rulebook: Rulebook, first: str) -> None:
    """A report of May 2025 tells of 2025 by the list of 63; that year ends when the list of 34 stands."""
    years = sorted(("2021", "2025"), key=lambda year: year != first)
    found = points(rulebook, [(REPORT, [year_of("index.score", "40,87", year) for year in years])])
    assert [(p.key.who, p.subject, p.time_period) for p in found] == [
        ("", "Tỉnh Sơn La", "2021"),
        ("", "Tỉnh Sơn La", "2025"),
    ]


def test_the_published_totals_of_papi_are_read_whole(rulebook: Rulebook, shared: Path) -> None:
    collector = Collector(rulebook)
    collector.add(load_published(shared / "data" / "papi_totals.csv", rulebook))
    found = list(collector.points())
    assert len(found) == 873
    assert {p.agreement for p in found} == {"single"}
    [son_la] = [p for p in found if (p.ref_area, p.time_period) == ("14", "2023")]
    assert son_la.subject == "Tỉnh Sơn La"
    assert {p.subject for p in found if p.ref_area == "46"} == {"Tỉnh Thừa Thiên Huế"}


bounds = st.tuples(st.integers(0, 50), st.integers(0, 10))
days = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2022, 1, 1)))


@given(st.lists(st.tuples(bounds, days, st.booleans(), st.booleans()), min_size=1, max_size=6), st.randoms())
def test_resolving_does_not_depend_on_the_order_of_sources_and_loses_none(
    sources: list[tuple[tuple[int, int], date | None, bool, bool]], random: Any
) -> None:
    key = SeriesKey("dossier.received", None, "", "14", "63", None, None, "count", "actual")
    statements = [
        Statement(
            key, "Tỉnh Sơn La", "2021", Decimal(low), Decimal(low), Decimal(low + width), obs_id=f"o{n}",
            origin=Origin(f"d{n}", "BC" if own else "news", "14", "63", day),
            review_state="accepted" if reviewed else "pending",
        )
        for n, ((low, width), day, own, reviewed) in enumerate(sources)
    ]  # fmt: skip
    found = point(statements)
    shuffled = list(statements)
    random.shuffle(shuffled)
    assert point(shuffled) == found
    assert set(found.obs_ids) == {s.obs_id for s in statements}
    assert (found.agreement == "conflict") is (not agree(statements))
    accepted = next(s for s in statements if s.obs_id == found.obs_id)
    if any(s.reviewed for s in statements):
        assert accepted.reviewed
    rejected = {other.partition(" ")[2] for other in found.others}
    assert rejected == {s.obs_id for s in statements if not agree([s, accepted])}
