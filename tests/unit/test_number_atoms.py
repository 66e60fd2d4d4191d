"""Number atoms: what is found in running text, with its exact words, value, unit and bound."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.match.numbers import NumberAtom, NumberKind, number_atoms
from pipeline.model import Span
from pipeline.text.fold import lower_view
from pipeline.values.numbers import readings


def told(text: str, atom: NumberAtom) -> str:
    """One atom in a line: «its words» the number = value, then what is out of the ordinary."""
    parts = [f"«{atom.text_span.of(text)}» {atom.number.of(text)} = {atom.value}"]
    if atom.kind != NumberKind.NUMBER:
        parts.append(atom.kind.value)
    if atom.unit:
        parts.append(atom.unit)
    if atom.value_high is not None:
        parts.append(f"to {atom.value_high}")
    if atom.out_of is not None:
        parts.append(f"of {atom.out_of}")
    if atom.comparator != "eq":
        parts.append(atom.comparator)
    parts += [part for part in (atom.role, atom.sign) if part]
    return " ".join(parts)


def read(text: str) -> list[str]:
    return [told(text, atom) for atom in number_atoms(lower_view(text))]


def quantities(text: str) -> list[str]:
    """As `read`, without what never measures anything."""
    atoms = number_atoms(lower_view(text))
    return [told(text, atom) for atom in atoms if atom.kind not in (NumberKind.LABEL, NumberKind.SEQUENCE)]


SEPARATORS_AND_UNITS = [
    ("PAR INDEX đạt 84,84%", ["«84,84%» 84,84 = 84.84 percent"]),
    ("SIPAS đạt 89.83%.", ["«89.83%» 89.83 = 89.83 percent"]),
    ("đạt 3,45 % tổng số", ["«3,45 %» 3,45 = 3.45 percent"]),
    ("đạt 95 phần trăm kế hoạch", ["«95 phần trăm» 95 = 95 percent"]),
    ("tăng 2,46 điểm %", ["«2,46 điểm %» 2,46 = 2.46 percent_point"]),
    ("giảm 0,5 điểm phần trăm", ["«0,5 điểm phần trăm» 0,5 = 0.5 percent_point"]),
    ("PAPI đạt 44,396 điểm", ["«44,396 điểm» 44,396 = 44.396 point"]),
    ("DTI đạt 0.589 điểm", ["«0.589 điểm» 0.589 = 0.589 point"]),
    ("chỉ số đạt 0,6077 điểm", ["«0,6077 điểm» 0,6077 = 0.6077 point"]),
    ("thang 1.000 điểm", ["«1.000 điểm» 1.000 = 1000 point"]),
    ("với 42.269 điểm", ["«42.269 điểm» 42.269 = 42.269 point"]),
    ("63 điểm cầu trực tuyến", ["«63» 63 = 63"]),
    ("tiếp nhận 1.634 hồ sơ", ["«1.634» 1.634 = 1634"]),
    ("tiếp nhận 05 hồ sơ", ["«05» 05 = 5"]),
    ("có 0 nhiệm vụ quá hạn", ["«0» 0 = 0"]),
    ("tiếp nhận 812.634 hồ sơ", ["«812.634» 812.634 = 812634"]),
    ("cả nước có 1.234.567 hồ sơ", ["«1.234.567» 1.234.567 = 1234567"]),
    ("Hôm nay: 43633", ["«43633» 43633 = 43633"]),
    ("Tất cả: 16,886,543", ["«16,886,543» 16,886,543 = 16886543"]),
    ("1,066 lượt xem", ["«1,066» 1,066 = 1066"]),
    ("tiếp nhận 2,345 hồ sơ", ["«2,345» 2,345 = 2345"]),
    ("cắt giảm 2.117,5 ngày", ["«2.117,5 ngày» 2.117,5 = 2117.5 day"]),
    ("tăng 3 bậc", ["«3 bậc» 3 = 3 rank_step"]),
    ("tụt 12 hạng", ["«12 hạng» 12 = 12 rank_step"]),
    ("lên 7 vị trí", ["«7 vị trí» 7 = 7 rank_step"]),
    ("tuyển 7 vị trí việc làm", ["«7» 7 = 7"]),
    ("gồm 12 hạng mục", ["«12» 12 = 12"]),
    ("trong 15 ngày làm việc", ["«15 ngày làm việc» 15 = 15 day"]),
    ("1,3 triệu ngày công", ["«1,3 triệu ngày công» 1,3 triệu = 1300000 person_day"]),
    ("trong 6 tháng đầu năm", ["«6 tháng» 6 = 6 month"]),
    ("lúc 7 giờ", ["«7 giờ» 7 = 7 hour"]),
    ("sau 3 năm thực hiện", ["«3 năm» 3 = 3 year"]),
    ("đạt 30 năm 2021", ["«30» 30 = 30", "«2021» 2021 = 2021"]),
    ("gấp 3 lần", ["«3 lần» 3 = 3 times"]),
    ("lệ phí 50.000 đồng", ["«50.000 đồng» 50.000 = 50000 vnd"]),
    ("lệ phí 50.000đ", ["«50.000đ» 50.000 = 50000 vnd"]),
    ("có 25 đồng chí", ["«25» 25 = 25"]),
    ("vốn 5,2 triệu USD", ["«5,2 triệu USD» 5,2 triệu = 5200000 usd"]),
    ("rộng 120 ha", ["«120 ha» 120 = 120 hectare"]),
    ("rộng 14.174 km2", ["«14.174 km2» 14.174 = 14174 km2"]),
]

MAGNITUDES = [
    ("vốn đăng ký: 1.634 tỷ đồng", ["«1.634 tỷ đồng» 1.634 tỷ = 1634000000000 vnd"]),
    ("thu 27.850 tỉ đồng", ["«27.850 tỉ đồng» 27.850 tỉ = 27850000000000 vnd"]),
    ("thu 27,85 nghìn tỷ đồng", ["«27,85 nghìn tỷ đồng» 27,85 nghìn tỷ = 27850000000000 vnd"]),
    ("nhận 61,3 ngàn hồ sơ", ["«61,3 ngàn» 61,3 ngàn = 61300"]),
    ("tiếp nhận 8,98 ngàn HS", ["«8,98 ngàn» 8,98 ngàn = 8980"]),
    ("có 1,488 triệu hồ sơ", ["«1,488 triệu» 1,488 triệu = 1488000"]),
    ("có 1 triệu 200 nghìn hồ sơ", ["«1 triệu 200 nghìn» 1 triệu 200 nghìn = 1200000"]),
    ("vốn 3 tỷ 500 triệu đồng", ["«3 tỷ 500 triệu đồng» 3 tỷ 500 triệu = 3500000000 vnd"]),
    ("1 triệu 1 triệu", ["«1 triệu» 1 triệu = 1000000", "«1 triệu» 1 triệu = 1000000"]),
    ("vốn 1 triệu rưỡi", ["«1 triệu rưỡi» 1 triệu rưỡi = 1500000"]),
    ("dân số 2 vạn người", ["«2 vạn» 2 vạn = 20000"]),
    ("5 tỷ lệ khác nhau", ["«5» 5 = 5"]),
    ("đạt 9 9 ,2%", ["«9 9 ,2%» 9 9 ,2 = 99.2 percent"]),
    ("đạt 83 ,6 điểm", ["«83 ,6 điểm» 83 ,6 = 83.6 point"]),
    ("gồm 83 ,6 mục", ["«83» 83 = 83", "«6» 6 = 6"]),
    ("còn 52hồ sơ, 7nhiệm vụ và 30c", ["«52» 52 = 52", "«7» 7 = 7"]),
    ("chiếm 0, 8 %", ["«0, 8 %» 0, 8 = 0.8 percent"]),
    ("mức độ 3, 4 %", ["«mức độ 3» 3 = 3 label", "«4 %» 4 = 4 percent"]),
    ("đạt 37. 4%", ["«37. 4%» 37. 4 = 37.4 percent"]),
    ("năm 2021 84,84%", ["«2021» 2021 = 2021", "«84,84%» 84,84 = 84.84 percent"]),
    ("trong năm 2021. 84% hồ sơ", ["«2021» 2021 = 2021", "«84%» 84 = 84 percent"]),
    ("vốn 5 000 000 đồng", ["«5 000 000 đồng» 5 000 000 = 5000000 vnd"]),
    ("cột 12 345 678 cột", ["«12» 12 = 12", "«345» 345 = 345", "«678» 678 = 678"]),
]

COMPARATORS = [
    ("đúng hạn đạt trên 99,99%", ["«trên 99,99%» 99,99 = 99.99 percent gt"]),
    ("giải quyết hơn 57.000 hồ sơ", ["«hơn 57.000» 57.000 = 57000 gt"]),
    ("gần 27.000 hồ sơ", ["«gần 27.000» 27.000 = 27000 lt"]),
    ("gần đạt 60%", ["«gần đạt 60%» 60 = 60 percent lt"]),
    ("đạt dưới 95%", ["«dưới 95%» 95 = 95 percent lt"]),
    ("chưa đến 10 hồ sơ", ["«chưa đến 10» 10 = 10 lt"]),
    ("cắt giảm ít nhất 20% thời gian", ["«ít nhất 20%» 20 = 20 percent ge"]),
    ("rút ngắn tối thiểu 30% thời gian", ["«tối thiểu 30%» 30 = 30 percent ge"]),
    ("tối thiểu phải đạt 85%", ["«tối thiểu phải đạt 85%» 85 = 85 percent ge"]),
    ("tối thiểu là 30%", ["«tối thiểu là 30%» 30 = 30 percent ge"]),
    ("không dưới 95%", ["«không dưới 95%» 95 = 95 percent ge"]),
    ("không thấp hơn 80%", ["«không thấp hơn 80%» 80 = 80 percent ge"]),
    ("đạt ≥ 90%", ["«≥ 90%» 90 = 90 percent ge"]),
    ("đạt >= 90%", ["«>= 90%» 90 = 90 percent ge"]),
    ("giảm từ 50% trở lên thời gian", ["«từ 50% trở lên» 50 = 50 percent ge"]),
    ("đạt từ 95% trở lên", ["«từ 95% trở lên» 95 = 95 percent ge"]),
    ("đạt 90 điểm trở lên", ["«90 điểm trở lên» 90 = 90 point ge"]),
    ("có từ 05 nhiệm vụ quá hạn trở lên thì", ["«từ 05 nhiệm vụ quá hạn trở lên» 05 = 5 ge"]),
    ("từ 70% trở xuống", ["«từ 70% trở xuống» 70 = 70 percent le"]),
    ("không quá 5 ngày", ["«không quá 5 ngày» 5 = 5 day le"]),
    ("không vượt quá 3 ngày", ["«không vượt quá 3 ngày» 3 = 3 day le"]),
    ("tối đa 20 phút", ["«tối đa 20 phút» 20 = 20 minute le"]),
    ("khoảng 15 phút", ["«khoảng 15 phút» 15 = 15 minute approx"]),
    ("xấp xỉ 90%", ["«xấp xỉ 90%» 90 = 90 percent approx"]),
    ("ước đạt 27.850 tỷ đồng", ["«ước đạt 27.850 tỷ đồng» 27.850 tỷ = 27850000000000 vnd approx"]),
    ("ước tiết kiệm 41,7 tỷ đồng", ["«ước tiết kiệm 41,7 tỷ đồng» 41,7 tỷ = 41700000000 vnd approx"]),
    ("quy ước 5 điểm", ["«5 điểm» 5 = 5 point"]),
    ("khoảng hơn 4,1 triệu hồ sơ", ["«khoảng hơn 4,1 triệu» 4,1 triệu = 4100000 approx"]),
    ("cao hơn 1,36% so với năm trước", ["«1,36%» 1,36 = 1.36 percent"]),
    ("nhiều hơn 4.79 điểm", ["«4.79 điểm» 4.79 = 4.79 point"]),
    ("tăng hơn 5%", ["«hơn 5%» 5 = 5 percent gt"]),
    ("trên mạng, 5 hồ sơ", ["«5» 5 = 5"]),
    ("ít  nhất 20%", ["«ít  nhất 20%» 20 = 20 percent ge"]),
]

RATIOS = [
    ("hoàn thành 30/50 nhiệm vụ", ["«30/50» 30 = 30 ratio of 50"]),
    ("giải quyết 1.926/2.355 hồ sơ", ["«1.926/2.355» 1.926 = 1926 ratio of 2355"]),
    ("giải ngân 214,6/380 tỷ đồng", ["«214,6/380 tỷ đồng» 214,6 = 214600000000 ratio vnd of 380000000000"]),
    ("với 96,17/100 điểm", ["«96,17/100 điểm» 96,17 = 96.17 ratio point of 100"]),
    ("PAPI là 40,62/80 điểm", ["«40,62/80 điểm» 40,62 = 40.62 ratio point of 80"]),
    ("đạt 10.18/10.5 điểm", ["«10.18/10.5 điểm» 10.18 = 10.18 ratio point of 10.5"]),
    ("đạt 44.396/80", ["«44.396/80» 44.396 = 44.396 ratio of 80"]),
    ("có 02 / 11 đơn vị", ["«02 / 11» 02 = 2 ratio of 11"]),
    ("12 trong tổng số 63 tỉnh", ["«12 trong tổng số 63» 12 = 12 ratio of 63"]),
    ("3 trên 5 tiêu chí", ["«3 trên 5» 3 = 3 ratio of 5"]),
    (
        "giảm 2.117,5 ngày trong tổng số 5.102,5 ngày",
        ["«2.117,5 ngày trong tổng số 5.102,5 ngày» 2.117,5 = 2117.5 ratio day of 5102.5"],
    ),
    ("giải quyết 30 trong 6 tháng", ["«30» 30 = 30", "«6 tháng» 6 = 6 month"]),
    ("ngày 18/6/2021 và 12-3-2018", []),
    ("53/63 địa phương tăng", ["«53/63» 53 = 53 ratio of 63"]),
    ("đạt trên 4/5 chỉ tiêu", ["«trên 4/5» 4 = 4 ratio of 5 gt"]),
]

RANGES_AND_CHANGES = [
    ("giảm từ 10-30%", ["«từ 10-30%» 10 = 10 percent to 30"]),
    ("giảm 20-35% thời gian", ["«20-35%» 20 = 20 percent to 35"]),
    ("đạt 10% – 30%", ["«10% – 30%» 10 = 10 percent to 30"]),
    ("từ 5%-10%", ["«từ 5%-10%» 5 = 5 percent to 10"]),
    ("từ 80% đến dưới 90%", ["«từ 80% đến dưới 90%» 80 = 80 percent to 90"]),
    ("từ 80% - dưới 90%", ["«từ 80% - dưới 90%» 80 = 80 percent to 90"]),
    ("trong khoảng 94,07% - 82,79%", ["«khoảng 94,07% - 82,79%» 82,79 = 82.79 percent to 94.07 approx"]),
    ("10 đến 15 ngày", ["«10 đến 15 ngày» 10 = 10 day to 15"]),
    ("từ 15-16 tỉnh", ["«từ 15-16» 15 = 15 to 16"]),
    ("giai đoạn 2021-2025", ["«2021» 2021 = 2021", "«2025» 2025 = 2025"]),
    ("cắt giảm từ 20% đến 35%", ["«từ 20% đến 35%» 20 = 20 percent to 35"]),
    ("giảm từ 35% đến 20%", ["«35%» 35 = 35 percent change_from", "«20%» 20 = 20 percent change_to"]),
    ("tăng từ 20% đến 35%", ["«20%» 20 = 20 percent change_from", "«35%» 35 = 35 percent change_to"]),
    ("(từ 30 ngày xuống còn 15 ngày)", ["«30 ngày» 30 = 30 day change_from", "«15 ngày» 15 = 15 day change_to"]),
    ("tăng từ 40,14 lên 40,87", ["«40,14» 40,14 = 40.14 change_from", "«40,87» 40,87 = 40.87 change_to"]),
    (
        "giảm từ 10,85% xuống còn 1,31%",
        [
            "«10,85%» 10,85 = 10.85 percent change_from",
            "«1,31%» 1,31 = 1.31 percent change_to",
        ],
    ),
    (
        "tăng từ 55,2% năm 2020 lên 65%",
        [
            "«55,2%» 55,2 = 55.2 percent change_from",
            "«2020» 2020 = 2020",
            "«65%» 65 = 65 percent change_to",
        ],
    ),
    ("từ vị trí 46 lên 30", ["«vị trí 46» 46 = 46 ordinal change_from", "«30» 30 = 30 ordinal change_to"]),
    (
        "từ thứ hạng 55 lên thứ hạng 44",
        [
            "«thứ hạng 55» 55 = 55 ordinal change_from",
            "«thứ hạng 44» 44 = 44 ordinal change_to",
        ],
    ),
    (
        "nhảy từ bậc 21 (năm 2015) tới bậc 4",
        [
            "«bậc 21» 21 = 21 ordinal change_from",
            "«2015» 2015 = 2015",
            "«bậc 4» 4 = 4 ordinal change_to",
        ],
    ),
    ("từ 100 hồ sơ, tăng lên 120 hồ sơ", ["«100» 100 = 100", "«120» 120 = 120"]),
    ("tăng cao nhất (+6,39%)", ["«+6,39%» 6,39 = 6.39 percent +"]),
    ("thay đổi (-0,5%)", ["«-0,5%» 0,5 = 0.5 percent -"]),
    ("tốt -100% xã", ["«100%» 100 = 100 percent"]),
]

ORDINALS = [
    ("xếp thứ 20/63 tỉnh", ["«xếp thứ 20/63» 20 = 20 ordinal of 63"]),
    ("đứng thứ 6", ["«thứ 6» 6 = 6 ordinal"]),
    ("xếp thứ  5/14 tỉnh", ["«xếp thứ  5/14» 5 = 5 ordinal of 14"]),
    ("đứng thứ 01/7 tỉnh", ["«thứ 01/7» 01 = 1 ordinal of 7"]),
    ("xếp vị trí thứ 6/63", ["«xếp vị trí thứ 6/63» 6 = 6 ordinal of 63"]),
    ("vị trí số 1", ["«vị trí số 1» 1 = 1 ordinal"]),
    ("xếp hạng 7/63 tỉnh", ["«xếp hạng 7/63» 7 = 7 ordinal of 63"]),
    ("PCI xếp 38/63 tỉnh", ["«xếp 38/63» 38 = 38 ordinal of 63"]),
    ("hạng 22/63, lên 21 bậc", ["«hạng 22/63» 22 = 22 ordinal of 63", "«21 bậc» 21 = 21 rank_step"]),
    ("thứ hạng: 15", ["«thứ hạng: 15» 15 = 15 ordinal"]),
    ("thứ 31 trong 63 tỉnh", ["«thứ 31 trong 63» 31 = 31 ordinal of 63"]),
    ("đứng thứ nhất", ["«thứ nhất» nhất = 1 ordinal"]),
    ("đứng thứ nhì cả nước", ["«thứ nhì» nhì = 2 ordinal"]),
    ("xếp nhất toàn quốc", ["«xếp nhất» nhất = 1 ordinal"]),
    ("xếp thứ ba toàn quốc", ["«xếp thứ ba» ba = 3 ordinal"]),
    ("xếp thứ tư, sau Huế", ["«xếp thứ tư» tư = 4 ordinal"]),
    ("đứng thứ hai, sau Huế", ["«thứ hai» hai = 2 ordinal"]),
    ("lọt vào top 5", ["«top 5» 5 = 5 ordinal le"]),
    ("trong TỐP 10 địa phương", ["«TỐP 10» 10 = 10 ordinal le"]),
    ("phấn đấu xếp thứ 20 trở lên", ["«xếp thứ 20 trở lên» 20 = 20 ordinal le"]),
    ("Cao Bằng, thứ 63, chỉ 23,95 điểm", ["«thứ 63» 63 = 63 ordinal", "«23,95 điểm» 23,95 = 23.95 point"]),
]

WORDS_AND_NONE = [
    ("hai tỉnh và ba huyện", ["«hai» hai = 2 word", "«ba» ba = 3 word"]),
    ("năm nhiệm vụ", ["«năm» năm = 5 word"]),
    ("trong năm nhiệm vụ được giao", []),
    ("năm 2021", ["«2021» 2021 = 2021"]),
    ("hai mươi mốt đơn vị", ["«hai mươi mốt» hai mươi mốt = 21 word"]),
    ("một trăm linh năm hồ sơ", ["«một trăm linh năm» một trăm linh năm = 105 word"]),
    ("hai mươi năm sau", ["«hai mươi» hai mươi = 20 word"]),
    ("ba năm qua", ["«ba» ba = 3 word"]),
    ("năm mươi hồ sơ", ["«năm mươi» năm mươi = 50 word"]),
    ("bộ phận một cửa, một số sở, một phần", []),
    ("đầu tư theo thông tư", []),
    ("hai trong ba tiêu chí", ["«hai trong ba» hai = 2 ratio of 3"]),
    ("không có hồ sơ quá hạn", ["«không có» không có = 0 zero"]),
    ("Không phát sinh hồ sơ trễ hạn", ["«Không phát sinh» Không phát sinh = 0 zero"]),
    ("chưa có hồ sơ nào", ["«chưa có» chưa có = 0 zero"]),
    ("không còn nhiệm vụ quá hạn", ["«không còn» không còn = 0 zero"]),
    ("không có một trường hợp nào", ["«không có» không có = 0 zero"]),
    ("không hồ sơ nào trễ hạn", ["«không» không = 0 zero"]),
    ("không có mạng máy tính", []),
]

NEVER_MEASURES = [
    ("Thứ Hai, 16/05/2022, 07:50", []),
    ("Thứ 5, 01/06/2023", []),
    ("Thứ nhất, công tác chỉ đạo. Thứ hai, cải cách", []),
    ("PHẦN THỨ BA: phương hướng", []),
    ("lần thứ 15, năm thứ 13", []),
    ("Huân chương Lao động hạng Ba", []),
    ("mức độ 3, 4 và mức độ 3,4", []),
    ("mức độ 3 và 4", []),
    ("Điều 5, khoản 2, Tầng 4", []),
    ("Đề án 06, Chương trình 135", []),
    ("ISO 9001:2015, COVID-19, covid19", []),
    ("Nghị quyết 30c/NQ-CP, số 203/BC-UBND, 18-NQ/TW", []),
    ("lúc 16:28", []),
    ("ĐT: 0223.751.890, 0212 375", ["«375» 375 = 375"]),
    ("mục 1.1.2", []),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    SEPARATORS_AND_UNITS + MAGNITUDES + COMPARATORS + RATIOS + RANGES_AND_CHANGES + ORDINALS + WORDS_AND_NONE,
)
def test_atoms(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(("text", "expected"), NEVER_MEASURES)
def test_no_quantity(text: str, expected: list[str]) -> None:
    assert quantities(text) == expected


def test_offsets_are_those_of_the_text() -> None:
    text = "Năm 2020 đạt từ 8,5 ngàn hồ sơ đến dưới 9,5 ngàn hồ sơ; xếp thứ 20/63, giảm từ 10 - 30%."
    view = lower_view(text)
    range_atom = number_atoms(view, start=view.index("giảm"))[0]
    begin = text.index("10 - 30")
    assert range_atom.span == Span(begin, begin + 7)
    assert range_atom.number == Span(begin, begin + 2)
    assert range_atom.high_span == Span(begin + 5, begin + 7)
    assert range_atom.unit_span == Span(begin + 7, begin + 8)
    assert range_atom.text_span == Span(begin - 3, begin + 8)
    rank = next(atom for atom in number_atoms(view) if atom.kind == NumberKind.ORDINAL)
    assert (rank.cue, rank.number, rank.out_of_span) == (
        Span(text.index("xếp thứ"), text.index("xếp thứ") + 7),
        Span(text.index("20/63"), text.index("20/63") + 2),
        Span(text.index("63"), text.index("63") + 2),
    )


def test_comparator_span() -> None:
    text = "đạt từ 95% trở lên, ít nhất là 20%"
    first, second = number_atoms(text)
    assert [atom.comparator_span and atom.comparator_span.of(text) for atom in (first, second)] == [
        "trở lên",
        "ít nhất",
    ]


def test_alternatives_keep_the_other_reading() -> None:
    assert number_atoms("đạt 1.634")[0].alternatives == (Decimal("1.634"),)
    assert number_atoms("đạt 44,396 điểm")[0].alternatives == (Decimal(44396),)
    assert number_atoms("đạt 84,84%")[0].alternatives == ()


def test_taken_digits_are_passed_over() -> None:
    text = "số 203/bc-ubnd ngày 18/6/2021 về 14 dự án, 2021-12-15"
    taken = [Span(text.index("2021-12"), len(text)), Span(3, 14), Span(20, 29), Span(20, 22)]
    assert [atom.number.of(text) for atom in number_atoms(text, taken=taken)] == ["14"]


def test_nothing_reaches_over_a_part() -> None:
    first, second = "hoàn thành 30 -", "50 nhiệm vụ, năm 2021"
    text = f"{first}\n{second}\nngày làm việc"
    parts = [Span(0, len(first)), Span(len(first) + 1, len(first) + 1 + len(second)), Span(38, len(text))]
    assert read(text) == ["«30 -\n50» 30 = 30 to 50", "«2021\nngày làm việc» 2021 = 2021 day"]
    apart = number_atoms(lower_view(text), parts=parts)
    assert [told(text, atom) for atom in apart] == ["«30» 30 = 30", "«50» 50 = 50", "«2021» 2021 = 2021"]


def test_window_of_the_text() -> None:
    text = "tăng 5 bậc và 7 bậc rồi 9 bậc"
    assert [atom.value for atom in number_atoms(text, start=11, end=19)] == [7]


WORDS = """1 20 63 1.634 84,84 89.83 0.589 16,886,543 05 2.117,5 2021 % điểm bậc ngày đồng tỷ triệu nghìn / - đến từ
lên xuống còn trên hơn gần tối thiểu khoảng thứ hạng vị trí top không có hồ sơ nào năm hai mươi mốt một trăm linh rưỡi
( ) , . ; trở trong tổng số giảm tăng mức độ"""
PIECES = st.sampled_from(WORDS.split())


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map(" ".join) | st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=200))
def test_every_number_parses_again_to_its_value(text: str) -> None:
    view = lower_view(text)
    atoms = number_atoms(view)
    for atom in atoms:
        assert atom.text_span.covers(atom.span) or atom.role
        assert atom.span.covers(atom.number)
        values = [r.value for r in readings(atom.number.of(view))]
        assert atom.value in values
        assert set(atom.alternatives) == set(values) - {atom.value}
        assert atom.value_high is None or atom.value_high >= atom.value
    assert list(atoms) == sorted(atoms, key=lambda atom: atom.span.start)
    assert all(a.span.end <= b.span.start for a, b in pairwise(atoms))


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1.",
        "1 ",
        "1/",
        "1 - ",
        "hai ",
        "năm ",
        "1 triệu ",
        "từ 1 lên ",
        "không có ",
        " ",
        "ước có ",
        "5 a trở ",
        "từ 5 (",
        ">= ",
        "123 ",
        "9 9 ,",
        "tối thiểu là ",
    ],
)
def test_long_monotonous_texts_are_read_in_linear_time(unit: str) -> None:
    text = (unit * 50_000)[:50_000]
    # A quadratic expression would run into its own fuse (TimeoutError) here.
    for atom in number_atoms(text):
        assert atom.span.end <= 50_000
