"""What an expert reads in phrases of the genre, whole: each text with all of its rows."""

from __future__ import annotations

import pytest

from pipeline.extract import extract
from pipeline.model import Observation
from pipeline.process import read_document
from pipeline.rulebook.book import load


def rows(text: str) -> list[str]:
    """The rows of a text: measure, value, and what the text says of whose, level, time and status, with the quote."""
    return [_row(found) for found in extract(read_document(text.encode(), "a.txt"), load()).observations]


def _row(found: Observation) -> str:
    what = " ".join(filter(None, (found.indicator, found.index)))
    value = f"{'' if found.comparator == 'eq' else found.comparator + ' '}{found.value.normalize():f}"
    base = f"<{found.base_period}" if found.base_period else None
    status = None if found.obs_status == "actual" else found.obs_status
    context = (found.subject, found.level, found.scope, found.time_period, base, status)
    return " | ".join((what, value, *filter(None, context), f"«{found.quote}»"))


AGENCY = (
    "SỞ CÔNG THƯƠNG TỈNH VĨNH LONG\nSố: 12/BC-SCT\nVĩnh Long, ngày 15 tháng 12 năm 2024\n\nBÁO CÁO\n"
    "Công tác cải cách hành chính năm 2024\n\n"
)
LEVELS = [
    (
        "Năm 2022, tỉnh Bắc Kạn phấn đấu tỷ lệ hồ sơ đúng hạn ở cấp tỉnh đạt trên 98%, cấp huyện và cấp xã đạt trên "
        "95%.",
        [
            "dossier.on_time_rate | gt 98 | Tỉnh Bắc Kạn | province | 2022 | target | "
            "«hồ sơ đúng hạn ở cấp tỉnh đạt trên 98%»",
            "dossier.on_time_rate | gt 95 | Tỉnh Bắc Kạn | district | 2022 | target | «trên 95%»",
            "dossier.on_time_rate | gt 95 | Tỉnh Bắc Kạn | commune | 2022 | target | «trên 95%»",
        ],
    ),
    (
        "Năm 2022, tỉnh Bắc Kạn có tỷ lệ hồ sơ đúng hạn của cấp huyện, cấp xã đều đạt 99%.",
        [
            "dossier.on_time_rate | 99 | Tỉnh Bắc Kạn | district | 2022 | «hồ sơ đúng hạn của cấp huyện, cấp xã đều "
            "đạt 99%»",
            "dossier.on_time_rate | 99 | Tỉnh Bắc Kạn | commune | 2022 | «hồ sơ đúng hạn của cấp huyện, cấp xã đều "
            "đạt 99%»",
        ],
    ),
    (
        "Với cấp huyện, quý I/2020 12 huyện trong tỉnh Lâm Đồng tiếp nhận 500 hồ sơ. Hồ sơ đang giải quyết là "
        "20 hồ sơ. Toàn tỉnh đã giải quyết 900 hồ sơ.",
        [
            "dossier.received | 500 | Tỉnh Lâm Đồng | district | 2020-Q1 | «tiếp nhận 500 hồ sơ»",
            "dossier.pending | 20 | Tỉnh Lâm Đồng | district | 2020-Q1 | «đang giải quyết là 20 hồ sơ»",
            "dossier.resolved | 900 | Tỉnh Lâm Đồng | 2020-Q1 | «đã giải quyết 900 hồ sơ»",
        ],
    ),
    (
        "Năm 2022, tại UBND các xã, thị trấn của huyện Krông Pắc tiếp nhận 300 hồ sơ.",
        ["dossier.received | 300 | Huyện Krông Pắc tỉnh Đắk Lắk | commune | 2022 | «tiếp nhận 300 hồ sơ»"],
    ),
]

