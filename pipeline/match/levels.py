"""The administrative level that a number is broken down by: province, district, commune."""

from __future__ import annotations

from itertools import takewhile

import regex

from pipeline.model import Span
from pipeline.text.spacing import AnyMatch, spaced, spaced_regex

_LEVEL = spaced_regex(
    r"(?<!\w)(?:(?P<province>(?:cấp|(?<!trực )tuyến) (?:tỉnh|sở|thành phố))"
    r"|(?P<district>(?:cấp|(?<!trực )tuyến) (?:huyện|quận|thị xã)|bộ phận một cửa(?: của)? huyện"
    r"|(?<=thẩm quyền (?:giải quyết )?(?:của )?)ubnd huyện)"
    r"|(?P<commune>(?:cấp|(?<!trực )tuyến) (?:xã|phường)))(?!\w)"
)
_LEVEL_WORDS = ("cấp", "huyện", "quận", "xã", "phường", "sở,", "một cửa")
"""Every name of a level holds one of these."""
_RESPECTIVELY = spaced(r"(?<!\w)(?:lần lượt|theo thứ tự|tương ứng)(?!\w)")
_PARTS = spaced(r"(?<!\w)(?:trong (?:đó|số (?:đó|này))|gồm|chia theo)(?!\w)")
_JOINED = regex.compile(r"\s*(?:,|và|, và)\s*")
_LABEL_START = (
    r"\s*(?:[-+*•]\s*)?(?:[a-zđ][).]\s*|\d+(?:\.\d+)*[).]?\s*)?"
    r"(?:(?:(?:kết quả|số liệu) )?(?:tại |ở |của )|khối |đối với )?"
    r"(?:(?:ubnd|bộ phận một cửa|bộ phận tiếp nhận và trả kết quả)(?: của)? )?"
)
_LABEL_WORDS = rf"{_LABEL_START}(?:(?P<province>cấp (?:tỉnh|sở|thành phố))|(?P<district>cấp huyện)|(?P<commune>cấp xã))"
_LABEL = spaced(rf"{_LABEL_WORDS}\s*:")
_HEADING = spaced(rf"{_LABEL_WORDS}\s*[:.]?\s*")
# "- Các sở, ban, ngành: tiếp nhận …; đã giải quyết …": the units of a level as the label of a paragraph.
_UNITS_LABEL = spaced(
    rf"{_LABEL_START}(?:(?P<province>(?:các )?sở, (?:ban, )?ngành(?: tỉnh| cấp tỉnh)?)"
    r"|(?P<district>các huyện(?:, (?:thị xã|thành phố|quận)){0,3})"
    r"|(?P<commune>các xã(?:, (?:phường|thị trấn|đặc khu)){0,3}))\s*:"
)
# "- Tại quận: nhận …", "- Tại phường: nhận …"
_BARE_LABEL = spaced(
    r"\s*(?:[-+*•]\s*)?(?:tại|ở) (?:(?P<district>huyện|quận|thị xã)"
    r"|(?P<commune>(?:các )?(?:xã|phường)(?:, (?:phường|thị trấn))*))\s*:"
)
_MOVED = regex.compile(r"chuyển\s(?:về|lên|xuống|sang|cho)\s\Z")
# Without "cấp" the same words may only list who was told: they are a level right behind a number, or
# as the place that a clause begins with.
_UNITS = spaced(
    r"(?<!\w)(?:(?P<province>(?:các |khối |\d+ )?sở, (?:ban, )?ngành(?: tỉnh)?(?!(?:,| và) (?:các )?(?:ubnd|địa phương"
    r"|huyện|quận|xã))|các sở(?=:? (?:(?:có|còn|là) )?(?:\d|\Z)))"
    r"|(?P<district>(?:ubnd )?(?:các |\d+ )huyện(?:, thành phố|, thị xã, thành phố)?|các quận)"
    r"|(?P<commune>(?:ubnd )?(?:các |\d+ )(?:xã|phường)(?:, (?:xã|phường))?(?:, thị trấn)?|(?:ubnd )?xã, phường))(?!\w)"
)
_PLACE_BEFORE = regex.compile(
    r"(?:[;.]|trong đó,?|theo cấp,|(?<!\w)(?:tại|ở|riêng|khối|của|bộ phận (?:một cửa|tiếp nhận và trả kết quả)"
    r"|trung tâm (?:phục vụ )?hành chính công))\s*$"
)
_STANDS_BEFORE = regex.compile(r"\s*[:(]?\s*(?:(?:có|là|với|đạt|còn)\s)?\s*")
_DIGIT = regex.compile(r"\d")
_ITEM_BEFORE = regex.compile(r"\d[^,;]*,\s*\Z")
_BY = regex.compile(r"(?<!\w)do\s*$")
# "9/9 trung tâm hành chính công cấp huyện tiếp nhận …": all desks of a level, which do the work.
_DESKS_BEFORE = spaced(r"\d (?:trung tâm|bộ phận|điểm)(?!\w)[^,;.:()\d]*\Z")
_TAKE_IN = regex.compile(r"\s+(?:tiếp nhận|thụ lý|giải quyết)(?!\w)")
# "của tỉnh và cấp xã lần lượt là 1.715 và 431 thủ tục"
_TOP = spaced_regex(
    r"(?<!\w)(?<!cấp )(?P<province>(?:tỉnh|thành phố|các sở, (?:ban, )?ngành)(?=(?:,| và) (?:các )?cấp))"
)
_NEXT_FIGURE = regex.compile(r"\s+(?:(?:có|là|với|đạt)\s+)?\d")
# "Trung tâm tỉnh và các Trung tâm cấp huyện thụ lý 342.118 hồ sơ": what several levels did together.
_TOGETHER = spaced_regex(
    r"(?<!\w)(?:tỉnh|thành phố|huyện|quận|sở|ngành)(?: \p{L}+){0,3},? (?:và|cùng)(?: \d+)?(?: các)?"
    r"(?: (?:ubnd|(?:trung tâm|bộ phận)(?: phục vụ)?(?: hành chính công| một cửa)?))? \Z"
)
_IN_BRACKETS = regex.compile(r"\([^()]*+(?:\)|\Z)")
# "96,4% (cấp huyện 95,1%, cấp xã 97,2%); … 91,3%": what brackets tell apart ends with them.
_BRACKET_CLOSED = regex.compile(r"[^()]*\)")
_LEADS_IN = ("", "đối với", "với", "còn", "về")
"""What a clause may begin with before the units that it speaks of."""
_BEHIND = regex.compile(r"[^,;.:()\d]*?(?=[,;.:()\d]|(?<!\w)và(?!\w)|$)")
_SEVERAL = spaced(r"(?<!\w)(?:\d\s*cấp|các cấp|ba cấp|hai cấp)(?!\w)")
# "Trong tổng số 281.447 hồ sơ cấp huyện giải quyết xong, có 11.239 …": the level of the parts as well.
_OF_WHOLE = regex.compile(
    r"\s*(?:trong|trên) (?:tổng )?số [\d.,]+ [^\d,;.:()]*$|(?:^|\W)(?:của|trong|trên|với) [\d.,]+ [^\d,;.:()]*$"
)
_ALIKE = spaced(
    r"(?:[^\d.;:()]*(?<!\w))?(?:đều|trên|hơn|ít nhất|tối thiểu|không dưới|từ|phải đạt|đạt từ)(?!\w)[^\d.;:(),]*"
)
_OPENS = spaced(
    r"\s*(?:[-+*•]\s*)?(?:(?:[^,;.:\d]{0,40}|(?:từ|trong|tính|đến|năm|quý|tháng|kỳ|\d+ tháng)(?!\w)[^,;:()]{0,60})"
    r"(?:,|(?<!\w)thì(?!\w))\s*)?"
    r"(?:(?:đối với|với|ở|tại|riêng|riêng ở|còn|còn ở|về|khối)\s+)?"
    r"(?:cấp|tuyến) (?:(?P<province>tỉnh|sở|thành phố)|(?P<district>huyện|quận)|(?P<commune>xã|phường))"
    r"(?!\w)(?!\s*(?:,|và)\s*cấp)"
)
_WHOLE = spaced_regex(
    r"(?<!\w)(?:toàn (?:tỉnh|huyện|thành phố|quận|thị xã|quốc)|cả (?:tỉnh|huyện|thành phố|nước)|tính chung|nhìn chung"
    r"|(?<!các )trung tâm (?:đã )?(?:tiếp nhận|nhận|giải quyết|trả)"
    # "cấp xã trên địa bàn tỉnh" is the level still.
    r"|(?<!cấp (?:tỉnh|sở|huyện|quận|xã|phường) )(?:trên địa bàn|của (?:tỉnh|huyện|thành phố)))(?!\w)"
)
_CLOSE = 160
"""Characters before a number in which the whole may be taken up again."""
# "…, cấp xã đạt 98,9%; tính chung toàn tỉnh đạt 98,6%"
_WHOLE_AGAIN = spaced(
    r"\d[^;,.]*[;,.](?!\d)\s*(?:và )?(?:tính chung|nhìn chung|chung|(?:toàn|cả) (?:tỉnh|huyện|thành phố|quận|thị xã))"
    r"(?!\w)[^;]*\Z"
)
# "trực tuyến mức độ 3, 4 của cấp xã": these figures are names.
_OLD_LEVELS = regex.compile(
    r"mức (?:độ )?[34](?:(?:,| và) ?(?:mức (?:độ )?)?[34])?(?!\d)"
    # "Số liệu ngày 15/11 cho thấy cấp tỉnh còn 508 hồ sơ": nor do days and years count anything.
    r"|(?<!\w)(?:ngày|tháng|năm|quý)\s\d{1,4}(?:[/.-]\d{1,4}){0,2}(?!\d)"
)
_COUNTED = regex.compile(r"\d(?:(?!(?<!\w)và(?!\w))[^,;.:()])*$")


