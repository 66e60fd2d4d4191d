"""Columns that several tables of the dataset share, each declared once."""

from __future__ import annotations

from pipeline.store.codes import AREA_REGIMES, LEVELS, REVIEW_STATES, STATUSES, UNITS
from pipeline.store.schema import Column, Kind, Link

SHA256 = "[0-9a-f]{64}"
_DAY = r"\d{4}(-S[12]|-Q[1-4]|-\d{2}(-\d{2})?)?"
PERIOD = rf"{_DAY}(/{_DAY})?"
"""2020, 2021-S1, 2022-Q1, 2021-06, 2021-06-18, or two of them parted by a slash."""

DOC_ID = Column(
    "doc_id", Kind.TEXT, "Mã tài liệu", "Document", "SHA-256 of the source bytes, in hex.",
    vi_description="SHA-256 của nội dung tệp, hệ mười sáu.", pattern=SHA256,
)  # fmt: skip
OBS_ID = Column(
    "obs_id", Kind.TEXT, "Mã số liệu", "Observation",
    "Stable: the same words of the same document give the same id on any machine.",
    vi_description="Ổn định: cùng câu chữ của cùng tài liệu cho cùng mã trên mọi máy.",
)  # fmt: skip
QUOTE = Column(
    "quote", Kind.TEXT, "Trích nguyên văn", "Quote",
    "The exact words: text[char_start:char_end] of the document's canonical text.",
    vi_description="Đúng từng chữ: text[char_start:char_end] của văn bản chuẩn của tài liệu.",
)  # fmt: skip
PLACE = (
    Column(
        "char_start", Kind.INTEGER, "Vị trí đầu", "Start", "Offset of the quote's first character, from 0.",
        vi_description="Vị trí ký tự đầu của đoạn trích, tính từ 0.", low=0, unit="code point",
    ),
    Column(
        "char_end", Kind.INTEGER, "Vị trí cuối", "End", "Offset after the quote's last character.",
        vi_description="Vị trí ngay sau ký tự cuối của đoạn trích.", low=0, unit="code point",
    ),
    Column(
        "page", Kind.INTEGER, "Trang", "Page", "Page from 1; empty for formats without pages.", nullable=True,
        vi_description="Trang, tính từ 1; để trống với định dạng không chia trang.", low=1,
    ),
    Column(
        "boxes", Kind.BOXES, "Khung trên trang", "Boxes",
        "One box for each line of the quote on `page`: x0, top, x1, bottom in points from the page's top left.",
        vi_description="Mỗi dòng của đoạn trích trên `page` một khung: x0, top, x1, bottom, tính bằng point từ góc "
        "trái trên của trang.", unit="pt",
    ),
)  # fmt: skip
RULE = Column(
    "rule_id", Kind.TEXT, "Quy tắc", "Rule", "The rule that made the row.", vi_description="Quy tắc tạo ra dòng này."
)
CONFIDENCE = Column(
    "confidence", Kind.FLOAT, "Độ tin cậy", "Confidence", "From 0 to 1: how often rows of this making are right.",
    vi_description="Từ 0 đến 1: tỷ lệ đúng của các dòng được tạo theo cách này.", low=0, high=1,
)  # fmt: skip
SUBJECT = Column(
    "subject", Kind.TEXT, "Chủ thể", "Subject",
    "Who the number is about, in the text's words with abbreviations resolved.", nullable=True,
    vi_description="Con số nói về ai, theo lời văn của tài liệu, chữ viết tắt đã được viết đầy đủ.",
)  # fmt: skip
REF_AREA = Column(
    "ref_area", Kind.TEXT, "Mã tỉnh", "Area", "Code of the province in the list of the General Statistics Office.",
    nullable=True, vi_description="Mã tỉnh, thành phố theo danh mục của Tổng cục Thống kê.", pattern=r"\d{2}",
)  # fmt: skip
AREA_REGIME = Column(
    "area_regime", Kind.TEXT, "Danh mục địa giới", "Area list",
    "Which list `ref_area` is from: 63 (to 30 June 2025) or 34 (since 1 July 2025).", nullable=True,
    vi_description="Danh mục của `ref_area`: 63 (đến 30/6/2025) hoặc 34 (từ 01/7/2025).", codes=AREA_REGIMES,
)  # fmt: skip
INDICATOR = Column(
    "indicator", Kind.TEXT, "Chỉ tiêu", "Indicator", "Code of the measure, as in the rule catalogue.",
    vi_description="Mã chỉ tiêu, theo danh mục quy tắc.", pattern=r"[a-z_]+\.[a-z0-9_]+",
)  # fmt: skip
INDEX = Column(
    "index", Kind.TEXT, "Chỉ số", "Index", "The index, or INDEX/component (index family only).", nullable=True,
    vi_description="Chỉ số, hoặc CHỈ_SỐ/thành phần (chỉ với nhóm chỉ số).",
)  # fmt: skip
LEVEL = Column(
    "level", Kind.TEXT, "Cấp", "Level", "province, district or commune, where broken down so.", nullable=True,
    vi_description="Cấp tỉnh, cấp huyện hay cấp xã, nếu số liệu được tách theo cấp.", codes=LEVELS,
)  # fmt: skip
SCOPE = Column(
    "scope", Kind.TEXT, "Phạm vi xếp hạng", "Scope",
    "What a rank is within: national, region:…, province:agencies, province:districts, district:communes.",
    nullable=True,
    vi_description="Xếp hạng trong phạm vi nào: cả nước (national), vùng (region:…), sở, ngành (province:agencies), "
    "huyện (province:districts), xã (district:communes).", pattern=r"[a-z]+(:[a-z0-9-]+)?",
)  # fmt: skip
VALUE = Column(
    "value", Kind.DECIMAL, "Giá trị", "Value", "The number in its unit: 84,84% is 84.84; 1,5 tỷ đồng is 1500000000.",
    vi_description="Con số theo đơn vị của nó: 84,84% là 84.84; 1,5 tỷ đồng là 1500000000.",
)  # fmt: skip
VALUE_HIGH = Column(
    "value_high", Kind.DECIMAL, "Cận trên", "Upper value", "Upper end of a range (10-30%).", nullable=True,
    vi_description="Cận trên của một khoảng (10-30%).",
)  # fmt: skip
OUT_OF = Column(
    "out_of", Kind.DECIMAL, "Trên tổng số", "Out of", "The whole that the value is set against: 20/63.", nullable=True,
    vi_description="Tổng mà giá trị được đặt cạnh: 20/63.",
)  # fmt: skip
UNIT = Column(
    "unit", Kind.TEXT, "Đơn vị", "Unit", "percent, point, rank, count, vnd, usd, day, hour …",
    vi_description="Đơn vị của giá trị: phần trăm, điểm, thứ hạng, số đếm, đồng …", pattern="[a-z_]+",
    codes=UNITS,
)  # fmt: skip
TIME_PERIOD = Column(
    "time_period", Kind.TEXT, "Kỳ", "Period",
    "2020, 2021-S1 (half-year), 2022-Q1, 2021-06, 2021-06-18, or an interval of two days parted by a slash.",
    nullable=True,
    vi_description="2020, 2021-S1 (sáu tháng), 2022-Q1, 2021-06, 2021-06-18, hoặc hai ngày cách nhau bởi gạch chéo.",
    pattern=PERIOD,
)  # fmt: skip
PERIOD_START = Column(
    "period_start", Kind.DATE, "Đầu kỳ", "Period start", "First day of the period.", nullable=True,
    vi_description="Ngày đầu của kỳ.",
)  # fmt: skip
PERIOD_END = Column(
    "period_end", Kind.DATE, "Cuối kỳ", "Period end", "Last day of the period.", nullable=True,
    vi_description="Ngày cuối của kỳ.",
)  # fmt: skip
BASE_PERIOD = Column(
    "base_period", Kind.TEXT, "Kỳ gốc", "Base period", "For a change: what it is compared with.", nullable=True,
    vi_description="Với mức tăng, giảm: kỳ được so sánh.", pattern=PERIOD,
)  # fmt: skip
OBS_STATUS = Column(
    "obs_status", Kind.TEXT, "Tính chất", "Status",
    "actual (a result), target (a goal or plan), reference (a figure of a rule or law).",
    vi_description="actual (kết quả), target (mục tiêu, kế hoạch), reference (con số của quy định).", codes=STATUSES,
)  # fmt: skip
REVIEW_STATE = Column(
    "review_state", Kind.TEXT, "Tình trạng duyệt", "Review state",
    "What stands of it after review: pending, accepted, rejected, corrected, added, no_source, changed.",
    vi_description="Kết quả duyệt: pending (chưa duyệt), accepted (đúng), rejected (bác bỏ), corrected (đã sửa), "
    "added (thêm), no_source (không thấy nguồn), changed (đã thay đổi kể từ khi duyệt).", codes=REVIEW_STATES,
)  # fmt: skip
CORRECTIONS = Column(
    "corrections", Kind.TEXT, "Nội dung sửa", "Corrections",
    "The columns that a reviewer corrected, with the value that stands, as a JSON object: "
    '{"time_period": "2021"}. The columns themselves show what was read.', nullable=True,
    vi_description="Các cột mà người duyệt đã sửa, kèm giá trị đúng, dạng JSON. Bản thân các cột vẫn giữ điều đã đọc "
    "được.", pattern=r"\{.+\}",
)  # fmt: skip

OF_DOCUMENT = Link(("doc_id",), "documents", ("doc_id",))
OF_OBSERVATION = Link(("obs_id",), "observations", ("obs_id",))
OF_INDICATOR = Link(("indicator",), "indicators", ("code",))
OF_INDEX = Link(("index",), "indices", ("code",))
OF_PROVINCE = Link(("area_regime", "ref_area"), "provinces", ("area_regime", "code"))
