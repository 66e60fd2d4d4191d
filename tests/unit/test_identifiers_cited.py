"""Documents cited in a text: each once, with its own day, issuer and role."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.assemble.identity import identify
from pipeline.assemble.references import reference_spans, references
from pipeline.match.dates import date_atoms
from pipeline.match.identifiers import identifiers
from pipeline.model import Reference, Repair, Span
from pipeline.read import read_bytes
from pipeline.values.places import load_gazetteer


def cited(text: str) -> tuple[Reference, ...]:
    document = read_bytes(text.encode(), "page.txt")
    acts, dates = identifiers(document.text), date_atoms(document.text)
    identity = identify(document, dates, acts, load_gazetteer())
    found = references(document, acts, dates, identity, load_gazetteer())
    assert all(row.span.of(document.text) == row.quote for row in found)
    assert {row.span for row in found} <= set(reference_spans(acts))
    return found


def brief(row: Reference) -> tuple[str, str | None, str | None, str, str | None]:
    return row.number, row.doc_type, row.issued_on and row.issued_on.isoformat(), row.role, row.issuer  # type: ignore[return-value]


HEAD = (
    "UBND TỈNH LẠNG SƠN\nSố: 9/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Lạng Sơn, ngày 5 tháng 5 năm 2022\n\nKẾ HOẠCH\nCải cách hành chính\n\n"
)
SELF = ("9/KH-UBND", "KH", "2022-05-05", "self", "UBND tỉnh Lạng Sơn")

CASES = [
    (
        "each number has its own day in a long list",
        "Căn cứ Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018 của Chính phủ; Nghị định số 45/2020/NĐ-CP ngày "
        "08/4/2020;\nCăn cứ Nghị định số 63/2010/NĐ-CP, được sửa đổi tại Nghị định số 48/2013/NĐ-CP ngày 14/5/2013;",
        [
            ("61/2018/NĐ-CP", "NĐ", "2018-04-23", "basis", "Chính phủ"),
            ("45/2020/NĐ-CP", "NĐ", "2020-04-08", "basis", "Chính phủ"),
            ("63/2010/NĐ-CP", "NĐ", None, "basis", "Chính phủ"),
            ("48/2013/NĐ-CP", "NĐ", "2013-05-14", "basis", "Chính phủ"),
        ],
    ),
    (
        "a day shared by a list, but not against the year in a number",
        "Thực hiện Nghị quyết số 01/NQ-CP và Nghị quyết số 02/NQ-CP ngày 01/01/2021 của Chính phủ, tỉnh đã làm.",
        [
            ("01/NQ-CP", "NQ", "2021-01-01", "basis", "Chính phủ"),
            ("02/NQ-CP", "NQ", "2021-01-01", "basis", "Chính phủ"),
        ],
    ),
    (
        "documents of two types do not share a day",
        "Thực hiện Chỉ thị 23/CT-TTg, Quyết định 06/QĐ-TTg ngày 06/01/2022, tỉnh đã làm.",
        [
            ("23/CT-TTg", "CT", None, "basis", "Thủ tướng Chính phủ"),
            ("06/QĐ-TTg", "QĐ", "2022-01-06", "basis", "Thủ tướng Chính phủ"),
        ],
    ),
    (
        "offices stand for their organs, and the province is added",
        "Thực hiện Quyết định số 2503/QĐ-BTC ngày 29/11/2019 của Bộ trưởng Bộ Tài chính về dự toán; Chỉ thị số "
        "12/CT-UBND ngày 10/3/2022 của Chủ tịch UBND tỉnh về CCHC; Tờ trình số 4/TTr-SNV ngày 1/2/2022 của Giám đốc "
        "Sở Nội vụ; Nghị quyết số 05-NQ/TU ngày 9/4/2021 của Ban Thường vụ Tỉnh ủy.",
        [
            ("2503/QĐ-BTC", "QĐ", "2019-11-29", "basis", "Bộ Tài chính"),
            ("12/CT-UBND", "CT", "2022-03-10", "basis", "UBND tỉnh Lạng Sơn"),
            ("4/TTr-SNV", "TTr", "2022-02-01", "basis", "Sở Nội vụ tỉnh Lạng Sơn"),
            ("05-NQ/TU", "NQ", "2021-04-09", "basis", "Ban Thường vụ Tỉnh ủy Lạng Sơn"),
        ],
    ),
    (
        "the day and the issuer before the verb",
        "Ngày 06/02/2022, Văn phòng UBND tỉnh đã ban hành Kế hoạch số 02/KH-VPUB về cải cách hành chính.",
        [("02/KH-VPUB", "KH", "2022-02-06", "cites", "Văn phòng UBND tỉnh Lạng Sơn")],
    ),
    (
        "a day of something else is not bound",
        "Hội nghị ngày 12/4/2022 đã quán triệt Chỉ thị số 12/CT-TTg về tín dụng. Báo cáo trước ngày 10/5/2022.",
        [("12/CT-TTg", "CT", None, "basis", "Thủ tướng Chính phủ")],
    ),
    (
        "replaced documents and annexes are cited, not followed",
        "Quyết định này thay thế Quyết định số 181/2003/QĐ-TTg ngày 04/9/2003. Danh mục ban hành kèm theo Quyết định "
        "số 137/2001/QĐ/BTC ngày 18/12/2001 (Kế hoạch số 45/KH-UBND ngày 31/7/2021).",
        [
            ("181/2003/QĐ-TTg", "QĐ", "2003-09-04", "cites", "Thủ tướng Chính phủ"),
            ("137/2001/QĐ/BTC", "QĐ", "2001-12-18", "cites", "Bộ Tài chính"),
            ("45/KH-UBND", "KH", "2021-07-31", "cites", "UBND tỉnh Lạng Sơn"),
        ],
    ),
    (
        "a document named twice is one row, with the day of the second mention",
        "Theo Thông tư số 02/2017/TT-VPCP, tỉnh báo cáo. Thông tư 02/2017/TT-VPCP ngày 31/10/2017 quy định rõ.",
        [("02/2017/TT-VPCP", "TT", "2017-10-31", "basis", "Văn phòng Chính phủ")],
    ),
    (
        "joint circulars name no single issuer; unknown organs are taken from the words",
        "Căn cứ Thông tư liên tịch số 01/2011/TTLT-VPCP-BNV ngày 26/01/2011; Văn bản số 424/BQL-KTĐT ngày 15/6/2020 "
        "của Ban Quản lý dự án Nông nghiệp và Phát triển nông thôn.",
        [
            ("01/2011/TTLT-VPCP-BNV", "TTLT", "2011-01-26", "basis", None),
            ("424/BQL-KTĐT", "CV", "2020-06-15", "basis",
             "Ban Quản lý dự án Nông nghiệp và Phát triển nông thôn"),
        ],
    ),
    (
        "numbers without a symbol need their day",
        "Theo Công văn số 1238 ngày 8/11/2016 của UBND tỉnh; Đề án 06, Chương trình 135, Nghị quyết số 20.",
        [("1238", "CV", "2016-11-08", "basis", "UBND tỉnh Lạng Sơn")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rows"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_cited_documents(text: str, rows: list[tuple[str, ...]]) -> None:
    assert [brief(row) for row in cited(HEAD + text)] == [SELF, *rows]


NEWS = "Sơn La ban hành kế hoạch cải cách hành chính năm 2019\n\nĐăng ngày: 13/12/2018\n\n"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ngày 07/12/2018, UBND tỉnh ban hành Quyết định số 3026/QĐ-UBND về kế hoạch.", "reported"),
        ("Theo Quyết định số 3026/QĐ-UBND do UBND tỉnh ban hành ngày 07/12/2018, chỉ số được xếp hạng.", "reported"),
        ("Thực hiện Quyết định số 3026/QĐ-UBND ngày 07/11/2017 của UBND tỉnh, các sở đã làm.", "basis"),
        ("Một năm thực hiện Quyết định số 3026/QĐ-UBND ngày 07/11/2017 của UBND tỉnh.", "basis"),
        ("Kế hoạch (Quyết định số 3026/QĐ-UBND ngày 07/11/2017) đã xong.", "cites"),
        ("Quyết định số 3026/QĐ-UBND do Chủ tịch UBND tỉnh ký ngày 07/11/2017 phê duyệt cắt giảm.", "reported"),
        ("Quyết định số 3026/QĐ-UBND được UBND tỉnh ban hành ngày 07/11/2017.", "reported"),
        ("Quyết định số 3026/QĐ-UBND vừa được ban hành nêu rõ.", "reported"),
        ("Căn cứ Quyết định số 3026/QĐ-UBND do UBND tỉnh ký ngày 07/11/2017, các sở đã làm.", "basis"),
        ("Nhiều việc nêu tại Quyết định số 3026/QĐ-UBND do UBND tỉnh ký ngày 07/11/2017 đã xong.", "cites"),
    ],
)
def test_what_a_news_item_reports_on(text: str, role: str) -> None:
    assert [(row.number, row.role, row.issuer) for row in cited(NEWS + text)] == [
        ("3026/QĐ-UBND", role, "UBND tỉnh Sơn La")
    ]


def test_a_licence_in_the_foot_is_cited_and_not_the_page_s_number() -> None:
    (row,) = cited(NEWS + "Giấy phép số: 06/GP-TTĐT ngày 19/6/2019 của Sở Thông tin và Truyền thông.")
    assert brief(row) == ("06/GP-TTĐT", "GP", "2019-06-19", "cites", "Sở Thông tin và Truyền thông tỉnh Sơn La")


def test_a_table_of_documents_has_the_day_in_its_own_column() -> None:
    html = (
        "<table><tr><th>Ngày ban hành</th><th>Văn bản</th></tr>"
        "<tr><td>13/7/2026</td><td>Quyết định số 37/2026/QĐ-UBND bãi bỏ Quyết định số 90/2025/QĐ-UBND ngày 24/8/2025 "
        "của UBND tỉnh</td></tr><tr><td>17/7/2026</td><td>số 1782/QĐ-UBND về khung số lượng phòng</td></tr></table>"
    )
    document = read_bytes(html.encode(), "page.html")
    acts, dates = identifiers(document.text), date_atoms(document.text)
    gazetteer = load_gazetteer()
    found = references(document, acts, dates, identify(document, dates, acts, gazetteer), gazetteer)
    assert {row.number: str(row.issued_on) for row in found} == {
        "37/2026/QĐ-UBND": "2026-07-13",
        "90/2025/QĐ-UBND": "2025-08-24",
        "1782/QĐ-UBND": "2026-07-17",
    }


@pytest.mark.parametrize(
    ("text", "number", "issuer", "day"),
    [
        (
            "Thông tư số 02/2017/TT-VPCP ngày 31/10/2017 của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ hướng dẫn",
            "02/2017/TT-VPCP", "Văn phòng Chính phủ", "2017-10-31",
        ),
        (
            "Quyết định số 5/QĐ-UBDT ngày 01/02/2020 của Bộ trưởng, Chủ nhiệm Ủy ban Dân tộc về việc",
            "5/QĐ-UBDT", "Ủy ban Dân tộc", "2020-02-01",
        ),
        ("Quyết định số 7/QĐ-BNV ngày 01/02/2020 của Bộ trưởng Bộ Nội vụ", "7/QĐ-BNV", "Bộ Nội vụ", "2020-02-01"),
        (
            "Giấy phép số 33/GP-BTTTT do Bộ Thông tin và Truyền thông cấp ngày 25/10/2019",
            "33/GP-BTTTT", "Bộ Thông tin và Truyền thông", "2019-10-25",
        ),
        (
            "Kế hoạch số 8/KH-UBND được UBND tỉnh ban hành ngày 02/02/2018",
            "8/KH-UBND", "UBND tỉnh Sơn La", "2018-02-02",
        ),
    ],
)  # fmt: skip
def test_issuers_by_office_and_days_behind_a_verb(text: str, number: str, issuer: str, day: str) -> None:
    (row,) = cited(NEWS + text)
    assert (row.number, row.issuer, str(row.issued_on)) == (number, issuer, day)


@pytest.mark.parametrize(
    ("text", "misread", "rows"),
    [
        ("Thực hiện Quyết định số 02/NQ-CP của Chính phủ.", ["02/NQ-CP"], [("02/NQ-CP", 0.8)]),
        ("Theo số 02/NQ-CP và số 12/BC-UBND.", ["02/NQ-CP"], [("02/NQ-CP", 0.8), ("12/BC-UBND", 0.95)]),
        # A second mention that was read without doubt settles it.
        ("Theo số 02/NQ-CP. Theo Nghị quyết số 02/NQ-CP.", ["02/NQ-CP"], [("02/NQ-CP", 0.95)]),
    ],
)
def test_a_number_that_recognition_doubted_is_less_sure(
    text: str, misread: list[str], rows: list[tuple[str, float]]
) -> None:
    plain = read_bytes(text.encode(), "page.txt")
    starts = [plain.text.index(number) for number in misread]
    doubts = [Repair("ocr_doubtful", Span(at, at + 3), "02/") for at in starts]
    document = replace(plain, repairs=tuple(doubts))
    acts, dates = identifiers(document.text), date_atoms(document.text)
    identity = identify(document, dates, acts, load_gazetteer())
    found = references(document, acts, dates, identity, load_gazetteer())
    assert [(row.number, row.confidence) for row in found] == rows


def test_a_joint_circular_is_one_by_any_of_its_mentions() -> None:
    [row] = cited("Theo số 51/2015/TT-BYT-BNV. Theo Thông tư liên tịch số 51/2015/TT-BYT-BNV ngày 11/12/2015.")
    assert (row.doc_type, row.issued_on and row.issued_on.isoformat()) == ("TTLT", "2015-12-11")


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        # The preamble of an act: a proposal, and the opinions beside it.
        (
            "Theo đề nghị của Chánh Văn phòng UBND tỉnh tại Tờ trình số 402/TTr-VP ngày 10/10/2025 và Giám đốc Sở Nội "
            "vụ tại Văn bản số 2917/SNV-TCBC ngày 17/10/2025;",
            ["basis", "basis"],
        ),
        ("Xét Tờ trình số 42/TTr-STC ngày 1/2/2021, Báo cáo thẩm định số 12/BC-STP;", ["basis", "basis"]),
        ("Sở Nội vụ đã trình UBND tỉnh Tờ trình số 77/TTr-SNV ngày 3/3/2021.", ["cites"]),
        # What was made thereupon is no basis itself.
        (
            "Thực hiện Kế hoạch số 4021/KH-UBND ngày 24/12/2021, Sở Tư pháp đã xây dựng Kế hoạch số 07/KH-STP.",
            ["basis", "cites"],
        ),
        ("Căn cứ các văn bản trên, UBND tỉnh ban hành Kế hoạch số 27/KH-UBND ngày 14/4/2016.", ["cites"]),
        (
            "Thực hiện Quyết định số 12/QĐ-UBND của UBND tỉnh ban hành Kế hoạch CCHC, Công văn số 33/SNV-CCHC, "
            "UBND huyện báo cáo.",
            ["basis", "basis"],
        ),
        # The document that a text stands on, and the one by which it came into force.
        ("Theo Quy chế theo dõi, đôn đốc ban hành kèm theo Quyết định số 23/2017/QĐ-UBND, có 3 việc.", ["basis"]),
        ("Thực hiện Kế hoạch CCHC được phê duyệt tại Quyết định số 18/QĐ-UBND, có 3 việc.", ["basis"]),
        ("Kế hoạch CCHC ban hành kèm theo Quyết định số 18/QĐ-UBND có 3 việc.", ["cites"]),
        (
            "Theo Quy chế ban hành kèm theo Quyết định số 16/QĐ-UBND của UBND tỉnh và Quyết định số 45/2018/QĐ-TTg, "
            "có 3 việc.",
            ["basis", "basis"],
        ),
        # A report that is only the source; what goes on from an earlier letter.
        ("Theo báo cáo của Sở Nội vụ, Kế hoạch của tỉnh (Quyết định số 12/QĐ-UBND) có 87 việc.", ["cites"]),
        ("Theo Báo cáo số 15/BC-SNV, có 87 việc.", ["basis"]),
        (
            "Thực hiện Công văn số 15/SNV-CCHC; tiếp theo Công văn số 22/UBND-NC, UBND huyện yêu cầu.",
            ["basis", "cites"],
        ),
        # "Triển khai" opens what is done on a basis; within a sentence it tells what was done with a document.
        ("Triển khai Nghị quyết số 19-2017/NQ-CP của Chính phủ, toàn tỉnh có 3 việc.", ["basis"]),
        ("Các sở đã triển khai Nghị quyết số 19-2017/NQ-CP của Chính phủ.", ["cites"]),
        # An item is a sentence of its own.
        ("c) Làm theo Quyết định số 12/QĐ-UBND.\nđ) Có 46 việc tại Kế hoạch số 10/KH-UBND.", ["basis", "cites"]),
    ],
)
def test_roles_in_preambles_and_of_what_was_made_thereupon(text: str, roles: list[str]) -> None:
    assert [row.role for row in cited(HEAD + text)[1:]] == roles