OVERDUE = [
    (
        "Tháng 10/2019, tỉnh Sơn La đã giải quyết 15.641 hồ sơ, trước hạn 13.529 hồ sơ, đúng hạn 1.958 hồ sơ; quá hạn "
        "còn 154 hồ sơ.",
        [
            "dossier.resolved | 15641 | Tỉnh Sơn La | 2019-10 | «đã giải quyết 15.641 hồ sơ»",
            "dossier.resolved_early | 13529 | Tỉnh Sơn La | 2019-10 | «trước hạn 13.529 hồ sơ»",
            "dossier.resolved_on_time | 1958 | Tỉnh Sơn La | 2019-10 | «đúng hạn 1.958 hồ sơ»",
            "dossier.resolved_overdue | 154 | Tỉnh Sơn La | 2019-10 | «quá hạn còn 154 hồ sơ»",
        ],
    ),
    (
        "Tháng 10/2019, tỉnh Sơn La đang giải quyết 70 hồ sơ, có 50 hồ sơ chưa đến hạn và 20 hồ sơ đã quá hạn.",
        [
            "dossier.pending | 70 | Tỉnh Sơn La | 2019-10 | «đang giải quyết 70 hồ sơ»",
            "dossier.pending_in_time | 50 | Tỉnh Sơn La | 2019-10 | «50 hồ sơ chưa đến hạn»",
            "dossier.pending_overdue | 20 | Tỉnh Sơn La | 2019-10 | «20 hồ sơ đã quá hạn»",
        ],
    ),
]

SUBJECTS = [
    # A district lies in its province, though no word says so; one of several of its name in none.
    (
        "Năm 2019, UBND huyện Định Quán giải quyết 490 hồ sơ.",
        ["dossier.resolved | 490 | UBND huyện Định Quán tỉnh Đồng Nai | 2019 | «giải quyết 490 hồ sơ»"],
    ),
    (
        "Năm 2019, UBND huyện Yên Châu tỉnh Sơn La giải quyết 490 hồ sơ, UBND Q.1, TP.HCM giải quyết 120 hồ sơ.",
        [
            "dossier.resolved | 490 | UBND huyện Yên Châu tỉnh Sơn La | 2019 | «giải quyết 490 hồ sơ»",
            "dossier.resolved | 120 | UBND quận 1 thành phố Hồ Chí Minh | 2019 | «giải quyết 120 hồ sơ»",
        ],
    ),
    (
        "Năm 2019, UBND huyện Châu Thành giải quyết 490 hồ sơ.",
        ["dossier.resolved | 490 | UBND huyện Châu Thành | 2019 | «giải quyết 490 hồ sơ»"],
    ),
    (
        "Một cửa ở Tuần Giáo\n\nHuyện Tuần Giáo có 19 xã. Năm 2021, huyện được xếp thứ 4/10 huyện về chỉ số CCHC.",
        ["index.rank PAR_INDEX | 4 | Huyện Tuần Giáo tỉnh Điện Biên | province:districts | 2021 | «được xếp thứ 4/10»"],
    ),
    # The country has an index of its own; regions have places among regions.
    (
        "DTI quốc gia năm 2024 đạt 0,7955; Hà Nội dẫn đầu cả nước, giá trị DTI đạt 0,8241.",
        [
            "index.score DTI | 0.7955 | Việt Nam | 2024 | «đạt 0,7955»",
            "index.rank DTI | 1 | Thành phố Hà Nội | national | 2024 | «dẫn đầu»",
            "index.score DTI | 0.8241 | Thành phố Hà Nội | 2024 | «đạt 0,8241»",
        ],
    ),
    (
        "Hà Nội (TTXVN 18/4) Về PAR INDEX 2023, xếp vị trí thứ 2 là vùng Đông Nam Bộ, đạt 87,79%.",
        [
            "index.rank PAR_INDEX | 2 | Vùng Đông Nam Bộ | national | 2023 | «xếp vị trí thứ 2»",
            "index.mean_score PAR_INDEX | 87.79 | Vùng Đông Nam Bộ | 2023 | «đạt 87,79%»",
        ],
    ),
    (
        "Quảng Ninh dẫn đầu PCI 2023\n\nTrong PCI năm nay, Long An gây chú ý. Kết quả, địa phương giành vị trí á quân.",
        [
            "index.rank PCI | 1 | Tỉnh Quảng Ninh | national | 2023 | «dẫn đầu»",
            "index.rank PCI | 2 | Tỉnh Long An | national | 2023 | «á quân»",
        ],
    ),
]

