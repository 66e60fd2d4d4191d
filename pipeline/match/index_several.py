"""One number that the words give to several: to each part of a list, to each of some rankings."""

from __future__ import annotations

from dataclasses import replace

from pipeline.match.index_line import IndexLine
from pipeline.match.index_scope import Scope
from pipeline.match.mention import Mention
from pipeline.match.names import IndexMention
from pipeline.text.spacing import spaced

_ALL_ALIKE = spaced(r"\s*(?:đều|cùng)(?: (?:được|ở))? [^.;:()\d]{0,30}")
_PARTS_LISTED = spaced(r"\s*(?:,|và|, và)\s*(?:nội dung |trụ cột |chỉ số |lĩnh vực )?")
_SEVERAL_RANKINGS = spaced(
    r"\s*(?:trên|ở|tại|trong|về|với)?\s*cả (?:hai|ba|bốn|năm|\d) (?:bảng xếp hạng|bộ chỉ số|chỉ số|bảng)"
    r"[^.;:()\d,]{0,30}?(?::|là|gồm|về)?\s*"
)
_RANKING_NEXT = spaced(r"[^.;\d]{0,90}?(?:[\s,:)(]|và|hay)*")


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
    """The indices of "cả hai bảng xếp hạng: A và B" behind an offset, one naming of each; empty for less than two."""
    opened = _SEVERAL_RANKINGS.match(line.view, at, line.span.end)
    if opened is None:
        return []
    found: dict[str, IndexMention] = {}
    end = opened.end()
    for mention in line.scopes.names:
        if mention.span.start < opened.end():
            continue
        if mention.index is None or not _RANKING_NEXT.fullmatch(line.view, end, mention.span.start):
            break
        found.setdefault(mention.index, mention)
        end = mention.span.end
    return list(found.values()) if len(found) > 1 else []