# "124 xã, phường tiếp nhận 286.417 hồ sơ; đã giải quyết 268.902": a clause that names nobody goes on with who acts.
_GOES_ON = spaced(r"\s*(?:đã |trong đó |còn )?(?:giải quyết|trả|xử lý|\d)(?!\w)")


def level_of(view: str, place: Span, sentence: Span) -> tuple[str, Span] | None:
    """The level right behind the number ("453 TTHC cấp xã", "100% các xã"), else the one named last
    before it in its sentence.

    A level that another number has counted is that number's own; where several stand together ("cấp
    tỉnh, cấp huyện, cấp xã", "3 cấp (tỉnh, huyện, xã)") none is meant.
    """
    if not any(view.find(word, sentence.start, sentence.end) >= 0 for word in _LEVEL_WORDS):
        return None
    if ordered := _respective(view, place, sentence):
        return ordered
    behind = _BEHIND.match(view, place.end, sentence.end)
    for pattern in (_LEVEL, _UNITS):
        found = pattern.finditer(view, *behind.span()) if behind else ()
        if own := [m for m in found if not _MOVED.search(view, place.end, m.start())]:
            return _one(own)
    clause = _clause_start(view, place, sentence)
    goes_on = _GOES_ON.match(view, clause, place.end) is not None
    return _before(view, place, Span(clause, sentence.end), units=True) or _before(view, place, sentence, units=goes_on)


