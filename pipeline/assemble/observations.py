"""From facts to observations: identity, evidence and reasons."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import NamedTuple

from pipeline.assemble.doubts import Doubts
from pipeline.assemble.slots import Fact
from pipeline.match.layers import Layers
from pipeline.model import BlockKind, Evidence, Observation, Span
from pipeline.text.fold import ascii_fold

_COMMON = (Decimal(0), Decimal(1), Decimal(100))
"""Values that are told of many a time."""


def observations(
    facts: Iterable[Fact], layers: Layers, doc_id: str, broad: Collection[str] = ()
) -> tuple[Observation, ...]:
    """The observations of a document in the order of their numbers, equal facts brought together.

    They have their reasons; `confidence.graded` makes a confidence of them. `broad`: see `Doubts`.
    """
    doubts = Doubts(layers, broad)
    kept, headlines = _without_headlines(list(facts), layers)
    ordered = sorted(kept, key=lambda f: (f.mention.value_span, f.mention.indicator, f.mention.index or ""))
    sizes: dict[_Key, set[Decimal]] = {}
    for fact in ordered:
        if fact.mention.out_of is not None:
            sizes.setdefault(_key(fact), set()).add(fact.mention.out_of)
    merged: dict[tuple[_Key, Decimal | None], list[Fact]] = {}
    for fact in ordered:
        size = fact.mention.out_of
        if size is None and fact.mention.unit == "rank" and len(known := sizes.get(_key(fact), ())) == 1:
            # "xếp thứ 30/63 (từ vị trí 46 lên 30)": the place again, without the size of its set.
            size = next(iter(known))
        merged.setdefault((_key(fact), size), []).append(fact)
    _with_dated(merged)
    ordinals: Counter[str] = Counter()
    found = []
    for same in merged.values():
        first = max(same, key=lambda f: (f.mention.out_of is not None, not f.slots.flags, -f.mention.value_span.start))
        base = _identity(first, layers, doc_id)
        ordinals[base] += 1
        again = headlines.pop(_figure(first), [])
        found.append(_observation(first, same, again, layers, f"{base}-{ordinals[base]}", doubts))
    return tuple(sorted(found, key=lambda o: (o.value_span, o.indicator, o.index or "", o.obs_id)))


def _without_headlines(facts: list[Fact], layers: Layers) -> tuple[list[Fact], dict[tuple[object, ...], list[Fact]]]:
    """The facts without those of the title that the body states again, and these by their figure: a headline says
    a figure with less ("hoàn thành 30/50 nhiệm vụ"), the body says whose it is and of when."""
    titles = [block.span for block in layers.document.blocks if block.kind is BlockKind.TITLE]

    def in_title(fact: Fact) -> bool:
        return any(span.covers(fact.mention.value_span) for span in titles)

    stated = {_figure(fact) for fact in facts if not in_title(fact)}
    headlines: dict[tuple[object, ...], list[Fact]] = {}
    for fact in facts:
        if in_title(fact) and _figure(fact) in stated:
            headlines.setdefault(_figure(fact), []).append(fact)
    again = {id(fact) for same in headlines.values() for fact in same}
    return [fact for fact in facts if id(fact) not in again], headlines


def _with_dated(merged: dict[tuple[_Key, Decimal | None], list[Fact]]) -> None:
    """Put a figure that is told again without its time to the one fact that has it: "Sau một tháng (01/7 - 31/7), trung
    tâm nhận 5.091 hồ sơ", and below a picture "Trung tâm nhận 5.091 hồ sơ"."""
    dated: dict[object, list[tuple[_Key, Decimal | None]]] = {}
    for key, size in merged:
        if key.period is not None:
            dated.setdefault((key.what, size), []).append((key, size))
    for key, size in [(key, size) for key, size in merged if key.period is None]:
        same = dated.get((key.what, size), [])
        if len(same) == 1 and merged[key, size][0].mention.value not in _COMMON:
            merged[same[0]].extend(merged.pop((key, size)))


