"""Why a slot, or a fact as a whole, cannot be as a reviewer typed it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Wrong(StrEnum):
    """What is wrong; the pages have a sentence for each in both languages."""

    REQUIRED = "required"
    NO_NUMBER = "no_number"
    NO_PERIOD = "no_period"
    NO_YEAR = "no_year"
    NO_CODE = "no_code"
    NO_PROVINCE = "no_province"
    NO_SUCH_DAY = "no_such_day"
    """The province does not stand on the last day of the period."""
    INDEX_NEEDED = "index_needed"
    INDEX_NOT_ALLOWED = "index_not_allowed"
    OUT_OF_RANGE = "out_of_range"
    OVER_WHOLE = "over_whole"
    NOT_WHOLE = "not_whole"
    UPPER_BELOW = "upper_below"
    OTHER_UNIT = "other_unit"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a slot. `hint` shows what would do: an example, a code, a range."""

    slot: str
    wrong: Wrong
    hint: str = ""
