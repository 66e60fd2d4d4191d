"""C11: components against the score of their index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from pipeline.check.figures import plain, results
from pipeline.check.verdict import Material, Severity, Verdict, agreed, problem
from pipeline.model import Observation

_TOLERANCE = Decimal("0.03")
"""Eight components of two decimals, each rounded, miss their sum by up to this much."""


def components_sum_to_score(material: Material) -> Iterator[Verdict]:
    """Where all components of an index that is their plain sum are stated, they add up to its score."""
    scores: dict[tuple[str | None, ...], dict[str, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for o in results(material.observations):
        if o.indicator == "index.score" and o.index and o.comparator == "eq":
            name, _, slug = o.index.partition("/")
            scores[(name, o.subject, o.ref_area, o.level, o.time_period)][slug].append(o)
    for key, stated in scores.items():
        index = material.indices.get(key[0] or "")
        if index is None or index.code not in material.rules.component_sums or not stated.get(""):
            continue
        parts = [stated[slug] for slug in index.components if stated.get(slug)]
        if len(parts) < len(index.components) or any(len({o.value for o in part}) > 1 for part in parts):
            continue
        total = sum((part[0].value for part in parts), Decimal(0))
        near = [o for o in stated[""] if abs(total - o.value) <= _TOLERANCE]
        score = (near or stated[""])[0]
        if near:
            terms = " + ".join(plain(part[0].value) for part in parts)
            equal = "=" if total == score.value else "≈"
            told = (*near, *(o for part in parts for o in part))
            yield agreed(f"{terms} {equal} {plain(score.value)}", told)
        else:
            message = f"the {len(parts)} components of {index.code} add up to {plain(total)}, not {plain(score.value)}"
            yield problem(
                Severity.ERROR, message, [score, *(part[0] for part in parts)], plain(total), plain(score.value)
            )
