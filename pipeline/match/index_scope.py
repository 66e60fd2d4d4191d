"""Which index a place in the text speaks of: the one named last, in its sentence, its block, or before.

A component holds until another name, a word that leads back to the whole, or the end of its sentence;
as the one topic of a sentence it holds on through the paragraph.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

import regex

from pipeline.match.layers import Layers, within
from pipeline.match.names import IndexMention, NameKind, part_of_next
from pipeline.model import BlockKind, Span
from pipeline.rulebook.index_rules import PROVINCES, IndexRules
from pipeline.text.sentences import Sentence
from pipeline.text.spacing import spaced, spaced_regex

UNNAMED = "?"
"""The component of figures that belong to a part without a name."""


class Near(IntEnum):
    """Where the index of a figure is named."""

    DOCUMENT = 0
    """Nowhere before, but the document speaks of no other."""
    BEFORE = 1
    """In an earlier block."""
    BLOCK = 2
    """In an earlier sentence of the block."""
    SENTENCE = 3
    """In the figure's own sentence."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The index and component that hold at a place, and since where; `blocks` counts blocks since."""

    index: str | None
    component: str | None = None
    near: Near = Near.DOCUMENT
    mention: Span | None = None
    component_span: Span | None = None
    blocks: int = 0
    is_topic: bool = False
    """Whether it is the one index that the document's title names."""

    @property
    def code(self) -> str | None:
        """PCI, or PCI/chi_phi_thoi_gian."""
        return f"{self.index}/{self.component}" if self.component else self.index


@dataclass(frozen=True, slots=True)
class SentenceScopes:
    """The scopes of one sentence: each holds from its offset on."""

    sentence: Sentence
    starts: tuple[int, ...]
    scopes: tuple[Scope, ...]
    names: tuple[IndexMention, ...]
    topics: tuple[IndexMention, ...]

    @property
    def speaks_of_index(self) -> bool:
        """Whether an index holds anywhere in the sentence, or is named in it."""
        return any(scope.index for scope in self.scopes) or any(m.index for m in (*self.names, *self.topics))

    def at(self, offset: int) -> Scope:
        return self.scopes[bisect_right(self.starts, offset) - 1]


_ITEM = spaced(r"\s*(?:(?P<figure>\d{1,2})|(?P<roman>[ivx]+)|(?P<letter>[a-zđ]))[.)]\s")
# "Bốn chỉ số thành phần của tỉnh lần lượt đạt 6,58 điểm, 6,94 điểm …": figures of parts that nobody names.
_PARTS_IN_TURN = spaced(
    r"(?<!\w)(?:\d{1,2}|các|cả|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+"
    r"(?:chỉ số (?:thành phần|nội dung|con)|trụ cột|trục(?: nội dung)?|nội dung|lĩnh vực|yếu tố|"
    r"nhóm (?:chỉ số|tiêu chí))"
    r"(?!\w)(?P<between>[^;.:(\d]{0,60}?)(?:lần lượt|theo thứ tự|tương ứng)\s*"
    r"(?P<figures>(?:(?:đạt|là|được|ở mức|có)\s+)*\d[\d.,]*(?:\s*(?:điểm|%)?\s*(?:,|;|và|, và)\s*\d[\d.,]*)+)"
)
SATISFIED_WITH = spaced(
    r"\s*%?\s*(?:người|tổ chức|doanh nghiệp|ý kiến)(?!\w)[^,;.()\d]{0,60}?(?<!\w)hài lòng\s(?:[^\W\d]+\s){0,5}"
)
"""Between a percentage and the part that it is of: "78,5% người dân hài lòng về việc tiếp cận dịch vụ"."""
_SATISFIED_BACK = 150
_PART_COUNTED = spaced_regex(r"(?r)(?:\d|các|những|mấy|vài|nhiều|một số|gồm|mười|tám|bảy|ba|bốn|hai|năm)\s+")
_LEADS_IN = spaced(
    r"(?<!\w)(?:dẫn đầu|đứng đầu|quán quân|nổi bật|nổi trội|thế mạnh|vượt trội|đứng nhất|xếp nhất)"
    r"(?: (?:về|ở|tại))?(?: (?:trụ cột|nội dung|chỉ số|lĩnh vực))?\s*$"
)
_FIGURE = regex.compile(r"\d")
_POINTS = spaced(r"\d\s*(?:/\s*\d+ )?điểm(?! %)(?!\w)")
# "1. Đối với 20 sở, ban, ngành: …", "Khối huyện, thành phố …"
_AGENCIES_OPEN = spaced(
    r"[\s•*+–-]*(?:(?:\d{1,2}|[ivx]+|[a-zđ])[.)]\s*)?(?:(?:kết quả|về|đối với|ở|tại|trong|riêng|với) )?"
    r"(?:(?:các|khối|cụm|nhóm|ubnd|cấp|\d{1,3}) )+(?:sở|ban|ngành|cơ quan chuyên môn|huyện|thị xã|quận|xã|phường)(?!\w)"
)
_WEIGHED = spaced(r"[\s\"”']*(?:có |với |chiếm |được )?(?:trọng số|tỷ trọng|thang điểm|điểm tối đa)(?!\w)")
_AT_PART = spaced(r"(?<!\w)(?:ở|tại|trong|thuộc|vì|do)(?: \d+| các| một số)?\s*$")
_SMALL = spaced(r"\D{0,12}?(\d{1,2}(?:[.,]\d{1,2})?)\s*/\s*(\d{1,2}(?:[.,]\d)?)(?!\d)")


