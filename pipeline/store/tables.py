"""The tables of the dataset, each column declared once.

Parquet and CSV schemas, the objects that `solieu extract` prints, the data package and the data
dictionary all follow this list. Names are SDMX's where SDMX has a term (ref_area, time_period,
obs_status).
"""

from __future__ import annotations

from pipeline.store.schema import Column, Kind, Table

_DOC_ID = Column("doc_id", Kind.TEXT, "Mã tài liệu", "Document", "SHA-256 of the source bytes, in hex.")
_QUOTE = Column(
    "quote",
    Kind.TEXT,
    "Trích nguyên văn",
    "Quote",
    "The exact words: text[char_start:char_end] of the document's canonical text.",
)
_PLACE = (
    Column(
        "char_start",
        Kind.INTEGER,
        "Vị trí đầu",
        "Start",
        "Offset of the quote's first character, from 0.",
    ),
    Column("char_end", Kind.INTEGER, "Vị trí cuối", "End", "Offset after the quote's last character."),
    Column("page", Kind.INTEGER, "Trang", "Page", "Page from 1; empty for formats without pages.", nullable=True),
    Column(
        "boxes",
        Kind.BOXES,
        "Khung trên trang",
        "Boxes",
        "One box for each line of the quote on `page`: x0, top, x1, bottom in points from the page's top left.",
    ),
)
_RULE = Column("rule_id", Kind.TEXT, "Quy tắc", "Rule", "The rule that made the row.")
_CONFIDENCE = Column(
    "confidence", Kind.FLOAT, "Độ tin cậy", "Confidence", "From 0 to 1: how often rows of this making are right."
)
_SUBJECT = Column(
    "subject",
    Kind.TEXT,
    "Chủ thể",
    "Subject",
    "Who the number is about, in the text's words with abbreviations resolved.",
    nullable=True,
)
_REF_AREA = Column(
    "ref_area", Kind.TEXT, "Mã tỉnh", "Area", "Code of the province in the list of the General Statistics Office.", True
)
_AREA_REGIME = Column(
    "area_regime",
    Kind.TEXT,
    "Danh mục địa giới",
    "Area list",
    "Which list `ref_area` is from: 63 (to 30 June 2025) or 34 (since 1 July 2025).",
    True,
)
_INDICATOR = Column("indicator", Kind.TEXT, "Chỉ tiêu", "Indicator", "Code of the measure, as in the rule catalogue.")
_INDEX = Column("index", Kind.TEXT, "Chỉ số", "Index", "The index, or INDEX/component (index family only).", True)
_LEVEL = Column("level", Kind.TEXT, "Cấp", "Level", "province, district or commune, where broken down so.", True)
_SCOPE = Column(
    "scope",
    Kind.TEXT,
    "Phạm vi xếp hạng",
    "Scope",
    "What a rank is within: national, region:…, province:agencies, province:districts, district:communes.",
    nullable=True,
)
_VALUE = Column(
    "value", Kind.DECIMAL, "Giá trị", "Value", "The number in its unit: 84,84% is 84.84; 1,5 tỷ đồng is 1500000000."
)
_UNIT = Column("unit", Kind.TEXT, "Đơn vị", "Unit", "percent, point, rank, count, vnd, usd, day, hour …")
_TIME_PERIOD = Column(
    "time_period",
    Kind.TEXT,
    "Kỳ",
    "Period",
    "2020, 2021-S1 (half-year), 2022-Q1, 2021-06, 2021-06-18, or an interval of two days parted by a slash.",
    nullable=True,
)
_PERIOD_START = Column("period_start", Kind.DATE, "Đầu kỳ", "Period start", "First day of the period.", nullable=True)
_PERIOD_END = Column("period_end", Kind.DATE, "Cuối kỳ", "Period end", "Last day of the period.", nullable=True)
_OBS_STATUS = Column(
    "obs_status",
    Kind.TEXT,
    "Tính chất",
    "Status",
    "actual (a result), target (a goal or plan), reference (a figure of a rule or law).",
)
_OBS_ID = Column(
    "obs_id",
    Kind.TEXT,
    "Mã số liệu",
    "Observation",
    "Stable: the same words of the same document give the same id on any machine.",
)

