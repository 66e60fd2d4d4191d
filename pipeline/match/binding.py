"""Which numbers a family can have at all, told by what stands right around them.

A sentence has words of several families, and most of its numbers are followed by the noun of one: the others need
not look at whose words are whose.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.match.family_scan import Scan, end_of
from pipeline.match.numbers import NumberAtom, NumberKind
from pipeline.model import Span
from pipeline.rulebook.count_rules import CountRules
from pipeline.text.spacing import spaced

_BEFORE_HEAD = spaced(r"\s*+\(?\s*+(?:(?:số|lượng|các|tổng số)\s++)?+")
_BARE_AFTER = spaced(
    r"\s*+(?:[,;:.()\-/]|\Z|(?:và|còn|trong|bằng|chiếm|đạt|là|gồm|thì|được|đã|so|trở|tại|tùy|ở|lên|xuống)(?!\w)"
    r"|(?:tỷ|tỉ) lệ(?!\w)|kế hoạch(?!\w)|đối với(?!\w)|(?:phải|bị)(?!\w)|của (?:cùng|năm|quý|tháng|kỳ|nửa|\d))"
)
_YEAR_AFTER = spaced(r"\s*+%?\s*+(?:trong )?năm(?!\w)")
_SET_BY = spaced(r"\s*+%?\s*+[^\d,;.]{0,40}(?<!\w)(?:giao|đề ra|đặt ra)(?!\w)")
# "6.318 hồ sơ, chiếm 43,6% số tiếp nhận"
_OF_TAKEN_IN = spaced(
    r"\s*+%?\s*+(?:tổng )?số(?: lượng)?(?: hồ sơ)?(?: đã| được)?"
    r" (?:tiếp nhận|phát sinh|giải quyết|nhận|phải giải quyết)(?!\w)"
)
IN_TURN = spaced(r"(?<!\w)(?:lần lượt|theo thứ tự|tương ứng)(?!\w)")
WITHOUT_NOUN = frozenset({NumberKind.WORD, NumberKind.ZERO})
"""Kinds of numbers that are figures only before their noun."""


def unit_of(atom: NumberAtom, rules: CountRules) -> str | None:
    """The unit under which a family's readings are looked up; None for what is no amount of it.

    "Từ 30 ngày xuống còn 15 ngày" states no measure; "tăng từ 21,7% lên 43,5%" states two, and so may a count.
    """
    if atom.role and atom.unit not in ("percent", None):
        return None
    unit = atom.unit or "count"
    return unit if unit in rules.by_unit else None


def noun_behind(atom: NumberAtom, scan: Scan, view: str) -> Span | None:
    """The family's noun right behind a number."""
    if not scan.heads:
        return None
    end = end_of(atom)
    gap = _BEFORE_HEAD.match(view, end)
    behind = gap.end() if gap else end
    return next((head for head in scan.heads if head.start == behind), None)


def is_bare(atom: NumberAtom, scan: Scan, view: str, sentence: Span) -> bool:
    """Whether no noun of its own follows a number: "hoàn thành 177 (…)", "57 đang làm"."""
    end = end_of(atom)
    if end >= sentence.end or _BARE_AFTER.match(view, end):
        return True
    if atom.unit == "percent" and any(p.match(view, end, sentence.end) for p in (_SET_BY, _OF_TAKEN_IN, _YEAR_AFTER)):
        return True
    return any(adjoins(view, end, cue.span) for cue in scan.cues)


def adjoins(view: str, end: int, span: Span) -> bool:
    """Whether only blanks stand between a place and a span behind it."""
    return end <= span.start <= end + 3 and not view[end : span.start].strip()


def may_bind(
    rules: CountRules, atoms: Sequence[NumberAtom], scan: Scan, view: str, sentence: Span, *, told: bool
) -> bool:
    """Whether a family can have one of a sentence's numbers; `told` says that its noun may be left out, for it was
    named or read before."""
    units = [unit_of(atom, rules) for atom in atoms]
    if any(cue.attribute.alone for cue in scan.cues):
        return any(units)
    if not (scan.heads or told):
        return False
    if scan.heads and any(units) and IN_TURN.search(view, sentence.start, sentence.end):
        return True
    return any(
        unit is not None
        and (
            noun_behind(atom, scan, view) is not None
            or unit == "percent"
            or (atom.kind not in WITHOUT_NOUN and (unit != "count" or is_bare(atom, scan, view, sentence)))
        )
        for atom, unit in zip(atoms, units, strict=True)
    )
