"""Ministries that a list names without "Bộ": "các bộ: Tư pháp đạt 89,95%; Tài chính 89,18%"."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.assemble.context import Context
from pipeline.model import Span
from pipeline.text.spacing import spaced
from pipeline.values.places import AgencyMention

# What opens such a list, and all that stands in it.
_LIST = spaced(r"(?<!\w)(?i:các|khối|những|\d+) (?i:bộ)(?!\w)[^.:;\n]{0,60}(?P<items>:[^.\n]*(?:\.(?=\d)[^.\n]*)*)")
_ITEM = spaced(r"(?:[:;,(]|(?<!\w)(?:và|là|gồm)(?!\w))\s*(?=\p{Lu})")
_NEXT = spaced(r"\s*(?:, và|,|và)\s*(?=\p{Lu})")
_WORDS = regex.compile(r"\p{L}+(?:(?: và|,| -)? \p{L}+){0,7}")
_LAST_WORD = regex.compile(r"(?: và|,| -)? \p{L}+$")


def ministries_of_lists(context: Context) -> Iterator[AgencyMention]:
    """The ministries that a list opened by "các bộ", or by one ministry's full name, tells by their fields alone."""
    normal = context.layers.normal
    found: dict[Span, AgencyMention] = {}
    for opened in _LIST.finditer(normal):
        for item in _ITEM.finditer(normal, *opened.span("items")):
            if named := _ministry(context, item.end()):
                found[named.span] = named
    for ministry in context.agencies:
        last = ministry if ministry.kind == "ministry" else None
        while last is not None and (joint := _NEXT.match(normal, last.span.end)):
            last = _ministry(context, joint.end())
            if last is not None:
                found[last.span] = last
    yield from (named for span, named in found.items() if not any(span.overlaps(a.span) for a in context.agencies))


def _ministry(context: Context, at: int) -> AgencyMention | None:
    """The ministry whose field an offset begins to name, by the most words: "Giáo dục và Đào tạo"."""
    match = _WORDS.match(context.layers.normal, at)
    words = match.group() if match else ""
    while words:
        named = context.gazetteer.find_agencies(f"Bộ {words}")
        if len(named) == 1 and named[0].kind == "ministry" and len(named[0].span) == len(words) + 3:
            return AgencyMention(Span(at, at + len(words)), named[0].name, named[0].head, "ministry", "central")
        words = shorter if (shorter := _LAST_WORD.sub("", words)) != words else ""
    return None
