"""One number that the words give to several: to each part of a list, to each of some rankings."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.match.index_line import IndexLine
from pipeline.match.index_scope import Scope
from pipeline.match.mention import Mention
from pipeline.match.names import IndexMention
from pipeline.text.spacing import spaced

_ALL_ALIKE = spaced(r"\s*[\"”']?(?: của [^.;:()\d,]{2,30}?)?\s*(?:đều|cùng)(?: (?:được|ở))? [^.;:()\d]{0,30}")
_PARTS_LISTED = spaced(r"\s*[\"”']?\s*(?:,|và|, và)\s*(?:nội dung |trụ cột |chỉ số |lĩnh vực |hạng mục )?[\"“']?")
_SEVERAL_RANKINGS = spaced(
    r"\s*(?:trên|ở|tại|trong|về|với)?\s*cả (?:hai|ba|bốn|năm|\d) (?:bảng xếp hạng|bộ chỉ số|chỉ số|bảng)"
    r"[^.;:()\d,]{0,30}?(?::|là|gồm|về)?\s*"
)
# Years of the editions, and what one has in brackets, part nothing.
_RANKING_NEXT = spaced(r"(?:[^.;\d]|(?:19|20)\d{2}(?!\d)|\(\d[\d.,]*\s*(?:%|điểm)\)){0,90}?(?:[\s,:)(]|và|hay)*")
# "quán quân ở cả A và B", "dẫn đầu cả nước về A, B và C"
_NAMES_OPEN = spaced(
    r"\s*(?:cả nước |toàn quốc )?(?:(?:về|ở|trên|tại|trong|với) (?:cả )?|cả )(?:(?:hai|ba|bốn|\d) )?(?:chỉ số\s*)?"
)
_FEW_OPEN = spaced(r"\s*(?:hai|ba|bốn|\d) (?:bảng xếp hạng|bộ chỉ số|chỉ số)\s*")
_NAME_NEXT = spaced(r"\s*\)?\s*(?:,|và|lẫn|, và|cùng|cùng với)\s*(?:chỉ số\s*)?")
_BOTH = spaced(r"(?<!\w)cả(?: (?:hai|ba|bốn|\d))?(?: (?:chỉ số|bảng xếp hạng))*[\s:]*$")


def said_of_others(line: IndexLine, mention: Mention, scope: Scope) -> list[Mention]:
    """The number again for the other parts that have it: "chính quyền số, kinh tế số và xã hội số đều thứ 2"."""
    last = scope.component_span
    if last is None or not _ALL_ALIKE.fullmatch(line.view, last.end, mention.value_span.start):
        return []
    others: list[Mention] = []
    for part in reversed([m for m in line.mentions if m.span.end <= last.start]):
        if part.component is None or not _PARTS_LISTED.fullmatch(line.view, part.span.end, last.start):
            break
        cues = (*(cue for cue in mention.cues if cue[0] != "component"), ("component", part.span))
        others.append(replace(mention, index=f"{scope.index}/{part.component}", cues=cues))
        last = part.span
    return others


def rankings_behind(line: IndexLine, at: int) -> list[IndexMention]:
    """The indices of "cả hai bảng xếp hạng: A và B", "về cả A và B" behind an offset, one naming of each; empty for
    less than two."""
    opened = _SEVERAL_RANKINGS.match(line.view, at, line.span.end)
    found = _in_a_row(line, opened.end(), _RANKING_NEXT) if opened else []
    if len(found) < 2:
        named = _NAMES_OPEN.match(line.view, at, line.span.end) or _FEW_OPEN.match(line.view, at, line.span.end)
        found = _in_a_row(line, named.end(), _NAME_NEXT) if named else []
    return found if len(found) > 1 else []


def _in_a_row(line: IndexLine, at: int, joint: re.Pattern[str]) -> list[IndexMention]:
    """The indices that a list names from an offset on; behind its last "và" nothing belongs to it."""
    found: dict[str, IndexMention] = {}
    end = at
    for mention in line.scopes.names:
        if mention.span.end <= at:
            continue
        between = line.view[end : mention.span.start]
        first = joint is _NAME_NEXT and not found
        if mention.index is None or not (not between.strip() if first else joint.fullmatch(between)):
            break
        found.setdefault(mention.index, mention)
        end = mention.span.end
        if joint is _NAME_NEXT and not first and not between.strip(") ").startswith(","):
            return list(found.values())
    return [] if joint is _NAME_NEXT else list(found.values())


def is_of_one_of_both(line: IndexLine, scope: Scope, at: int) -> bool:
    """Whether the index of a figure is the last of "cả A và B" in a clause before: the words do not say of which of
    them it is ("A đứng đầu ở cả PAR INDEX và SIPAS, trong khi B ở vị trí thứ 3")."""
    if scope.mention is None or "," not in line.view[scope.mention.end : at]:
        return False
    before = [m for m in line.scopes.names if m.index is not None and m.span.end <= scope.mention.start]
    if not before or before[-1].index == scope.index:
        return False
    first = before[-1].span
    joined = _NAME_NEXT.fullmatch(line.view, first.end, scope.mention.start)
    return joined is not None and _BOTH.search(line.view[line.span.start : first.start]) is not None
