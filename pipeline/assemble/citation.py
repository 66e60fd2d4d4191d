"""Why a document is cited: as basis of the text, or otherwise."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.match.act_words import load_act_words
from pipeline.match.identifiers import Identifier

_OPENING = regex.compile(
    r"\W*(?:căn cứ|thực hiện|theo(?! dõi)|xét|(?:để|nhằm) (?:triển khai|thực hiện)|trên cơ sở)(?!\w)"
)
_SENTENCE_END = regex.compile(
    r"[.!?][\"')]?\s+(?=[\p{Lu}\n])|\n\s*\n|:\s*\n|;\s*\n\s*(?=(?:Căn|Theo|Xét|Thực|Để|Nhằm)(?!\w))"
)
_MARKS = regex.compile(r"\W{0,20}")
_LIST_BETWEEN = 260


def citation_role(text: str, view: str, acts: Sequence[Identifier], at: int) -> str:
    """basis or cites, for the document `acts[at]`, by the nearest cue before it in its sentence."""
    act = acts[at]
    start = sentence_start(text, act.start)
    if view.startswith("căn cứ", _first_word(view, start)):
        return "basis"
    before = view[start : act.start]
    cues = list(load_act_words().roles.finditer(before))
    if not cues:
        return "cites"
    last = cues[-1]
    # "thực hiện A ngày …, B ngày …; C": what follows in the list is governed by the same verb, whatever
    # the names of the documents say in between ("về việc ban hành …").
    if last.lastgroup == "cites":
        earlier = [cue for cue in cues[:-1] if cue.lastgroup == "basis"]
        listed = at > 0 and any(start <= act.span.start < start + last.start() for act in acts[max(0, at - 20) : at])
        if earlier and listed and (_OPENING.match(before) or _in_list(before, last)):
            return "basis"
    return str(last.lastgroup)


def _in_list(before: str, cue: regex.Match[str]) -> bool:
    """Whether the cue belongs to the title of the document before in a list: a comma or ";" follows it."""
    return (
        regex.search(r"[,;]|(?<!\w)và(?!\w)", before[cue.end() :]) is not None
        and len(before) - cue.end() < _LIST_BETWEEN
    )


def sentence_start(text: str, offset: int) -> int:
    """Where the sentence begins that holds `offset`; a line break alone ends none."""
    start = max(0, offset - 1500)
    for match in _SENTENCE_END.finditer(text, start, offset):
        start = match.end()
    return start


def _first_word(view: str, start: int) -> int:
    match = _MARKS.match(view, start)
    return match.end() if match else start