def _figure(fact: Fact) -> tuple[object, ...]:
    """What a headline and the body have in common where they state the same figure."""
    mention = fact.mention
    return (mention.indicator, mention.index, mention.value, mention.value_high, fact.slots.status)


class _Key(NamedTuple):
    """What makes two statements the same fact, but for the whole that a number is set against."""

    what: tuple[object, ...]
    period: str | None


def _key(fact: Fact) -> _Key:
    mention, slots = fact.mention, fact.slots
    what = (
        mention.indicator, mention.index, mention.value, mention.value_high, mention.unit, mention.comparator,
        slots.scope, slots.subject.name, slots.subject.part, slots.level,
        slots.base_period and slots.base_period.code, slots.status,
    )  # fmt: skip
    return _Key(what, slots.period.code if slots.period else None)


def _identity(fact: Fact, layers: Layers, doc_id: str) -> str:
    """A hash of the document, the indicator and the folded words: not of value, rule or offsets."""
    mention = fact.mention
    at = bisect_right(layers.sentences, mention.value_span.start, key=lambda s: s.span.start) - 1
    around = layers.sentences[at].span if at >= 0 else mention.quote_span
    sentence = around if around.covers(mention.value_span) else mention.quote_span
    words = ascii_fold(mention.quote_span.of(layers.normal)) + "|" + ascii_fold(sentence.of(layers.normal))
    parts = (doc_id, mention.indicator, mention.index or "", " ".join(words.split()))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]


def _observation(
    fact: Fact, same: list[Fact], headlines: list[Fact], layers: Layers, obs_id: str, doubts: Doubts
) -> Observation:
    mention, slots = fact.mention, fact.slots
    reasons = tuple(dict.fromkeys((*mention.reasons, *slots.flags, *doubts.about(fact))))
    return Observation(
        obs_id=obs_id,
        indicator=mention.indicator,
        index=mention.index,
        value=mention.value,
        value_high=mention.value_high,
        unit=mention.unit,
        comparator=mention.comparator,
        out_of=mention.out_of,
        scope=slots.scope,
        subject=slots.subject.name,
        ref_area=slots.subject.ref_area,
        area_regime=slots.subject.area_regime,
        level=slots.level,
        time_period=slots.period.code if slots.period else None,
        period_start=slots.period.start if slots.period else None,
        period_end=slots.period.end if slots.period else None,
        base_period=slots.base_period.code if slots.base_period else None,
        obs_status=slots.status,
        quote=mention.quote_span.of(layers.document.text),
        span=mention.quote_span,
        value_span=mention.value_span,
        table=".".join(map(str, mention.cell)) if mention.cell else None,
        rule_id=mention.rule_id,
        reasons=reasons,
        flags=(*slots.flags, *(reason for reason in ("ocr", "ocr_doubtful") if reason in reasons)),
        evidence=tuple(_evidence(same, headlines, layers)),
    )


def _evidence(same: list[Fact], headlines: list[Fact], layers: Layers) -> Iterable[Evidence]:
    """Every place that the fact rests on, each once; of headlines only what they state."""
    places: dict[tuple[str, Span], None] = {}
    for fact in same:
        places[("value", fact.mention.value_span)] = None
        places[("quote", fact.mention.quote_span)] = None
        places.update(dict.fromkeys(fact.mention.cues))
        for role, span in (
            ("subject", fact.slots.subject.span),
            ("period", fact.slots.period.span if fact.slots.period else None),
            ("base_period", fact.slots.base_period.span if fact.slots.base_period else None),
        ):
            if span is not None:
                places[(role, span)] = None
    for fact in headlines:
        places.update({("value", fact.mention.value_span): None, ("quote", fact.mention.quote_span): None})
    for role, span in places:
        yield Evidence(role, span, span.of(layers.document.text))
