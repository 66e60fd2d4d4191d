"""The tables about documents: what was read, what was not, and which figures contradict each other."""

from __future__ import annotations

from pipeline.store import columns as shared
from pipeline.store.codes import CAUSES, DOCUMENT_STATUSES, SEVERITIES
from pipeline.store.schema import Column, Kind, Table

DOCUMENTS = Table(
    "documents", "Tài liệu", "Documents",
    "One row for every document; files with the same bytes are one document with several paths.",
    (
        shared.DOC_ID,
        Column(
            "path", Kind.TEXT, "Đường dẫn", "Path", "Where the file lay; the first in order, if it lay twice.",
            vi_description="Nơi có tệp; nếu ở nhiều nơi thì nơi đầu tiên theo thứ tự.",
        ),
        Column(
            "paths", Kind.TEXTS, "Các đường dẫn", "All paths", "Every path where a file with these bytes lay.",
            vi_description="Mọi nơi có tệp với nội dung này.",
        ),
        Column(
            "media_type", Kind.TEXT, "Định dạng", "Media type", "As recognised from the bytes.", nullable=True,
            vi_description="Nhận biết từ nội dung tệp.",
        ),
        Column(
            "size", Kind.INTEGER, "Dung lượng", "Size", "In bytes.", vi_description="Tính bằng byte.", low=0,
            unit="byte",
        ),
        Column(
            "title", Kind.TEXT, "Tiêu đề", "Title", "The document's title.", nullable=True,
            vi_description="Tiêu đề hoặc trích yếu của tài liệu.",
        ),
        Column(
            "doc_type", Kind.TEXT, "Loại văn bản", "Type", "news, or the type of an issued document.", nullable=True,
            vi_description="news (tin, bài), hoặc loại văn bản.",
        ),
        Column(
            "number", Kind.TEXT, "Số ký hiệu", "Number", "The document's own number.", nullable=True,
            vi_description="Số ký hiệu của chính văn bản.",
        ),
        Column(
            "issuer", Kind.TEXT, "Cơ quan ban hành", "Issuer", "Who issued it, in full.", nullable=True,
            vi_description="Tên đầy đủ của cơ quan ban hành.",
        ),
        shared.REF_AREA,
        shared.AREA_REGIME,
        Column(
            "issued_on", Kind.DATE, "Ngày ban hành", "Issued on", "Day of issue.", nullable=True,
            vi_description="Ngày ban hành.",
        ),
        Column(
            "published_at", Kind.TEXT, "Ngày đăng", "Published at", "ISO 8601 day, or day and time.", nullable=True,
            vi_description="Ngày, hoặc ngày và giờ, theo ISO 8601.",
        ),
        Column(
            "source", Kind.TEXT, "Nguồn", "Source", "Who published it, as the text says.", nullable=True,
            vi_description="Nơi đăng, theo lời văn.",
        ),
        Column(
            "period", Kind.TEXT, "Kỳ báo cáo", "Period", "The period that the document is about.", nullable=True,
            vi_description="Kỳ mà tài liệu báo cáo.",
        ),
        Column(
            "pages", Kind.INTEGER, "Số trang", "Pages", "Empty for formats without pages.", nullable=True,
            vi_description="Để trống với định dạng không chia trang.", low=1, unit="page",
        ),
        Column(
            "chars", Kind.INTEGER, "Số ký tự", "Characters", "Length of the canonical text.",
            vi_description="Độ dài của văn bản chuẩn.", low=0, unit="code point",
        ),
        Column(
            "text_hash", Kind.TEXT, "Mã băm văn bản", "Text hash",
            "SHA-256 of the canonical text in UTF-8: offsets hold for this text; empty where it could not be read.",
            nullable=True, vi_description="SHA-256 của văn bản chuẩn (UTF-8): các vị trí tính theo đúng văn bản này; "
            "để trống nếu không đọc được.", pattern=shared.SHA256,
        ),
        Column(
            "language", Kind.TEXT, "Ngôn ngữ", "Language", "ISO 639-1.", nullable=True, vi_description="ISO 639-1.",
        ),
        Column(
            "encoding", Kind.TEXT, "Bảng mã", "Encoding", "How the bytes were read.", nullable=True,
            vi_description="Bảng mã dùng để đọc.",
        ),
        Column(
            "ocr_pages", Kind.INTEGER, "Số trang OCR", "OCR pages", "Pages recognised from an image.",
            vi_description="Số trang được nhận dạng từ ảnh.", low=0, unit="page",
        ),
        Column(
            "status", Kind.TEXT, "Trạng thái", "Status", "ok, partial (a part was not read) or failed.",
            vi_description="ok (đọc được cả), partial (một phần), failed (không đọc được).", codes=DOCUMENT_STATUSES,
        ),
        Column(
            "error", Kind.TEXT, "Lỗi", "Error", "What went wrong, if anything did.", nullable=True,
            vi_description="Điều trục trặc, nếu có.",
        ),
        Column(
            "flags", Kind.TEXTS, "Cờ", "Flags", "What a reviewer should know of the document as a whole.",
            vi_description="Điều người duyệt cần biết về cả tài liệu.",
        ),
        Column(
            "parser_version", Kind.TEXT, "Phiên bản bộ đọc", "Parser version", "Version of the program.",
            vi_description="Phiên bản của chương trình.",
        ),
        Column(
            "rules_version", Kind.TEXT, "Phiên bản quy tắc", "Rules version", "Hash of the rules.", nullable=True,
            vi_description="Mã băm của bộ quy tắc.",
        ),
        Column(
            "vocabulary_version", Kind.TEXT, "Phiên bản danh mục chỉ tiêu", "Vocabulary version",
            "Hash of the content of the vocabulary, which is a part of the rules folder.", nullable=True,
            vi_description="Mã băm của danh mục chỉ tiêu, một phần của thư mục quy tắc.",
        ),
    ),
    ("doc_id",),
    vi_description="Mỗi tài liệu một dòng; các tệp cùng nội dung là một tài liệu có nhiều đường dẫn.",
    key=("doc_id",),
    links=(shared.OF_PROVINCE,),
)  # fmt: skip