OBSERVATIONS = Table(
    "observations",
    "Số liệu",
    "Observations",
    "One row for every number that a document states about the world.",
    (
        _OBS_ID,
        _DOC_ID,
        _INDICATOR,
        _INDEX,
        _VALUE,
        Column(
            "value_high",
            Kind.DECIMAL,
            "Cận trên",
            "Upper value",
            "Upper end of a range (10-30%).",
            True,
        ),
        _UNIT,
        Column("comparator", Kind.TEXT, "So sánh", "Comparator", "eq, ge (at least), gt, le (at most), lt, approx."),
        Column(
            "out_of",
            Kind.DECIMAL,
            "Trên tổng số",
            "Out of",
            "The whole that the value is set against: 20/63.",
            True,
        ),
        _SCOPE,
        _SUBJECT,
        _REF_AREA,
        _AREA_REGIME,
        _LEVEL,
        _TIME_PERIOD,
        _PERIOD_START,
        _PERIOD_END,
        Column(
            "base_period",
            Kind.TEXT,
            "Kỳ gốc",
            "Base period",
            "For a change: what it is compared with.",
            True,
        ),
        _OBS_STATUS,
        _QUOTE,
        *_PLACE,
        Column("value_start", Kind.INTEGER, "Đầu con số", "Value start", "Offset of the number itself."),
        Column("value_end", Kind.INTEGER, "Cuối con số", "Value end", "Offset after the number itself."),
        Column(
            "table",
            Kind.TEXT,
            "Ô bảng",
            "Table cell",
            "Table, row and column, when out of a table.",
            True,
        ),
        _RULE,
        _CONFIDENCE,
        Column("reasons", Kind.TEXTS, "Căn cứ tin cậy", "Reasons", "The named reasons that the confidence rests on."),
        Column(
            "flags",
            Kind.TEXTS,
            "Cờ",
            "Flags",
            "What a reviewer should look at first: conflict, inherited_period, failed_check …",
        ),
    ),
    ("doc_id", "char_start", "char_end", "value_start", "indicator", "index", "obs_id"),
)

EVIDENCE = Table(
    "evidence",
    "Bằng chứng",
    "Evidence",
    "The words that an observation rests on; a fact that is stated twice has several rows.",
    (
        _OBS_ID,
        _DOC_ID,
        Column("role", Kind.TEXT, "Vai trò", "Role", "What the words give: value, quote, subject, period, index …"),
        _QUOTE,
        *_PLACE,
    ),
    ("doc_id", "obs_id", "role", "char_start", "char_end"),
)

REFERENCES = Table(
    "references",
    "Văn bản viện dẫn",
    "References",
    "Every document that is named by its number, the document's own number included.",
    (
        _DOC_ID,
        Column("number", Kind.TEXT, "Số ký hiệu", "Number", "Normalised: 203/BC-UBND, 120/2020/NĐ-CP."),
        Column("number_text", Kind.TEXT, "Số như viết", "Number as written", "The number as it stands in the text."),
        Column("doc_type", Kind.TEXT, "Loại văn bản", "Type", "BC, KH, QĐ, NĐ, NQ, TT, CV …", nullable=True),
        Column("issuer", Kind.TEXT, "Cơ quan ban hành", "Issuer", "Who issued it, in full.", nullable=True),
        _REF_AREA,
        Column("issued_on", Kind.DATE, "Ngày ban hành", "Issued on", "The day that the text gives.", True),
        Column("title", Kind.TEXT, "Trích yếu", "Title", "What the text says it is about.", nullable=True),
        Column("role", Kind.TEXT, "Vai trò", "Role", "self, reported (what a news item reports on), basis, cites."),
        _QUOTE,
        *_PLACE,
        _RULE,
        _CONFIDENCE,
    ),
    ("doc_id", "char_start", "char_end", "number"),
)

DATES = Table(
    "dates",
    "Mốc thời gian",
    "Dates",
    "Every calendar expression.",
    (
        _DOC_ID,
        Column("start", Kind.DATE, "Từ ngày", "Start", "First day."),
        Column("end", Kind.DATE, "Đến ngày", "End", "Last day."),
        Column("precision", Kind.TEXT, "Độ chính xác", "Precision", "day, month, quarter, half, year or interval."),
        Column("role", Kind.TEXT, "Vai trò", "Role", "published, issued, event, period or base_period."),
        _QUOTE,
        *_PLACE,
        _RULE,
    ),
    ("doc_id", "char_start", "char_end", "start", "end", "role"),
)

NUMERALS = Table(
    "numerals",
    "Chữ số",
    "Numerals",
    "Every digit group of a document and what became of it, so that nothing is left out silently.",
    (
        _DOC_ID,
        Column(
            "class",
            Kind.TEXT,
            "Phân loại",
            "Class",
            "observation, reference, date, or why it is none of them: phone, page_furniture, licence, address, "
            "heading, clause, standard, service_level, enumeration, quantity; unexplained is the recall alarm.",
        ),
        _QUOTE,
        *_PLACE,
        Column("note", Kind.TEXT, "Ghi chú", "Note", "The noun of a quantity, or the reason in words.", True),
    ),
    ("doc_id", "char_start", "char_end"),
)

