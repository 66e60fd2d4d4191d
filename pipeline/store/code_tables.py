"""Code lists that come from the rules, written beside the tables: indicators, indices, provinces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.store import columns as shared
from pipeline.store.codes import UNITS
from pipeline.store.schema import Column, Kind, Row, Table

if TYPE_CHECKING:
    from pipeline.rulebook.book import Rulebook
    from pipeline.rulebook.index_rules import Index

_VI = Column("vi", Kind.TEXT, "Tên", "Vietnamese name", "Name in Vietnamese.", vi_description="Tên tiếng Việt.")
_EN = Column(
    "en", Kind.TEXT, "Tên tiếng Anh", "English name", "Name in English.", nullable=True,
    vi_description="Tên tiếng Anh.",
)  # fmt: skip

INDICATORS = Table(
    "indicators", "Danh mục chỉ tiêu", "Indicators", "The measures that observations can be of.",
    (
        Column("code", Kind.TEXT, "Mã", "Code", "Code of the measure.", vi_description="Mã chỉ tiêu."),
        _VI,
        _EN,
        Column(
            "unit", Kind.TEXT, "Đơn vị", "Unit", "Unit of its values; empty where it is the index's own.",
            nullable=True, vi_description="Đơn vị; để trống nếu theo đơn vị của chỉ số.", codes=UNITS,
        ),
    ),
    ("code",),
    vi_description="Các chỉ tiêu mà số liệu có thể thuộc về.",
    key=("code",),
)  # fmt: skip

INDICES = Table(
    "indices", "Danh mục chỉ số", "Indices", "The indices and their components.",
    (
        Column(
            "code", Kind.TEXT, "Mã", "Code", "INDEX, or INDEX/component.",
            vi_description="CHỈ_SỐ hoặc CHỈ_SỐ/thành phần.",
        ),
        _VI,
        _EN,
        Column(
            "unit", Kind.TEXT, "Đơn vị", "Unit", "Unit of scores; components are in points.",
            vi_description="Đơn vị của điểm; thành phần tính bằng điểm.", codes=UNITS,
        ),
        Column(
            "part_of", Kind.TEXT, "Thuộc", "Part of", "The index that a component belongs to.", nullable=True,
            vi_description="Chỉ số mà thành phần thuộc về.",
        ),
        Column(
            "maximum", Kind.DECIMAL, "Điểm tối đa", "Maximum", "The most that a component can have, where known.",
            nullable=True, vi_description="Điểm tối đa của thành phần, nếu biết.",
        ),
    ),
    ("code",),
    vi_description="Các chỉ số và thành phần của chúng.",
    key=("code",),
)  # fmt: skip

PROVINCES = Table(
    "provinces", "Danh mục tỉnh, thành phố", "Provinces",
    "Provinces in both lists, as they were last called in each; seven codes mean different provinces in the two.",
    (
        Column(
            "area_regime", Kind.TEXT, "Danh mục địa giới", "Area list", shared.AREA_REGIME.description,
            vi_description=shared.AREA_REGIME.vi_description, codes=shared.AREA_REGIME.codes,
        ),
        Column(
            "code", Kind.TEXT, "Mã", "Code", "Code of the General Statistics Office.",
            vi_description="Mã của Tổng cục Thống kê.", pattern=r"\d{2}",
        ),
        Column("name", Kind.TEXT, "Tên", "Name", "Without its kind.", vi_description="Không kèm loại đơn vị."),
        Column("kind", Kind.TEXT, "Loại", "Kind", "tỉnh or thành phố.", vi_description="tỉnh hoặc thành phố."),
        Column("valid_from", Kind.DATE, "Từ ngày", "Valid from", "First day.", vi_description="Ngày đầu."),
        Column(
            "valid_to", Kind.DATE, "Đến ngày", "Valid to", "Last day; empty while it stands.", nullable=True,
            vi_description="Ngày cuối; để trống nếu đang có hiệu lực.",
        ),
        Column(
            "successor", Kind.TEXT, "Sáp nhập vào", "Merged into",
            "Name of the province of the 34 that it went into on 1 July 2025.", nullable=True,
            vi_description="Tên tỉnh, thành phố trong danh mục 34 mà nó nhập vào từ 01/7/2025.",
        ),
    ),
    ("area_regime", "code"),
    vi_description="Tỉnh, thành phố của cả hai danh mục, theo tên cuối cùng trong mỗi danh mục; bảy mã chỉ hai tỉnh "
    "khác nhau.",
    key=("area_regime", "code"),
)  # fmt: skip

CODE_TABLES = (INDICATORS, INDICES, PROVINCES)


def code_rows(rulebook: Rulebook) -> dict[str, list[Row]]:
    """The rows of the code tables, by the name of the table, in its order."""
    from pipeline.rulebook.index_rules import INDEX_MEASURES

    counts = (indicator for rules in rulebook.counts for indicator in rules.indicators)
    rows = {
        INDICATORS: [INDICATORS.row(measure, {}) for measure in (*INDEX_MEASURES, *counts)],
        INDICES: [
            *(row for index in rulebook.index.indices.values() for row in _index(index)),
            *_indices_within(rulebook),
        ],
        PROVINCES: _provinces(rulebook),
    }
    return {table.name: table.sorted(made) for table, made in rows.items()}


def _index(index: Index) -> list[Row]:
    whole = INDICES.row(index, {"part_of": None, "maximum": None})
    parts = [
        INDICES.row(
            part,
            {"code": f"{index.code}/{slug}", "en": None, "unit": "point", "part_of": index.code, "maximum": part.top},
        )
        for slug, part in index.components.items()
    ]
    return [whole, *parts]


def _indices_within(rulebook: Rulebook) -> list[Row]:
    """Indices that also stand as a component of another one: SIPAS is ten points of the PAR INDEX."""
    indices = rulebook.index.indices
    return [
        INDICES.row(
            indices[index.part.index],
            {
                "code": f"{index.code}/{index.part.slug}",
                "unit": "point",
                "part_of": index.code,
                "maximum": index.part.top,
            },
        )
        for index in indices.values()
        if index.part is not None
    ]


def _provinces(rulebook: Rulebook) -> list[Row]:
    by_code = {
        (province.regime, province.code): PROVINCES.row(
            province,
            {"area_regime": province.regime, "valid_from": province.since, "valid_to": province.until},
        )
        for province in rulebook.gazetteer.provinces  # the last form of a code comes last
    }
    return list(by_code.values())
