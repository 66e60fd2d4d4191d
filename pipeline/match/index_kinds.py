"""What a number near an index is, by its own form and the governors before it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipeline.match.index_words import Governor, Words
from pipeline.match.numbers import NumberAtom
from pipeline.text.spacing import spaced


class Kind(StrEnum):
    """The indicators of the family."""

    SCORE = "index.score"
    MEAN = "index.mean_score"
    RANK = "index.rank"
    SCORE_CHANGE = "index.score_change"
    RANK_CHANGE = "index.rank_change"


@dataclass(frozen=True, slots=True)
class Reading:
    """A kind, the sign of a change, and the word that decided."""

    kind: Kind
    sign: int = 1
    governor: Governor | None = None
    reason: str = ""


_SIGN = {"+": 1, "-": -1}
# "xếp loại trung bình với 63,4%": a class.
_CLASS_BEFORE = spaced(r"(?<!\w)(?:loại|hạng|nhóm|xếp)\s*$")
# "bình quân 5 năm đạt", "trung bình giai đoạn 2016-2020": a mean over time, of one unit.
_OF_GROUP = spaced(r"(?<!\w)(?:của|toàn|cả)\s*$")
_OVER_TIME = spaced(
    r"\s*(?:của |trong |cả |mỗi |một |hằng |hàng )*"
    r"(?:năm(?! (?:19|20)\d{2})|giai đoạn|nhiệm kỳ|tháng(?! \d)|quý(?! (?:\d|[ivx]+(?!\w)))|"
    r"(?:các|\d+|hai|ba|bốn|năm) (?:năm|tháng|kỳ|quý|lần))(?!\w)"
)
_PARTS_ADDED = spaced(
    r"cộng (?:cả |lại )?(?:\d+ |các )?(?:chỉ số(?: thành phần| nội dung)?|lĩnh vực|trụ cột|nội dung|tiêu chí)(?!\w)"
    r"[^,;()\d]*(?:được|đạt|là)\s*$"
)
# "tăng cao nhất là Bình Thuận (6,39%)", "… là Quảng Ngãi với 13,2%": the name of who moved most, and how much.
_MOVED_MOST = spaced(
    r"\s*(?:điểm |hạng |bậc )?(?:cao|thấp|mạnh|nhiều|ít|lớn|nhỏ|sâu|nhẹ) nhất"
    r"\s*(?:là|thuộc về|:|có|gồm)?[^()%\d]{1,60}(?:\(|(?:,|với|:)(?: mức)?)$"
)
# "cao hơn mức trung bình của cả nước là 41,5": set against the mean, and no growth of it.
_COMPARES = spaced(r"(?<!\w)(?:hơn|kém|thua)(?!\w)")
_MOVED_THEN = spaced(r"[^,;:()]*(?<!\w)(?:tăng|giảm|lên|xuống|cải thiện|nhích|sụt)(?!\w)[^,;:()\d]*,[^,;:()\d]*")
_NOTHING = frozenset({"bound", "band"})


def read_rank_change(atom: NumberAtom, words: Words, before: Reading | None) -> Reading | None:
    """A number of bậc, hạng, vị trí: a change if a word or sign of direction stands before it."""
    if atom.role:
        return None
    if atom.sign:
        return Reading(Kind.RANK_CHANGE, _SIGN[atom.sign], reason="sign")
    if (found := words.direction()) is not None:
        # "kém Lai Châu 3 bậc": a distance between two.
        apart = words.names_entity(found[1]) and not _moved_most(words, found[1])
        return None if apart else Reading(Kind.RANK_CHANGE, found[0], found[1])
    if words.is_and and before and before.kind is Kind.SCORE_CHANGE:
        return Reading(Kind.RANK_CHANGE, before.sign, before.governor, "linked")
    return None


def read_amount(atom: NumberAtom, words: Words, before: Reading | None, fits: bool) -> Reading | None:
    """A number of points or per cent: score, mean, change, or None. `fits`: the scale can hold it."""
    if atom.unit == "percent_point" or atom.sign:
        return _change(atom, words, before)
    if atom.role:
        # "Điểm trung bình các tỉnh giảm từ 41,71 xuống 41,56": both ends are means.
        goes_on = atom.role == "change_to" and before is not None and before.kind is Kind.MEAN
        of_mean = goes_on or any(g.kind == "mean" for g in words.near_chunk()) or _of_moving_mean(words)
        return Reading(Kind.MEAN if of_mean else Kind.SCORE, governor=words.last) if fits else None
    if atom.value_high is not None and (words.has("band") or words.speaks_of_group()):
        return None  # "điểm các đơn vị chạy từ 7,43 đến 8,12"
    if words.is_and and before and before.kind in (Kind.SCORE_CHANGE, Kind.RANK_CHANGE):
        return Reading(Kind.SCORE_CHANGE, before.sign, before.governor, "linked")
    reading = _by_governor(atom, words, fits)
    if not fits and (moved := words.direction()) is not None and _moved_most(words, moved[1]):
        return Reading(Kind.SCORE_CHANGE, moved[0], moved[1])
    if reading and reading.kind in (Kind.SCORE, Kind.MEAN) and not fits:
        return None
    return reading


def _of_moving_mean(words: Words) -> bool:
    """Whether a mean is what moved, parted by a comma from both ends: "điểm trung bình đi lên chút ít, từ a tới b"."""
    means = [g for g in words.governors if g.kind == "mean"]
    return bool(means) and _MOVED_THEN.fullmatch(words.behind(means[-1])) is not None


def _by_governor(atom: NumberAtom, words: Words, fits: bool) -> Reading | None:
    last = words.last
    if last is None:
        return Reading(Kind.SCORE)
    if mean := _mean(words, fits):
        return mean if mean.reason != "gap" else None
    # "đạt điểm tối đa ở lĩnh vực cải cách thể chế (10/10 điểm)": what is had of it.
    if atom.out_of is None and any(g.kind == "bound" and not _is_sum(words, g) for g in words.near_chunk()):
        return None
    if last.kind in _NOTHING and not (last.kind == "bound" and atom.out_of is not None):
        opened = words.in_bracket or "(" in words.behind(last)  # "loại Tốt (TP Điện Biên Phủ 91,3 điểm"
        apart = words.cut_off(last) or (opened and atom.comparator == "eq" and atom.value_high is None)
        return Reading(Kind.SCORE) if last.kind == "band" and apart else None
    match last.kind:
        case "rise" | "fall":
            return _after_motion(words, last)
        case "up_to" | "down_to":
            return Reading(Kind.SCORE, governor=last) if fits else _change(atom, words, None)
        case "compared":
            own = ")" in words.behind(last) or words.names_another(last)
            return Reading(Kind.SCORE, governor=last, reason="" if own else "base")
        case "is":
            return _after_is(words, last)
        case _:
            return Reading(Kind.SCORE, governor=last)


def _is_sum(words: Words, bound: Governor) -> bool:
    """Whether "cộng" adds up the parts to the whole: "cộng 4 chỉ số thành phần được 25,9 điểm"."""
    return _PARTS_ADDED.match(words.lower[bound.span.start - words.start :]) is not None


def _is_of_group(words: Words, band: Governor) -> bool:
    """Whether "nhóm" names whose mean it is: "giá trị trung bình của nhóm đạt 0,63"."""
    return _OF_GROUP.search(words.lower[: band.span.start - words.start]) is not None


def _moved_most(words: Words, motion: Governor) -> bool:
    """Whether the number follows the name of who rose or fell most."""
    return _MOVED_MOST.fullmatch(words.behind(motion).rstrip()) is not None


def _mean(words: Words, fits: bool) -> Reading | None:
    """A mean if one is spoken of behind the last comma; a comparison with it is a gap ("cao hơn mức
    trung bình cả nước 1,56 điểm"), unless the mean itself stands in brackets."""
    chunk = words.apposed_chunk()
    found = [n for n, g in enumerate(chunk) if g.kind == "mean"]
    if not found:
        return None
    at = found[-1]
    if _CLASS_BEFORE.search(words.lower[: chunk[at].span.start - words.start]):
        return None
    if _OVER_TIME.match(words.behind(chunk[at])):
        return Reading(Kind.SCORE, governor=chunk[at])
    behind, ahead = chunk[at + 1 :], chunk[:at]
    moved = bool(ahead) and ahead[-1].kind in ("rise", "fall") and ahead[-1].span.end + 1 >= chunk[at].span.start
    grows = moved and not _COMPARES.search(
        words.lower[ahead[-1].span.start - words.start : chunk[at].span.start - words.start]
    )
    if grows and not words.in_bracket:
        return Reading(Kind.MEAN, reason="gap")  # "mức tăng bình quân là 0,08 điểm"
    if any(g.kind in ("rise", "fall") or (g.kind == "band" and not _is_of_group(words, g)) for g in behind):
        return None
    if (
        at
        and chunk[at - 1].kind == "level"
        and chunk[at - 1].span.end + 1 >= chunk[at].span.start
        and not words.lower.startswith("giá trị", chunk[at].span.start - words.start)
        and not (at > 1 and chunk[at - 2].kind in ("rise", "fall"))
        and not words.speaks_of_group()
        and not words.is_apposed
    ):
        # "đạt bình quân 90 điểm" of one subject over its parts or months.
        return Reading(Kind.SCORE, governor=chunk[at])
    compared = any(g.kind in ("rise", "fall", "compared") for g in ahead)
    set_against = fits and not any(g.kind in ("rise", "fall") for g in ahead)  # "so với trung bình cả nước 86,98%"
    if (
        compared
        and not words.in_bracket
        and not set_against
        and not (fits and any(g.kind in ("is", "level") for g in behind))
    ):
        return Reading(Kind.MEAN, reason="gap")
    return Reading(Kind.MEAN, governor=chunk[at])


def _after_motion(words: Words, last: Governor) -> Reading | None:
    """Behind "tăng", "giảm", "cao hơn" …: the change; but a level once a comma or a bracket stands between."""
    if words.cut_off(last):
        return Reading(Kind.SCORE)
    if words.in_bracket and words.behind(last).strip(" (["):
        return Reading(Kind.SCORE)
    if words.compares_with_another(last):
        return None
    return Reading(Kind.SCORE_CHANGE, 1 if last.kind == "rise" else -1, last)


def _after_is(words: Words, last: Governor) -> Reading | None:
    """ "là" states a level, or the change that the words before it announce ("nhỉnh hơn năm 2020 là 1,59")."""
    chunk = words.near_chunk()
    motions = [g for g in chunk if g.kind in ("rise", "fall")]
    if motions and last in chunk and not any(g.kind in ("level", "rank") for g in chunk[chunk.index(motions[-1]) :]):
        return _after_motion(words, motions[-1])
    return Reading(Kind.SCORE, governor=last)


def _change(atom: NumberAtom, words: Words, before: Reading | None) -> Reading | None:
    if atom.sign:
        return Reading(Kind.SCORE_CHANGE, _SIGN[atom.sign], reason="sign")
    if (found := words.direction()) is not None:
        return None if words.compares_with_another(found[1]) else Reading(Kind.SCORE_CHANGE, found[0], found[1])
    if words.is_and and before and before.kind in (Kind.SCORE_CHANGE, Kind.RANK_CHANGE):
        return Reading(Kind.SCORE_CHANGE, before.sign, before.governor, "linked")
    return None
