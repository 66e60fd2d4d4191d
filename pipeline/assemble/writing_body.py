"""Which department or branch a text without a letterhead is of: weighed from its lines of source, its title, and what
it calls itself, against what it tells of the whole province."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import regex

from pipeline.match.layers import within
from pipeline.model import BlockKind, Span
from pipeline.text.fold import lower_view

if TYPE_CHECKING:
    from pipeline.assemble.context import Context
    from pipeline.values.places import AgencyMention

BODIES = frozenset({"department", "ban", "inspectorate", "vertical", "central_department"})
"""Kinds of agencies that write of their own work, and that a sentence on it begins with."""
_KIND = regex.compile(
    r"(?:Sở|Thanh tra|Ban Quản lý|Ban|Tổng cục|Chi cục|Cục|Kho bạc|Bảo hiểm xã hội|Công an|Thuế)(?!\w)"
)
# "(Trích báo cáo của Sở …)", "Theo Sở …": the report is its own. "Nguồn: Sở …": it may tell of others.
_EXTRACT = regex.compile(r"\W*(?:lược |)(?:trích|theo)(?!\w)")
_SOURCE = regex.compile(
    r"\W*(?:nguồn(?: tin)?|tin(?: bài)?|bài(?: viết)?|ảnh|tác giả|(?:trang|cổng) (?:thông tin|tin) điện tử)(?!\w)"
)
_SENTENCE = regex.compile(r"\p{L}[^.]*\s\p{L}[^.]*[.!?…]\s*$")
_OF_ALL = regex.compile(
    r"(?<!\w)(?:toàn tỉnh|cả tỉnh|tỉnh ta|trên địa bàn tỉnh|(?:các|hai|ba|từng) cấp|cấp (?:tỉnh|huyện|xã)"
    r"|các (?:sở|huyện|xã|địa phương|cơ quan, đơn vị|đơn vị, địa phương)"
    r"|(?:của|là) tỉnh(?= (?:đạt|xếp|đứng|tăng|giảm)))(?!\w)"
)
_OF_BRANCH = regex.compile(r"(?<!\w)(?:của|toàn|trong) ngành(?!\w)(?!,)")
_NEVER_ITSELF = r"(?!,? ?(?:ban|ngành|hữu|thích|tại|này|đó|ấy|kia|nào|khác|quản lý|chỉ đạo|dân tộc|thường vụ)(?!\w))"

_SHORT_LINE, _EDGE = 160, 4
_EXTRACTED, _NAMED_AS_SOURCE, _OPENS_TITLE, _IN_TITLE = 3, 2, 2, 1
_ENOUGH, _CLEAR, _OFTEN = 3, 2, 3


@dataclass(frozen=True, slots=True)
class WritingBody:
    """The body that a text is of, and whether much in the text speaks for its province as well."""

    mention: AgencyMention
    doubtful: bool


def writing_body(context: Context, titled: AgencyMention | None) -> WritingBody | None:
    """The body that a text is of; `titled` is the agency that its title is about. None where the text rather tells of
    its province, or of several bodies alike."""
    named: dict[str, list[AgencyMention]] = defaultdict(list)
    for mention in context.agencies:
        if mention.kind in BODIES and _KIND.match(mention.head):
            named[mention.head].append(mention)
    if not named:
        return None
    points: Counter[str] = Counter()
    for span in _edges(context):
        told = {m.head for m in within(context.agencies, span) if m.head in named}
        if len(told) == 1:
            points[told.pop()] += _as_source(context, span)
    if titled is not None and titled.head in named:
        points[titled.head] += _IN_TITLE if _lead(context, titled) else _OPENS_TITLE
    for kind in {_kind(head) for head in named}:
        own = max(
            (h for h in named if _kind(h) == kind), key=lambda h: (points[h], len(named[h]), -named[h][0].span.start)
        )
        points[own] += _called(context, kind) + _of_field(context, own)
    for head, mentions in named.items():
        points[head] += len(mentions) >= _OFTEN and len(named) == 1
    body, most = max(points.items(), key=lambda item: item[1], default=("", 0))
    of_all = len(_OF_ALL.findall(context.layers.view)) + (len(named) - 1) // 2
    if most < _ENOUGH or most <= of_all:
        return None
    return WritingBody(named[body][0], most < _CLEAR * of_all)


def _kind(head: str) -> str:
    match = _KIND.match(head)
    return match.group() if match else head


def _lead(context: Context, titled: AgencyMention) -> str:
    """What stands in its title before the name of an agency."""
    starts = [b.span.start for b in context.layers.document.blocks if b.span.covers(titled.span)]
    return context.layers.view[starts[0] : titled.span.start].strip(" -–\"'“") if starts else ""


def _edges(context: Context) -> list[Span]:
    """The short lines with which a text begins and ends, below its title."""
    lines = [
        Span(block.span.start + line.start(), block.span.start + line.end())
        for block in context.layers.document.blocks
        if block.kind not in (BlockKind.TITLE, BlockKind.TABLE)
        for line in regex.finditer(r"[^\n]+", block.span.of(context.layers.view))
    ]
    edge = [*lines[:_EDGE], *lines[max(_EDGE, len(lines) - _EDGE) :]]
    return [line for line in edge if len(line) <= _SHORT_LINE]


def _as_source(context: Context, line: Span) -> int:
    """What a short line that names a body is worth as the source of the text."""
    words = line.of(context.layers.view)
    bracketed = words.strip().startswith("(") and words.strip().rstrip(".").endswith(")")
    if _EXTRACT.match(words) and (bracketed or not _SENTENCE.search(words)):
        return _EXTRACTED
    return _NAMED_AS_SOURCE if bracketed or _SOURCE.match(words) else 0


def _called(context: Context, kind: str) -> int:
    """How often a text calls a body by its kind alone, or speaks of its branch."""
    alone = _alone(kind).findall(context.layers.normal)
    return len(alone) + (len(_OF_BRANCH.findall(context.layers.view)) if alone or kind == "Sở" else 0)


def _of_field(context: Context, head: str) -> int:
    """How often a text speaks of the branch that a department leads: "ngành Y tế", up to what a title is worth."""
    field = head.removeprefix("Sở ")
    return min(context.layers.view.count(f"ngành {lower_view(field)}"), _OPENS_TITLE) if field != head else 0


@lru_cache(32)
def _alone(kind: str) -> regex.Pattern[str]:
    word = f"(?:{kind}|{kind.lower()})" if kind == "Sở" else kind
    return regex.compile(
        rf"(?<!\w)(?<!(?:cơ|trụ|hội|các|nhiều|mọi|mỗi|từng|cấp|khối|một|hai|ba|Công|Trưởng|Văn phòng) )"
        rf"(?<!(?<!\d{{3}})\d ){word}(?!\w)"
        rf"(?! ?[\p{{Lu}}/(–-]|, ?\p{{Lu}}){_NEVER_ITSELF}"
    )