def _clause_start(view: str, place: Span, sentence: Span) -> int:
    """Where the clause of a number begins; a semicolon in brackets parts only what stands in them."""
    lead = _IN_BRACKETS.sub(lambda found: " " * len(found.group()), view[sentence.start : place.start])
    return sentence.start + lead.rfind(";") + 1


def _respective(view: str, place: Span, sentence: Span) -> tuple[str, Span] | None:
    """The level of a number by its place in a list: "của cấp tỉnh, cấp huyện và cấp xã lần lượt là
    98,91%, 96,35% và 99,12%"."""
    marks = list(_RESPECTIVELY.finditer(view, sentence.start, place.start))
    if not marks or regex.search(r";|\.\s", view[marks[-1].end() : place.start]):
        return None
    named: list[AnyMatch] = []
    levels = [m for p in (_LEVEL, _TOP) for m in p.finditer(view, sentence.start, marks[-1].start())]
    for level in sorted(levels, key=lambda m: m.start()):
        joined = named and _JOINED.fullmatch(view, named[-1].end(), level.start())
        named = [*named, level] if joined else [level]
    order = len(regex.findall(r"\d[\d.,]*", view[marks[-1].end() : place.start]))
    if len(named) < 2 or order >= len(named):
        # "cấp tỉnh nhận 30 hồ sơ, cấp xã 120 hồ sơ; tỷ lệ đúng hạn lần lượt đạt 99,1% và 97,8%"
        named = list(_LEVEL.finditer(view, sentence.start, marks[-1].start()))
        end = view.find(";", marks[-1].end(), sentence.end)
        run = regex.findall(r"\d[\d.,]*", view[marks[-1].end() : end if end >= 0 else sentence.end])
        if len(run) != len(named) or len({level.lastgroup for level in named}) != len(named):
            return None
    return (str(named[order].lastgroup), Span(*named[order].span())) if 1 < len(named) > order else None


