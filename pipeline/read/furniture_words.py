"""The words of page furniture: counters, buttons, forms, imprints, menus, lists of other news.

Each tuple holds alternatives; a blank stands for any white space. Patterns are matched against a whole
line, or a whole part of a line between bars, without regard to case.
"""

from __future__ import annotations

import re


def any_of(*alternatives: str) -> re.Pattern[str]:
    """One pattern of several alternatives, blanks standing for any white space."""
    return re.compile("(?:" + "|".join(a.replace(" ", r"\s+") for a in alternatives) + ")", re.IGNORECASE)


def one_of(*patterns: re.Pattern[str]) -> re.Pattern[str]:
    """Several such patterns as one: to ask each costs more than what it looks at."""
    return re.compile("|".join(pattern.pattern for pattern in patterns), re.IGNORECASE)


_COUNT = r"\d[\d.,\s]*"

COUNTER = any_of(
    r"(?:số |tổng (?:số )?)?(?:lượt|lần) (?:xem|truy\s*cập|đọc|tải|view|thích|người xem)(?: bài(?: viết)?)?"
    rf"[:\s]+{_COUNT}",
    rf"(?:đã|người) (?:xem|truy\s*cập|đọc)[:\s]+{_COUNT}(?:(?:lượt|người|lần)(?: (?:xem|truy cập|đọc))?)?",
    rf"(?:views?|visitors?|hits|online)[:\s]+{_COUNT}",
    r"(?:(?:khách|đang|người|thành viên|số người) )+(?:online|trực\s*tuyến|truy\s*cập|xem|viếng thăm)(?: hiện tại)?"
    rf"[:\s]+{_COUNT}(?:người|khách)?",
    r"\d[\d.,]*\s*(?:lượt (?:xem|truy\s*cập|đọc|thích|chia sẻ)|views?)",
)
"""Counters of views and visitors."""

WEAK_COUNTER = any_of(
    rf"(?:hôm (?:nay|qua)|(?:trong )?(?:ngày|tuần|tháng|năm)(?: (?:này|trước|nay|qua))?)\s*:\s*{_COUNT}",
    rf"(?:tất cả|tổng(?: (?:cộng|số))?|khách|thành viên)\s*:\s*{_COUNT}",
)
"""Counters only where others stand beside them: "Tổng số: 12" may be a fact."""

TOOL = any_of(
    r"in (?:trang|bài|ấn|bài viết)(?: này)?",
    r"bản in",
    r"gửi (?:bạn bè|e?mail|bài|cho bạn bè)(?: viết)?",
    r"chia sẻ(?: (?:bài|bài viết|lên|qua|facebook|zalo|twitter|tin|link))*[:\s]*",
    r"mã qr(?: bài viết)?",
    r"(?:cỡ|kích thước|font) chữ[:\s]*(?:a[+\-]?\s*)*",
    r"a[+-](?: a[+-]?)*",
    r"(?:tăng|giảm) cỡ chữ",
    r"(?:viết|gửi|đăng) (?:bình luận|ý kiến|phản hồi|nhận xét)(?: (?:mới|của bạn))?",
    r"(?:bình luận|ý kiến(?: bạn đọc)?|phản hồi|nhận xét)\s*(?:\(\s*\d+\s*\))?[:\s]*",
    r"\d+ bình luận",
    r"(?:lên|về|đầu|trở (?:về|lại)) (?:đầu )?trang(?: (?:trước|chủ|đầu))?",
    r"quay lại|trở về|lên trên",
    r"xem (?:thêm|tiếp|tất cả|chi tiết|nhiều)",
    r"đọc (?:thêm|tiếp|bài)",
    r"tải (?:về|xuống|file|tệp|văn bản)(?: (?:về|tại đây))?",
    r"đánh giá(?: bài viết)?[:\s]*(?:\d(?:[.,]\d)?\s*/\s*\d+(?:\s*\(\s*\d+\s*(?:lượt|đánh giá)\s*\))?)?",
    r"tiện ích|tweet|facebook|zalo|twitter|youtube|email|google\+?|print|share|like|rss|share on \w+",
    r"thích(?: \d+)?",
    r"nghe (?:đọc )?bài(?: viết)?",
    r"đăng (?:nhập|ký|xuất)(?: tài khoản)?",
    r"tìm kiếm(?: nâng cao)?[.…]*",
    r"lưu bài",
    r"(?:tập tin|tệp|file) (?:tin )?đính kèm[:\s]*",
    r"từ khóa[:\s]*|tags?[:\s]*",
    r"liên hệ|góp ý|sơ đồ (?:site|cổng|trang|website)|hỏi\s*[-–]?\s*đáp|english|tiếng (?:việt|anh)",
    r"liên kết (?:web(?:site)?|trang)?",
    r"trang (?:chủ|nhất|trước|sau|đầu|cuối)",
    r"menu|quảng cáo|thư viện (?:ảnh|video)|video(?: clip)?",
    r"\(?(?:no image|no title\.*)\)?",
)
"""Buttons and links that every page has."""