AGAIN = [
    # Last year's figure in brackets: the same measure, a year before.
    (
        "6 tháng đầu năm 2024, tỉnh Bình Thuận tiếp nhận 204.512 hồ sơ, tăng 6,7% so với cùng kỳ (191.670 hồ sơ).",
        [
            "dossier.received | 204512 | Tỉnh Bình Thuận | 2024-S1 | «tiếp nhận 204.512 hồ sơ»",
            "dossier.received | 191670 | Tỉnh Bình Thuận | 2023-S1 | «191.670 hồ sơ»",
        ],
    ),
    (
        "Quý I/2024, tỷ lệ hồ sơ đúng hạn của tỉnh Sơn La đạt 98,2% (cùng kỳ đạt 97,1%).",
        [
            "dossier.on_time_rate | 98.2 | Tỉnh Sơn La | 2024-Q1 | «hồ sơ đúng hạn của tỉnh Sơn La đạt 98,2%»",
            "dossier.on_time_rate | 97.1 | Tỉnh Sơn La | 2023-Q1 | «97,1%»",
        ],
    ),
    # Behind a comma a comparison is no difference.
    (
        "Quý I/2024, ở phường Hà Tu, số hồ sơ tiếp nhận ít hơn, 3.905 hồ sơ.",
        ["dossier.received | 3905 | Phường Hà Tu | 2024-Q1 | «tiếp nhận ít hơn, 3.905 hồ sơ»"],
    ),
    # "Hai tỷ lệ này": the measures of the sentence or of the clauses before, in their order.
    (
        "Năm 2024, tỉnh Nam Định có tỷ lệ hồ sơ trực tuyến đạt 68,4%, tỷ lệ thanh toán trực tuyến đạt 61,2%. Năm 2023, "
        "hai tỷ lệ này lần lượt là 52,7% và 43,9%.",
        [
            "dossier.online_rate | 68.4 | Tỉnh Nam Định | 2024 | «hồ sơ trực tuyến đạt 68,4%»",
            "dossier.online_payment_rate | 61.2 | Tỉnh Nam Định | 2024 | «thanh toán trực tuyến đạt 61,2%»",
            "dossier.online_rate | 52.7 | Tỉnh Nam Định | 2023 | «52,7%»",
            "dossier.online_payment_rate | 43.9 | Tỉnh Nam Định | 2023 | «43,9%»",
        ],
    ),
    (
        "Năm 2024, tỉnh Nam Định có tỷ lệ hồ sơ trực tuyến đạt 68,4%, tỷ lệ thanh toán trực tuyến đạt 61,2%; các chỉ "
        "tiêu này của năm 2023 tương ứng là 52,7% và 43,9%.",
        [
            "dossier.online_rate | 68.4 | Tỉnh Nam Định | 2024 | «hồ sơ trực tuyến đạt 68,4%»",
            "dossier.online_payment_rate | 61.2 | Tỉnh Nam Định | 2024 | «thanh toán trực tuyến đạt 61,2%»",
            "dossier.online_rate | 52.7 | Tỉnh Nam Định | 2023 | «52,7%»",
            "dossier.online_payment_rate | 43.9 | Tỉnh Nam Định | 2023 | «43,9%»",
        ],
    ),
    # "Tỷ lệ này": of another time, also that of the headline.
    (
        "Tỷ lệ dịch vụ công trực tuyến mức độ 4 đạt 96%\n\nThông tin này được đưa ra ngày 22/12/2021. Trong năm 2020, "
        "tỷ lệ này mới đạt 30,85% và năm 2019 là 10,76%.\n\nNăm 2021, tỉnh Lào Cai tiếp nhận 120 hồ sơ.",
        [
            "procedure.online_level_4_rate | 96 | Tỉnh Lào Cai | 2021 | «dịch vụ công trực tuyến mức độ 4 đạt 96%»",
            "procedure.online_level_4_rate | 30.85 | Tỉnh Lào Cai | 2020 | «30,85%»",
            "procedure.online_level_4_rate | 10.76 | Tỉnh Lào Cai | 2019 | «10,76%»",
            "dossier.received | 120 | Tỉnh Lào Cai | 2021 | «tiếp nhận 120 hồ sơ»",
        ],
    ),
    # The goal of one result governs no further sentence; what is done is done.
    (
        "Năm 2021, tỷ lệ hồ sơ trực tuyến của tỉnh Lào Cai đạt 29,8%, mục tiêu là 30%. Tỷ lệ hồ sơ đúng hạn là 98%.",
        [
            "dossier.online_rate | 29.8 | Tỉnh Lào Cai | 2021 | «hồ sơ trực tuyến của tỉnh Lào Cai đạt 29,8%»",
            "dossier.online_rate | 30 | Tỉnh Lào Cai | 2021 | target | «30%»",
            "dossier.on_time_rate | 98 | Tỉnh Lào Cai | 2021 | «hồ sơ đúng hạn là 98%»",
        ],
    ),
    (
        "Năm 2016, tỉnh Lào Cai có 2.723 nhiệm vụ đến hạn phải hoàn thành, trong đó có 2.501 nhiệm vụ đã hoàn thành.",
        ["task.completed | 2501 | Tỉnh Lào Cai | 2016 | «có 2.501 nhiệm vụ đã hoàn thành»"],
    ),
    # Names and figures in turn.
    (
        "Năm 2024, Sở Y tế và Sở Xây dựng tỉnh Lào Cai tiếp nhận lần lượt 120 và 310 hồ sơ.",
        [
            "dossier.received | 120 | Sở Y tế tỉnh Lào Cai | 2024 | «tiếp nhận lần lượt 120 và 310 hồ sơ»",
            "dossier.received | 310 | Sở Xây dựng tỉnh Lào Cai | 2024 | «310 hồ sơ»",
        ],
    ),
    # Where a movement ends is no difference.
    (
        "Năm 2025, tỉnh Lào Cai phấn đấu giảm tỷ lệ hồ sơ quá hạn xuống dưới 1%.",
        ["dossier.overdue_rate | lt 1 | Tỉnh Lào Cai | 2025 | target | «hồ sơ quá hạn xuống dưới 1%»"],
    ),
    # A goal and what has been reached of it.
    (
        "Năm 2022, quận Sơn Trà phấn đấu tỷ lệ hồ sơ trực tuyến cả năm đạt 70%, đến nay đã đạt 74,2%.",
        [
            "dossier.online_rate | 70 | Quận Sơn Trà thành phố Đà Nẵng | 2022 | target | "
            "«hồ sơ trực tuyến cả năm đạt 70%»",
            "dossier.online_rate | 74.2 | Quận Sơn Trà thành phố Đà Nẵng | 2022 | «74,2%»",
        ],
    ),
]

