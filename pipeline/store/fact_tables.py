"""The tables of what documents say: observations and their evidence, references, dates, numerals."""

from __future__ import annotations

from pipeline.store import columns as shared
from pipeline.store.codes import COMPARATORS, DATE_ROLES, NUMERAL_CLASSES, PRECISIONS, REFERENCE_ROLES
from pipeline.store.schema import Column, Kind, Table

COMPARATOR = Column(
    "comparator", Kind.TEXT, "So sánh", "Comparator", "eq, ge (at least), gt, le (at most), lt, approx.",
    vi_description="eq (bằng), ge (ít nhất), gt (hơn), le (tối đa), lt (dưới), approx (khoảng).", codes=COMPARATORS,
)  # fmt: skip

OBSERVATIONS = Table(
    "observations", "Số liệu", "Observations", "One row for every number that a document states about the world.",
    (
        shared.OBS_ID,
        shared.DOC_ID,
        shared.INDICATOR,
        shared.INDEX,
        shared.VALUE,
        shared.VALUE_HIGH,
        shared.UNIT,
        COMPARATOR,
        shared.OUT_OF,
        shared.SCOPE,
        shared.SUBJECT,
        shared.REF_AREA,
        shared.AREA_REGIME,
        shared.LEVEL,
        shared.TIME_PERIOD,
        shared.PERIOD_START,
        shared.PERIOD_END,
        shared.BASE_PERIOD,
        shared.OBS_STATUS,
        shared.QUOTE,
        *shared.PLACE,
        Column(
            "value_start", Kind.INTEGER, "Đầu con số", "Value start", "Offset of the number itself.",
            vi_description="Vị trí đầu của chính con số.", low=0, unit="code point",
        ),
        Column(
            "value_end", Kind.INTEGER, "Cuối con số", "Value end", "Offset after the number itself.",
            vi_description="Vị trí ngay sau con số.", low=0, unit="code point",
        ),
        Column(
            "table", Kind.TEXT, "Ô bảng", "Table cell", "Table, row and column, when out of a table.", nullable=True,
            vi_description="Bảng, hàng và cột, nếu lấy từ bảng.",
        ),
        shared.RULE,
        shared.CONFIDENCE,
        Column(
            "reasons", Kind.TEXTS, "Căn cứ tin cậy", "Reasons", "The named reasons that the confidence rests on.",
            vi_description="Các lý do có tên mà độ tin cậy dựa vào.",
        ),
        Column(
            "flags", Kind.TEXTS, "Cờ", "Flags",
            "What a reviewer should look at first: low_confidence, inherited_period, failed_check …",
            vi_description="Điều người duyệt nên xem trước: low_confidence, inherited_period, failed_check …",
        ),
        shared.REVIEW_STATE,
        Column(
            "reviewed_value", Kind.DECIMAL, "Giá trị sau duyệt", "Reviewed value",
            "The value that stands after review; empty where none does (pending, rejected, no_source).", nullable=True,
            vi_description="Giá trị được giữ sau khi duyệt; để trống nếu chưa có (pending, rejected, no_source).",
        ),
        shared.CORRECTIONS,
    ),
    ("doc_id", "char_start", "char_end", "value_start", "indicator", "index", "obs_id"),
    vi_description="Mỗi con số mà tài liệu nêu về thực tế là một dòng.",
    key=("obs_id",),
    links=(shared.OF_DOCUMENT, shared.OF_INDICATOR, shared.OF_INDEX, shared.OF_PROVINCE),
)  # fmt: skip

EVIDENCE = Table(
    "evidence", "Bằng chứng", "Evidence",
    "The words that an observation rests on; a fact that is stated twice has several rows.",
    (
        shared.OBS_ID,
        shared.DOC_ID,
        Column(
            "role", Kind.TEXT, "Vai trò", "Role", "What the words give: value, quote, subject, period, index …",
            vi_description="Câu chữ cho biết điều gì: giá trị, chủ thể, kỳ, chỉ số …", pattern="[a-z0-9_]+",
        ),
        shared.QUOTE,
        *shared.PLACE,
    ),
    ("doc_id", "obs_id", "role", "char_start", "char_end"),
    vi_description="Câu chữ làm căn cứ cho số liệu; điều được nêu hai lần có nhiều dòng.",
    key=("obs_id", "role", "char_start", "char_end"),
    links=(shared.OF_DOCUMENT, shared.OF_OBSERVATION),
)  # fmt: skip

