"""From the observations of documents to statements, and from statements to the points of all series."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from pipeline.check.figures import figure
from pipeline.model import Observation
from pipeline.model.review import ReviewState
from pipeline.rulebook.book import Rulebook
from pipeline.rulebook.source import parse_rules
from pipeline.series.derive import derived
from pipeline.series.resolve import Point, point
from pipeline.series.statement import Origin, SeriesKey, Statement
from pipeline.text.fold import lower_view
from pipeline.values.periods import parse_period
from pipeline.values.provinces import MERGER


def rules_read(texts: Mapping[str, str]) -> str:
    """What of the rule files, by their path, the statements of a document depend on."""
    frame = parse_rules(texts["index/frame.yaml"], Path("index/frame.yaml"))
    gazetteer = {name: text for name, text in texts.items() if name.startswith("gazetteer/")}
    return json.dumps([gazetteer, frame["groups_of_provinces"]], sort_keys=True)


class Collector:
    """Brings the statements of many sources together; holds one small record for each."""

    def __init__(self, rulebook: Rulebook, reviewed: Mapping[str, str] | None = None) -> None:
        """`reviewed` gives the review state of observations that a person has decided about, by obs_id."""
        self._rulebook = rulebook
        self._reviewed = {} if reviewed is None else reviewed
        self._points: defaultdict[tuple[SeriesKey, str, str | None], list[Statement]] = defaultdict(list)
        self._names: dict[tuple[str, str | None, str | None, str | None], tuple[str, str] | None] = {}

    def add_document(self, observations: Iterable[Observation], origin: Origin) -> None:
        """What one document states, and what follows from it."""
        self.add(self.statements(observations, origin))

    def statements(self, observations: Iterable[Observation], origin: Origin) -> tuple[Statement, ...]:
        """What one document states, and what follows from it, without taking it in."""
        stated = [s for o in observations if (s := self._statement(o, origin)) is not None]
        return (*stated, *derived(stated))

    def add(self, statements: Iterable[Statement]) -> None:
        """Statements that are already made: those of a published table."""
        for statement in statements:
            self._points[statement.key, statement.time_period, statement.base_period].append(statement)

    def points(self) -> Iterator[Point]:
        """Every point, in no order that means anything. Along a series the subject has one spelling, the commonest."""
        spellings: defaultdict[SeriesKey, Counter[str]] = defaultdict(Counter)
        for statements in self._points.values():
            spellings[statements[0].key].update(s.subject for s in statements)
        for statements in self._points.values():
            subject = min(spellings[statements[0].key].items(), key=lambda item: (-item[1], item[0]))[0]
            yield replace(point(statements), subject=subject)

    def _statement(self, o: Observation, origin: Origin) -> Statement | None:
        """None for what has no place in a series: a number without a period, about nobody in particular, or of one
        field of its subject's work."""
        if o.time_period is None or o.subject is None or "one_field" in o.flags:
            return None
        _, end = parse_period(o.time_period)
        named = self._who(o, end)
        # A name without a province may mean another one elsewhere: it is not compared between documents.
        who, subject = named or (f"{_folded(o.subject)}@{origin.doc_id}", o.subject)
        stated = figure(o)
        return Statement(
            key=SeriesKey(o.indicator, o.index, who, o.ref_area, o.area_regime, o.level, o.scope, o.unit, o.obs_status),
            subject=subject,
            time_period=o.time_period,
            value=o.value,
            low=stated.low,
            high=stated.high,
            value_high=o.value_high,
            comparator=o.comparator,
            out_of=o.out_of,
            base_period=o.base_period,
            confidence=o.confidence,
            obs_id=o.obs_id,
            origin=origin,
            review_state=self._reviewed.get(o.obs_id, ReviewState.PENDING.value),
            position=o.value_span.start,
        )

    def _who(self, o: Observation, end: date) -> tuple[str, str] | None:
        """The subject as a key, and as a name; None where the words alone do not say who it is."""
        assert o.subject is not None
        seen = (o.subject, o.ref_area, o.area_regime, o.indicator.partition(".")[0])
        if seen not in self._names:
            self._names[seen] = self._name(o.subject, o.ref_area, o.area_regime, seen[3] == "index", end)
        return self._names[seen]

    def _name(
        self, subject: str, ref_area: str | None, regime: str | None, of_index: bool, end: date
    ) -> tuple[str, str] | None:
        gazetteer = self._rulebook.gazetteer
        if ref_area is not None:
            itself = gazetteer.province(subject, _day_of_list(regime, end))
            if itself is not None and (itself.code, itself.regime) == (ref_area, regime):
                return "", itself.full_name
            return _folded(subject), subject
        if any(mention.kind in ("region", "nation") for mention in gazetteer.find_places(subject, end)):
            return _folded(subject), subject
        if any(mention.kind == "ministry" for mention in gazetteer.find_agencies(subject, end)):
            return _folded(subject), subject
        # A mean over "các tỉnh, thành phố" is the nation's wherever it is reported.
        if of_index and self._rulebook.index.frame.groups_of_provinces.search(lower_view(subject)):
            return _folded(subject), subject
        return None


def _day_of_list(regime: str | None, end: date) -> date:
    """The last day of a period on which the list stands that its province is of: a report of May 2025 tells of the
    year 2025 by the list of 63."""
    return min(end, MERGER - timedelta(days=1)) if regime == "63" else end


def _folded(subject: str) -> str:
    return " ".join(lower_view(subject).split())