PARTS = [
    # A further index of one agency, that does not name it again.
    (
        "Năm 2023, Chỉ số CCHC của Sở Tư pháp tỉnh Quảng Bình đạt 93,28%, xếp thứ 3/19 sở, ngành cấp tỉnh; SIPAS đạt "
        "95,4%.",
        [
            "index.score PAR_INDEX | 93.28 | Sở Tư pháp tỉnh Quảng Bình | 2023 | «đạt 93,28%»",
            "index.rank PAR_INDEX | 3 | Sở Tư pháp tỉnh Quảng Bình | province:agencies | 2023 | «xếp thứ 3/19»",
            "index.score SIPAS | 95.4 | Sở Tư pháp tỉnh Quảng Bình | 2023 | «đạt 95,4%»",
        ],
    ),
    # In an agency's report: a place among agencies, and an index of agencies; not a place among provinces.
    (
        f"{AGENCY}Năm 2023, Chỉ số CCHC đạt 91,2%, xếp thứ 5/19. Chỉ số DDCI đạt 82,4 điểm. SIPAS xếp thứ 12/63.",
        [
            "index.score PAR_INDEX | 91.2 | Sở Công Thương tỉnh Vĩnh Long | 2023 | «đạt 91,2%»",
            "index.rank PAR_INDEX | 5 | Sở Công Thương tỉnh Vĩnh Long | province:agencies | 2023 | «xếp thứ 5/19»",
            "index.score DDCI | 82.4 | Sở Công Thương tỉnh Vĩnh Long | 2023 | «đạt 82,4 điểm»",
            "index.rank SIPAS | 12 | Tỉnh Vĩnh Long | national | 2023 | «xếp thứ 12/63»",
        ],
    ),
    # Means of the components of a mean.
    (
        "Năm 2023, chỉ số PAPI trung bình cả nước là 42,32 điểm; trong đó chỉ số nội dung thủ tục hành chính công đạt "
        "7,18 điểm, quản trị điện tử đạt 3,27 điểm.",
        [
            "index.mean_score PAPI | 42.32 | Cả nước | 2023 | «trung bình cả nước là 42,32 điểm»",
            "index.mean_score PAPI/thu_tuc_hanh_chinh_cong | 7.18 | Cả nước | 2023 | «7,18 điểm»",
            "index.mean_score PAPI/quan_tri_dien_tu | 3.27 | Cả nước | 2023 | «3,27 điểm»",
        ],
    ),
    (
        "Năm 2025, tỉnh Long An phấn đấu nâng hạng Chỉ số PAPI ít nhất 5 bậc.",
        ["index.rank_change PAPI | ge 5 | Tỉnh Long An | 2025 | target | «nâng hạng Chỉ số PAPI ít nhất 5 bậc»"],
    ),
    (
        "Về PCI 2023, Quảng Ninh còn xếp thứ 3 cả nước về nỗ lực cắt giảm gánh nặng chi phí không chính thức.",
        [
            "index.rank PCI/chi_phi_khong_chinh_thuc | 3 | Tỉnh Quảng Ninh | national | 2023 | «còn xếp thứ 3»",
        ],
    ),
    # An item of a list of parts that no rule knows is no part named before.
    (
        "Về PCI 2023, Long An được đánh giá cao về chi phí không chính thức (xếp thứ 2/63); chất lượng cải cách thủ "
        "tục (xếp thứ 4/63).",
        [
            "index.rank PCI/chi_phi_khong_chinh_thuc | 2 | Tỉnh Long An | national | 2023 | "
            "«về chi phí không chính thức (xếp thứ 2/63»"
        ],
    ),
]

