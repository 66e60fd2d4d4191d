"""Where a text names an index, a component of one, or takes one up again ("Chỉ số này").

Expressions over the folded view, not a phrase matcher over words: the names bend ("chỉ số [về] mức
độ hài lòng của người dân[, tổ chức]").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import regex

from pipeline.model import Span
from pipeline.rulebook.index_rules import IndexRules
from pipeline.text.phrase_places import PhraseText
from pipeline.text.spacing import spaced, spaced_regex


class NameKind(StrEnum):
    """How an index is named: WHOLE by its name, COMPONENT by a part's, TOPIC by what it measures
    ("đứng thứ 6 về cải cách hành chính"), AGAIN by a word that takes it up. UNNAMED are parts without
    a name ("chỉ số thành phần"), FOREIGN indices that are none of ours."""

    WHOLE = "whole"
    COMPONENT = "component"
    TOPIC = "topic"
    AGAIN = "again"
    UNNAMED = "unnamed"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class IndexMention:
    """A name of an index; `component` is a slug, `year` a bare year right behind ("PAPI 2019")."""

    span: Span
    index: str | None
    kind: NameKind
    component: str | None = None
    year: Span | None = None


_GENERIC = spaced(r"(?<!\w)(?:bộ\s+)?chỉ số(?!\w)")
# What stands between two names of one index: "Chỉ số cải cách hành chính (PAR INDEX)".
_JOINT = spaced(
    r"\s*[-–:,]?\s*[(\"']?\s*(?:(?:gọi|viết) tắt (?:là|:)|tên tiếng anh (?:là|:)|hay (?:còn gọi là)?|tức(?: là)?|"
    r"tiếng anh[:,]?)?\s*[\"']?\s*"
)
_PART_BEFORE = 90
_AGAIN_BACK = 400
_POINTS_BEFORE = spaced_regex(
    r"(?r)(?<!\w)(?:điểm|điểm số|tổng điểm|(?:điểm|giá trị|mức) (?:trung bình|bình quân))(?: đánh giá| chấm)?\s+"
)
# "mức độ hài lòng của người dân đạt 86,94% (xếp thứ 36/63 tỉnh, thành phố)": nothing but an index has a place.
_RANKED_BEHIND = spaced(
    r"[^.;:\d]{0,60}\d[\d.,]*\s*%\s*[(,]\s*(?:đứng|xếp|hạng|thứ|vị trí|ở"
    r"|giữ)(?:\s[^\W\d]+){0,3}\s*\d{1,2}\s*/\s*(?:63|34)"
    r"(?!\d)"
)
# "tính minh bạch của PCI": a part may stand before its index.
_OF_INDEX = spaced(r"\s*[\"”']?\s*(?:\([^()]*\)\s*)?(?:của|thuộc|trong)\s+(?:bộ )?(?:chỉ số )?")
_INITIALS = spaced(r"\s*\((?:gọi tắt là |viết tắt là )?([^\W\d_]{2,8})\)")
_KIND_OF_PART = spaced(r"^(?:(?:trụ cột|chỉ số|nội dung|lĩnh vực|điểm|về) )+")
_OF_EVERYTHING = frozenset({"tthc", "cchc", "dvc", "cntt"})
"""Abbreviations that texts of the genre use for much more than a part of an index."""
_CLOSING = spaced(r"\s*[)\"']")
_YEAR = spaced(r"\s*[-(]?\s*((?:19|20)\d{2})(?![\d/.,-]\d|\d)\)?")
# "7 chỉ số cải thiện", "các chỉ số thành phần": several, no name.
_COUNTED = spaced_regex(
    r"(?r)(?:\d|(?<!\w)(?:các|những|mỗi|từng|một số|nhiều|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|cả|không))\s+"
)
# Behind "chỉ số": words of the sentence, not of a name.
_NO_NAME = spaced(
    r"\s*(?:$|[.,;:()\"'0-9%/-]|(?:của|năm|đạt|là|được|tăng|giảm|xếp|đứng|có|với|và|này|thì|cũng|tiếp tục|trong|"
    r"trên|ở|tại|về|từ|do|"
    r"cao|thấp|dưới|hơn|gần|nào|lên|xuống|nằm|thuộc|đang|nhưng|nên|cần|đều|"
    r"tổng hợp|chung|chính|quan trọng|cấp|các|tỉnh|thành phố|sở|huyện|bị|vẫn|luôn|đã|sẽ|còn|bình quân|"
    r"trung bình|so|nhiều|mạnh|ít|không|chưa|khá|rất|mà|khi|như|cho|theo|đánh giá|thành phần|nội dung|con|"
    r"chấm|đo|đo lường|khảo sát|gồm|bao gồm|dựa|sử dụng|áp dụng|tính|phản ánh|giúp|công bố|ghi nhận|dao động|giữ|"
    r"duy trì|biến động|lấy|hỏi)(?!\w))"
)


def part_of_next(view: str, part: Span, whole: Span) -> bool:
    """Whether a part stands before its index: "tính minh bạch của PCI", "điều tra xã hội học PAR INDEX"."""
    if _OF_INDEX.fullmatch(view, part.end, whole.start):
        return True
    is_short = not view.startswith(("chỉ số", "bộ chỉ số", "kết quả", "xếp hạng"), whole.start)
    return is_short and part.end < whole.start and not view[part.end : whole.start].strip(" \"”'")


def find_indices(normal: str, text: PhraseText, rules: IndexRules) -> tuple[IndexMention, ...]:
    """Every naming of an index in a text, in order, longest match first; none overlap.

    `normal` keeps the case of `text`. Components count only behind a naming of their index.
    """
    view = text.view
    wholes = _joined(view, _whole_names(normal, text, rules))
    named = list(_components(text, wholes, rules))
    parts = _apart(sorted([*named, *_abbreviated(view, named)], key=lambda m: m.span), wholes)
    known = sorted([*wholes, *parts], key=lambda m: m.span)
    named_at = {m.span.start for m in known}
    again = [m for m in _apart(_generic(text, rules), known) if _after_blanks(view, m.span.end) not in named_at]
    return tuple(_taken_up(view, sorted([*known, *again], key=lambda m: m.span)))


def _after_blanks(view: str, at: int) -> int:
    """The offset of the next word: in "chỉ số DTI" the acronym names the index, "chỉ số" nothing."""
    while at < len(view) and view[at] == " ":
        at += 1
    return at


def _whole_names(normal: str, text: PhraseText, rules: IndexRules) -> list[IndexMention]:
    found = [_mention(m, NameKind.WHOLE) for m in text.finditer(rules.names)]
    found += [_mention(m, NameKind.WHOLE) for m in text.with_view(normal).finditer(rules.acronyms)]
    found += [_mention(m, NameKind.TOPIC) for m in text.finditer(rules.topics)]
    # "điểm trung bình về cải cách hành chính": the index, in so many words.
    found = [replace(m, kind=NameKind.WHOLE) if _is_scored(text.view, m) else m for m in found]
    found += [IndexMention(Span(*m.span()), None, NameKind.FOREIGN) for m in text.finditer(rules.frame.foreign_names)]
    return _longest(found)


def _is_scored(view: str, topic: IndexMention) -> bool:
    """Whether what an index measures is said to have been scored."""
    return topic.kind is NameKind.TOPIC and _POINTS_BEFORE.match(view, 0, topic.span.start) is not None


def _mention(match: regex.Match[str], kind: NameKind) -> IndexMention:
    return IndexMention(Span(*match.span()), str(match.lastgroup), kind)


def _longest(found: list[IndexMention]) -> list[IndexMention]:
    """Of mentions that overlap the longest, then the first."""
    kept: list[IndexMention] = []
    for mention in sorted(found, key=lambda m: (m.span, m.kind)):
        if not kept or kept[-1].span.end <= mention.span.start:
            kept.append(mention)
        elif len(mention.span) > len(kept[-1].span):
            kept[-1] = mention
    return kept


def _apart(mentions: Iterable[IndexMention], others: list[IndexMention]) -> list[IndexMention]:
    """The mentions that overlap none of `others`, which stand in order."""
    starts = [m.span.start for m in others]
    kept = []
    for mention in mentions:
        before = bisect_left(starts, mention.span.end)
        if before == 0 or others[before - 1].span.end <= mention.span.start:
            kept.append(mention)
    return kept


def _joined(view: str, mentions: list[IndexMention]) -> list[IndexMention]:
    """Neighbouring names of one index as one mention, with the bare year behind it."""
    joined: list[IndexMention] = []
    for mention in mentions:
        before = joined[-1] if joined else None
        if (
            before
            and (before.index, before.kind) == (mention.index, mention.kind)
            and _JOINT.fullmatch(view, before.span.end, mention.span.start)
        ):
            opened = any(mark in view[before.span.end : mention.span.start] for mark in "(\"'")
            closing = _CLOSING.match(view, mention.span.end) if opened else None
            end = closing.end() if closing else mention.span.end
            joined[-1] = replace(before, span=Span(before.span.start, end))
        else:
            joined.append(mention)
    return [_with_year(view, mention) for mention in joined]


def _with_year(view: str, mention: IndexMention) -> IndexMention:
    year = _YEAR.match(view, mention.span.end)
    return replace(mention, year=Span(*year.span(1))) if year else mention


def _generic(text: PhraseText, rules: IndexRules) -> Iterator[IndexMention]:
    """ "Chỉ số này", parts without a name, and "chỉ số" with a name that the rules do not know."""
    view = text.view
    for match in text.finditer(rules.frame.unnamed_parts):
        yield IndexMention(Span(*match.span()), None, NameKind.UNNAMED)
    for match in text.finditer(rules.frame.anaphors):
        yield IndexMention(Span(*match.span()), None, NameKind.AGAIN)
    for match in text.finditer(rules.again):
        yield IndexMention(Span(*match.span()), str(match.lastgroup), NameKind.AGAIN)
    for generic in _GENERIC.finditer(view):
        if (
            not _NO_NAME.match(view, generic.end())
            and not _COUNTED.match(view, 0, generic.start())
            and not rules.frame.anaphors.expression.match(view, generic.start())
        ):
            yield IndexMention(Span(*generic.span()), None, NameKind.FOREIGN)


def _taken_up(view: str, mentions: list[IndexMention]) -> Iterator[IndexMention]:
    """Give "Chỉ số này" the index named last; keep what only one index is called ("mức độ hài lòng") where that one was
    named last, not far before or as the only one of the text."""
    last: IndexMention | None = None
    named = {m.index for m in mentions if m.kind is NameKind.WHOLE}
    for mention in mentions:
        if mention.kind is NameKind.AGAIN:
            if mention.index is not None:
                same = last is not None and last.index == mention.index
                near = same and last is not None and (len(named) == 1 or _is_near(view, last, mention))
                if not near and not (mention.index in named and _RANKED_BEHIND.match(view, mention.span.end)):
                    continue
                last = mention
            if last is not None and last.index is not None:
                yield replace(mention, index=last.index)
            continue
        if mention.kind in (NameKind.WHOLE, NameKind.FOREIGN):
            last = mention
        yield mention


def _is_near(view: str, named: IndexMention, again: IndexMention) -> bool:
    """Whether an index was named in the same paragraph or at the end of the one before."""
    between = view[named.span.end : again.span.start]
    return len(between) <= _AGAIN_BACK and between.count("\n") <= 2


def _components(text: PhraseText, named: list[IndexMention], rules: IndexRules) -> Iterator[IndexMention]:
    """Components of the index named last before them; or, where it has none of the name, of the first one of the
    text, which a headline names: "PCI 2024 … PCI và PGI … Cao nhất là gia nhập thị trường"."""
    wholes = [m for m in named if m.kind in (NameKind.WHOLE, NameKind.FOREIGN)]
    ends = [*(m.span.start for m in wholes[1:]), len(text.view)]
    for mention, end in zip(wholes, ends, strict=False):
        own = list(_parts_named(text, mention.index, Span(mention.span.end, end), rules))
        if mention.index in rules.components:
            before = Span(max(0, mention.span.start - _PART_BEFORE), mention.span.start)
            for part in _parts_named(text, mention.index, before, rules):
                if part_of_next(text.view, part.span, mention.span):
                    yield part
        yield from own
        if mention.index is not None and mention.index != wholes[0].index:
            others = _parts_named(text, wholes[0].index, Span(mention.span.end, end), rules)
            yield from (part for part in others if not any(part.span.overlaps(o.span) for o in own))


def _abbreviated(view: str, parts: list[IndexMention]) -> Iterator[IndexMention]:
    """Components by the initials that a bracket behind their name gives them: "kinh tế số (KTS) …, KTS xếp thứ 18"."""
    given: set[str] = set()
    for part in parts:
        bracket = _INITIALS.match(view, part.span.end)
        if bracket is None or bracket[1] in given:
            continue
        words = _KIND_OF_PART.sub("", part.span.of(view)).split()
        if "".join(word[0] for word in words) == bracket[1] and bracket[1] not in _OF_EVERYTHING:
            given.add(bracket[1])
            for match in regex.finditer(rf"(?<!\w){bracket[1]}(?!\w)", view, pos=bracket.end()):
                yield IndexMention(Span(*match.span()), part.index, NameKind.COMPONENT, part.component)


def _parts_named(text: PhraseText, index: str | None, stretch: Span, rules: IndexRules) -> Iterator[IndexMention]:
    """The components of an index that a stretch names."""
    names = rules.components.get(index or "")
    for match in text.finditer(names, stretch.start, stretch.end) if names is not None else ():
        yield IndexMention(Span(*match.span()), index, NameKind.COMPONENT, str(match.lastgroup))
