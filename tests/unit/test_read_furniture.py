"""What is page furniture by its own words, and what only looks like it."""

from __future__ import annotations

import pytest

from pipeline.read.furniture import is_furniture, is_related_heading, is_teaser, is_weak

FURNITURE = [
    "Lượt xem: 790",
    "Đang online: 162",
    "• Đang trực tuyến: 57",
    "Đã truy cập : 43594446",
    "1,066 lượt xem",
    "Đang trực tuyến: 57    Lượt truy cập: 2.318.904",
    "Lượt xem: 1.204 | In trang | Gửi bạn bè",
    "In trang này    Thứ Bảy, 26/01/2019 21:43",
    "Đăng bởi: Ban Biên tập | Lượt xem: 3.417",
    "Trang chủ | Thời sự | Kinh tế | Xã hội",
    "TRANG CHỦ   THỜI SỰ   KINH TẾ",
    "Trang chủ › Chính trị › Cải cách hành chính",
    "Cỡ chữ: A A A",
    "BÌNH LUẬN (0)",
    "Đánh giá bài viết: 0/5 (0 lượt) | Chia sẻ | In trang",
    "Mã kiểm tra no image",
    "No title... No title... No title...",
    "Hôm nay: Thứ Ba, 18/06/2024",
    "Bản quyền thuộc Sở Nội vụ tỉnh Lào Cai.",
    "© Cổng tin tức Thành phố Hải Phòng. Điện thoại: (0225) 3.000.018",
    "Giấy phép số 12/GP-STTTT ngày 08/5/2019 của Sở Thông tin và Truyền thông",
    "Chịu trách nhiệm quản lý nội dung: Nguyễn Văn A - Giám đốc Sở",
    "Địa chỉ: Số 10 - Đường 3 Tháng 2 - Quận 10",
    "ĐT: Văn phòng sở (0212).3752.630 FAX: (0212).3855.743",
    "Đường dây nóng tòa soạn: 0900 000 123",
    "TIN CŨ HƠN",
    "Các thông báo khác:",
    "-------",
    "|",
]
BODY = [
    "Năm 2021",
    "Tổng số: 12",
    "Tổng cộng: 13.030 hồ sơ",
    "Tháng 6: tiếp nhận 120 hồ sơ",
    "Nội dung",
    "Tiêu đề",
    "Đăng ngày: 13/12/2018 11:36:32",
    "Ngày đăng: 25/04/2024 13:52 | Lượt xem: 1.413",
    "Cập nhật: 16:00, 08/12/2020 (GMT+7)",
    "Thứ Hai, 16/05/2022, 07:50 [GMT+7]",
    "13:00 | 10/08/2022 | CHÍNH PHỦ SỐ",
    "1 | Sở Tư pháp | 4.218 | 100",
    "Người dân gọi tổng đài 0226.000.7766, từ 7 giờ 30 đến 17 giờ.",
    "Trong 6 tháng có 1.204 lượt truy cập cổng dịch vụ công, tăng 12%.",
    "Giấy phép lái xe: cấp 12 giấy phép.",
    "Tin học hóa: 98% hồ sơ được số hóa.",
    "Văn bản đã ban hành: 34 văn bản",
    "TM. ỦY BAN NHÂN DÂN",
    "Số: 45/TB-TTPVHCC",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize("line", BODY)
def test_body(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize("line", ["• Hôm nay: 43633", "• Tất cả: 16,886,543", "Tin tức", "Họ tên", "Tổng số: 12"])
def test_furniture_only_in_company(line: str) -> None:
    assert is_weak(line)
    assert not is_furniture(line)


def test_lists_of_other_news() -> None:
    assert is_related_heading("Tin cùng chuyên mục")
    assert not is_related_heading("Tin học hóa hành chính")
    assert is_teaser("Rà soát cán bộ đầu mối theo dõi nhiệm vụ (08/11/2018)")
    assert is_teaser("» Bàn biện pháp khắc phục")
    assert not is_teaser("Bình Phước đối thoại với doanh nghiệp")


def test_a_long_line_is_furniture_only_as_an_imprint() -> None:
    tail = " và các cơ quan, đơn vị có liên quan trên địa bàn tỉnh tiếp tục thực hiện" * 3
    assert is_furniture("Giấy phép hoạt động trang thông tin điện tử tổng hợp số: 06/GP-TTĐT" + tail)
    assert not is_furniture("Lượt xem: 790" + tail)