def _before(view: str, place: Span, sentence: Span, *, units: bool) -> tuple[str, Span] | None:
    """The level named last before the number in a stretch."""
    if _SEVERAL.search(view, sentence.start, place.start):
        # "của ba cấp lần lượt là: cấp tỉnh 98,2%, cấp huyện 95,4%": the one right before the number all the same.
        return next(
            (
                _one([m])
                for m in _LEVEL.finditer(view, sentence.start, place.start)
                if _STANDS_BEFORE.fullmatch(view, m.end(), place.start)
            ),
            None,
        )
    before: list[AnyMatch] = [
        m
        for m in _LEVEL.finditer(view, sentence.start, place.start)
        if not _is_counted(view, m, sentence)
        and not _is_of_parts(view, m, sentence, place)
        and not _BRACKET_CLOSED.match(view, m.end(), place.start)
    ]
    for match in _UNITS.finditer(view, sentence.start, place.start) if units else ():
        lead = view[sentence.start : match.start()]
        numbered = match.group()[0].isdigit() and lead.rstrip().endswith(",")
        opens = lead.strip(" -•*") in _LEADS_IN or _PLACE_BEFORE.search(lead)
        # "sở, ngành 200 hồ sơ, xã, phường 1.000 hồ sơ": the next of a list of levels.
        opens = opens or (_ITEM_BEFORE.search(lead) and _STANDS_BEFORE.fullmatch(view, match.end(), place.start))
        # "tại 6 xã và 4 phòng chuyên môn": what is counted beside units is none of theirs.
        beside = match.group()[0].isdigit() and _JOINED.fullmatch(view, match.end(), place.start)
        named = numbered or opens or _is_agent(view, match, lead)
        if named and not beside and not _is_counted(view, match, sentence):
            before.append(match)
    before.sort(key=lambda m: m.start())
    if not before:
        return None
    last = before[-1]
    if _TOGETHER.search(view[sentence.start : last.start()]):
        return None
    if _WHOLE_AGAIN.search(view, max(last.end(), place.start - _CLOSE), place.start):
        return None
    together = [*takewhile(lambda m: not _DIGIT.search(view, m.end(), last.start()), reversed(before))][::-1]
    if len({m.lastgroup for m in together}) > 1 and not regex.search(r"\d", view[together[0].end() : last.start()]):
        return None
    return _one([last])


def _is_agent(view: str, match: AnyMatch, lead: str) -> bool:
    """Whether a level's units do the work: "hồ sơ do các sở, ngành tiếp nhận"."""
    return _BY.search(lead) is not None and _TAKE_IN.match(view, match.end()) is not None


