"""Checks: identities between the figures of one document, and of one subject through its documents.

A finding says that numbers cannot all be true, not which one is wrong. An agreement says that numbers stated
apart from each other give one another. Which figures add up, divide and bound each other is data, in
`rules/checks.yaml`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.check import acts, changes, components, periods, ranks, rates, repeats, scales, sums
from pipeline.check.figures import figure, groups, results
from pipeline.check.verdict import Material, Problem, Severity, Verdict
from pipeline.model import Agreement, DocumentFacts, Finding, Observation, Reference
from pipeline.rulebook.book import Rulebook, load
from pipeline.rulebook.check_rules import load_check_rules

FAILED = "failed_check"
"""The flag of observations that a finding other than an `info` names."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check; `name` is the `check` of its findings and agreements."""

    name: str
    run: Callable[[Material], Iterable[Verdict]]


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks say: what does not hold, and what was found to hold."""

    findings: tuple[Finding, ...]
    agreements: tuple[Agreement, ...]


CHECKS = (
    Check("C1-sum-of-parts", sums.sum_of_parts),
    Check("C1-levels-of-whole", sums.levels_of_whole),
    Check("C2-rate-of-figures", rates.rate_of_figures),
    Check("C3-rank-within-set", ranks.rank_within_set),
    Check("C3-size-of-set", ranks.size_of_set),
    Check("C4-change-from-before", changes.change_from_before),
    Check("C5-value-within-scale", scales.value_within_scale),
    Check("C5-part-within-whole", rates.part_within_whole),
    Check("C6-same-fact-twice", repeats.same_fact_twice),
    Check("C6-whole-of-ratio", rates.whole_of_ratio),
    Check("C7-rate-of-ratio", rates.rate_of_ratio),
    Check("C8-region-within-country", ranks.region_within_country),
    Check("C8-order-of-ranking", ranks.order_of_ranking),
    Check("C9-interval-runs-forward", periods.interval_runs_forward),
    Check("C9-results-follow-their-period", periods.results_follow_their_period),
    Check("C11-components-sum-to-score", components.components_sum_to_score),
    Check("C12-one-date-for-an-act", acts.one_date_for_an_act),
    Check("C12-type-of-document", acts.type_of_document),
    Check("C13-change-of-score-and-rank", changes.change_of_score_and_rank),
    Check("C14-shares-of-one-whole", rates.shares_of_one_whole),
    Check("C15-swapped-years", repeats.swapped_years),
    Check("C16-one-unit-for-an-index", scales.one_unit_for_an_index),
)
SERIES_CHECKS = tuple(c for c in CHECKS if c.name.split("-")[0] in ("C4", "C6", "C15"))
"""The checks that also hold between documents."""


def check_document(
    observations: Sequence[Observation],
    references: Sequence[Reference] = (),
    facts: DocumentFacts | None = None,
    rulebook: Rulebook | None = None,
) -> Checked:
    """What does not hold and what does within one document, in the order of `CHECKS`.

    Bounds that every figure keeps (a rank within its set, a value within its scale) are no agreement.
    Without a rulebook the shipped one is taken. Pure; raises RuleError for a faulty `checks.yaml`.
    """
    material = _material(observations, references, facts or DocumentFacts(), rulebook or load())
    return _checked(material, CHECKS)


def check_series(
    documents: Mapping[str, Sequence[Observation]], rulebook: Rulebook | None = None
) -> tuple[Finding, ...]:
    """What does not hold between documents: each finding names observations of two or more.

    `documents` gives the observations by doc_id. Only the index family is compared, as its values are
    published once; counts of one period differ with the day on which they were drawn.
    """
    home = {o.obs_id: doc_id for doc_id, stated in documents.items() for o in stated}
    published = [o for stated in documents.values() for o in stated if o.indicator.startswith("index.")]
    material = _material(published, (), DocumentFacts(), rulebook or load())
    found = _checked(material, SERIES_CHECKS).findings
    return tuple(finding for finding in found if len({home[obs_id] for obs_id in finding.obs_ids}) > 1)


def failed_ids(findings: Iterable[Finding]) -> set[str]:
    """The observations that a warning or an error names."""
    return {obs_id for finding in findings if finding.severity != Severity.INFO for obs_id in finding.obs_ids}


def flag_failed(observations: Iterable[Observation], findings: Iterable[Finding]) -> tuple[Observation, ...]:
    """The observations, those that a warning or an error names with the flag `failed_check`."""
    failed = failed_ids(findings)
    return tuple(
        replace(o, flags=tuple(dict.fromkeys((*o.flags, FAILED)))) if o.obs_id in failed else o for o in observations
    )


def _material(
    observations: Sequence[Observation], references: Sequence[Reference], facts: DocumentFacts, rulebook: Rulebook
) -> Material:
    rules = load_check_rules(rulebook.folder / "checks.yaml")
    figures = [figure(o) for o in results(observations)]
    return Material(observations, figures, groups(figures), references, facts, rules, rulebook.index.indices)


def _checked(material: Material, checks: Iterable[Check]) -> Checked:
    findings: list[Finding] = []
    agreements: list[Agreement] = []
    for check in checks:
        for verdict in check.run(material):
            ids = tuple(o.obs_id for o in verdict.observations)
            if isinstance(verdict, Problem):
                severity, message = verdict.severity.value, verdict.message
                findings.append(Finding(check.name, severity, message, ids, verdict.expected, verdict.found))
            else:
                agreements.append(Agreement(check.name, verdict.statement, ids))
    return Checked(tuple(findings), tuple(agreements))
