"""Items of a list that are names with a figure each: "Sở Y tế (97%), Sở Nội vụ chỉ đạt 62%"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from pipeline.match.numbers import NumberAtom
from pipeline.model import Span
from pipeline.text.spacing import spaced

_NEAR_ENTITY = spaced(
    r"[\s:(–\"-]*+(?:(?:với|có|còn|là|được|đạt|khoảng|trên|hơn|gần|mỗi đơn vị|mỗi nơi|cả|chỉ|mới|trung bình|bình quân"
    r"|của (?:tỉnh|huyện|quận|thị xã|thành phố|xã|phường)"
    r"|(?:tăng|giảm)(?: mạnh| nhanh| sâu)? (?:từ|còn|xuống(?: còn)?|lên)"
    r"|(?:đứng|xếp)(?: vị trí)? thứ \w+ (?:với|đạt)(?: tỷ lệ)?|dẫn đầu với(?: tỷ lệ)?"
    r"|(?:(?:vẫn|tiếp tục) )?(?:ở|giữ|có) (?:mức|tỷ lệ) (?:cao|thấp|tốt) nhất(?: (?:cả |toàn )?(?:tỉnh|huyện))?)"
    r"[\s:(]*+){0,2}\Z"
)
# "…, Ban Quản lý Khu kinh tế mở Chu Lai (34%)": an item whose name nobody knows.
_UNKNOWN_ITEM = spaced(r"\s*%?\s*\)\s*(?:[,;]|và(?!\w)|, và(?!\w))\s*[^,;.:()\d]{2,80}\(\Z")
_OTHERS = spaced(r"(?<!\w)(?:các )?(?:đơn vị|cơ quan|sở|địa phương|nơi|huyện|xã|phường)(?: còn lại| khác)\s*\Z")
# "khối bộ đạt 54,46%, khối tỉnh, thành phố mới đạt 16,94%"
_GROUP = spaced(
    r"(?:(?<!\w)(?:khối|cụm|các) (?:cơ quan |ubnd |uỷ ban nhân dân )?"
    r"(?:bộ|sở|tỉnh|huyện|quận|xã|phường|địa phương|cơ quan|đơn vị)"
    r"(?:,? (?:và |cơ quan )?(?:ngang bộ|ban|ngành|đơn vị|địa phương|cơ quan|thị xã|thành phố|huyện|quận|xã|phường"
    r"|thị trấn|đặc khu|trung ương|tỉnh))*"
    # "Trung tâm tỉnh 68.240 hồ sơ, 14 Trung tâm cấp huyện 273.878 hồ sơ"
    r"|(?<!\w)(?:trung tâm|bộ phận)(?: phục vụ)?(?: hành chính công| một cửa| hcc)?(?: (?:của|các))*(?: cấp)?"
    r" (?:tỉnh|thành phố|huyện|quận|xã|phường)"
    r"|(?<!\w)(?:cấp trung ương|các (?:chi nhánh|phòng|đơn vị trực thuộc)"
    r"|(?:riêng|đối với) lĩnh vực [^;.:()\d]{2,40}?))"
    r" (?:(?:là|đạt|tối thiểu|mới|chỉ|còn|bình quân|trung bình|có|với|khoảng|trên|hơn|gần) )*\Z"
)
_LEADS_ON = spaced(r"[\s\-•*+]*(?:(?:còn|riêng|trong khi(?: đó)?,?|tiếp theo|tiếp đến|ngược lại)[\s,]+)?(?:là\s+)?\Z")
_IS_RATE = spaced(r"\s*%?\s*\)?\s*,?\s*(?:là|có|đều|thuộc|nằm)(?!\w)[^;.()]*?(?<!\w)(?:tỷ lệ|tỉ lệ) ")


def behind_name(view: str, entities: Sequence[Span], start: int) -> bool:
    """Whether an agency or place stands right before a place ("Sở Tư pháp 2,12 ngàn HS")."""
    if _OTHERS.search(view, max(0, start - 40), start) or _GROUP.search(view, max(0, start - 80), start):
        return True
    at = bisect_left(entities, Span(start, start)) - 1
    return at >= 0 and _NEAR_ENTITY.match(view, entities[at].end, start) is not None


def is_unknown_item(view: str, between: Span) -> bool:
    """Whether the words between two figures are an item of their list, whose name nobody knows."""
    return _UNKNOWN_ITEM.fullmatch(view, between.start, between.end) is not None


def says_rate(view: str, behind: Span) -> int | None:
    """Where the name of the rate begins that the words behind a list give its members: "… (65,9%) là hai tỉnh dẫn đầu
    về tỷ lệ hồ sơ trực tuyến"; None where they give none."""
    said = _IS_RATE.match(view, behind.start, behind.end)
    return said.end() - 1 if said else None


def names_next(view: str, sentence: Span, entities: Sequence[Span], first: NumberAtom) -> bool:
    """Whether nothing but the name of an agency or place stands before the rate that a sentence begins with: "Sở Y tế
    đạt 97%. Sở Nội vụ chỉ đạt 62%"."""
    if first.unit != "percent":
        return False
    at = bisect_left(entities, Span(first.text_span.start, first.text_span.start)) - 1
    if at < 0 or entities[at].start < sentence.start:
        return False
    name = entities[at]
    return (
        _LEADS_ON.match(view, sentence.start, name.start) is not None
        and _NEAR_ENTITY.match(view, name.end, first.text_span.start) is not None
    )
