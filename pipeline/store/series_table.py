"""The table of series: what all documents together say of one measure, subject and period."""

from __future__ import annotations

from dataclasses import replace

from pipeline.store import columns as shared
from pipeline.store.codes import AGREEMENTS, ORIGINS, RESOLUTIONS
from pipeline.store.fact_tables import COMPARATOR
from pipeline.store.schema import Column, Kind, Table

SERIES = Table(
    "series", "Chuỗi số liệu", "Series",
    "One row for every measure, subject and period: the accepted value, its sources, and how it was chosen. A series "
    "does not cross 1 July 2025: the area list is a part of its key. Values of merged provinces are never added up.",
    (
        Column(
            "point_id", Kind.TEXT, "Mã điểm", "Point", "Stable: a hash of the series and the period.",
            vi_description="Ổn định: mã băm của chuỗi và kỳ.", pattern="[0-9a-f]{20}",
        ),
        Column(
            "series_id", Kind.TEXT, "Mã chuỗi", "Series",
            "Stable: a hash of measure, index, subject, area, area list, level, scope, unit and status.",
            vi_description="Ổn định: mã băm của chỉ tiêu, chỉ số, chủ thể, mã tỉnh, danh mục, cấp, phạm vi, đơn vị, "
            "tính chất.", pattern="[0-9a-f]{16}",
        ),
        shared.INDICATOR,
        shared.INDEX,
        replace(shared.SUBJECT, nullable=False),
        Column(
            "subject_id", Kind.TEXT, "Mã chủ thể", "Subject id",
            "_T for the province as a whole, else a hash of who it is: one for all spellings of a name; names without "
            "a province are told apart by document.",
            vi_description="_T nếu là cả tỉnh, nếu không là mã băm của chủ thể: một mã cho mọi cách viết tên; tên "
            "không rõ tỉnh nào thì phân biệt theo tài liệu.", pattern="_T|[0-9a-f]{12}",
        ),
        shared.REF_AREA,
        shared.AREA_REGIME,
        shared.LEVEL,
        shared.SCOPE,
        shared.UNIT,
        shared.OBS_STATUS,
        replace(shared.TIME_PERIOD, nullable=False),
        replace(shared.PERIOD_START, nullable=False),
        replace(shared.PERIOD_END, nullable=False),
        shared.BASE_PERIOD,
        replace(
            shared.VALUE, description="The accepted value, in its unit.",
            vi_description="Giá trị được chấp nhận, theo đơn vị của nó.",
        ),
        shared.VALUE_HIGH,
        COMPARATOR,
        shared.OUT_OF,
        Column(
            "origin", Kind.TEXT, "Xuất xứ", "Origin", "Where the accepted value is from: stated, published, derived.",
            vi_description="Giá trị được chấp nhận lấy từ đâu: stated (tài liệu nêu), published (bảng công bố), "
            "derived (suy ra).", codes=ORIGINS,
        ),
        Column(
            "agreement", Kind.TEXT, "Độ khớp", "Agreement", "single, agree or conflict.",
            vi_description="single (một nguồn), agree (khớp), conflict (mâu thuẫn).", codes=AGREEMENTS,
        ),
        Column(
            "resolved_by", Kind.TEXT, "Cách phân định", "Resolved by", "What decided a conflict; empty without one.",
            nullable=True, vi_description="Điều phân định mâu thuẫn; để trống nếu không có.", codes=RESOLUTIONS,
        ),
        replace(
            shared.OBS_ID, nullable=True, description="The observation of the accepted value; empty if it is derived.",
            vi_description="Số liệu của giá trị được chấp nhận; để trống nếu là giá trị suy ra.",
        ),
        replace(
            shared.DOC_ID, nullable=True, description="The document of the accepted value (for a derived one: of those "
            "that it is derived from).",
            vi_description="Tài liệu của giá trị được chấp nhận (với giá trị suy ra: của các số liệu gốc).",
        ),
        Column(
            "source", Kind.TEXT, "Bảng công bố", "Published table", "The published table of the accepted value.",
            nullable=True, vi_description="Bảng công bố của giá trị được chấp nhận.",
        ),
        Column(
            "obs_ids", Kind.TEXTS, "Các số liệu", "Observations", "All observations of this point, the accepted first.",
            vi_description="Mọi số liệu của điểm này, số được chấp nhận đứng đầu.",
        ),
        Column(
            "doc_ids", Kind.TEXTS, "Các tài liệu", "Documents", "All documents that give a value for this point.",
            vi_description="Mọi tài liệu cho giá trị của điểm này.",
        ),
        Column(
            "derived_from", Kind.TEXTS, "Suy ra từ", "Derived from",
            "For a derived value: the observations that it was reckoned from (value − change; rank + change).",
            vi_description="Với giá trị suy ra: các số liệu gốc (giá trị − mức tăng; thứ hạng + số bậc tăng).",
        ),
        Column(
            "others", Kind.TEXTS, "Giá trị khác", "Other values",
            "Values that contradict the accepted one, each with what gives it: value, space, source.",
            vi_description="Các giá trị mâu thuẫn với giá trị được chấp nhận, kèm nguồn: giá trị, dấu cách, nguồn.",
        ),
        shared.CONFIDENCE,
        replace(
            shared.REVIEW_STATE, description="Of the observation of the accepted value; pending if it is derived.",
            vi_description="Của số liệu được chấp nhận; pending nếu là giá trị suy ra.",
        ),
    ),
    ("indicator", "index", "area_regime", "ref_area", "subject", "series_id", "period_start", "period_end", "point_id"),
    vi_description="Mỗi chỉ tiêu, chủ thể và kỳ một dòng: giá trị được chấp nhận, các nguồn và cách chọn. Chuỗi không "
    "vượt qua ngày 01/7/2025: danh mục địa giới là một phần của khóa. Không cộng giá trị của các tỉnh sáp nhập.",
    key=("point_id",),
    links=(shared.OF_DOCUMENT, shared.OF_OBSERVATION, shared.OF_INDICATOR, shared.OF_INDEX, shared.OF_PROVINCE),
)  # fmt: skip
