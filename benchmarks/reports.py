"""Made-up reports of public administration: any number of them, none twice, the same from the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

PROVINCES = (
    "An Giang", "Bắc Giang", "Bến Tre", "Bình Định", "Cao Bằng", "Đồng Tháp", "Gia Lai", "Hà Giang", "Hải Dương",
    "Hòa Bình", "Kiên Giang", "Kon Tum", "Lạng Sơn", "Lào Cai", "Nam Định", "Nghệ An", "Ninh Bình", "Phú Thọ",
    "Quảng Bình", "Quảng Trị", "Sơn La", "Tây Ninh", "Thái Bình", "Tuyên Quang", "Vĩnh Long", "Yên Bái",
)  # fmt: skip
OFFICES = (
    "Sở Nội vụ", "Sở Tư pháp", "Sở Tài chính", "Sở Y tế", "Sở Xây dựng", "Sở Công Thương", "Sở Giao thông vận tải",
    "Sở Tài nguyên và Môi trường", "Sở Kế hoạch và Đầu tư", "Sở Lao động - Thương binh và Xã hội",
)  # fmt: skip
FIELDS = (
    "đất đai", "hộ tịch", "đăng ký kinh doanh", "giao thông vận tải", "bảo trợ xã hội", "xây dựng", "chứng thực",
    "lý lịch tư pháp", "an toàn thực phẩm", "khám bệnh, chữa bệnh", "giáo dục và đào tạo", "tài nguyên nước",
)  # fmt: skip
PERIODS = ("6 tháng đầu năm", "Quý I năm", "Quý III năm", "9 tháng năm", "Năm")

PROSE = (
    "Công tác tuyên truyền cải cách hành chính được triển khai thường xuyên bằng nhiều hình thức phong phú, nội dung "
    "thiết thực; cổng thông tin điện tử của {office} duy trì chuyên mục riêng, đăng tải kịp thời các văn bản chỉ đạo, "
    "điều hành của {province} để người dân, doanh nghiệp theo dõi, giám sát.",
    "Lãnh đạo {office} thường xuyên kiểm tra việc chấp hành kỷ luật, kỷ cương hành chính, đạo đức công vụ; kịp thời "
    "chấn chỉnh những biểu hiện sách nhiễu, gây phiền hà trong lĩnh vực {field}, nâng cao trách nhiệm người đứng đầu.",
    "Bộ phận Tiếp nhận và Trả kết quả được bố trí tại nơi thuận tiện, niêm yết đầy đủ quy trình, phí, lệ phí của các "
    "thủ tục thuộc lĩnh vực {field}; cán bộ hướng dẫn tận tình, chu đáo để người dân không phải đi lại nhiều lần.",
    "Việc kết nối, chia sẻ dữ liệu giữa hệ thống thông tin giải quyết thủ tục hành chính của tỉnh {province} với cơ sở "
    "dữ liệu quốc gia về dân cư bước đầu phát huy hiệu quả, song đường truyền ở vùng sâu, vùng xa còn chậm.",
    "Bên cạnh những kết quả đạt được, nhận thức của một bộ phận công chức về chuyển đổi số còn hạn chế; việc số hóa "
    "hồ sơ lĩnh vực {field} chưa đồng bộ, kinh phí dành cho nhiệm vụ này còn khó khăn.",
    "Thời gian tới, {office} tiếp tục rà soát, đơn giản hóa thủ tục, cắt giảm thời gian giải quyết trong lĩnh vực "
    "{field}, đẩy mạnh phân cấp, ủy quyền gắn với kiểm tra, giám sát và đề cao trách nhiệm giải trình.",
)
FIGURES = (
    "{period} {year}, {office} tỉnh {province} tiếp nhận {received} hồ sơ lĩnh vực {field}, đã giải quyết {resolved} "
    "hồ sơ, trong đó trước hạn {early} hồ sơ, đúng hạn {on_time} hồ sơ, quá hạn {late} hồ sơ; đang giải quyết "
    "{pending} hồ sơ.",
    "Tỷ lệ giải quyết đúng hạn và trước hạn đạt {share}%, mức độ hài lòng của người dân đạt {satisfied}%.",
    "Ủy ban nhân dân tỉnh {province} giao {tasks} nhiệm vụ, đã hoàn thành {done} nhiệm vụ, còn {open} nhiệm vụ trong "
    "hạn đang triển khai theo Kế hoạch số {number}/KH-UBND ngày {day}/{month}/{year}.",
    "Chỉ số cải cách hành chính (PAR INDEX) năm {last} của tỉnh {province} đạt {share} điểm, xếp thứ {rank}/63 tỉnh, "
    "thành phố, tăng {steps} bậc so với năm {before}.",
    "Tổng số thủ tục hành chính thuộc thẩm quyền của {office} là {procedures} thủ tục, trong đó {full} thủ tục cung "
    "cấp dịch vụ công trực tuyến toàn trình và {part} thủ tục cung cấp một phần.",
    "Thực hiện Quyết định số {number}/QĐ-UBND ngày {day}/{month}/{year} của Ủy ban nhân dân tỉnh {province}, {office} "
    "đã cử {staff} lượt công chức tham gia {courses} lớp bồi dưỡng.",
)
TABLE_HEAD = ("TT", "Lĩnh vực", "Tiếp nhận", "Đã giải quyết", "Đúng hạn", "Quá hạn", "Đang giải quyết")

Block: TypeAlias = str | list[tuple[str, ...]]
"""A paragraph, or the rows of a table, the first of which names its columns."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report: lines of its head, and what follows page by page."""

    head: tuple[str, ...]
    pages: tuple[tuple[Block, ...], ...]


