"""The code lists of the dataset, but for indicators, indices and provinces, which are tables (`code_tables`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Code:
    """One value that a column may have, with its names in both languages."""

    code: str
    vi: str
    en: str


@dataclass(frozen=True)
class CodeList:
    """The values of a column, in the order of the documentation.

    An `open` list names what the shipped rules use; other rules may use more, and rows are not held to it.
    """

    name: str
    codes: tuple[Code, ...]
    open: bool = False

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(code.code for code in self.codes)

    def admits(self, value: str) -> bool:
        """Whether a row may have this value."""
        return self.open or value in self._known

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.values)


def _list(name: str, *codes: tuple[str, str, str], open_: bool = False) -> CodeList:
    return CodeList(name, tuple(Code(*code) for code in codes), open_)


AREA_REGIMES = _list(
    "area_regimes",
    ("63", "63 tỉnh, thành phố (đến 30/6/2025)", "63 provinces (to 30 June 2025)"),
    ("34", "34 tỉnh, thành phố (từ 01/7/2025)", "34 provinces (since 1 July 2025)"),
)
LEVELS = _list(
    "levels",
    ("province", "cấp tỉnh", "province"),
    ("district", "cấp huyện (đến 30/6/2025)", "district (abolished on 1 July 2025)"),
    ("commune", "cấp xã", "commune"),
)
COMPARATORS = _list(
    "comparators",
    ("eq", "bằng", "equal"),
    ("ge", "ít nhất, từ … trở lên", "at least"),
    ("gt", "trên, hơn", "more than"),
    ("le", "tối đa, không quá", "at most"),
    ("lt", "dưới, gần", "less than, almost"),
    ("approx", "khoảng", "about"),
)
STATUSES = _list(
    "statuses",
    ("actual", "kết quả", "a result"),
    ("target", "mục tiêu, kế hoạch", "a goal or plan"),
    ("reference", "con số của quy định, không phải kết quả", "a figure of a rule or law, no result"),
)
UNITS = _list(
    "units",
    ("percent", "phần trăm; với mức tăng, giảm của PAR INDEX, SIPAS: điểm phần trăm",
     "percent; percentage points for changes of PAR INDEX and SIPAS"),
    ("point", "điểm", "point"),
    ("rank", "thứ hạng; với mức tăng, giảm: số bậc, dương là tốt lên", "rank; places for changes, positive is better"),
    ("count", "số đếm", "count"),
    ("vnd", "đồng", "Vietnamese dong"),
    ("usd", "đô la Mỹ", "US dollar"),
    ("day", "ngày", "day"),
    ("hour", "giờ", "hour"),
    ("hectare", "héc-ta", "hectare"),
    open_=True,
)  # fmt: skip
NUMERAL_CLASSES = _list(
    "numeral_classes",
    ("observation", "số liệu", "part of an observation"),
    ("reference", "số ký hiệu văn bản", "part of a document number"),
    ("date", "ngày tháng", "part of a date"),
    ("phone", "số điện thoại", "telephone number"),
    ("page_furniture", "phần trang trí, bộ đếm, liên kết của trang", "counter, clock or link of the page"),
    ("licence", "số giấy phép", "number of a licence"),
    ("address", "địa chỉ", "address"),
    ("heading", "số thứ tự đề mục", "number of a heading"),
    ("clause", "điều, khoản, điểm", "article or clause"),
    ("standard", "số hiệu tiêu chuẩn", "number of a standard"),
    ("service_level", "mức độ dịch vụ công", "level of an online service"),
    ("enumeration", "số thứ tự", "number in an enumeration"),
    ("name", "phần của tên gọi", "part of a name"),
    ("quantity", "số lượng chưa có chỉ tiêu", "a quantity that no indicator names yet"),
    ("unexplained", "chưa giải thích được", "not explained: the recall alarm"),
    open_=True,
)
REFERENCE_ROLES = _list(
    "reference_roles",
    ("self", "số của chính văn bản", "the document's own number"),
    ("reported", "văn bản mà tin, bài đưa tin", "what a news item reports on"),
    ("basis", "căn cứ, thực hiện, theo", "the basis of what is done"),
    ("cites", "viện dẫn", "cited otherwise"),
)
DATE_ROLES = _list(
    "date_roles",
    ("published", "ngày đăng", "day of publication"),
    ("issued", "ngày ban hành", "day of issue"),
    ("event", "ngày của sự việc, thời hạn", "day of an event, deadline"),
    ("period", "kỳ của số liệu", "period of figures"),
    ("base_period", "kỳ gốc để so sánh", "period that is compared with"),
)
PRECISIONS = _list(
    "precisions",
    ("day", "ngày", "day"),
    ("month", "tháng", "month"),
    ("quarter", "quý", "quarter"),
    ("half", "sáu tháng", "half-year"),
    ("year", "năm", "year"),
    ("interval", "khoảng thời gian", "interval"),
)
DOCUMENT_STATUSES = _list(
    "document_statuses",
    ("ok", "đọc được cả", "read in full"),
    ("partial", "đọc được một phần", "read in part"),
    ("failed", "không đọc được", "not read"),
)
SEVERITIES = _list(
    "severities",
    ("error", "các con số không thể cùng đúng", "the numbers cannot all be true"),
    ("warning", "có lẽ không cùng đúng", "they are probably not all true"),
    ("info", "nên xem lại", "worth a look"),
)
CAUSES = _list(
    "causes",
    ("empty", "tệp rỗng", "the file is empty"),
    ("unreadable", "không mở được tệp", "the file cannot be opened"),
    ("unsupported", "định dạng không hỗ trợ", "the format is not supported"),
    ("corrupt", "tệp hỏng", "the file is damaged"),
    ("encrypted", "tệp có mật khẩu", "the file has a password"),
    ("too_large", "tệp quá lớn", "the file is too large"),
    ("no_text", "không có chữ", "there is no text in it"),
    ("missing_package", "thiếu gói phần mềm", "a package is not installed"),
    ("crash", "tiến trình đọc bị dừng đột ngột", "the reading process died"),
    ("timeout", "quá thời gian", "it took too long"),
    ("memory", "quá bộ nhớ", "it took too much memory"),
    ("internal", "lỗi của chương trình", "a defect of the program"),
)
ORIGINS = _list(
    "origins",
    ("stated", "tài liệu nêu", "stated by a document"),
    ("published", "bảng công bố", "out of a published table"),
    ("derived", "suy ra từ số liệu khác", "reckoned from other observations"),
)
AGREEMENTS = _list(
    "agreements",
    ("single", "một nguồn", "there is one source"),
    ("agree", "các nguồn khớp nhau", "all sources agree within what their words and digits leave open"),
    ("conflict", "các nguồn mâu thuẫn", "the sources contradict each other"),
)
RESOLUTIONS = _list(
    "resolutions",
    ("reviewed", "số đã được người duyệt", "a person has confirmed it"),
    ("stated", "số được nêu, không phải suy ra", "stated, not reckoned"),
    ("own_report", "nguồn tự báo cáo số của mình", "by the document that reports it itself"),
    ("later_publication", "nguồn công bố sau", "by the later publication"),
    ("more_precise", "con số chính xác hơn", "by the more precise figure"),
    (
        "order",
        "không phân định được: lấy nguồn đầu theo thứ tự tài liệu và văn bản",
        "undecided: the first in the order of documents and text",
    ),
)
REVIEW_STATES = _list(
    "review_states",
    ("pending", "chưa duyệt", "nobody has decided about it"),
    ("accepted", "đã duyệt, đúng", "a reviewer found it right"),
    ("rejected", "đã duyệt, không phải số liệu này", "a reviewer found it wrong: no value of a series"),
    ("corrected", "đã sửa", "a reviewer corrected it: see `corrections`"),
    ("added", "người duyệt thêm", "a reviewer added it"),
    ("no_source", "không tìm thấy nguồn", "a reviewer found no source for it: no value of a series"),
    ("changed", "đã thay đổi kể từ khi duyệt", "read otherwise since it was reviewed: to be looked at again"),
)
DECISIONS = _list(
    "decisions",
    ("accept", "chấp nhận", "the fact is right"),
    ("reject", "bác bỏ", "the fact is wrong"),
    ("correct", "sửa", "the fact is right with the slots of `corrections`"),
    ("add", "thêm", "a fact that was missed"),
    ("no_source", "không tìm thấy nguồn", "its words cannot be found"),
    ("note", "ghi chú", "a note; decides nothing"),
    ("skip", "bỏ qua", "left for later; decides nothing"),
    ("undo", "rút lại", "takes an earlier decision back"),
)

CODE_LISTS = (
    AREA_REGIMES, LEVELS, UNITS, COMPARATORS, STATUSES, NUMERAL_CLASSES, REFERENCE_ROLES, DATE_ROLES, PRECISIONS,
    DOCUMENT_STATUSES, SEVERITIES, CAUSES, ORIGINS, AGREEMENTS, RESOLUTIONS, REVIEW_STATES, DECISIONS,
)  # fmt: skip
"""Every list, in the order of the documentation."""