REFERENCES = Table(
    "references", "Văn bản viện dẫn", "References",
    "Every document that is named by its number, the document's own number included.",
    (
        shared.DOC_ID,
        Column(
            "number", Kind.TEXT, "Số ký hiệu", "Number", "Normalised: 203/BC-UBND, 120/2020/NĐ-CP.",
            vi_description="Đã chuẩn hóa: 203/BC-UBND, 120/2020/NĐ-CP.",
        ),
        Column(
            "number_text", Kind.TEXT, "Số như viết", "Number as written", "The number as it stands in the text.",
            vi_description="Số ký hiệu đúng như trong văn bản.",
        ),
        Column(
            "doc_type", Kind.TEXT, "Loại văn bản", "Type", "BC, KH, QĐ, NĐ, NQ, TT, CV …", nullable=True,
            vi_description="BC, KH, QĐ, NĐ, NQ, TT, CV …",
        ),
        Column(
            "issuer", Kind.TEXT, "Cơ quan ban hành", "Issuer", "Who issued it, in full.", nullable=True,
            vi_description="Tên đầy đủ của cơ quan ban hành.",
        ),
        shared.REF_AREA,
        Column(
            "issued_on", Kind.DATE, "Ngày ban hành", "Issued on", "The day that the text gives.", nullable=True,
            vi_description="Ngày mà văn bản nêu.",
        ),
        Column(
            "title", Kind.TEXT, "Trích yếu", "Title", "What the text says it is about.", nullable=True,
            vi_description="Văn bản nói về việc gì.",
        ),
        Column(
            "role", Kind.TEXT, "Vai trò", "Role", "self, reported (what a news item reports on), basis, cites.",
            vi_description="self (chính văn bản), reported (văn bản được đưa tin), basis (căn cứ), cites (viện dẫn).",
            codes=REFERENCE_ROLES,
        ),
        shared.QUOTE,
        *shared.PLACE,
        shared.RULE,
        shared.CONFIDENCE,
    ),
    ("doc_id", "char_start", "char_end", "number"),
    vi_description="Mọi văn bản được nêu bằng số ký hiệu, kể cả số của chính văn bản.",
    key=("doc_id", "char_start", "char_end", "number"),
    links=(shared.OF_DOCUMENT,),
)  # fmt: skip

DATES = Table(
    "dates", "Mốc thời gian", "Dates", "Every calendar expression.",
    (
        shared.DOC_ID,
        Column("start", Kind.DATE, "Từ ngày", "Start", "First day.", vi_description="Ngày đầu."),
        Column("end", Kind.DATE, "Đến ngày", "End", "Last day.", vi_description="Ngày cuối."),
        Column(
            "precision", Kind.TEXT, "Độ chính xác", "Precision", "day, month, quarter, half, year or interval.",
            vi_description="Ngày, tháng, quý, sáu tháng, năm hoặc khoảng.", codes=PRECISIONS,
        ),
        Column(
            "role", Kind.TEXT, "Vai trò", "Role", "published, issued, event, period or base_period.",
            vi_description="Ngày đăng, ngày ban hành, sự việc, kỳ số liệu hoặc kỳ gốc.", codes=DATE_ROLES,
        ),
        shared.QUOTE,
        *shared.PLACE,
        shared.RULE,
    ),
    ("doc_id", "char_start", "char_end", "start", "end", "role"),
    vi_description="Mọi cách nêu ngày, tháng, năm.",
    key=("doc_id", "char_start", "char_end", "start", "end", "role"),
    links=(shared.OF_DOCUMENT,),
)  # fmt: skip

NUMERALS = Table(
    "numerals", "Chữ số", "Numerals",
    "Every digit group of a document and what became of it, so that nothing is left out silently.",
    (
        shared.DOC_ID,
        Column(
            "class", Kind.TEXT, "Phân loại", "Class",
            "observation, reference, date, or why it is none of them; unexplained is the recall alarm. "
            "All classes are in the code list `numeral_classes`.",
            vi_description="Số liệu, viện dẫn, ngày tháng, hoặc vì sao không phải; unexplained là báo động bỏ sót. "
            "Mọi loại ở danh mục `numeral_classes`.", pattern="[a-z_]+", codes=NUMERAL_CLASSES,
        ),
        shared.QUOTE,
        *shared.PLACE,
        Column(
            "note", Kind.TEXT, "Ghi chú", "Note", "The noun of a quantity, or the reason in words.", nullable=True,
            vi_description="Danh từ đi với con số, hoặc lý do bằng lời.",
        ),
    ),
    ("doc_id", "char_start", "char_end"),
    vi_description="Mọi nhóm chữ số của tài liệu và nó là gì, để không con số nào bị bỏ qua mà không ai biết.",
    key=("doc_id", "char_start", "char_end"),
    links=(shared.OF_DOCUMENT,),
)  # fmt: skip