def reports(count: int, pages: int, seed: int = 20) -> Iterator[Report]:
    """`count` reports of as many pages each (some 2,600 characters a page, every third page with a table)."""
    chance = random.Random(seed)
    for number in range(count):
        names = {"office": chance.choice(OFFICES), "province": chance.choice(PROVINCES)}
        year = chance.randint(2017, 2024)
        head = (
            f"ỦY BAN NHÂN DÂN TỈNH {names['province'].upper()}",
            names["office"].upper(),
            f"Số: {100 + number}/BC-{'SNV' if 'Nội' in names['office'] else 'VP'}",
            f"{names['province']}, ngày {chance.randint(10, 28)} tháng {chance.randint(3, 12)} năm {year}",
            "BÁO CÁO",
            f"Kết quả công tác cải cách hành chính năm {year}",
        )
        made = tuple(_page(names, year, (number * pages + page) % 3 == 1, chance) for page in range(pages))
        yield Report(head, made)


def _page(names: dict[str, str], year: int, with_table: bool, chance: random.Random) -> tuple[Block, ...]:
    blocks: list[Block] = []
    size = 0
    if with_table:
        blocks.append(_table(chance))
        size = 700
    while size < 2600:
        wording = chance.choice(FIGURES if len(blocks) % 2 else PROSE)
        paragraph = wording.format_map({**names, **_figures(year, chance)})
        blocks.append(paragraph)
        size += len(paragraph)
    return tuple(blocks)


def _counts(chance: random.Random) -> tuple[int, int, int, int]:
    """Dossiers resolved early or on time, of these early, late, and pending."""
    on_time = chance.randint(200, 90_000)
    return on_time, chance.randint(0, on_time // 2), chance.randint(1, 150), chance.randint(1, 2_000)


def _figures(year: int, chance: random.Random) -> dict[str, object]:
    in_time, early, late, pending = _counts(chance)
    done, unfinished = chance.randint(20, 400), chance.randint(1, 60)
    full, part = chance.randint(10, 200), chance.randint(10, 200)
    return {
        "period": chance.choice(PERIODS), "year": year, "last": year - 1, "before": year - 2,
        "field": chance.choice(FIELDS), "received": written(in_time + late + pending),
        "resolved": written(in_time + late), "early": written(early), "on_time": written(in_time - early),
        "late": written(late), "pending": written(pending), "share": _percent(chance),
        "satisfied": _percent(chance), "tasks": done + unfinished, "done": done,
        "open": unfinished, "number": chance.randint(11, 3999), "day": chance.randint(10, 28),
        "month": chance.randint(10, 12), "rank": chance.randint(1, 63), "steps": chance.randint(2, 20),
        "procedures": full + part, "full": full, "part": part, "staff": chance.randint(3, 90),
        "courses": chance.randint(2, 9),
    }  # fmt: skip


def _percent(chance: random.Random) -> str:
    return f"{chance.randint(7000, 9999) / 100}".replace(".", ",")


def _table(chance: random.Random) -> list[tuple[str, ...]]:
    rows = [TABLE_HEAD]
    for number, field in enumerate(chance.sample(FIELDS, 9), start=1):
        in_time, _, late, pending = _counts(chance)
        counts = (in_time + late + pending, in_time + late, in_time, late, pending)
        rows.append((str(number), field.capitalize(), *map(written, counts)))
    return rows


def written(number: int) -> str:
    """A whole number as reports write it: 12.345."""
    return f"{number:,}".replace(",", ".")