_FIELD = (
    r"(?:họ (?:và )?tên|tiêu đề|nội dung|mã (?:kiểm tra|xác (?:nhận|thực)|bảo (?:mật|vệ)|an toàn)|e-?mail"
    r"|địa chỉ e?mail|captcha|số điện thoại|điện thoại|bình luận|tên của bạn|ý kiến của bạn)"
)
FIELD = any_of(
    _FIELD + r"\s*(?:\(\s*\*\s*\)|\*)?\s*:?\s*(?:no image|\*|\(\s*\*\s*\))?",
    r"gửi(?: (?:đi|bình luận))?|nhập lại|làm lại|hủy(?: bỏ)?|no image",
)
"""Fields of a comment form, which count only in company: "Nội dung" heads columns too."""
MARKED_FIELD = any_of(_FIELD + r"\s*:?\s*(?:\(\s*\*\s*\)|\*|no image)")

IMPRINT = any_of(
    r"[\s.•*|+-]*(?:©|\(c\) |copyright\b|bản quyền\b|(?:all )?rights reserved)",
    r"[\s.•*|+-]*(?:được thiết lập theo |theo )?giấy phép (?:hoạt động|thiết lập|xuất bản|số|trang|cung cấp|báo)"
    r"[^.;]{0,140}(?:\d|thông tin|báo)",
    r"[\s.•*|+-]*(?:người )?chịu trách nhiệm (?:chính|quản lý|nội dung|xuất bản|về nội dung)\b",
    r"(?:ghi|vui lòng ghi|đề nghị ghi) rõ nguồn",
    r"(?:phó )?tổng biên tập\b|trưởng ban biên tập\b",
    r"[\s.•*|+-]*cơ quan (?:chủ quản|thường trực)\s*:",
    r"[\s.•*|+-]*(?:địa chỉ|trụ sở(?: chính)?|tòa soạn)\s*:",
    r"[\s.•*|+-]*(?:điện\s*thoại|đt|tel|fax|sđt|hotline|đường dây nóng(?: tòa soạn)?|hỗ trợ kỹ thuật|số điện thoại)"
    r"(?:\s*/\s*fax)?\s*[:.(]",
    r"[\s.•*|+-]*(?:e-?mail|website|web|thư điện tử|hộp thư)\s*:",
    r"(?:phát triển|thiết kế|xây dựng) bởi\b|powered by\b|designed by\b",
    r"chung nhan tin nhiem",
)
"""How the lines of an imprint begin."""

LONG_IMPRINT = any_of(
    r"[\s.•*|+-]*(?:©|copyright|bản quyền (?:thuộc|©|của|\d))",
    r"[\s.•*|+-]*(?:được thiết lập theo )?giấy phép (?:hoạt động|thiết lập|số)",
    r"[\s.•*|+-]*(?:địa chỉ\s*:|chịu trách nhiệm (?:chính|quản lý|nội dung))",
)
"""How an imprint begins that runs on for more than a line."""