DOCUMENTS = Table(
    "documents",
    "Tài liệu",
    "Documents",
    "One row for every document; files with the same bytes are one document with several paths.",
    (
        _DOC_ID,
        Column("path", Kind.TEXT, "Đường dẫn", "Path", "Where the file lay; the first in order, if it lay twice."),
        Column("paths", Kind.TEXTS, "Các đường dẫn", "All paths", "Every path where a file with these bytes lay."),
        Column("media_type", Kind.TEXT, "Định dạng", "Media type", "As recognised from the bytes.", nullable=True),
        Column("size", Kind.INTEGER, "Dung lượng", "Size", "In bytes."),
        Column("title", Kind.TEXT, "Tiêu đề", "Title", "The document's title.", nullable=True),
        Column("doc_type", Kind.TEXT, "Loại văn bản", "Type", "news, or the type of an issued document.", True),
        Column("number", Kind.TEXT, "Số ký hiệu", "Number", "The document's own number.", nullable=True),
        Column("issuer", Kind.TEXT, "Cơ quan ban hành", "Issuer", "Who issued it, in full.", nullable=True),
        _REF_AREA,
        _AREA_REGIME,
        Column("issued_on", Kind.DATE, "Ngày ban hành", "Issued on", "Day of issue.", nullable=True),
        Column("published_at", Kind.TEXT, "Ngày đăng", "Published at", "ISO 8601 day, or day and time.", nullable=True),
        Column("source", Kind.TEXT, "Nguồn", "Source", "Who published it, as the text says.", nullable=True),
        Column("period", Kind.TEXT, "Kỳ báo cáo", "Period", "The period that the document is about.", nullable=True),
        Column("pages", Kind.INTEGER, "Số trang", "Pages", "Empty for formats without pages.", nullable=True),
        Column("chars", Kind.INTEGER, "Số ký tự", "Characters", "Length of the canonical text."),
        Column("language", Kind.TEXT, "Ngôn ngữ", "Language", "ISO 639-1.", nullable=True),
        Column("encoding", Kind.TEXT, "Bảng mã", "Encoding", "How the bytes were read.", nullable=True),
        Column("ocr_pages", Kind.INTEGER, "Số trang OCR", "OCR pages", "Pages recognised from an image."),
        Column("status", Kind.TEXT, "Trạng thái", "Status", "ok, partial (a part was not read) or failed."),
        Column("error", Kind.TEXT, "Lỗi", "Error", "What went wrong, if anything did.", nullable=True),
        Column("flags", Kind.TEXTS, "Cờ", "Flags", "What a reviewer should know of the document as a whole."),
        Column("parser_version", Kind.TEXT, "Phiên bản bộ đọc", "Parser version", "Version of the program."),
        Column("rules_version", Kind.TEXT, "Phiên bản quy tắc", "Rules version", "Hash of the rules.", True),
        Column(
            "vocabulary_version",
            Kind.TEXT,
            "Phiên bản danh mục chỉ tiêu",
            "Vocabulary version",
            "Hash of the content of the vocabulary, which is a part of the rules folder.",
            nullable=True,
        ),
    ),
    ("doc_id",),
)

CHECKS = Table(
    "checks",
    "Kiểm tra",
    "Checks",
    "Every check that did not hold: sums, shares, ranks within their set, contradictions.",
    (
        _DOC_ID,
        Column("check", Kind.TEXT, "Phép kiểm tra", "Check", "Which check."),
        Column("severity", Kind.TEXT, "Mức độ", "Severity", "error, warning or note."),
        Column("message", Kind.TEXT, "Nội dung", "Message", "What does not hold, in words."),
        Column("obs_ids", Kind.TEXTS, "Các số liệu", "Observations", "The observations concerned."),
        Column("expected", Kind.TEXT, "Phải là", "Expected", "What would hold.", True),
        Column("found", Kind.TEXT, "Đã thấy", "Found", "What the document says.", True),
    ),
    ("doc_id", "check", "obs_ids", "message"),
)

SERIES = Table(
    "series",
    "Chuỗi số liệu",
    "Series",
    "Observations of one measure and one subject along time.",
    (
        Column("series_id", Kind.TEXT, "Mã chuỗi", "Series", "Measure, index, subject, level and unit, as one key."),
        _INDICATOR,
        _INDEX,
        _SUBJECT,
        _REF_AREA,
        _AREA_REGIME,
        _LEVEL,
        _SCOPE,
        _UNIT,
        _TIME_PERIOD,
        _PERIOD_START,
        _PERIOD_END,
        _VALUE,
        _OBS_STATUS,
        _OBS_ID,
        _DOC_ID,
    ),
    ("series_id", "period_start", "period_end", "doc_id", "obs_id"),
)

TABLES: tuple[Table, ...] = (OBSERVATIONS, EVIDENCE, REFERENCES, DATES, NUMERALS, DOCUMENTS, CHECKS, SERIES)
"""In the order in which they are written and documented."""
