"""Places that stand before those who have them: "thứ hai và thứ ba lần lượt là Sở Y tế 80 điểm, Sở Tư pháp 79 điểm"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.match.index_words import starting_in
from pipeline.model import Span
from pipeline.text.spacing import spaced

_VALUES = {
    "nhất": 1, "nhì": 2, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mười": 10,
}  # fmt: skip
_PLACE = rf"(?:{'|'.join(_VALUES)}|\d{{1,2}})(?![\w/]|[.,]\d)"
_ONE = spaced(rf"(?:(?<!\w)(?:thứ|hạng) )?(?<!\w)(?P<place>{_PLACE})")
_PLACES = spaced(
    rf"(?<!\w)(?:thứ|hạng) (?P<places>{_PLACE}"
    rf"(?:\s*(?:,|và|, và)\s*(?:(?:vị trí )?(?:thứ|hạng) )?{_PLACE})+)"
    r"(?P<between>[^.;:()\d]{0,60}?)(?<!\w)(?:lần lượt|theo thứ tự)(?: là| thuộc về| gồm| gọi tên|:)"
)
# What one of them may have beside it: "Sở Y tế (80,14 điểm)", "Sở Tư pháp với 79 điểm và …".
_BETWEEN = spaced(
    r"\s*(?:\([^()]*\)|(?:,? (?:với|đạt|được) |:)?\s*\d[\d.,]*\s*(?:%|điểm)?)?\s*(?:,|và|, và|;)?\s*"
    r"(?:(?:tỉnh|thành phố|tp\.?|ubnd)\s*)*"
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A place of a list, and the name whose turn it is."""

    span: Span
    value: int
    name: Span


def places_in_turn(view: str, sentence: Span, entities: Sequence[Span]) -> list[Turn]:
    """The places of a sentence that are told before those who have them; none where they are not as many."""
    found: list[Turn] = []
    for match in _PLACES.finditer(view, sentence.start, sentence.end):
        places = list(_ONE.finditer(view, match.start(), match.end("places")))
        names = _run(view, starting_in(entities, Span(match.end(), sentence.end)), match.end())
        if len(names) != len(places) or starting_in(entities, Span(*match.span("between"))):
            continue
        found += [Turn(Span(*p.span()), _value(p["place"]), name) for p, name in zip(places, names, strict=True)]
    return found


def _run(view: str, entities: Sequence[Span], start: int) -> list[Span]:
    """The names of a list that begins at an offset."""
    run: list[Span] = []
    for entity in entities:
        if not _BETWEEN.fullmatch(view, run[-1].end if run else start, entity.start):
            break
        run.append(entity)
    return run


def _value(word: str) -> int:
    return _VALUES.get(word) or int(word)