def _is_of_parts(view: str, match: AnyMatch, sentence: Span, place: Span) -> bool:
    """Whether the level is that of parts which ended with their clause: "nhận 50 hồ sơ, trong đó cấp
    huyện 40; giải quyết 45"."""
    if ";" not in view[match.end() : place.start]:
        return False
    start = max(view.rfind(";", sentence.start, match.start()) + 1, sentence.start)
    opener = _PARTS.search(view, start, match.start())
    # "Chia theo cấp, cấp tỉnh nhận 38 hồ sơ; …" opens the sentence: there is no whole that it goes back to.
    return opener is not None and any(mark.isdigit() for mark in view[start : opener.start()])


def _is_counted(view: str, match: AnyMatch, sentence: Span) -> bool:
    """Whether the words stand behind a number that they belong to ("100% các xã", "1.731 TTHC cấp tỉnh")."""
    lead = _OLD_LEVELS.sub(" ", view[sentence.start : match.start()])
    takes_in = _TAKE_IN.match(view, match.end()) or _NEXT_FIGURE.match(view, match.end())
    if _DESKS_BEFORE.search(lead) and takes_in:
        return False
    return _COUNTED.search(lead) is not None and _OF_WHOLE.search(lead) is None


def _one(found: list[AnyMatch]) -> tuple[str, Span] | None:
    """The level of the first match, if all name the same."""
    if len({match.lastgroup for match in found}) > 1:
        return None
    return str(found[0].lastgroup), Span(*found[0].span())


def levels_alike(view: str, place: Span, sentence: Span) -> list[str]:
    """The levels that a bound or "đều" gives one number to each of: "cấp huyện và cấp xã đạt trên 95%"; empty for
    less than two. A plain figure of several levels is that of all together."""
    clause = max(sentence.start, *(view.rfind(mark, sentence.start, place.start) + 1 for mark in ";:"))
    named: list[AnyMatch] = []
    for level in _LEVEL.finditer(view, clause, place.start):
        joined = named and _JOINED.fullmatch(view, named[-1].end(), level.start())
        named = [*named, level] if joined else [level]
    levels = list(dict.fromkeys(str(level.lastgroup) for level in named))
    if len(levels) < 2 or not _ALIKE.fullmatch(view, named[-1].end(), place.start):
        return []
    return levels


def opening_level(view: str, sentence: Span) -> tuple[str, Span] | None:
    """The level that a sentence begins with as what it speaks of: "Với cấp huyện, 12 huyện …", "Cấp xã có …"."""
    opens = _OPENS.match(view, sentence.start, sentence.end)
    return (str(opens.lastgroup), Span(*opens.span(str(opens.lastgroup)))) if opens else None


def leaves_level(view: str, stretch: Span, level: str | None = None) -> bool:
    """Whether a stretch speaks of the whole again, or of levels other than `level`."""
    if any(p.search(view, stretch.start, stretch.end) for p in (_SEVERAL, _WHOLE)):
        return True
    named = (m.lastgroup for p in (_LEVEL, _UNITS) for m in p.finditer(view, stretch.start, stretch.end))
    return any(other != level for other in named)


def labelled_level(view: str, block: Span) -> tuple[str, Span] | None:
    """The level of a whole paragraph that begins with it: "a) Cấp huyện: tiếp nhận … Đã giải quyết …"."""
    patterns = (_LABEL, _UNITS_LABEL, _BARE_LABEL)
    label = next((found for p in patterns if (found := p.match(view, block.start, block.end))), None)
    return (str(label.lastgroup), Span(*label.span())) if label else None


def heading_level(view: str, heading: Span) -> tuple[str, Span] | None:
    """The level that a heading puts over what stands below it: "a) Tại cấp tỉnh", "2. Cấp xã"."""
    label = _HEADING.fullmatch(view, heading.start, heading.end)
    return (str(label.lastgroup), Span(*label.span(str(label.lastgroup)))) if label else None


def level_named(view: str, cell: Span) -> str | None:
    """The one level that a table cell names: "Cấp huyện", "UBND các xã, phường"; None for none or for several."""
    found = [*_LEVEL.finditer(view, cell.start, cell.end), *_UNITS.finditer(view, cell.start, cell.end)]
    levels = {str(match.lastgroup) for match in found}
    return levels.pop() if len(levels) == 1 else None
