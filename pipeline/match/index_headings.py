"""What the words at the head of a column and at the left of a row of a table of indices say that its cells hold.

Expressions alone, each over the lower-case words of one heading, label or cell; `index_tables` asks them.
"""

from __future__ import annotations

import regex

from pipeline.text.spacing import spaced

RANK = spaced(r"(?<!\w)(?:xếp hạng|thứ hạng|xếp thứ|hạng|vị trí|xếp vị thứ|thứ tự xếp hạng)(?!\w)")
SCORE = spaced(
    r"(?<!\w)(?:tổng điểm|tổng số điểm|điểm số|điểm|số điểm|giá trị|kết quả|chỉ số|đạt|tổng cộng|tổng)(?!\w)|%"
)
CHANGE = spaced(r"(?<!\w)(?:tăng|giảm|chênh lệch|so với|so sánh|thay đổi|biến động)(?!\w)")
OTHER = spaced(
    r"(?<!\w)(?:hồ sơ|nhiệm vụ|thủ tục|tthc|tỷ lệ|tỉ lệ|số lượng|xếp loại|điểm tối đa|thang điểm|ghi chú|"
    r"nhóm|đúng hạn|trước hạn|trễ hạn|quá hạn)(?!\w)"
)
POINTS = spaced(r"(?<!\w)(?:điểm|điểm số|số điểm|tổng điểm)(?: đạt(?: được)?)?\s*\Z")
SIGNED_BROKEN = spaced(r"\s*[+–−-]?\s*\d+[.,]\d{1,4}\s*%?\s*")
BROKEN = spaced(r"\s*\d+[.,]\d{1,2}\s*%?\s*")
# What the points are reckoned from, and the share of them that is the index.
PART_OF_POINTS = spaced(r"(?<!\w)(?:thẩm định|điều tra|khảo sát|xã hội học|xhh|tự chấm|tự đánh giá|thưởng|trừ)(?!\w)")
SELF_SCORED = spaced(r"(?<!\w)tự (?:chấm|đánh giá)(?!\w)")
SURVEYED = spaced(r"(?<!\w)(?:điều tra|khảo sát|xã hội học|xhh)(?!\w)")
CONFIRMED = spaced(r"(?<!\w)(?:thẩm định|phúc tra|chấm lại)(?!\w)")
SHARE = spaced(r"(?<!\w)(?:chỉ số|tỷ lệ|tỉ lệ|index)(?!\w)|%")
PLACE_WITH_SCORE = spaced(r"0?\d{1,3}\s*\(\s*\d+[.,]\d+\s*\)")
# "86,14% (hạng 33)", "44,2 điểm, xếp thứ 12/63"
SCORE_WITH_PLACE = spaced(
    r"\d+[.,]\d+\s*(?:%|điểm)?\s*[(,;/-]?\s*(?:(?:xếp|đứng|thứ|hạng|vị trí|bậc)\s*)*\d{1,3}(?:/\d{1,3})?\s*\)?\s*"
)
GOAL = spaced(r"(?<!\w)(?:mục tiêu|chỉ tiêu|kế hoạch|phấn đấu)(?!\w)")
RATE_OF_POINTS = spaced(
    r"\s*(?:(?:tỷ|tỉ) lệ|chỉ số)\s*\(?%?\)?(?: (?:đạt|đạt được|điểm đạt|so với điểm (?:chuẩn|tối đa)))?\s*\(?%?\)?\s*"
)
POINTS_HEAD = spaced(r"(?<!\w)điểm(?! (?:tối đa|chuẩn|thưởng|trừ))(?!\w)")
INDEX_WORD = spaced(r"(?<!\w)(?:bộ )?chỉ số(?!\w)")
PLACE = spaced(r"\s*(?:(?:thứ|hạng)\s*)?(?:[1-9]|[1-5]\d|6[0-4])(?:\s*/\s*\d{1,3})?\s*")
PERIOD_ONLY = spaced(
    r"\s*(?:(?:năm\s+)?(?:19|20)\d{2}|(?:tháng|quý) (?:\d{1,2}|[ivx]+)(?:\s*[/-]\s*(?:năm )?(?:19|20)\d{2})?)\s*"
)
LETTER = regex.compile(r"\w")
SIGN = {"+": 1, "-": -1, "–": -1, "−": -1}
BOTH_WAYS = spaced(r"(?<!\w)tăng(?!\w).*(?<!\w)giảm(?!\w)|(?<!\w)(?:thay đổi|biến động|chênh lệch)(?!\w)")
STEPS = spaced(r"(?<!\w)(?:hạng|bậc|vị trí|thứ bậc)(?!\w)")
RANK_ROW = spaced(r"\s*(?:(?:xếp )?(?:thứ )?hạng|xếp thứ|vị trí)(?: cả nước| toàn quốc)?\s*")
LINE = 200
"""Characters; what is longer above a table is no title of it."""
UNITS = (
    r"sở|ban|ngành|cơ quan|đơn vị|huyện|thị xã|quận|xã|phường|đặc khu|thị trấn|bộ|tỉnh|thành phố|địa phương|vùng|khối"
    r"|cấp (?:tỉnh|sở|huyện|xã)"
)
# "Trung bình", "Giá trị trung bình toàn tỉnh", "Khối sở, ban, ngành", "Cấp huyện": whose figure is a mean.
OF_MEAN = spaced(
    r"[\s*+–-]*(?:(?:giá trị|điểm|điểm số|mức|chỉ số) )?(?:trung bình|bình quân|tb)(?!\w)"
    r"(?! (?:cao|thấp|khá|yếu|[-–] (?:cao|thấp)))(?:[^\d.]|\d{1,3} (?:tỉnh|sở|huyện|xã|bộ)){0,60}"
    rf"|[\s*+–-]*(?:(?:các|khối|cụm|nhóm|toàn) (?:{UNITS})|cấp (?:tỉnh|sở|huyện|xã))(?!\w)[^\d]{{0,60}}"
)
GROUP_HEADING = spaced(
    r"(?:trung bình|bình quân|tb)(?: chung)?(?: (?:của|các|toàn|cả))* (?:cả nước|toàn quốc|nước|quốc gia|tỉnh|khối|vùng"
    r"|khu vực|đbscl|\d{1,3} (?:tỉnh|sở|huyện|xã))(?!\w)|^[\s(]*(?:cả nước|toàn quốc)(?!\w)"
)
# Rows and columns of the ends and the middle of a ranking: nobody's score.
OF_NOBODY = spaced(
    r"^[\s*+–-]*(?:(?:điểm|giá trị|mức|đơn vị|địa phương|tỉnh|điểm số) )*(?:cao nhất|thấp nhất|trung vị|lớn nhất"
    r"|nhỏ nhất"
    r"|độ lệch|chênh lệch|khoảng cách|tối đa|chuẩn)(?!\w)"
)
# The row below those of the parts.
WHOLE_ROW = spaced(
    r"[\s*+–-]*(?:tổng(?: số| cộng)?(?: điểm)?|điểm tổng(?: hợp)?|cộng|chỉ số (?:chung|tổng hợp)|điểm chung"
    r"|kết quả chung)"
    r"(?: (?:chung|toàn tỉnh|của tỉnh|năm (?:19|20)\d{2}))?[\s:*]*"
)
REGION_KIND = spaced(r"[\s*+–-]*(?:các tỉnh )?(?:vùng|khu vực)?\s*$")
STUB = spaced(r"\s*(?:stt|tt|số tt|số thứ tự)\s*")