def scopes(layers: Layers, rules: IndexRules) -> Iterator[SentenceScopes]:
    """The scopes of every sentence of the running text, in order."""
    distinct = {m.index for m in layers.indices if m.kind is NameKind.WHOLE}
    topic = _topic(layers, rules)
    default = Scope(next(iter(distinct)), near=Near.DOCUMENT) if len(distinct) == 1 else Scope(None)
    if topic is not None:
        default = Scope(topic.index, None, Near.BEFORE, topic.span, is_topic=True)
    state, block, heading_part = default, -1, False
    heading = ""
    spoken: set[str | None] = set()
    for sentence in layers.sentences:
        kind = layers.document.blocks[sentence.block].kind
        if kind in (BlockKind.FURNITURE, BlockKind.TABLE):
            continue
        if sentence.block != block:
            if len(spoken) > 1:
                # After a block about several indices a new one names its own.
                state = default
            spoken = set()
            if heading and _is_sibling(heading, sentence.span.of(layers.view)):
                state, heading_part = default, False
            keep = state.component if heading_part else None
            state = replace(
                state, near=min(state.near, Near.BEFORE), component=keep, blocks=state.blocks + sentence.block - block
            )
            block = sentence.block
            state = _of_agencies(layers, sentence, state, rules)
        else:
            state = replace(state, near=min(state.near, Near.BLOCK))
        if kind in (BlockKind.TITLE, BlockKind.HEADING):
            state = default
        found = _sentence_scopes(layers, sentence, state, rules)
        if topic is not None:
            told = tuple(replace(scope, is_topic=scope.index == topic.index) for scope in found.scopes)
            found = replace(found, scopes=told)
        yield found
        spoken |= {s.index for s in found.scopes if s.mention and sentence.span.covers(s.mention)}
        state = _carried(layers, found, default)
        heading = sentence.span.of(layers.view) if kind is BlockKind.HEADING else ""
        heading_part = bool(heading) or layers.view[sentence.span.start : sentence.span.end].endswith(":")


def _of_agencies(layers: Layers, sentence: Sentence, state: Scope, rules: IndexRules) -> Scope:
    """The scope of a paragraph that a group of agencies or districts opens, behind an index that measures provinces
    alone or none: the one index of the text that can be theirs. Points are of none that is a share of those asked."""
    words = layers.view[sentence.span.start : layers.document.blocks[sentence.block].span.end]
    if not _AGENCIES_OPEN.match(words) or not (state.index is None or rules.measures_only(PROVINCES, state.index)):
        return state
    in_points = _POINTS.search(words) is not None
    theirs = {
        m.index: m
        for m in reversed(layers.indices)
        if m.kind is NameKind.WHOLE and m.index and m.span.end <= sentence.span.start
        and not rules.measures_only(PROVINCES, m.index)
        and not (in_points and rules.indices[m.index].share_of)
    }  # fmt: skip
    if len(theirs) != 1:
        return state if state.index is None else Scope(None)
    (code, naming), *_ = theirs.items()
    return Scope(code, None, Near.BEFORE, naming.span, blocks=1)


