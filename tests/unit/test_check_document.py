"""Checks over a whole document: facts stated twice, periods, acts; and the register of checks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from check_samples import dossiers, said, told

from pipeline.check import CHECKS, SERIES_CHECKS, Checked, check_document, flag_failed
from pipeline.check.figures import figure
from pipeline.model import DocumentFacts, Evidence, Reference, Span
from pipeline.rulebook.book import load
from pipeline.rulebook.check_rules import load_check_rules
from pipeline.rulebook.location import rules_dir
from pipeline.rulebook.source import RuleError


@pytest.mark.parametrize(
    ("indicator", "printed", "comparator", "low", "high"),
    [
        ("dossier.received", "1.634", "eq", "1634", "1634"),
        ("dossier.received", "8,98 ngàn", "eq", "8975", "8990"),
        ("dossier.received", "57.000", "gt", "57000", "59850"),
        ("dossier.received", "4,5 ngàn", "gt", "4500", "4725"),
        ("dossier.received", "27.000", "lt", "25650", "27000"),
        ("dossier.received", "100", "approx", "0", "200"),
        ("dossier.received", "0", "eq", "0", "0"),
        ("dossier.on_time_rate", "98,94", "eq", "98.935", "98.95"),
        ("dossier.on_time_rate", "98", "eq", "97.5", "99"),
        ("dossier.on_time_rate", "10.185", "eq", "10.1845", "10.186"),
        ("dossier.on_time_rate", "96", "ge", "96", "100.8"),
    ],
)
def test_what_a_printed_number_leaves_open(indicator: str, printed: str, comparator: str, low: str, high: str) -> None:
    made = figure(said(indicator, printed, comparator=comparator))
    assert (made.low, made.high) == (Decimal(low), Decimal(high))


def test_a_number_outside_of_its_quote_is_taken_from_the_evidence() -> None:
    row = said("dossier.on_time_rate", "98,50")
    elsewhere = Span(row.span.end + 50, row.span.end + 55)
    moved = replace(row, value_span=elsewhere, evidence=(Evidence("value", elsewhere, "98,50"),))
    assert figure(moved).step == Decimal("0.01")
    assert figure(replace(moved, evidence=(), value=Decimal("98.5"))).step == Decimal("0.1")


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ("resolved >4,5 ngàn; resolved 4.561", []),
        ("resolved <27.000; resolved 26.944", []),
        ("resolved 8,98 ngàn; resolved 8.981", []),
        ("on_time_rate 98,9; on_time_rate 98,95", []),
        ("on_time_rate 98,94; on_time_rate 98,95", ["C6-same-fact-twice info: 98.94 / 98.95"]),
        ("resolved 635; resolved 653", ["C6-same-fact-twice warning: 635 / 653"]),
        ("resolved >4,5 ngàn; resolved 4.300", ["C6-same-fact-twice warning: 4500 / 4300"]),
        ("resolved >4,5 ngàn; resolved 9.000", ["C6-same-fact-twice info: 4500 / 9000"]),
        ("resolved 4.500; resolved 4.561", ["C6-same-fact-twice warning: 4500 / 4561"]),
        ("resolved 15.533; resolved 166", ["C6-same-fact-twice info: 15533 / 166"]),  # of two things
        ("on_time_rate 98,94; on_time_rate 99,84", ["C6-same-fact-twice warning: 98.94 / 99.84"]),
        ("resolved 1; resolved 2; resolved 3", ["C6-same-fact-twice warning: 1 / 2"]),
        ("meeting.meetings 20; meeting.meetings 24", []),
    ],
)
def test_one_fact_stated_twice(figures: str, expected: list[str]) -> None:
    assert told(dossiers(figures), "C6") == expected


def test_lent_subjects_make_a_contradiction_doubtful() -> None:
    rows = [*dossiers("resolved 1.082"), *dossiers("resolved 1.016", flags=("inherited_subject",))]
    assert told(rows, "C6") == ["C6-same-fact-twice info: 1082 / 1016"]


def test_rows_of_one_table_are_of_different_things() -> None:
    rows = [*dossiers("resolved 82", table="1.4.3"), *dossiers("resolved 16", table="1.5.3")]
    assert told(rows, "C6") == []
    assert len(told([rows[0], replace(rows[1], table="2.5.3")], "C6")) == 1


def test_periods_run_forward() -> None:
    backward = said("dossier.received", "5", period_start=date(2022, 6, 9), period_end=date(2021, 12, 15))
    assert told([backward], "C9") == ["C9-interval-runs-forward error: >= 2022-06-09 / 2021-12-15"]


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (DocumentFacts(), []),
        (DocumentFacts(published_at="2022-05-16T07:50"), []),
        (DocumentFacts(issued_on=date(2021, 6, 18)), ["info: 2021-06-18 / 2021"]),
        (DocumentFacts(published_at="2020-12-31"), ["warning: 2020-12-31 / 2021"]),
        (DocumentFacts(published_at="1/1/0001"), []),
    ],
)  # fmt: skip
def test_results_follow_their_period(published: DocumentFacts, expected: list[str]) -> None:
    rows = [said("index.rank", "20", index="PAR_INDEX"), said("index.score", "84,84", index="PAR_INDEX")]
    found = told(rows, "C9", facts=published)
    assert found == [f"C9-results-follow-their-period {finding}" for finding in expected]


def act(number: str, role: str = "cites", day: date | None = None, doc_type: str = "QĐ") -> Reference:
    return Reference(number, number, doc_type, role, number, Span(0, len(number)), "test", issued_on=day)


def test_one_date_for_an_act() -> None:
    right, wrong = date(2021, 10, 14), date(2021, 10, 15)
    assert told([], "C12", [act("3162/QĐ-UBND", day=right), act("3162/QĐ-UBND", day=right), act("3162/QĐ-UBND")]) == []
    assert told([], "C12", [act("3162/QĐ-UBND", day=wrong), act("3162/QĐ-UBND", day=right)]) == [
        "C12-one-date-for-an-act warning: 2021-10-14 / 2021-10-15"
    ]


def test_type_of_a_document_and_of_its_number() -> None:
    own = act("55/2007/CT-UBND", "self", doc_type="CT")
    assert told([], "C12", [own], DocumentFacts(doc_type="QĐ")) == ["C12-type-of-document warning: QĐ / CT"]
    assert told([], "C12", [own], DocumentFacts(doc_type="CT")) == []
    assert told([], "C12", [act("55/2007/CT-UBND", doc_type="CT")], DocumentFacts(doc_type="QĐ")) == []


def test_failed_checks_flag_their_observations() -> None:
    rows = dossiers("received 675; resolved 635; returned 18; pending 18; due 700")
    flagged = flag_failed(rows, check_document(rows).findings)
    assert [o.flags for o in flagged] == [("failed_check",)] * 4 + [()]
    assert flag_failed(flagged, check_document(rows).findings) == flagged


def test_no_facts_no_findings() -> None:
    assert check_document([]) == Checked((), ())


def test_the_same_findings_in_any_order_of_the_observations() -> None:
    rows = dossiers(
        "received 675; resolved 635; returned 18; pending 18; on_time_rate 50; resolved_early_or_on_time 635"
    )
    assert {(f.check, f.expected, f.found) for f in check_document(rows).findings} == {
        (f.check, f.expected, f.found) for f in check_document(rows[::-1]).findings
    }


def test_names_of_checks_are_unique() -> None:
    names = [check.name for check in CHECKS]
    assert len(set(names)) == len(names)
    assert SERIES_CHECKS
    assert set(SERIES_CHECKS) < set(CHECKS)


def test_identities_name_declared_measures() -> None:
    rules = load_check_rules(rules_dir() / "checks.yaml")
    book = load()
    declared = {indicator.code for counts in book.counts for indicator in counts.indicators}
    named = {code for rule in rules.sums for codes in (*rule.wholes, rule.parts, rule.beside) for code in codes}
    named |= {code for rule in rules.rates for codes in (*rule.numerators, *rule.denominators) for code in codes}
    named |= {rule.rate for rule in rules.rates} | {code for codes in rules.shares for code in codes}
    named |= {rule.opening for rule in rules.sums if rule.opening} | rules.above_hundred
    assert named - declared == set()
    assert rules.component_sums <= set(book.index.indices)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sums: [{whole: [a], parts: [b]}]", "checks.yaml:1: 'parts' must name two figures or more"),
        ("sums: [{whole: [a], part: [b, c]}]", "checks.yaml:1: unknown key 'part'"),
        ("sums:\n  - {whole: 5, parts: [b, c]}", "checks.yaml:2: 'whole' must be a list of codes"),
        ("rates: [{rate: a, of: [[5]], in: []}]", "checks.yaml:1: 'of' must be a list of codes"),
        ("national_sets: [{first: 1, last: 2, sizes: [a]}]", "checks.yaml:1: 'sizes' must be a list of whole"),
        ("region_sets: {a: b}", "checks.yaml:1: 'a' must be a whole number"),
        ("sum: []", "checks.yaml:1: unknown key 'sum'"),
    ],
)
def test_faults_of_the_rule_file_are_named(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "checks.yaml"
    file.write_text(text if "region_sets" in text else f"{text}\nregion_sets: {{a: 1}}\n", encoding="utf-8")
    with pytest.raises(RuleError) as fault:
        load_check_rules(file)
    assert str(fault.value).startswith(message)
