"""Whether a number is a result, a goal or the figure of a rule, and the words that say so."""

from __future__ import annotations

import pytest
from layer_samples import book, sample

from pipeline.assemble.periods import Periods
from pipeline.assemble.status import Statuses

REPORT = (
    "UBND TỈNH SƠN LA\nSố: 841/BC-UBND\nSơn La, ngày 20 tháng 12 năm 2022\n\nBÁO CÁO\n"
    "Công tác cải cách hành chính năm 2022\n\n"
)
PLAN = REPORT.replace("BC-", "KH-").replace("BÁO CÁO", "KẾ HOẠCH")
NEXT_YEAR = PLAN.replace("hành chính năm 2022", "hành chính năm 2023")
Told = tuple[str, str | None, bool]


def status(text: str, number: str = "77") -> Told:
    """A number's status, the words that gave it, and whether they stand outside its sentence."""
    found = sample(text)
    place, sentence, block = found.place(number)
    period, outside = Periods(found.context).of(place, sentence, block)
    said = None if outside else period
    told = Statuses(found.layers, found.context.identity, book().status).of(place, sentence, block, said)
    return told.code, told.span.of(found.text) if told.span else None, told.inherited


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The nearest cue before the number, in its clause and then in its sentence.
        (REPORT + "Đã trả 77 hồ sơ.", ("actual", "Đã", False)),
        (REPORT + "Phấn đấu 77% hồ sơ đúng hạn.", ("target", "Phấn đấu", False)),
        (REPORT + "Phấn đấu đạt 90%; đã đạt 77%.", ("actual", "đã", False)),
        # What a result is held against ends with it.
        (REPORT + "Trực tuyến đạt 38,9%, thấp so với mục tiêu 50%; thanh toán 77%.", ("actual", None, False)),
        (REPORT + "Trực tuyến đạt 68,9%, vượt chỉ tiêu 50%, thanh toán đạt 77%.", ("actual", "vượt chỉ tiêu", False)),
        (REPORT + "Mục tiêu trực tuyến 50%; thanh toán 77%.", ("target", "Mục tiêu", False)),
        (REPORT + "Phấn đấu các sở đạt 90%; các xã 77%.", ("target", "Phấn đấu", False)),
        # What is demanded is yet to come, where a change begins it is.
        (REPORT + "Yêu cầu các sở khẩn trương; nâng tỷ lệ trực tuyến từ 52% lên 77%.", ("target", "Yêu cầu", False)),
        (REPORT + "Yêu cầu các sở khẩn trương; nâng tỷ lệ trực tuyến từ 77% lên 85%.", ("actual", None, False)),
        (REPORT + "Yêu cầu Sở Y tế giải quyết dứt điểm 77 hồ sơ.", ("actual", None, False)),
        (REPORT + "Thủ tướng yêu cầu các tỉnh bớt ít nhất 77% thời gian.",
         ("target", "yêu cầu", False)),
        (REPORT + "UBND tỉnh yêu cầu các sở thực hiện: trễ hạn dưới 77%.", ("target", "yêu cầu", False)),
        (REPORT + "Trễ hạn 5%, thấp hơn mức 77% huyện đề ra.", ("target", "77", False)),
        (REPORT + "Sở giữ mức 77%, huyện đề ra mục tiêu khác.", ("actual", None, False)),
        (REPORT + "Chỉ tiêu 80% chưa đạt (thực hiện 77%).", ("actual", None, False)),
        (REPORT + "Thống nhất chủ trương cắt giảm 77% thời gian.", ("target", "Thống nhất chủ trương", False)),
        (REPORT + "Không để tỷ lệ quá hạn vượt 77%.", ("target", "Không để tỷ lệ quá hạn vượt", False)),
        (REPORT + "Theo yêu cầu của Thủ tướng, tỉnh đã bớt ít nhất 77% thời gian.", ("actual", "đã", False)),
        (REPORT + "Được giao 98 chỉ tiêu, hiện có 77 người.", ("actual", None, False)),
        # What brackets say ends with them; posts ("chỉ tiêu biên chế") are no goal; "theo kế hoạch," is.
        (REPORT + "Sở Y tế đạt 90% (mục tiêu 95%), Sở Nội vụ 77%.", ("actual", None, False)),
        (REPORT + "Giảm 203 chỉ tiêu biên chế hành chính và 77 chỉ tiêu biên chế.", ("actual", None, False)),
        (REPORT + "Theo kế hoạch, tỷ lệ đạt 77%.", ("target", "Theo kế hoạch", False)),
        (REPORT + "Theo Kế hoạch số 12/KH-UBND, tỷ lệ là 77%.", ("actual", None, False)),
        # What is held against a goal is a result, the bracket behind it the goal.
        (REPORT + "Đạt 77%, vượt chỉ tiêu.", ("actual", None, False)),
        (REPORT + "Mục tiêu\n\nTỷ lệ 77%, vượt chỉ tiêu.", ("actual", None, False)),
        (REPORT + "Đã đạt 90%, vượt chỉ tiêu (77%).", ("target", "chỉ tiêu (", False)),
        # To pay one's own cost is no goal.
        (REPORT + "Có 17 đơn vị tự bảo đảm 100% chi thường xuyên, 77 đơn vị tự bảo đảm một phần.",
         ("actual", None, False)),
        (REPORT + "Bảo đảm 100% hồ sơ đúng hạn, 77% hồ sơ trực tuyến.", ("target", "Bảo đảm 100%", False)),
        # The figure of a rule.
        (REPORT + "Thời hạn giải quyết theo quy định không quá 77 ngày.",
         ("reference", "Thời hạn giải quyết theo quy định không quá", False)),
        # What others are asked for, what is promised, what would have to be answered for.
        (REPORT + "Đề nghị các sở, ngành nâng tỷ lệ trực tuyến lên 77%.",
         ("target", "Đề nghị các sở, ngành nâng", False)),
        (REPORT + "Yêu cầu các địa phương không để hồ sơ quá hạn vượt quá 77%.",
         ("target", "Yêu cầu các địa phương không để", False)),
        (REPORT + "Tỉnh cam kết 77% hồ sơ được trả đúng hẹn.", ("target", "cam kết", False)),
        (REPORT + "Nếu để tỷ lệ quá hạn trên 77%, người đứng đầu bị kiểm điểm.", ("reference", "Nếu để", False)),
        # Tasks that a plan sets are as many as they are; a clause that begins with what is to be sets a goal.
        (REPORT + "Kế hoạch của tỉnh đề ra 50 nhiệm vụ, hoàn thành 77%.", ("actual", None, False)),
        (REPORT + "Kế hoạch của tỉnh đề ra 77 nhiệm vụ, đã hoàn thành 50.", ("actual", None, False)),
        (PLAN + "Kế hoạch của tỉnh đề ra 77 nhiệm vụ.", ("target", "tỉnh đề ra", False)),
        (REPORT + "Tỉnh đề ra 37 nhiệm vụ, trong đó Sở Nội vụ chủ trì 77 nhiệm vụ.", ("target", "Tỉnh đề ra", False)),
        (REPORT + "Tỷ lệ huyện đề ra là 77%.", ("target", "huyện đề ra", False)),
        (REPORT + "Sở Y tế trình kế hoạch; bảo đảm 77% hồ sơ đúng hạn.", ("target", "bảo đảm", False)),
        (REPORT + "Nhờ đó bảo đảm 77% hồ sơ đúng hạn.", ("actual", None, False)),
        # The limit of a rule, by what follows for those beyond it; who is named has gone beyond it.
        (REPORT + "Phòng để trễ hạn quá 77% số hồ sơ thì không được xếp loại tốt.",
         ("reference", "thì không", False)),
        (REPORT + "Tập thể có tỷ lệ đúng hạn dưới 77% không được xét khen thưởng.",
         ("reference", "không được xét", False)),
        (REPORT + "Không xét khen thưởng tập thể có tỷ lệ đúng hạn dưới 77%.",
         ("reference", "Không xét khen thưởng", False)),
        (REPORT + "Sở Tài chính có tỷ lệ trễ hạn trên 77%, phải giải trình.", ("actual", None, False)),
        (REPORT + "Tỷ lệ trễ hạn là 77% phải giải trình.", ("actual", None, False)),
        (REPORT + "Các phòng đã để trễ hạn trên 77% bị phê bình.", ("actual", "đã", False)),
        (REPORT + "Quý tới, tỷ lệ nhiệm vụ trễ hạn phải dưới 77%.", ("target", "phải dưới", False)),
        (REPORT + "Đạt 62%, chưa đạt chỉ tiêu được giao là 77%.",
         ("target", "chưa đạt chỉ tiêu được giao là", False)),
        (REPORT + "Phải đạt từ 95% trở lên; thực tế tỉnh đạt 77%.", ("actual", "thực tế tỉnh đạt", False)),
        # A period that was over when it was written is a result's, one to come a goal's.
        (REPORT + "Phấn đấu đạt 90% (năm 2021: 77%).", ("actual", "năm 2021", False)),
        (REPORT + "Năm 2030 đạt 77%.", ("target", "Năm 2030", False)),
        # The words that open the list, the heading, the kind of document.
        (REPORT + "Phấn đấu các mục tiêu sau. Tỷ lệ 77%.", ("target", "mục tiêu", True)),
        (REPORT + "Mục tiêu\n\nTỷ lệ đạt 77%.", ("target", "Mục tiêu", True)),
        (PLAN + "II. KẾT QUẢ NĂM TRƯỚC\n\nTỷ lệ 77%.", ("actual", "II. KẾT QUẢ NĂM TRƯỚC", True)),
        (PLAN + "Tỷ lệ 77%.", ("target", None, True)),
        (PLAN + "Đã trả 77%.", ("actual", "Đã", False)),
        # A plan that is made the year before tells of that year too, and of what was found, under its heading.
        (NEXT_YEAR + "Nội dung như sau.\n\nNăm 2022, tỉnh hoàn thành 77 nhiệm vụ.", ("actual", "Năm 2022", False)),
        (NEXT_YEAR + "Nội dung như sau.\n\nNăm 2023, tỉnh hoàn thành 77 nhiệm vụ.", ("target", "Năm 2023", False)),
        (NEXT_YEAR + "I. THỰC TRẠNG\n\nTỷ lệ 77%.", ("actual", "I. THỰC TRẠNG", True)),
        ("Tỷ lệ 77%.", ("actual", None, False)),
    ],
)  # fmt: skip
def test_status(text: str, expected: Told) -> None:
    assert status(text) == expected
