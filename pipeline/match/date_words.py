"""The words of `rules/dates.yaml`: what makes a number a date, and what role it then has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import regex

from pipeline.model import Span
from pipeline.rulebook.location import rules_dir
from pipeline.rulebook.phrase_keys import alternation_under, phrases_under
from pipeline.rulebook.source import Reader, load_rule_file
from pipeline.text.fold import lower_view
from pipeline.text.phrase_places import PhraseSet, phrase_set

_UNIT_AFTER = regex.compile(
    r" {0,2}(?:%|\w*điểm|hồ sơ|nhiệm vụ|tthc|thủ tục|tỉnh|huyện|xã|sở|bộ|đơn vị|cơ quan|chỉ|tiêu|số|tổng|tp(?!\w)|lĩnh|"
    r"người|văn|trường|dự|phiếu|lượt|nội|mục|trục|ngành|địa phương|thành phố|phường|quận|tháng(?! [0-9])|năm(?! [0-9]))"
)

_COMPARED = regex.compile(r"(?<!\w)so (?:với|cùng) $")


@dataclass(frozen=True, slots=True)
class DateWords:
    """The compiled words. The expressions are for the lower-case view."""

    deictics: PhraseSet
    """Its groups are the anchors: now, year_to_date …"""
    roles: dict[str, tuple[regex.Pattern[str], int]]
    """For each cue an expression for the words right before a date, and how far back they may begin."""
    beginnings: tuple[tuple[date, regex.Pattern[str]], ...]
    """The first days of reforms that everybody knows, with the words that speak of each."""
    _day_words: regex.Pattern[str]
    _prepositions: regex.Pattern[str]
    _not_before_year: regex.Pattern[str]
    _after_year: frozenset[str]

    def governs_day(self, view: str, span: Span) -> bool:
        """Whether the words around d/m make it a day (or m/yyyy a month), and not a ratio."""
        before = view[max(0, span.start - 16) : span.start]
        if self._day_words.search(before):
            return True
        # "quý I (1/12-29/2)": a run of days in brackets.
        if before.endswith("(") and "-" in span.of(view) and view[span.end : span.end + 1] in (")", ",", ";"):
            return True
        if not self._prepositions.search(before):
            return False
        written = span.of(view)
        if regex.search(r"[0-9]{4}", written):
            return True
        return "/" in written and not _UNIT_AFTER.match(view, span.end)

    def is_year(self, view: str, span: Span) -> bool:
        """Whether a bare number of four digits is a year, by the words on both sides of it."""
        before = view[max(0, span.start - 16) : span.start]
        if not regex.search(r"[\w)\"'(,] ?$", before):
            return False
        # "giảm 1 bậc so với 2021": an amount would have its noun.
        if self._not_before_year.search(before) and not _COMPARED.search(before):
            return False
        after = regex.match(r" {0,2}(?:([^\W\d_]+|-)|.|$)", view[span.end : span.end + 20])
        return after is None or after.group(1) is None or after.group(1) in self._after_year


@cache
def load_date_words(path: Path | None = None) -> DateWords:
    """Read and compile the words. Raises RuleError."""
    path = path or rules_dir() / "dates.yaml"
    top = Reader(path, load_rule_file(path))
    top.only("deictics", "roles", "day_words", "day_prepositions", "not_year_before", "after_year", "beginnings")
    deictics, roles = top.mapping("deictics"), top.mapping("roles")
    spoken = (phrase for anchor in deictics.entry for phrase in phrases_under(deictics, anchor, anchor))
    cues = {}
    for role in roles.entry:
        cue = roles.mapping(role)
        cue.only("reach", "before")
        cues[role] = (regex.compile(alternation_under(cue, "before")), int(cue.entry.get("reach") or 40))

    began = top.mapping("beginnings")
    beginnings = ((date.fromisoformat(day), regex.compile(alternation_under(began, day))) for day in began.entry)

    def listed(key: str) -> str:
        return "|".join(sorted((regex.escape(lower_view(word)) for word in top.texts(key)), key=len, reverse=True))

    return DateWords(
        phrase_set(spoken),
        cues,
        tuple(beginnings),
        regex.compile(rf"(?<!\w)(?:{listed('day_words')}) {{0,2}}$"),
        regex.compile(rf"(?<!\w)(?:{listed('day_prepositions')}) {{0,2}}$"),
        regex.compile(rf"(?<!\w)(?:{listed('not_year_before')})[ :.]{{0,2}}$"),
        frozenset(lower_view(word) for word in top.texts("after_year")),
    )
