"""The page of trust: which rules earn it and which need work, and how far reviewers agree."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from pipeline.model.review import Standing
from pipeline.review.agreement import Agreement, Pair, agreement, judgement, pairs
from pipeline.review.intervals import Share
from pipeline.review.plan import Sample
from pipeline.review.sampling import LEAST
from pipeline.web.people.visit import Reviewing
from pipeline.web.queries import facts as fact_queries
from pipeline.web.tabular import Tabular
from pipeline.web.trust.drawing import progress
from pipeline.web.trust.rules import BY, WRONG, Trust, Trusted, overall, reviewed, trusted
from pipeline.web.view import View, Viewing

router = APIRouter()

LEVELS = (90, 95, 98)
"""Hundredths of right facts that can be asked of a rule."""
_SHOWN = 40
"""Disagreements that are listed."""
_COLUMNS = ("facts", "reviewed", "corrected", "rejected", "no_source", "precision", "low", "high", "trust")


@dataclass(frozen=True, slots=True)
class Together:
    """Two reviewers and what their judgements of the same facts come to."""

    first: str
    second: str
    agreement: Agreement


@router.get("/review/trust")
def trust(view: Viewing, who: Reviewing) -> Response:
    level = view.number_asked("level", 95, 1, 99)
    samples = {sample.name: sample for sample in view.archive.plan.samples()}
    sample = samples.get(view.asked("sample"))
    by = view.asked("by") if view.asked("by") in BY else "rule"
    found = trusted(view.db, by, level / 100, sample.name if sample else "")
    whole, covered = _whole(view, sample, found)
    by_pair = pairs(_judged_twice(view))
    judged = [pair for some in by_pair.values() for pair in some]
    return view.answer(
        "trust/trust.html",
        _table(by, found),
        level=level,
        levels=LEVELS,
        samples=list(samples.values()),
        sample=sample,
        progress=progress(view.db),
        by=by,
        found=[one for one in found if one.looked_at],
        unseen=[one for one in found if not one.looked_at],
        counts={kind: sum(one.trust is kind for one in found) for kind in Trust},
        number=len(found),
        axis=axis(found),
        whole=whole,
        covered=covered,
        agreement=agreement(_judgements(judged)),
        together=[Together(*names, agreement(_judgements(some))) for names, some in by_pair.items()],
        differing=[(pair, fact) for pair in judged if not pair.alike
                   if (fact := fact_queries.fact(view.db, pair.obs_id))][:_SHOWN],
        double=view.archive.plan.double(),
        least=LEAST,
    )  # fmt: skip


def axis(found: list[Trusted]) -> float:
    """Where the bars begin, so that what differs can be seen: a tenth at or below the lowest end of an interval."""
    lows = [rule.precision.low for rule in found if rule.precision.low is not None]
    return min(0.8, math.floor(10 * min(lows, default=0.8)) / 10)


def _whole(view: View, sample: Sample | None, found: Sequence[Trusted]) -> tuple[Share, float]:
    if sample is None:
        return reviewed(found), 1.0
    return overall(view.db, sample.name, view.archive.plan.strata(sample.name))


def _judged_twice(view: View) -> list[Standing]:
    """What stands of every fact that two people or more have judged."""
    if not view.archive.reviews.begun:
        return []
    journal = view.archive.reviews.journal
    ids = view.db.execute("SELECT obs_id FROM standing WHERE json_array_length(reviewers) > 1 ORDER BY obs_id")
    return [standing for (obs_id,) in ids.fetchall() if (standing := journal.standing(obs_id))]


def _judgements(some: list[Pair]) -> list[tuple[str, str]]:
    return [(judgement(pair.first), judgement(pair.second)) for pair in some]


def _table(by: str, found: list[Trusted]) -> Tabular:
    return Tabular("trust", (by, *_COLUMNS), [
        (one.code, one.facts, one.looked_at, *(one.wrong.get(state, 0) for state in WRONG), one.precision.value,
         one.precision.low, one.precision.high, one.trust.value)
        for one in found
    ])  # fmt: skip
