"""Values in rule files that must be of a known list: units that a number can have, slots of a row.

A misspelt one would make no error by itself: its reading never fits, its example never holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from pipeline.match.number_tokens import UNIT_NAMES
from pipeline.rulebook.book import Rulebook
from pipeline.rulebook.examples import Example
from pipeline.rulebook.lint import Fault
from pipeline.store.codes import COMPARATORS, LEVELS, STATUSES, UNITS
from pipeline.values.periods import parse_period

_KNOWN = {
    "unit": tuple(dict.fromkeys((*UNITS.values, *UNIT_NAMES))),
    "comparator": COMPARATORS.values,
    "level": LEVELS.values,
    "obs_status": STATUSES.values,
}
_PERIODS = ("time_period", "base_period")
_PERIOD_HINT = "2023, 2023-S1, 2023-Q2, 2023-05, 2023-05-31, or two of them with / between."


def unknown_values(book: Rulebook) -> Iterator[Fault]:
    """The units of readings and the slots of examples that nothing read can have."""
    for rules in book.counts:
        for reading in rules.readings:
            if reading.unit not in UNIT_NAMES:
                message = f"no number has the unit {reading.unit!r}"
                yield Fault(f"measures/{rules.file}", reading.line, message, _meant(reading.unit, UNIT_NAMES))
        for indicator in rules.indicators:
            if indicator.unit not in UNIT_NAMES:
                message = f"no number has the unit {indicator.unit!r}"
                yield Fault(f"measures/{rules.file}", indicator.line, message, _meant(indicator.unit, UNIT_NAMES))
    for example in [*(e for rules in book.counts for e in rules.examples), *book.index.examples]:
        yield from _slots(example)


def _slots(example: Example) -> Iterator[Fault]:
    for fact in example.facts:
        for slot, known in _KNOWN.items():
            if (value := fact.get(slot)) is not None and value not in known:
                message = f"no row has the {slot} {str(value)!r}"
                yield Fault(example.file, example.line, message, _meant(str(value), known))
        for slot in _PERIODS:
            if (value := fact.get(slot)) is not None and not _is_period(str(value)):
                yield Fault(example.file, example.line, f"{slot} is no period: {str(value)!r}", _PERIOD_HINT)


def _is_period(code: str) -> bool:
    try:
        parse_period(code)
    except ValueError:
        return False
    return True


def _meant(word: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(word, known, n=1)
    return f"Did you mean {near[0]!r}?" if near else f"Known are: {', '.join(known)}."