def _is_sibling(heading: str, words: str) -> bool:
    """Whether a paragraph is numbered like the heading before it, and so stands beside it and not below: "2. Kết quả
    từng nhóm chỉ số", a table, "3. Khối sở, ban, ngành: …"."""
    above, here = _ITEM.match(heading), _ITEM.match(words)
    return above is not None and here is not None and above.lastgroup == here.lastgroup


def _topic(layers: Layers, rules: IndexRules) -> IndexMention | None:
    """The naming of the one index that the title names; or calls by another word, if the text names no other."""
    titles = [block.span for block in layers.document.blocks if block.kind is BlockKind.TITLE]
    wholes = [m for m in layers.indices if m.kind is NameKind.WHOLE]
    named = [m for m in wholes if any(t.covers(m.span) for t in titles)]
    if named or len({m.index for m in wholes}) != 1:
        return named[0] if len({m.index for m in named}) == 1 else None
    called = [m for t in titles for m in layers.phrases.finditer(rules.again, t.start, t.end)]
    only = wholes[0].index
    return next((IndexMention(Span(*m.span()), only, NameKind.AGAIN) for m in called if m.lastgroup == only), None)


def _sentence_scopes(layers: Layers, sentence: Sentence, state: Scope, rules: IndexRules) -> SentenceScopes:
    named = within(layers.indices, sentence.span)
    view = layers.view
    marks: list[tuple[int, Scope]] = [(sentence.span.start, state)]
    in_turn = _parts_in_turn(view, sentence.span, named)
    resets = [
        m.start() for m in layers.phrases.finditer(rules.frame.whole_again, sentence.span.start, sentence.span.end)
    ]
    events: list[tuple[int, IndexMention | None]] = [(m.span.start, m) for m in named if m.kind is not NameKind.TOPIC]
    events += [(at, None) for at in resets if not any(m.span.start <= at < m.span.end for m in named)]
    lead: IndexMention | None = None
    ends: dict[int, Scope] = {}
    for at, mention in sorted(events, key=lambda e: e[0]):
        for end in [end for end in sorted(ends) if end <= at]:
            state = ends.pop(end)
            marks.append((end, state))
        if mention and lead and mention.index == lead.index and part_of_next(view, lead.span, mention.span):
            # "tính minh bạch của PCI": the part before its index.
            # A figure may stand between in brackets: "thủ tục hành chính công (7,19 điểm) của PAPI".
            state = Scope(mention.index, lead.component, Near.SENTENCE, mention.span, lead.span)
            marks[-1] = (marks[-1][0], state) if marks[-1][0] == lead.span.start else marks[-1]
            marks.append((at, state))
            continue
        if mention and mention.kind is NameKind.COMPONENT and _is_said_behind(layers, sentence.span, at):
            continue
        if mention is None and state.component_span and view[state.component_span.end : at].strip() == ":":
            continue  # "1. Về chính sách công: kết quả chung đạt 84,02%" tells of the part
        lead = mention if mention and mention.kind is NameKind.COMPONENT else None
        before = state
        state = replace(state, component=None, component_span=None) if mention is None else _after(
            mention, state, view, sentence.span, rules
        )  # fmt: skip
        marks.append((at, state))
        if lead and (closing := _closing(view, sentence.span, lead.span)) is not None:
            ends[closing] = ends.get(closing, before)
    marks += sorted(ends.items())
    for run in in_turn:
        held = [scope for at, scope in marks if at <= run.start][-1]
        marks = [
            *(m for m in marks if m[0] <= run.start),
            (run.start, replace(held, component=UNNAMED, component_span=None)),
            (run.end, held),
            *(m for m in marks if m[0] > run.end),
        ]
    return SentenceScopes(
        sentence,
        tuple(at for at, _ in marks),
        tuple(scope for _, scope in marks),
        tuple(m for m in named if m.kind in (NameKind.WHOLE, NameKind.AGAIN)),
        tuple(m for m in named if m.kind is NameKind.TOPIC),
    )


def _closing(view: str, sentence: Span, part: Span) -> int | None:
    """Where the bracket closes that names a part among the points of a whole: "đạt 90,12 điểm (gồm 60,5 điểm thẩm
    định và 29,62 điểm điều tra xã hội học), xếp thứ 6"."""
    opening = view.rfind("(", sentence.start, part.start)
    if opening < 0 or ")" in view[opening : part.start]:
        return None
    closing = view.find(")", part.end, sentence.end)
    return closing + 1 if closing >= 0 and _FIGURE.search(view, opening, closing) else None


