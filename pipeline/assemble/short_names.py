"""Ministries and departments that a list names without "Bộ", "Sở": "các bộ: Tư pháp đạt 89,95%; Tài chính 89,18%"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import regex

from pipeline.model import Span
from pipeline.text.spacing import spaced, spaced_regex

if TYPE_CHECKING:
    from pipeline.values.places import AgencyMention, Gazetteer

_KINDS = {"bộ": "ministry", "sở": "department"}
# What opens such a list, and all that stands in it.
_LIST = spaced(
    r"(?<!\w)(?i:các|khối|những|\d+) (?P<kind>(?i:bộ|sở))(?!\w)[^.:;\n]{0,80}(?P<items>:[^.\n]*(?:\.(?=\d)[^.\n]*)*)"
)
_ITEM = spaced_regex(r"(?:[:;,(]|(?<!\w)(?:và|là|gồm)(?!\w))\s*(?=\p{Lu})")
_NEXT = spaced_regex(r"\s*(?:, và|,|và)\s*(?=\p{Lu})")
_WORDS = regex.compile(r"\p{L}+(?:(?: và|,| -)? \p{L}+){0,7}")
_LAST_WORD = regex.compile(r"(?: và|,| -)? \p{L}+$")


def members_of_lists(normal: str, agencies: Sequence[AgencyMention], gazetteer: Gazetteer) -> list[AgencyMention]:
    """The agencies that a list opened by "các bộ", "các sở", or by one ministry's full name, tells by their fields
    alone; in order."""
    found: dict[Span, AgencyMention] = {}
    for opened in _LIST.finditer(normal):
        kind = opened["kind"].lower()
        for item in _ITEM.finditer(normal, *opened.span("items")):
            if named := _member(normal, item.end(), kind, gazetteer):
                found[named.span] = named
    for ministry in agencies:
        if ministry.kind == "ministry":
            found.update((named.span, named) for named in _run(normal, ministry, gazetteer))
    return sorted(
        (named for span, named in found.items() if not any(span.overlaps(a.span) for a in agencies)),
        key=lambda named: named.span,
    )


def _run(normal: str, ministry: AgencyMention, gazetteer: Gazetteer) -> Iterator[AgencyMention]:
    """The ministries named right behind one: "Bộ Tư pháp, Tài chính và Y tế"."""
    last: AgencyMention | None = ministry
    while last is not None and (joint := _NEXT.match(normal, last.span.end)):
        last = _member(normal, joint.end(), "bộ", gazetteer)
        if last is not None:
            yield last


def _member(normal: str, at: int, kind: str, gazetteer: Gazetteer) -> AgencyMention | None:
    """The agency whose field an offset begins to name, by the most words: "Giáo dục và Đào tạo"."""
    match = _WORDS.match(normal, at)
    words, full = match.group() if match else "", f"{kind.capitalize()} "
    while words:
        named = gazetteer.find_agencies(full + words)
        if len(named) == 1 and named[0].kind == _KINDS[kind] and len(named[0].span) == len(full + words):
            return replace(named[0], span=Span(at, at + len(words)))
        words = shorter if (shorter := _LAST_WORD.sub("", words)) != words else ""
    return None
