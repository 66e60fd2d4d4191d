"""The table of reviews: what was decided about the facts, in the order in which it was decided."""

from __future__ import annotations

from dataclasses import replace

from pipeline.store import columns as shared
from pipeline.store.codes import DECISIONS
from pipeline.store.schema import Column, Kind, Table

REVIEWS = Table(
    "reviews", "Nhật ký duyệt", "Reviews",
    "Every decision of a reviewer about a fact, also those that were taken back or overtaken. A decision about a fact "
    "that is no longer read stays here without a row in `observations`.",
    (
        Column(
            "decision_id", Kind.TEXT, "Mã quyết định", "Decision id", "The id of the decision.",
            vi_description="Mã của quyết định.", pattern="[0-9A-Za-z_-]{8,64}",
        ),
        Column(
            "sequence", Kind.INTEGER, "Thứ tự", "Sequence", "Its place in the record of all decisions, from 1.",
            vi_description="Thứ tự trong sổ quyết định, tính từ 1.", low=1,
        ),
        shared.OBS_ID,
        shared.DOC_ID,
        Column(
            "decision", Kind.TEXT, "Quyết định", "Decision",
            "accept, reject, correct, add, no_source, note, skip, undo.",
            vi_description="accept (chấp nhận), reject (bác bỏ), correct (sửa), add (thêm), no_source (không thấy "
            "nguồn), note (ghi chú), skip (bỏ qua), undo (rút lại).", codes=DECISIONS,
        ),
        replace(
            shared.CORRECTIONS, description="What should stand instead, or all that an added fact says, as a JSON "
            "object.", vi_description="Giá trị đúng của các cột, hoặc toàn bộ số liệu được thêm, dạng JSON.",
        ),
        Column(
            "before", Kind.TEXT, "Số liệu khi duyệt", "As seen", "The fact as it was read when it was reviewed, as a "
            "JSON object.", nullable=True, vi_description="Số liệu đã đọc được vào lúc duyệt, dạng JSON.",
        ),
        Column(
            "reviewer", Kind.TEXT, "Người duyệt", "Reviewer", "Who decided.", vi_description="Ai quyết định.",
        ),
        Column(
            "at", Kind.TEXT, "Lúc", "At", "When, UTC with milliseconds.", vi_description="Thời điểm (UTC).",
            pattern=r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z",
        ),
        Column(
            "note", Kind.TEXT, "Ghi chú", "Note", "What the reviewer says.", nullable=True,
            vi_description="Lời của người duyệt.",
        ),
        Column(
            "undoes", Kind.TEXT, "Rút lại", "Undoes", "The decision that this one takes back.", nullable=True,
            vi_description="Quyết định bị rút lại.",
        ),
        Column(
            "batch", Kind.TEXT, "Đợt", "Batch", "Shared by decisions that were made together.", nullable=True,
            vi_description="Chung cho các quyết định được đưa ra cùng lúc.",
        ),
        Column(
            "revision", Kind.TEXT, "Phiên bản số liệu", "Revision", "Hash of the fact as seen; empty for added facts.",
            nullable=True, vi_description="Mã băm của số liệu khi duyệt; để trống với số liệu được thêm.",
        ),
        Column(
            "source_hash", Kind.TEXT, "Mã băm văn bản", "Text hash", "`documents.text_hash` when it was reviewed.",
            nullable=True, vi_description="`documents.text_hash` vào lúc duyệt.",
        ),
        replace(
            shared.RULE, nullable=True, description="The rule that had made the fact.",
            vi_description="Quy tắc đã tạo ra số liệu.",
        ),
        Column(
            "parser_version", Kind.TEXT, "Phiên bản bộ đọc", "Parser version", "Version of the program then.",
            nullable=True, vi_description="Phiên bản chương trình khi đó.",
        ),
        Column(
            "rules_version", Kind.TEXT, "Phiên bản quy tắc", "Rules version", "Hash of the rules then.", nullable=True,
            vi_description="Mã băm của bộ quy tắc khi đó.",
        ),
    ),
    ("doc_id", "sequence"),
    vi_description="Mọi quyết định của người duyệt, kể cả quyết định đã rút lại hoặc được thay thế. Quyết định về số "
    "liệu không còn đọc được vẫn ở đây, dù `observations` không còn dòng đó.",
    key=("decision_id",),
    links=(shared.OF_DOCUMENT,),
)  # fmt: skip