def _is_said_behind(layers: Layers, sentence: Span, at: int) -> bool:
    """Whether a part is what those are satisfied with whose share stands before it, and holds for nothing else."""
    before = within(layers.numbers, Span(max(sentence.start, at - _SATISFIED_BACK), at))
    return bool(before) and SATISFIED_WITH.fullmatch(layers.view, min(before[-1].span.end, at), at) is not None


def _parts_in_turn(view: str, sentence: Span, named: Sequence[IndexMention]) -> list[Span]:
    """Where the figures stand that parts without names have in turn."""
    return [
        Span(*match.span("figures"))
        for match in _PARTS_IN_TURN.finditer(view, sentence.start, sentence.end)
        if not any(m.component and m.span.overlaps(Span(*match.span("between"))) for m in named)
    ]


def _after(mention: IndexMention, state: Scope, view: str, sentence: Span, rules: IndexRules) -> Scope:
    """The scope from a naming on."""
    match mention.kind:
        case NameKind.FOREIGN:
            return Scope(None, near=Near.SENTENCE, mention=mention.span)
        case NameKind.COMPONENT:
            if mention.index != state.index:
                return state
            return replace(state, component=mention.component, component_span=mention.span)
        case NameKind.UNNAMED:
            if _PART_COUNTED.match(view, sentence.start, mention.span.start):
                return state
            return replace(state, component=UNNAMED, component_span=mention.span)
        case NameKind.AGAIN if _is_of_part(mention, state, view, sentence):
            return replace(state, near=Near.SENTENCE, mention=mention.span)
        case _:
            part = rules.indices[state.index].part if state.index else None
            if part and part.index == mention.index and _is_part(view, mention.span.end, sentence.end, float(part.top)):
                return replace(state, component=part.slug, component_span=mention.span)
            return Scope(mention.index, None, Near.SENTENCE, mention.span)


def _is_of_part(again: IndexMention, state: Scope, view: str, sentence: Span) -> bool:
    """Whether a word that takes an index up says it of the part named right before: "1. Về chính sách công: mức hài
    lòng đạt 84,11%"."""
    part = state.component_span
    if part is None or state.index != again.index or not sentence.covers(part):
        return False
    return _FIGURE.search(view, part.end, again.span.start) is None


def _is_part(view: str, at: int, end: int, top: float) -> bool:
    """Whether the figure behind is set against the points that the index has as a part ("SIPAS 8,5/10")."""
    figure = _SMALL.match(view, at, end)
    return figure is not None and float(figure.group(2).replace(",", ".")) <= top * 2


def _is_led(view: str, sentence: Sentence, scope: Scope) -> bool:
    """Whether the part is only what someone leads in, not what the sentence is about: "…, dẫn đầu trụ cột thể chế"."""
    part = scope.component_span
    return (
        part is not None and _LEADS_IN.search(view[max(sentence.span.start, part.start - 50) : part.start]) is not None
    )


def _is_where(view: str, sentence: Sentence, scope: Scope) -> bool:
    """Whether a part without a name is only where something happened: "bị trừ 1,5 điểm ở tiêu chí trả lời kiến
    nghị"."""
    part = scope.component_span
    if part is None:
        return False
    if _WEIGHED.match(view, part.end, sentence.span.end):
        return True  # "trong đó Tính minh bạch có trọng số 15%"
    near = max(sentence.span.start, part.start - 12)
    return scope.component == UNNAMED and _AT_PART.search(view, near, part.start) is not None


def _carried(layers: Layers, found: SentenceScopes, default: Scope) -> Scope:
    """The scope that a sentence leaves to the next."""
    last = found.scopes[-1]
    wholes: Sequence[IndexMention] = [m for m in found.names if m.kind is NameKind.WHOLE]
    if len({m.index for m in wholes}) > 1:
        figures = within(layers.numbers, Span(wholes[-1].span.end, found.sentence.span.end))
        if not figures:
            # A mere list of indices: what follows names its own.
            return default
    if last.index is None:
        return last if last.near is Near.SENTENCE else default
    parts = {s.component for s in found.scopes if s.component_span and found.sentence.span.covers(s.component_span)}
    told_of = len(parts) == 1 and not _is_led(layers.view, found.sentence, last)
    component = last.component if told_of and not _is_where(layers.view, found.sentence, last) else None
    return replace(
        last,
        component=component,
        component_span=last.component_span if component else None,
        blocks=0 if wholes else last.blocks,
    )