_WEEKDAY = r"(?:(?:thứ \w+|chủ nhật)\s*,?\s*)?"
CLOCK = any_of(
    rf"(?:hôm nay|bây giờ|hiện tại)\s*[:,]?\s*(?:là )?{_WEEKDAY}(?:ngày )?" + r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}.{0,20}"
)
"""The page's own clock: when it was looked at, not when it was written."""

DATE = any_of(
    _WEEKDAY + r"(?:ngày )?\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}[\s,|:-]*(?:\d{1,2}[:h]\d{2}(?::\d{2})?)?\s*"
    r"(?:am|pm|sa|ch)?(?:[(\[]?gmt\s*\+\s*7[)\]]?)?"
)
PUBLISHED = any_of(r"\b(?:đăng|cập nhật|xuất bản|posted|updated|nguồn|tin bài|tác giả)\b")

MENU_WORD = any_of(
    r"trang (?:chủ|nhất)|giới thiệu(?: chung)?|tin tức(?:\s*[-–]\s*sự kiện)?",
    r"tin (?:hoạt động|nổi bật|trong (?:tỉnh|nước)|thế giới)|thời sự|kinh tế|xã hội|văn hóa|văn hoá|giáo dục|y tế",
    r"thể thao|pháp luật|chính trị|quốc phòng|an ninh|bạn đọc|giải trí|du lịch|đời sống",
    r"video|multimedia|media|podcast|infographic|e-?magazine|ảnh",
    r"văn bản(?: (?:pháp quy|chỉ đạo|mới|qppl|gốc))?|thủ tục hành chính|dịch vụ công|hỏi\s*[-–]?\s*đáp|liên hệ",
    r"tra cứu(?: hồ sơ)?|nộp hồ sơ|thanh toán|thống kê|thông báo|công khai(?: ngân sách)?|sơ đồ \w+|góp ý",
    r"lịch (?:công tác|làm việc)|cải cách hành chính|chuyển đổi số|thi đua\s*[-–]\s*khen thưởng|thư viện|công dân",
    r"doanh nghiệp|du khách|chính quyền|bộ máy(?: tổ chức)?|english|đăng nhập|tìm kiếm|hướng dẫn(?: sử dụng)?",
    r"phản ánh(?: kiến nghị)?|đánh giá|tuyển dụng|đấu thầu|quy hoạch|chuyên mục|thuộc tính|lược đồ|toàn văn",
    r"vb liên quan|bản (?:pdf|word)|nội dung|tải về",
)
"""Entries of the menus of portals and newspapers."""

_ITEMS = r"(?:các )?(?:tin|bài|bài viết|thông báo|tin tức|văn bản|tin bài)"
RELATED = any_of(
    rf"[\s»•*-]*{_ITEMS} (?:viết )?(?:cũ hơn|mới hơn|cùng (?:chuyên mục|chủ đề|loại|thể loại)|liên quan|khác"
    r"|đã (?:đưa|đăng)|(?:đọc|xem) nhiều(?: nhất)?|nổi bật|mới(?: nhất| đăng| cập nhật)?|tiêu điểm|trước)\s*[:.…]*",
    r"[\s»•*-]*(?:cùng (?:chuyên mục|chủ đề)|đọc thêm|xem thêm|(?:đọc|xem) nhiều(?: nhất)?)\s*[:.…]*",
    r"[\s»•*-]*(?:điểm tin(?: trong ngày)?|có thể bạn quan tâm|mục lục|thông tin liên quan)\s*[:.…]*",
    r"[\s»•*-]*(?:tiêu điểm|nổi bật|mới cập nhật|chủ đề liên quan)\s*[:.…]*",
    r"(?:các )?(?:thông báo|tin|bài) khác(?: .{0,30})?\s*[:.…]*",
    r"thông tin tra cứu.{0,30}|thống kê truy cập\s*:?|liên kết(?: website)?\s*:?|video (?:clip|tuyên truyền.{0,40})",
)
"""What heads a list of other news."""
