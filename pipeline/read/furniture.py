"""Page furniture, told by its words: menus, counters, share buttons, licences, related news, comment forms.

Shared by all formats. Furniture stays in the text; its figures are no facts. Both errors cost: a counter
left in the body is noise, a body line taken for furniture loses facts. So a line of running text is never
furniture: each pattern must account for a whole line (or for each of its parts between bars), and long
lines only count when they open with the words of an imprint.
"""

from __future__ import annotations

import regex as re

SHORT = 160
"""A line longer than this is running text, imprints apart."""

_PARTS = re.compile(r"\s*[|│¦]\s*|\s{3,}|\t+|\s+[•·›»]\s+")

_COUNTER = re.compile(
    r"""(?:
      (?:số\s+|tổng\s+(?:số\s+)?)?(?:lượt|lần)\s+(?:xem|truy\s*cập|đọc|tải|view|thích|người\s+xem)(?:\s+bài(?:\s+viết)?)?
    | (?:đã|người)\s+(?:xem|truy\s*cập|đọc) | views?|visitors?|hits
    | (?:khách\s+|đang\s+|người\s+|thành\s+viên\s+)+(?:online|trực\s*tuyến|truy\s*cập|viếng\s+thăm)(?:\s+hiện\s+tại)? | online
    | số\s+người\s+(?:online|đang\s+(?:xem|truy\s*cập))
    )[:\s]+\d[\d.,  ]*(?:\s*(?:lượt|người|khách)(?:\s+(?:xem|truy\s+cập))?)?
    | \d[\d.,]*\s*(?:lượt\s+(?:xem|truy\s*cập|đọc|thích|chia\s+sẻ)|views?)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_WEAK_COUNTER = re.compile(
    r"""(?:hôm\s+(?:nay|qua)|(?:trong\s+)?(?:ngày|tuần|tháng|năm)(?:\s+(?:này|trước|nay|qua))?|tất\s+cả|tổng(?:\s+(?:cộng|số))?|khách|thành\s+viên)
    \s*:\s*\d[\d.,  ]*""",
    re.IGNORECASE | re.VERBOSE,
)
_TOOL = re.compile(
    r"""(?:
      in\s+(?:trang|bài|ấn|bài\s+viết|trang\s+này)(?:\s+này)? | bản\s+in | gửi\s+(?:bạn\s+bè|e?mail|bài|cho\s+bạn\s+bè)(?:\s+viết)?
    | chia\s+sẻ(?:\s+(?:bài|bài\s+viết|lên|qua|facebook|zalo|twitter|tin|link))*[:\s]* | mã\s+qr(?:\s+bài\s+viết)?
    | (?:cỡ|kích\s+thước|font)\s+chữ[:\s]*(?:a[+\-]?\s*)* | a[+-](?:\s+a[+-]?)* | (?:tăng|giảm)\s+cỡ\s+chữ
    | (?:viết|gửi|đăng)\s+(?:bình\s+luận|ý\s+kiến|phản\s+hồi|nhận\s+xét)(?:\s+(?:mới|của\s+bạn))?
    | (?:bình\s+luận|ý\s+kiến(?:\s+bạn\s+đọc)?|phản\s+hồi|nhận\s+xét)\s*(?:\(\s*\d+\s*\))?[:\s]* | \d+\s+bình\s+luận
    | (?:lên|về|đầu|trở\s+(?:về|lại))\s+(?:đầu\s+)?trang(?:\s+(?:trước|chủ|đầu))? | quay\s+lại | trở\s+về | lên\s+trên
    | xem\s+(?:thêm|tiếp|tất\s+cả|chi\s+tiết|nhiều) | đọc\s+(?:thêm|tiếp|bài) | tải\s+(?:về|xuống|file|tệp|văn\s+bản)(?:\s+(?:về|tại\s+đây))?
    | tiện\s+ích | tweet|facebook|zalo|twitter|youtube|email|google\+?|print|share|like|rss|share\s+on\s+\w+
    | thích(?:\s+\d+)? | nghe\s+(?:đọc\s+)?bài(?:\s+viết)? | đăng\s+(?:nhập|ký|xuất)(?:\s+tài\s+khoản)? | tìm\s+kiếm(?:\s+nâng\s+cao)?[.…]* | lưu\s+bài
    | (?:tập\s+tin|tệp|file)\s+(?:tin\s+)?đính\s+kèm[:\s]* | từ\s+khóa[:\s]* | tags?[:\s]* | đánh\s+giá(?:\s+bài\s+viết)?[:\s]*
    | liên\s+hệ|góp\s+ý|sơ\s+đồ\s+(?:site|cổng|trang|website)|hỏi\s*[-–]?\s*đáp|english|tiếng\s+(?:việt|anh)|liên\s+kết\s+(?:web(?:site)?|trang)?
    | trang\s+(?:chủ|nhất|trước|sau|đầu|cuối) | menu|quảng\s+cáo|thư\s+viện\s+(?:ảnh|video)|video(?:\s+clip)?
    | \(?(?:no\s+image|no\s+title\.*)\)?
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_FORM = re.compile(
    r"""(?:
      (?:họ\s+(?:và\s+)?tên|tiêu\s+đề|nội\s+dung|mã\s+(?:kiểm\s+tra|xác\s+(?:nhận|thực)|bảo\s+(?:mật|vệ)|an\s+toàn)|e-?mail|địa\s+chỉ\s+e?mail
        |captcha|số\s+điện\s+thoại|điện\s+thoại|bình\s+luận|tên\s+của\s+bạn|ý\s+kiến\s+của\s+bạn)
      \s*(?:\(\s*\*\s*\)|\*)?\s*:?\s*(?:no\s+image|\*|\(\s*\*\s*\))? | gửi(?:\s+(?:đi|bình\s+luận))?|nhập\s+lại|làm\s+lại|hủy(?:\s+bỏ)?|no\s+image
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_FORM_MARKED = re.compile(_FORM.pattern + r"(?<=image|\*|\))", re.IGNORECASE | re.VERBOSE)
_IMPRINT = re.compile(
    r"""^[\s.•*|+-]*(?:
      ©|\(c\)\s|copyright\b|bản\s+quyền\b|(?:all\s+)?rights\s+reserved
    | (?:được\s+thiết\s+lập\s+theo\s+|theo\s+)?giấy\s+phép\s+(?:hoạt\s+động|thiết\s+lập|xuất\s+bản|số|trang|cung\s+cấp|báo)[^.;]{0,140}(?:\d|thông\s+tin|báo)
    | (?:người\s+)?chịu\s+trách\s+nhiệm\s+(?:chính|quản\s+lý|nội\s+dung|xuất\s+bản|về\s+nội\s+dung)\b
    | (?:ghi|vui\s+lòng\s+ghi|đề\s+nghị\s+ghi)\s+rõ\s+nguồn | tổng\s+biên\s+tập\b|phó\s+tổng\s+biên\s+tập\b|trưởng\s+ban\s+biên\s+tập\b
    | cơ\s+quan\s+(?:chủ\s+quản|thường\s+trực)\s*: | (?:địa\s+chỉ|trụ\s+sở(?:\s+chính)?|tòa\s+soạn)\s*:
    | (?:điện\s*thoại|đt|tel|fax|sđt|hotline|đường\s+dây\s+nóng(?:\s+tòa\s+soạn)?|hỗ\s+trợ\s+kỹ\s+thuật|số\s+điện\s+thoại)(?:\s*/\s*fax)?\s*[:.(]
    | (?:e-?mail|website|web|thư\s+điện\s+tử|hộp\s+thư)\s*:
    | (?:phát\s+triển|thiết\s+kế|xây\s+dựng)\s+bởi\b|powered\s+by\b|designed\s+by\b
    | chung\s+nhan\s+tin\s+nhiem
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_LONG_IMPRINT = re.compile(
    r"^[\s.•*|+-]*(?:©|copyright|bản\s+quyền\s+(?:thuộc|©|của|\d)|(?:được\s+thiết\s+lập\s+theo\s+)?giấy\s+phép\s+(?:hoạt\s+động|thiết\s+lập|số)|"
    r"địa\s+chỉ\s*:|chịu\s+trách\s+nhiệm\s+(?:chính|quản\s+lý|nội\s+dung))",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?:hôm\s+nay|bây\s+giờ|hiện\s+tại)\s*[:,]?\s*(?:là\s+)?(?:(?:thứ\s+\w+|chủ\s+nhật)\s*,?\s*)?(?:ngày\s+)?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}.{0,20}",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:(?:thứ\s+\w+|chủ\s+nhật)\s*,?\s*)?(?:ngày\s+)?\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}[\s,|:-]*(?:\d{1,2}[:h]\d{2}(?::\d{2})?)?\s*(?:am|pm|sa|ch)?(?:[(\[]?gmt\s*\+\s*7[)\]]?)?",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(r"\b(?:đăng|cập\s+nhật|xuất\s+bản|posted|updated|nguồn|tin\s+bài|tác\s+giả)\b", re.IGNORECASE)
_MENU_WORD = re.compile(
    r"""(?:trang\s+(?:chủ|nhất)|giới\s+thiệu(?:\s+chung)?|tin\s+tức(?:\s*[-–]\s*sự\s+kiện)?|tin\s+(?:hoạt\s+động|nổi\s+bật|trong\s+(?:tỉnh|nước)|thế\s+giới)|thời\s+sự
    |kinh\s+tế|xã\s+hội|văn\s+hóa|văn\s+hoá|giáo\s+dục|y\s+tế|thể\s+thao|pháp\s+luật|chính\s+trị|quốc\s+phòng|an\s+ninh|bạn\s+đọc|giải\s+trí|du\s+lịch|đời\s+sống
    |video|multimedia|media|podcast|infographic|e-?magazine|ảnh|media|văn\s+bản(?:\s+(?:pháp\s+quy|chỉ\s+đạo|mới|qppl))?|thủ\s+tục\s+hành\s+chính|dịch\s+vụ\s+công
    |hỏi\s*[-–]?\s*đáp|liên\s+hệ|tra\s+cứu(?:\s+hồ\s+sơ)?|nộp\s+hồ\s+sơ|thống\s+kê|thông\s+báo|công\s+khai(?:\s+ngân\s+sách)?|sơ\s+đồ\s+\w+|góp\s+ý|lịch\s+công\s+tác|lịch\s+làm\s+việc
    |cải\s+cách\s+hành\s+chính|chuyển\s+đổi\s+số|thư\s+viện|công\s+dân|doanh\s+nghiệp|du\s+khách|chính\s+quyền|bộ\s+máy(?:\s+tổ\s+chức)?|english|đăng\s+nhập|tìm\s+kiếm
    |hướng\s+dẫn(?:\s+sử\s+dụng)?|phản\s+ánh(?:\s+kiến\s+nghị)?|đánh\s+giá|tuyển\s+dụng|đấu\s+thầu|quy\s+hoạch|thuộc\s+tính|lược\s+đồ|toàn\s+văn|vb\s+liên\s+quan|bản\s+(?:pdf|word)|nội\s+dung)""",
    re.IGNORECASE | re.VERBOSE,
)
RELATED = re.compile(
    r"""[\s»•*-]*(?:
      (?:các\s+)?(?:tin|bài|bài\s+viết|thông\s+báo|tin\s+tức|văn\s+bản|tin\s+bài)\s+(?:viết\s+)?(?:cũ\s+hơn|mới\s+hơn|cùng\s+(?:chuyên\s+mục|chủ\s+đề|loại|thể\s+loại)|liên\s+quan
        |khác|đã\s+(?:đưa|đăng)|đọc\s+nhiều(?:\s+nhất)?|xem\s+nhiều(?:\s+nhất)?|nổi\s+bật|mới(?:\s+nhất|\s+đăng|\s+cập\s+nhật)?|tiêu\s+điểm|trước)
    | cùng\s+(?:chuyên\s+mục|chủ\s+đề) | đọc\s+thêm | xem\s+thêm | đọc\s+nhiều(?:\s+nhất)? | xem\s+nhiều(?:\s+nhất)? | điểm\s+tin(?:\s+trong\s+ngày)? | có\s+thể\s+bạn\s+quan\s+tâm
    | mục\s+lục | (?:thông\s+tin|bài\s+viết|tin)\s+liên\s+quan | tiêu\s+điểm | nổi\s+bật | mới\s+cập\s+nhật | chủ\s+đề\s+liên\s+quan
    | (?:các\s+)?(?:thông\s+báo|tin|bài)\s+khác(?:\s+.{0,30})? | thông\s+tin\s+tra\s+cứu.{0,30} | thống\s+kê\s+truy\s+cập | liên\s+kết(?:\s+website)? | video(?:\s+(?:clip|tuyên\s+truyền.{0,40}))
    )\s*[:.…]*\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_BULLET = re.compile(r"^\s*[-–•·*»›+▪■]\s*")
_DATED_TAIL = re.compile(r"\(\s*\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?[^)]{0,12}\)\s*$|\b\d{1,2}[/-]\d{1,2}[/-]\d{4}\s*$")
_NUMBER_ALONE = re.compile(r"\s*[-–]?\s*(?:trang\s+)?\d[\d.,]*(?:\s*/\s*\d+)?\s*[-–]?\s*", re.IGNORECASE)


def is_furniture(line: str) -> bool:
    """Whether one line, by its own words, is page furniture."""
    text = line.strip()
    if not any(c.isalnum() for c in text):
        return True
    if "no title..." in text.lower():
        return True
    if len(text) > SHORT:
        return bool(_LONG_IMPRINT.match(text))
    if _IMPRINT.match(text) or RELATED.fullmatch(text) or _CLOCK.fullmatch(text):
        return True
    # What says when it was published is kept for its date, whatever counter stands beside it.
    if _PUBLISHED.search(text) and _DATE.search(text):
        return False
    parts = [part for part in _PARTS.split(_BULLET.sub("", text).strip(" |")) if part]
    if len(parts) > 1 and is_menu(parts):
        return True
    if any(_COUNTER.fullmatch(part) for part in parts):
        parts = [part for part in parts if len(part) > 40 or any(c.isdigit() for c in part)]
    return bool(parts) and any(not _DATE.fullmatch(p) for p in parts) and all(_is_part(part) for part in parts)


def is_weak(line: str) -> bool:
    """A line that is furniture only in company: "Hôm nay: 43633", "Tiêu đề", "Tin tức", "Nội dung"."""
    text = _BULLET.sub("", line).strip(" |›»>/")
    if len(text) > 60:
        return False
    return bool(_WEAK_COUNTER.fullmatch(text) or _FORM.fullmatch(text) or _MENU_WORD.fullmatch(text))


def is_related_heading(line: str) -> bool:
    """Whether a line opens a list of other news."""
    text = line.strip()
    return len(text) <= 60 and bool(RELATED.fullmatch(text))


def is_teaser(line: str) -> bool:
    """Whether a line looks like an entry of a list of other news: a bullet, or a date behind it."""
    return len(line.strip()) <= SHORT and bool(_BULLET.match(line) or _DATED_TAIL.search(line))


def is_number_alone(line: str) -> bool:
    """A line with nothing but a number: a page number or a bare counter."""
    return bool(_NUMBER_ALONE.fullmatch(line))


def is_menu(parts: list[str]) -> bool:
    """Whether the parts of a line are the entries of a site's menu or of a path of links."""
    if any(len(part) > 40 or part.endswith((".", ";")) for part in parts):
        return False
    words = sum(1 for part in parts if _MENU_WORD.fullmatch(part.strip(" ›»>/")))
    digits = any(c.isdigit() for part in parts for c in part)
    return (words >= 2 or words * 2 >= len(parts)) and not digits


def _is_part(part: str) -> bool:
    return bool(
        _COUNTER.fullmatch(part)
        or _TOOL.fullmatch(part)
        or _FORM_MARKED.fullmatch(part)
        or _CLOCK.fullmatch(part)
        or _DATE.fullmatch(part)
        or (len(part) < 60 and _IMPRINT.match(part))
    )
