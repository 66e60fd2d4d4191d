"""Every digit group of a document, and what became of it: the recall alarm.

A group that no fact, reference or date took is named by its neighbours (a clause, a phone, a standard
…), by its noun (a real quantity without a code), or stays `unexplained`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

import regex

from pipeline.match.layers import Layers, Stretches
from pipeline.model import Block, BlockKind, Numeral, Span
from pipeline.rulebook.cue_lists import NumeralRule
from pipeline.text.gate import gated

_DIGITS = regex.compile(r"\d++(?:[.,]\d++)*+")
_PHONE = regex.compile(r"(?<![\w.])(?:\(?\+?0\d{1,4}\)?[.\s-]*)(?:\d[.\s-]*){5,9}\d(?!\w)")
_WEB = regex.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|\S+\.(?:vn|com|org|net|html?|aspx?|pdf|docx?)\b\S*")
_PHONE_START = re.compile(r"[(+0](?<![\w.].)")
_CLOCK_START = re.compile(r"\d(?<!\d.)|g(?=mt)")
_OF_ADDRESS = re.compile(r"https?://|www\.|@|\.(?:vn|com|org|net|html?|aspx?|pdf|docx?)\b")
_CLOCK = regex.compile(
    r"(?<!\d)\d{1,2}(?::\d{2}){1,2}(?!\d)|(?<!\d)\d{1,2}\s*(?:giờ|h)\s*\d{0,2}(?!\w)|gmt\s*[+-]\s*\d+"
)
_HEADING_NUMBER = regex.compile(r"\s*(?:[-•*+]\s*)?(?:\(?\d+(?:\.\d+)*\)?|\d+(?:\.\d+)*[.)/]?)(?=\s|[.)/]|$)")
_NUMBERS_BEFORE = regex.compile(r"(?:[\d]+\s*(?:,|và|-|/)\s*)+$")
_COLUMN_NUMBERS = regex.compile(r"\(\s*\d+[a-z]?\s*\)(?:\s*=\s*[()\d+\-\s]+)?")
_NOUN_AFTER = regex.compile(r"\s*+(?:[%\w])")
_WHOLE = regex.compile(r" ?/ ?\d++(?:[.,]\d++)*+")
_CONTEXT = 60


def _addresses(view: str) -> Iterator[Span]:
    """The addresses of pages and of mail; hardly any text holds one."""
    if _OF_ADDRESS.search(view):
        yield from (Span(*m.span()) for m in _WEB.finditer(view))


def account(
    layers: Layers,
    observed: Iterable[Span],
    referenced: Iterable[Span],
    dated: Iterable[Span],
    rules: Sequence[NumeralRule],
) -> tuple[Numeral, ...]:
    """One Numeral for each digit group of the text, in order."""
    view, text = layers.view, layers.document.text
    kinds = (
        ("observation", Stretches(observed)),
        ("reference", Stretches(referenced)),
        ("date", Stretches(dated)),
        ("page_furniture", Stretches(_addresses(view))),
        ("phone", Stretches(Span(*m.span()) for m in gated(_PHONE_START, _PHONE, view))),
        ("page_furniture", Stretches(Span(*m.span()) for m in gated(_CLOCK_START, _CLOCK, view))),
    )
    blocks = layers.document.blocks
    starts = [block.span.start for block in blocks]
    found = []
    for match in _DIGITS.finditer(text):
        span = Span(*match.span())
        at = bisect_right(starts, span.start) - 1
        block = blocks[at] if at >= 0 and blocks[at].span.end > span.start else None
        category, note = next(((kind, "") for kind, places in kinds if places.touches(span)), ("", ""))
        if not category:
            category, note = _name(view, span, block, rules)
        found.append(Numeral(match.group(), span, category, note))
    return tuple(found)


def _name(view: str, span: Span, block: Block | None, rules: Sequence[NumeralRule]) -> tuple[str, str]:
    """Why a digit group is no fact, by its neighbours; its noun if it is a quantity."""
    start = block.span.start if block else max(0, span.start - _CONTEXT)
    before = view[max(start, span.start - _CONTEXT) : span.start]
    end = block.span.end if block else len(view)
    after = view[span.end : min(end, span.end + _CONTEXT)]
    for rule in rules:
        if (rule.before is None or rule.before.search(before)) and (rule.after is None or rule.after.match(after)):
            return rule.category, _noun(after) if rule.category == "quantity" else ""
    if block and block.kind is BlockKind.FURNITURE:
        return "page_furniture", ""
    if block and (head := _HEADING_NUMBER.match(view, block.span.start, block.span.end)) and head.end() >= span.end:
        return ("heading" if block.kind is BlockKind.HEADING else "enumeration"), ""
    if _is_series(before, after, rules):
        return "service_level", ""
    if _COLUMN_NUMBERS.search(view, max(start, span.start - 2), min(end, span.end + 2)):
        return "enumeration", ""
    if block and block.kind is BlockKind.TABLE:
        return "quantity", "table cell"
    if regex.search(r"\w$", before) and not before[-1:].isspace():
        return "name", ""
    if noun := _noun(after):
        return "quantity", noun
    if noun := _noun_before(before):
        return "quantity", noun
    return "unexplained", ""


def _is_series(before: str, after: str, rules: Sequence[NumeralRule]) -> bool:
    """Whether the number goes on a series that began with a service level ("mức độ 3, 4")."""
    lead = _NUMBERS_BEFORE.sub("", before)
    return lead != before and any(
        rule.category == "service_level" and rule.before and rule.before.search(lead) for rule in rules
    )


def _noun(after: str) -> str:
    """The noun behind a number: its first words up to punctuation or another number.

    That of "53/63 địa phương" stands behind the whole.
    """
    if whole := _WHOLE.match(after):
        after = after[whole.end() :]
    if not _NOUN_AFTER.match(after):
        return ""
    from pipeline.text.words import segment

    stretch = regex.match(r"[^,;:.()\d\n]*", after.lstrip()).group()  # type: ignore[union-attr]
    words = [word.of(stretch) for word in segment(stretch)]
    return " ".join(words[:2])


def _noun_before(before: str) -> str:
    """The noun that a bare number is the value of: "số lượng: 35", "là 7"."""
    found = regex.search(r"([^,;.()\d]+?)\s*(?:là|:|có|gồm|đạt|còn|chỉ|tới|đến|=|lên|-)?\s*\(?$", before)
    return " ".join(found.group(1).split()[-4:]) if found and found.group(1).strip() else ""
