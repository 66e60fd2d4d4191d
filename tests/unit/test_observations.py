"""From facts to observations: what is one fact, what identifies it, what it rests on and how sure it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from layer_samples import Sample, sample

from pipeline.assemble.observations import observations
from pipeline.assemble.slots import Fact, Period, Slots, Subject
from pipeline.match.mention import Mention
from pipeline.model import Block, BlockKind, Observation, Span

TEXT = "Năm 2022, Sở Y tế nhận 120 hồ sơ. Như vậy 120 hồ sơ đã nhận, tồn 7 hồ sơ.\n\nNhận 120 hồ sơ."


def fact(found: Sample, quote: str, number: str, *, nth: int = 0, slots: Slots | None = None, **fields: object) -> Fact:
    """A fact whose quote is the `nth` place of `quote` in the text."""
    start = -1
    for _ in range(nth + 1):
        start = found.text.index(quote, start + 1)
    at = start + quote.index(number)
    mention = Mention(
        indicator="case.received",
        unit="count",
        value=Decimal(number),
        value_span=Span(at, at + len(number)),
        quote_span=Span(start, start + len(quote)),
        rule_id="case/received/count",
    )
    return Fact(replace(mention, **fields), slots or Slots())  # type: ignore[arg-type]


def made(found: Sample, *facts: Fact) -> tuple[Observation, ...]:
    return observations(facts, found.layers, "d" * 64)


def test_a_fact_becomes_an_observation_word_for_word() -> None:
    found = sample(TEXT)
    period = Period("2022", date(2022, 1, 1), date(2022, 12, 31), found.span("Năm 2022"))
    subject = Subject("Sở Y tế tỉnh Sơn La", "14", "63", found.span("Sở Y tế"))
    slots = Slots(subject=subject, period=period, level="province", status="target", flags=("inherited_status",))
    cue = ("received", Span(found.text.index("nhận"), found.text.index("nhận") + 4))
    (row,) = made(
        found, fact(found, "nhận 120 hồ sơ", "120", slots=slots, cues=(cue,), cell=(1, 2, 3), comparator="ge")
    )
    assert (row.indicator, str(row.value), row.unit, row.comparator) == ("case.received", "120", "count", "ge")
    assert (row.subject, row.ref_area, row.area_regime, row.level) == ("Sở Y tế tỉnh Sơn La", "14", "63", "province")
    assert (row.time_period, row.period_start, row.period_end) == ("2022", date(2022, 1, 1), date(2022, 12, 31))
    assert (row.obs_status, row.flags, row.table) == ("target", ("inherited_status",), "1.2.3")
    assert (row.quote, row.value_span.of(found.text)) == ("nhận 120 hồ sơ", "120")
    assert [(e.role, e.quote) for e in row.evidence] == [
        ("value", "120"), ("quote", "nhận 120 hồ sơ"), ("received", "nhận"),
        ("subject", "Sở Y tế"), ("period", "Năm 2022"),
    ]  # fmt: skip
    assert all(e.span.of(found.text) == e.quote for e in row.evidence)


def test_equal_facts_are_one_with_the_evidence_of_all() -> None:
    found = sample(TEXT)
    rows = made(found, fact(found, "nhận 120 hồ sơ", "120"), fact(found, "120 hồ sơ đã nhận", "120"))
    assert [row.quote for row in rows] == ["nhận 120 hồ sơ"]
    assert [e.quote for e in rows[0].evidence] == ["120", "nhận 120 hồ sơ", "120", "120 hồ sơ đã nhận"]


def test_of_equal_facts_the_one_without_doubt_is_quoted() -> None:
    found = sample(TEXT)
    doubtful = fact(found, "nhận 120 hồ sơ", "120", slots=Slots(flags=("no_period",)))
    (row,) = made(found, doubtful, fact(found, "120 hồ sơ đã nhận", "120"))
    assert (row.quote, row.flags) == ("120 hồ sơ đã nhận", ())


@pytest.mark.parametrize(
    "other",
    [
        {"slots": Slots(subject=Subject("Sở Nội vụ"))},
        {"slots": Slots(subject=Subject(None, part="Hộ tịch"))},
        {"slots": Slots(level="commune")},
        {"slots": Slots(status="target")},
        {"slots": Slots(scope="national")},
        {"slots": Slots(base_period=Period("2021", date(2021, 1, 1), date(2021, 12, 31)))},
        {"indicator": "case.resolved"},
        {"comparator": "ge"},
        {"unit": "percent"},
        {"out_of": Decimal(130)},
        {"value_high": Decimal(130)},
        {"index": "PCI"},
    ],
    ids=str,
)
def test_facts_that_differ_in_a_slot_are_two(other: dict[str, object]) -> None:
    found = sample(TEXT)
    second = fact(found, "120 hồ sơ đã nhận", "120", **other)  # type: ignore[arg-type]
    assert len(made(found, fact(found, "nhận 120 hồ sơ", "120"), second)) == 2


@pytest.mark.parametrize(
    ("periods", "value", "expected"),
    [
        ((None, "2021"), 120, ["2021"]),  # told again without its time
        (("2020", "2021"), 120, ["2020", "2021"]),
        ((None, "2020", "2021"), 120, [None, "2020", "2021"]),  # of which of the two?
        ((None, "2021"), 0, [None, "2021"]),  # none is told of many a time
    ],
)
def test_a_figure_without_its_time_is_the_one_that_has_it(
    periods: tuple[str | None, ...], value: int, expected: list[str | None]
) -> None:
    found = sample(TEXT)
    told = [
        fact(
            found, "nhận 120 hồ sơ", "120", value=Decimal(value),
            slots=Slots(period=Period(code, date(int(code), 1, 1), date(int(code), 12, 31)) if code else None),
        )
        for code in periods
    ]  # fmt: skip
    assert sorted(str(row.time_period) for row in made(found, *told)) == sorted(map(str, expected))


def test_reasons_are_those_of_the_reading_its_context_and_its_surroundings() -> None:
    found = sample(TEXT)
    lent = fact(found, "nhận 120 hồ sơ", "120", reasons=("linked", "no_period"), slots=Slots(flags=("no_period",)))
    (row,) = made(found, lent)
    assert row.reasons == ("linked", "no_period", "few_numbers", "unread_between")
    assert row.flags == ("no_period",)


def test_identity_follows_the_words_and_not_the_reading() -> None:
    found = sample(TEXT)
    first = fact(found, "nhận 120 hồ sơ", "120")
    (row,) = made(found, first)
    changed = fact(found, "nhận 120 hồ sơ", "120", value=Decimal(7), rule_id="other", slots=Slots(status="target"))
    assert made(found, changed)[0].obs_id == row.obs_id
    # Blanks, capitals and marks before the sentence are not its words.
    shifted = sample("Mở đầu.\n\n" + TEXT.replace("nhận 120", "nhận  120"))
    assert made(shifted, fact(shifted, "nhận  120 hồ sơ", "120"))[0].obs_id == row.obs_id
    assert made(found, fact(found, "nhận 120 hồ sơ", "120", indicator="case.resolved"))[0].obs_id != row.obs_id
    assert observations([first], found.layers, "e" * 64)[0].obs_id != row.obs_id


def test_two_facts_of_the_same_words_have_an_ordinal() -> None:
    found = sample(TEXT)
    first = fact(found, "nhận 120 hồ sơ", "120")
    rows = made(found, first, fact(found, "nhận 120 hồ sơ", "120", slots=Slots(level="commune")))
    base = rows[0].obs_id.rsplit("-", 1)[0]
    assert sorted(row.obs_id for row in rows) == [f"{base}-1", f"{base}-2"]


def test_observations_stand_in_the_order_of_their_numbers() -> None:
    found = sample(TEXT)
    facts = [fact(found, "tồn 7 hồ sơ", "7"), fact(found, "nhận 120 hồ sơ", "120", slots=Slots(level="commune"))]
    assert [row.quote for row in made(found, *facts)] == ["nhận 120 hồ sơ", "tồn 7 hồ sơ"]


def titled(text: str) -> Sample:
    """A document whose first line is its title."""
    found = sample(text)
    end = text.index("\n")
    blocks = (Block(BlockKind.TITLE, Span(0, end)), Block(BlockKind.PARAGRAPH, Span(end + 2, len(found.text))))
    document = replace(found.document, blocks=blocks)
    return replace(found, document=document, layers=replace(found.layers, document=document))


def test_a_headline_gives_way_to_the_body_that_says_the_same() -> None:
    found = titled("Sở Y tế nhận 120 hồ sơ\n\nNăm 2022, Sở Y tế nhận 120 hồ sơ.")
    period = Period("2022", date(2022, 1, 1), date(2022, 12, 31))
    body = fact(found, "nhận 120 hồ sơ", "120", nth=1, slots=Slots(period=period))
    headline = fact(found, "nhận 120 hồ sơ", "120")
    (row,) = made(found, headline, body)
    assert (row.time_period, row.span.start) == ("2022", found.text.rindex("nhận"))
    assert [row.quote for row in made(found, headline)] == ["nhận 120 hồ sơ"]
    other = fact(found, "nhận 120 hồ sơ", "120", nth=1, slots=Slots(period=period, status="target"))
    assert len(made(found, headline, other)) == 2