TABLES = [
    # Signed figures under a heading of change are changes of what their row names.
    (
        "PAPI năm 2022 của tỉnh Lai Châu như sau:\n\nNội dung | Điểm năm 2022 | Tăng (+), giảm (-)\n"
        "Công khai, minh bạch | 4,96 | -0,05\nThủ tục hành chính công | 7,20 | +0,11\n",
        [
            "index.score PAPI/cong_khai_minh_bach | 4.96 | Tỉnh Lai Châu | 2022 | «4,96»",
            "index.score_change PAPI/cong_khai_minh_bach | -0.05 | Tỉnh Lai Châu | 2022 | «-0,05»",
            "index.score PAPI/thu_tuc_hanh_chinh_cong | 7.2 | Tỉnh Lai Châu | 2022 | «7,20»",
            "index.score_change PAPI/thu_tuc_hanh_chinh_cong | 0.11 | Tỉnh Lai Châu | 2022 | «+0,11»",
        ],
    ),
]

TIMES = [
    # A headline is of the time of its lead; "trong tháng" of the month that is spoken of, not that of writing.
    (
        "Trung tâm giải quyết trên 8,9 ngàn hồ sơ\n\n08/11/2020 - 21:07\n\nTháng 10-2020, tỉnh Bến Tre tiếp nhận "
        "10.180 hồ sơ.\n\nTrong tháng, Công an tỉnh nhận 3.800 hồ sơ.",
        [
            "dossier.resolved | gt 8900 | Tỉnh Bến Tre | 2020-10 | «giải quyết trên 8,9 ngàn hồ sơ»",
            "dossier.received | 10180 | Tỉnh Bến Tre | 2020-10 | «tiếp nhận 10.180 hồ sơ»",
            "dossier.received | 3800 | Công an tỉnh Bến Tre | 2020-10 | «nhận 3.800 hồ sơ»",
        ],
    ),
    # An excursion ends with its paragraph.
    (
        "Quý III/2021, tỉnh Bến Tre giải quyết 1.300 hồ sơ. Tính trong 9 tháng năm 2021, có 5 hồ sơ quá hạn.\n\n"
        "Các xã đã giải quyết 970 hồ sơ.",
        [
            "dossier.resolved | 1300 | Tỉnh Bến Tre | 2021-Q3 | «giải quyết 1.300 hồ sơ»",
            "dossier.resolved_overdue | 5 | Tỉnh Bến Tre | 2021-01-01/2021-09-30 | «5 hồ sơ quá hạn»",
            "dossier.resolved | 970 | Tỉnh Bến Tre | commune | 2021-Q3 | «đã giải quyết 970 hồ sơ»",
        ],
    ),
    # A headline's goal is no goal of the years before.
    (
        "Phấn đấu đến năm 2025 trong nhóm dẫn đầu\n\nNăm 2021, chỉ số SIPAS của tỉnh Bến Tre là 86,72%.",
        ["index.score SIPAS | 86.72 | Tỉnh Bến Tre | 2021 | «là 86,72%»"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [*LEVELS, *OVERDUE, *SUBJECTS, *AGAIN, *PARTS, *TABLES, *TIMES])
def test_rows(text: str, expected: list[str]) -> None:
    assert rows(text) == expected
