"""Places in a ranking: ordinals, N/M behind a word of rank, ranks in words (quán quân, ngôi đầu)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.match.index_words import Words, starting_in
from pipeline.match.numbers import NumberAtom, NumberKind
from pipeline.model import Span
from pipeline.rulebook.index_rules import FrameRules
from pipeline.text.phrase_places import PhraseText
from pipeline.text.spacing import spaced, spaced_regex

HIGHEST_PLACE = 4000
"""More units than any ranking of the country has (3,321 communes since July 2025)."""

_TOP = spaced(r"t[oố]p")
# "lĩnh vực thứ 3", "đô thị hạng 2": a number of a thing, not its place.
_NUMBERED = spaced_regex(
    r"(?r)(?<!\w)(?:lớp|khóa|buổi|hội nghị|lĩnh vực|trục|nội dung|tiêu chí|nhóm|chỉ số|mục|phần|kỳ|đợt"
    r"|(?<!nhà )(?<!cả )nước|vòng|đô thị|bệnh viện|lần công bố|lần khảo sát|lần đánh giá|"
    r"đơn vị hành chính|(?<!(?:môi|thị|lập|hiện) )trường|công trình|(?:huy chương|giải) đồng"
    r"|trụ cột|yếu tố|xếp loại|nghề|lái xe)\s+"
)
_UNITS_OF_A_SET = (
    r"tỉnh|thành phố|tp|địa phương|đơn vị|cơ quan|sở|ban|ngành|huyện|thị xã|quận|xã|phường|đặc khu|thị trấn|bộ|"
    r"vùng|khu vực|toàn quốc|cả nước"
)
# "đô thị xếp hạng 2": a class; but "chỉ số xếp thứ 12" has its place.
_CLASSED = spaced_regex(r"(?r)(?<!\w)(?:đô thị|bệnh viện|di tích|đơn vị hành chính|công trình|nghề|lái xe)\s+")
# "là 1 trong 9 địa phương đứng đầu": one of several.
_ONE_OF = spaced(r"(?<!\w)trong(?!\w)")
_SET_BEHIND = spaced(
    rf"\s*(?:$|[,;.:()\n-]|(?:{_UNITS_OF_A_SET}|trong|so|và|với|về|trên|của|tăng|giảm|lên|xuống|nhưng|song|năm|"
    rf"thì|đạt|cao|thấp)(?!\w))"
)
# "53/63 địa phương có chỉ số tăng": a share of the set.
_SHARE_BEHIND = spaced(
    rf"\s*(?:{_UNITS_OF_A_SET})[\w\s,\x01]{{0,30}}?\s(?:có|tăng|giảm|đạt|được|đều|thuộc|nằm|thăng|tụt|cải thiện|"
    rf"không|chưa|đã|lên|xuống|là)(?!\w)"
)
# "xếp hạng 30 tỉnh": so many are ranked.
_RANKS_MANY = spaced(rf"\s+(?:{_UNITS_OF_A_SET.replace('|toàn quốc|cả nước', '')})(?!\w)")
# "9/38 đơn vị sự nghiệp": of a set that no index ranks.
_OF_OTHERS = spaced(r"\s*(?:đơn vị sự nghiệp|cơ quan chuyên môn|phòng|trường|thôn|tổ dân phố)(?!\w)")
_LEAPS = spaced(r"(?<!\w)(?:vọt|nhảy|leo|vươn|bật|tụt|rớt|rơi|lùi|trượt|tuột|xuống tận)(?!\w)")
# "năm 2022 vươn lên 38": to a place, where nothing else is said to have moved.
_MOVES = spaced(
    r"^[\s,;]*(?:(?:và|nhưng|song|đến|sang|rồi) )?(?:năm \d{4},? )?(?:đã |lại |tiếp tục )?"
    r"(?:vươn|tăng|vọt|nhảy|leo|tiến|tụt|rơi|rớt|lùi|trượt|thụt) (?:lên|xuống)\s*$"
)
_COUNTRIES = spaced(r"\s*(?:quốc gia|nước|nền kinh tế|vùng lãnh thổ)(?!\w)")


# "không còn giữ được vị trí dẫn đầu", "đánh mất ngôi đầu": a place that nobody is said to have.
_NOT_HELD = spaced(
    r"(?<!\w)(?:không còn|không|chưa(?: thể| từng| bao giờ)?|(?:đánh |để |bị )?mất|(?:để )?(?:tuột|vuột)(?: mất)?)"
    r"(?: (?:được|giữ|giữ vững|bảo vệ|duy trì|nằm|ở|xếp|đứng|vững|là|ngôi|ngôi vị|vị trí|vị thế|thứ hạng|danh hiệu|"
    r"địa phương|đơn vị|tỉnh|nắm|chiếm|đạt|lên|vào))*$"
)


# "thấp thứ hai trong các bộ": counted from below.
_FROM_BELOW = spaced(r"(?<!\w)(?:thấp|kém|yếu|ít)$")


def is_rank(
    atom: NumberAtom, words: Words, view: str, normal: str, end: int, rank_before: bool, partner: NumberAtom | None,
    placed: bool = False,
) -> bool:  # fmt: skip
    """Whether a number is a place in a ranking.

    `rank_before`: the sentence has spoken of a place already. `partner` is the other end of "từ a lên b". `placed`: the
    words before tell a place in words, or a place in a set of the number's own size.
    """
    if atom.value != int(atom.value) or not 1 <= atom.value <= HIGHEST_PLACE or atom.value_high is not None:
        return False
    if atom.unit not in (None, "rank_step") or _COUNTRIES.match(view, atom.span.end, end):
        return False
    if atom.kind in (NumberKind.ORDINAL, NumberKind.SEQUENCE):
        if atom.cue is None and atom.role == "change_to" and partner is not None:
            # "từ vị trí 15 lên 13": the word of place stands before the first.
            return _is_place(partner, view, normal, end)
        return _is_place(atom, view, normal, end)
    if atom.unit is not None:
        return False
    if atom.kind is NumberKind.RATIO:
        beside = placed and view[atom.span.end : atom.span.end + 1] in (")", ";", ",")
        return _is_ratio_rank(atom, words, view, end, rank_before, beside)
    if (
        atom.kind is NumberKind.NUMBER
        and atom.value <= 64
        and _takes_place(atom, words, view, end, rank_before, partner)
    ):
        return True
    if atom.role and atom.kind is NumberKind.NUMBER:
        turned = (
            partner is not None and (partner.kind in (NumberKind.ORDINAL, NumberKind.RATIO)) and partner.unit is None
        )
        return turned or words.has("rank") or rank_before
    return False


def _takes_place(
    atom: NumberAtom, words: Words, view: str, end: int, rank_before: bool, partner: NumberAtom | None
) -> bool:
    """Whether a bare small number is a place: "từ 17 vọt lên 4", or after a place "năm 2022 đã là 41 về PAPI"."""
    if atom.role:
        whole = partner is not None and partner.unit is None and partner.value == int(partner.value)
        between = (
            view[min(atom.span.end, partner.span.end) : max(atom.span.start, partner.span.start)] if partner else ""
        )
        return whole and _LEAPS.search(between) is not None
    last = words.last
    if not rank_before or last is None or words.behind(last).strip():
        return False
    # "năm 2021 xếp thứ 35, năm 2022 xếp 46"
    if last.span.of(view) not in ("là", "xếp", "đứng", "giữ") and not (
        last.kind in ("up_to", "down_to") and _MOVES.search(words.lower)
    ):
        return False
    return _SET_BEHIND.match(view, atom.span.end, end) is not None


def _is_place(atom: NumberAtom, view: str, normal: str, end: int) -> bool:
    if (
        atom.cue is None
        or atom.number.of(normal)[:1].isupper()
        or _TOP.match(view, atom.cue.start)
        or (atom.out_of is not None and atom.out_of < atom.value)
    ):
        return False
    if atom.out_of is None and _RANKS_MANY.match(view, atom.span.end, end) and not atom.cue.of(view).endswith("thứ"):
        return False
    lead = view[max(0, atom.cue.start - 60) : atom.cue.start].rstrip()
    if _NOT_HELD.search(lead) or _FROM_BELOW.search(lead) or _PLACES_LISTED.match(view, atom.span.end):
        return False
    numbered = _CLASSED if view.startswith("xếp", atom.cue.start) else _NUMBERED
    return numbered.match(view, 0, atom.cue.start) is None and not _ties_unnamed(lead, view, atom.span.end)


def _ties_unnamed(lead: str, view: str, end: int) -> bool:
    """Whether a place is that of several units that the words do not name: "có hai tỉnh đồng hạng 15"."""
    tied = _TIED.search(lead)
    return tied is not None and _MANY.search(lead[: tied.start()]) is not None and not _NAMES_THEM.match(view, end)


def _is_ratio_rank(atom: NumberAtom, words: Words, view: str, end: int, rank_before: bool, beside_place: bool) -> bool:
    whole = atom.out_of
    if whole is not None and 1990 <= whole <= 2100 and atom.value <= 12:
        # A month: "tháng 10/2025".
        return False
    if whole is None or whole != int(whole) or not atom.value <= whole <= HIGHEST_PLACE or whole < 2:
        return False
    if _OF_OTHERS.match(view, atom.span.end, end):
        return False
    if beside_place:
        # "áp chót là Bộ Y tế (18/19)"
        return True
    kinds = [g.kind for g in words.governors]
    if atom.value == 1 and kinds[-1:] != ["rank"] and _ONE_OF.search(atom.text_span.of(view)):
        return False
    governed = kinds[-1:] == ["rank"] or ("rank" in kinds and kinds[-1:] in (["is"], ["level"]))
    if governed and words.last and not words.cut_off(words.last):
        return kinds[-1] == "rank" or bool(_SET_BEHIND.match(view, atom.span.end, end))
    if _SHARE_BEHIND.match(view, atom.span.end, end) or not _SET_BEHIND.match(view, atom.span.end, end):
        return False
    if kinds[-1:] in (["up_to"], ["down_to"]) or atom.role:
        return True
    if rank_before and kinds[-2:] == ["compared", "is"]:
        return True  # "tăng 2 bậc so với năm 2014 là 8/19 đơn vị"
    return rank_before and kinds[-1:] in ([], ["level"], ["rise"], ["fall"], ["compared"])


def listed_rank(atom: NumberAtom, words: Words, view: str, place_before: Decimal | None) -> bool:
    """ "Hải Phòng (3), Đà Nẵng (4)": the next place, in brackets behind a name."""
    if place_before is None or atom.kind is not NumberKind.NUMBER or atom.unit is not None:
        return False
    closed = view[atom.span.end : atom.span.end + 1] == ")"
    return closed and words.in_bracket and atom.value == place_before + 1


@dataclass(frozen=True, slots=True)
class WordRank:
    """A rank in words; `out_of` where the words behind say it ("trong 14 cơ quan")."""

    span: Span
    value: int
    out_of: Decimal | None = None


_OFFICE = spaced(
    r"\s+(?:cơ quan|đơn vị|cấp|chính quyền|các|ubnd|hđnd|bộ|ngành|tổ chức|địa phương|ủy ban|sở|là trách nhiệm|phải|"
    r"chịu)(?!\w)"
)
_SET_SIZE = spaced(
    r"[^.;,:()\d]{0,25}?(?:trong|trên|/|của)?\s*(?:tổng số|số)?\s*(\d{1,3})(?![\d/.,]\d|"
    r"\d)\s*(?:" + _UNITS_OF_A_SET + r")(?!\w)"
)
# "Trong 96 xã, phường của tỉnh"
_SET_NAMED = spaced(r"(?<!\w)(?:trong|trên)\s+(?:tổng số\s+|số\s+)?(\d{1,3})\s+(?:" + _UNITS_OF_A_SET + r")(?!\w)")
# "đứng cuối (16/16)": the bracket tells the place, and of how many.
_PLACE_BESIDE = spaced(r"\s*\(?\s*\d{1,3}\s*/\s*\d{1,3}(?![\d.,]\d)")
_MANY = spaced(
    rf"(?<!\w)(?:\d+|hai|ba|bốn|năm|mười)\s+(?:{_UNITS_OF_A_SET}|vị trí|cái tên|gương mặt|đại diện)"
    rf"(?:[\s,/\x01]+(?:{_UNITS_OF_A_SET}|thành))*$"
)
# "các tỉnh tiếp theo có chỉ số đứng đầu gồm": several lead.
_GROUP_WITH = spaced(
    rf"(?<!\w)(?P<units>(?:các|những|nhiều|một số)(?:[\s,\x01]+(?:{_UNITS_OF_A_SET}))+)(?!\w)"
    r"[^.;:(),]*?\scó\s[^.;:(),]*$"
)
# "Nhóm B có 27 tỉnh, đứng đầu là …": the first of a class below the best has no place of the whole.
_OF_LOWER_CLASS = spaced(
    r"(?<!\w)nhóm (?:[b-d]|[2-9]|ii+|iv|này|cuối|trung bình|khá|thấp|còn lại)(?!\w)(?:[^.;]|\.(?=\d))*$"
)
# "Ở vùng Đông Nam Bộ, Bà Rịa - Vũng Tàu dẫn đầu"
_WHERE = spaced(r"(?<!\w)(?:ở|tại|trong)\s+(?:vùng\s+|khu vực\s+|tỉnh\s+)?$")
# Between several names and the place that they are said to have: "Hà Nội, Huế, Hải Phòng dẫn đầu".
_LISTED_LEADERS = spaced(r"\s*(?:\([^()]*\)\s*)?(?:,|và|, và|;)\s*(?:tỉnh|thành phố|tp\.?)?\s*")
# "lần lượt giữ ba vị trí đầu bảng"
_SO_MANY = spaced(r"(?<!\w)(?:\d+|hai|ba|bốn|năm|mười|các|những)$")
_PLACES = spaced(r"(?:vị trí|ngôi)(?!\w)")
_FAR = 300
"""So many characters before a place in words its class or those who share it are told."""
_TO_LEAD = spaced(r"\s*(?:\([^()]*\)\s*)?(?:đang |vẫn |tiếp tục |vươn lên |cũng )*$")
_KIND_OF_NAME = spaced(
    r"(?:sở|ban|bộ|cục|chi cục|văn phòng|thanh tra|ngân hàng|bảo hiểm|viện|kho bạc|công an|ubnd|ủy ban|huyện|quận|"
    r"thị xã|xã|phường|thị trấn|đặc khu)(?!\w)"
)
_TIED = spaced(r"\s*(?<!\w)(?:cùng|đồng)(?: (?:xếp|đứng|ở))?$")
# "khoảng cách giữa tỉnh đầu bảng và …": the leader is only the mark of a distance.
_AGAINST = spaced(
    r"(?<!\w)(?:giữa|khoảng cách|cách|kém|thua|so với|bằng)\s(?:[^.;,\d]{0,20}\s)?"
    r"(?:tỉnh|địa phương|đơn vị|nơi|bộ|sở|huyện|xã|cơ quan)?$"
)
_NAMES_THEM = spaced(r"[^.;,()]{0,40}?\s*(?:(?<!\w)(?:là|gồm|gọi tên|thuộc về)(?!\w)|:|\()")
_SUPERLATIVE = spaced_regex(
    r"(?<!\w)(?:tốt|thấp|cao|lớn|đông|nhanh|mạnh|sớm|nhiều|ít|khá|yếu|kém|xa|gần|mới|hiện đại|đẹp|rõ|duy|thống|hợp|"
    r"giỏi|nhỏ|sâu|dài|(?<!thứ )năm|lần)$"
)
# "dẫn đầu 7 chỉ số", "đứng đầu ở 5/8 nội dung": so many parts, which are not named.
_PARTS_LED = spaced(
    r"\s+(?:cả nước |toàn quốc )?(?:về |ở |tại |trên |với )?(?:cả )?(?:\d+(?:/\d+)?|hai|ba|bốn|năm|nhiều)\s+"
    r"(?:chỉ số(?: thành phần| nội dung)?|trụ cột|trục(?: nội dung)?|nội dung|tiêu chí|lĩnh vực)(?!\w)"
)
_NAMED_NEXT = spaced(r"(?:\s|[:\"“]|là|gồm|quan trọng|sau|chính|đó)*")
_BARE_ORDINAL = spaced(r"\s+(?P<place>nhất|nhì|ba|tư)(?=\s*(?:[(,.;]|$|(?:và|với|đạt)(?!\w)))")
_ITEM_ORDINAL = spaced_regex(r"(?:(?<=[:;,(])\s*|\G\s*)(?P<place>nhất|nhì|ba|tư)\s*[-–:]\s*")
# "hạng năm (90,8 điểm)": năm is a year where anything else follows.
_FIFTH = spaced(r"(?<!\w)hạng năm(?=\s*(?:[(,;.]|$|và(?!\w)|với(?!\w)))")
_BARE_VALUES = {"nhất": 1, "nhì": 2, "ba": 3, "tư": 4}
_WHAT_ELSE = spaced(
    r"(?:\s+(?:cả nước|toàn quốc|toàn tỉnh|khu vực|vùng|tỉnh|thành phố))?\s+(?:về|trong việc|trong công tác|"
    r"phong trào)\s+"
)
# "đứng đầu danh sách vẫn là mở rộng hình thức tiếp cận": what leads is no unit.
_WHO_LEADS = spaced(r"(?:\s[^\W\d]+){0,3}?\s(?:là|thuộc về)\s")
_NAMED_BY = 60
_ENUMERATED = spaced(r"\s*[,:](?=\s)")
# "Vị trí thứ nhất, nhì, ba lần lượt thuộc về …": several places, each of somebody else.
_PLACES_LISTED = spaced(
    r"\s*(?:,|và)\s*(?:thứ\s+|hạng\s+)?(?:nhì|hai|ba|\d{1,2})(?!\w)[^.;]*?(?<!\w)(?:lần lượt|theo thứ tự)"
    r" (?:thuộc về|là(?! \d)|gồm|gọi tên)(?!\w)"
)
# "Thứ nhất, …" counts off what is to be said; "Đứng đầu: …" gives a place.
_COUNTS_OFF = spaced(r"(?:thứ|số) ")


def word_ranks(
    text: PhraseText,
    sentence: Span,
    frame: FrameRules,
    taken: Sequence[Span],
    names: Sequence[Span],
    entities: Sequence[Span],
) -> Iterator[WordRank]:  # fmt: skip
    """The ranks in words of a sentence; `taken` are places that are read already, `names` those of indices,
    `entities` agencies and places."""
    view = text.view
    found: list[WordRank] = []
    for value, phrases in frame.ordinals:
        found += [WordRank(Span(*m.span()), value) for m in text.finditer(phrases, sentence.start, sentence.end)]
    found += [WordRank(Span(*m.span()), 5) for m in _FIFTH.finditer(view, sentence.start, sentence.end)]
    found += _last_places(text, sentence, frame)
    found += _bare_ordinals(view, sentence, entities)
    found += _item_ordinals(view, sentence, entities)
    kept: list[WordRank] = []
    for rank in sorted(found, key=lambda r: (r.span.start, -len(r.span))):
        if any(rank.span.overlaps(other) for other in taken) or any(rank.span.overlaps(r.span) for r in kept):
            continue
        if _is_leader(view, sentence, rank, frame, names, entities):
            kept.append(rank)
    yield from kept


def _is_leader(
    view: str, sentence: Span, rank: WordRank, frame: FrameRules, names: Sequence[Span], entities: Sequence[Span]
) -> bool:
    """Whether the words give one unit its place: not the head of an office, not a group of leaders.

    A name between the group and the words ends the group: "nhóm bộ, ngành có Bộ Tài chính dẫn đầu".
    """
    ends = [e.end for e in starting_in(entities, Span(sentence.start, rank.span.start)) if e.end <= rank.span.start]
    before = view[max(ends, default=sentence.start) : rank.span.start]
    lead = before.rstrip()
    if _ties_unnamed(lead, view, rank.span.end) or _AGAINST.search(lead) or _NOT_HELD.search(lead):
        return False
    if _OF_LOWER_CLASS.search(view, max(sentence.start, rank.span.start - _FAR), rank.span.start) or _lead_together(
        view, sentence, rank, entities
    ):
        return False
    led = _PARTS_LED.match(view, rank.span.end, sentence.end)
    if led is not None and not any(
        name.end > led.end() and _NAMED_NEXT.fullmatch(view, led.end(), max(name.start, led.end())) for name in names
    ):
        return False
    if _SO_MANY.search(lead) and _PLACES.match(view, rank.span.start):
        return False
    if _PLACES_LISTED.match(view, rank.span.end):
        return False
    if frame.not_leading.search(lead) or _MANY.search(lead) or _SUPERLATIVE.search(lead):
        return False
    group = _GROUP_WITH.search(view[sentence.start : rank.span.start].rstrip())
    if group and max(ends, default=0) <= sentence.start + group.end("units"):
        return False
    if _OFFICE.match(view, rank.span.end, sentence.end) and not before.rstrip().endswith(("tiếp tục", "vươn lên")):
        return False
    if (
        not ends
        and not before.strip()
        and _ENUMERATED.match(view, rank.span.end)
        and _COUNTS_OFF.match(view, rank.span.start)
    ):
        return False
    named = _WHO_LEADS.match(view, rank.span.end, sentence.end)
    if named and not ends and not starting_in(entities, Span(rank.span.end, named.end() + _NAMED_BY)):
        return False
    about = _WHAT_ELSE.match(view, rank.span.end, sentence.end)
    return about is None or any(about.start() <= name.start <= about.end() + 12 for name in names)


def _lead_together(view: str, sentence: Span, rank: WordRank, entities: Sequence[Span]) -> bool:
    """Whether several places of one kind are said to lead: they are the first ones, and none of them is the first."""
    near = Span(max(sentence.start, rank.span.start - _FAR), rank.span.start)
    named = [e for e in starting_in(entities, near) if e.end <= rank.span.start]
    if not named or not _TO_LEAD.fullmatch(view, named[-1].end, rank.span.start):
        return False
    run = [named[-1]]
    for entity in reversed(named[:-1]):
        where = _WHERE.search(view, max(sentence.start, entity.start - 20), entity.start)
        if where or not _LISTED_LEADERS.fullmatch(view, entity.end, run[0].start):
            break
        run.insert(0, entity)
    kinds = {_KIND_OF_NAME.match(view, e.start, e.end) is None for e in run}
    return len(run) > 1 and kinds == {True}


def _bare_ordinals(view: str, sentence: Span, entities: Sequence[Span]) -> Iterator[WordRank]:
    """ "thành phố Hội An nhất, thành phố Tam Kỳ nhì, thị xã Điện Bàn ba": places right behind names."""
    found = []
    for entity in starting_in(entities, sentence):
        if (match := _BARE_ORDINAL.match(view, entity.end, sentence.end)) is not None:
            found.append(WordRank(Span(*match.span("place")), _BARE_VALUES[match["place"]]))
    first = found[0].value if found else 0
    if [r.value for r in found] == list(range(first, first + len(found))) and len(found) > 1:
        yield from found


def _size_before(view: str, sentence: Span) -> int | None:
    """The size of the set that the paragraph named before: "Trong 96 xã, phường của tỉnh, … Xếp cuối bảng là …"."""
    start = max(view.rfind("\n", 0, sentence.start) + 1, sentence.start - _FAR)
    found = list(_SET_NAMED.finditer(view, start, sentence.start))
    return int(found[-1].group(1)) if found else None


def _item_ordinals(view: str, sentence: Span, entities: Sequence[Span]) -> Iterator[WordRank]:
    """ "nhất: huyện Mộc Châu; nhì: thành phố Sơn La; ba: …": places that open the items of a list."""
    found = [
        WordRank(Span(*match.span("place")), _BARE_VALUES[match["place"]])
        for match in _ITEM_ORDINAL.finditer(view, sentence.start, sentence.end)
        if starting_in(entities, Span(match.end(), match.end() + 1))
    ]
    if [r.value for r in found] == list(range(1, 1 + len(found))) and len(found) > 1:
        yield from found


def _last_places(text: PhraseText, sentence: Span, frame: FrameRules) -> Iterator[WordRank]:
    """The last place and the last but one, where the size of the set is said in the sentence."""
    size: int | None = None
    before = _size_before(text.view, sentence)
    for match in text.finditer(frame.last, sentence.start, sentence.end):
        if stated := _SET_SIZE.match(text.view, match.end(), sentence.end):
            size = int(stated.group(1))
            yield WordRank(Span(match.start(), stated.end()), size, Decimal(size))
        elif before is not None and _PLACE_BESIDE.match(text.view, match.end(), sentence.end) is None:
            yield WordRank(Span(*match.span()), before)
    for match in text.finditer(frame.last_but_one, sentence.start, sentence.end):
        if stated := _SET_SIZE.match(text.view, match.end(), sentence.end):
            yield WordRank(Span(match.start(), stated.end()), int(stated.group(1)) - 1, Decimal(stated.group(1)))
        elif size is not None:
            yield WordRank(Span(*match.span()), size - 1)