CHECKS = Table(
    "checks", "Kiểm tra", "Checks",
    "Every check that did not hold: sums, shares, ranks within their set, contradictions. A finding between several "
    "documents stands under the first of them.",
    (
        Column(
            "check_id", Kind.TEXT, "Mã phát hiện", "Finding", "Stable: a hash of document, check, figures and message.",
            vi_description="Ổn định: mã băm của tài liệu, phép kiểm tra, các con số và nội dung.",
        ),
        shared.DOC_ID,
        Column("check", Kind.TEXT, "Phép kiểm tra", "Check", "Which check.", vi_description="Tên phép kiểm tra."),
        Column(
            "severity", Kind.TEXT, "Mức độ", "Severity", "error, warning or info.",
            vi_description="error (lỗi), warning (cảnh báo), info (nên xem).", codes=SEVERITIES,
        ),
        Column(
            "message", Kind.TEXT, "Nội dung", "Message", "What does not hold, in words.",
            vi_description="Điều không khớp, bằng lời.",
        ),
        Column(
            "obs_ids", Kind.TEXTS, "Các số liệu", "Observations", "The observations concerned.",
            vi_description="Các số liệu liên quan.",
        ),
        Column(
            "expected", Kind.TEXT, "Phải là", "Expected", "What would hold.", nullable=True,
            vi_description="Giá trị thì khớp.",
        ),
        Column(
            "found", Kind.TEXT, "Đã thấy", "Found", "What the document says.", nullable=True,
            vi_description="Điều tài liệu nêu.",
        ),
    ),
    ("doc_id", "check", "obs_ids", "message"),
    vi_description="Mọi phép kiểm tra không khớp: tổng, tỷ lệ, thứ hạng, mâu thuẫn. Phát hiện giữa nhiều tài liệu "
    "đứng ở tài liệu đầu tiên.",
    key=("check_id",),
    links=(shared.OF_DOCUMENT,),
)  # fmt: skip

AGREEMENTS = Table(
    "agreements", "Khớp nhau", "Agreements",
    "Every identity within a document that was found to hold: parts that add up to their whole, a rate that its "
    "figures give, a change that leads from one value to the other. A figure in it is borne out by others that stand "
    "apart.",
    (
        Column(
            "agreement_id", Kind.TEXT, "Mã", "Agreement", "Stable: a hash of document, check, figures and statement.",
            vi_description="Ổn định: mã băm của tài liệu, phép kiểm tra, các con số và đẳng thức.",
        ),
        shared.DOC_ID,
        Column("check", Kind.TEXT, "Phép kiểm tra", "Check", "Which check.", vi_description="Tên phép kiểm tra."),
        Column(
            "statement", Kind.TEXT, "Đẳng thức", "Statement", "The identity with its numbers: 675 + 12 = 687.",
            vi_description="Đẳng thức với các con số: 675 + 12 = 687.",
        ),
        Column(
            "obs_ids", Kind.TEXTS, "Các số liệu", "Observations", "The observations concerned.",
            vi_description="Các số liệu liên quan.",
        ),
    ),
    ("doc_id", "check", "obs_ids", "statement"),
    vi_description="Mọi đẳng thức trong một tài liệu đã thấy là đúng: tổng bằng các phần, tỷ lệ khớp các con số, mức "
    "thay đổi khớp hai kỳ. Mỗi số liệu ở đây được các số khác chứng thực.",
    key=("agreement_id",),
    links=(shared.OF_DOCUMENT,),
)  # fmt: skip

ERRORS = Table(
    "errors", "Tệp không đọc được", "Files that could not be read", "Every file that could not be read, and why.",
    (
        Column("path", Kind.TEXT, "Đường dẫn", "Path", "Where the file lies.", vi_description="Nơi có tệp."),
        Column(
            "doc_id", Kind.TEXT, "Mã tài liệu", "Document", "SHA-256 of the bytes, where they could be had.",
            nullable=True, vi_description="SHA-256 của nội dung tệp, nếu lấy được.",
        ),
        Column(
            "cause", Kind.TEXT, "Nguyên nhân", "Cause", "One of a closed list.", vi_description="Theo danh mục.",
            codes=CAUSES,
        ),
        Column(
            "message", Kind.TEXT, "Nội dung", "Message", "What went wrong, in words.",
            vi_description="Điều trục trặc, bằng lời.",
        ),
        Column(
            "hint", Kind.TEXT, "Gợi ý", "Hint", "What to do.", nullable=True, vi_description="Việc nên làm.",
        ),
    ),
    ("path",),
    vi_description="Mọi tệp không đọc được và vì sao.",
    key=("path",),
)  # fmt: skip
