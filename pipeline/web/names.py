"""The names of codes in two languages: indicators, indices, provinces, and the closed lists of the schema."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from pipeline.store.codes import CODE_LISTS

LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Name:
    """A code's Vietnamese and English name; a name that is not there is the other one, or the code."""

    vi: str
    en: str

    def said(self, language: str) -> str:
        return self.vi if language == "vi" else self.en


@dataclass(frozen=True, slots=True)
class Index:
    """An index or a component of one (`part_of`)."""

    code: str
    name: Name
    unit: str
    part_of: str | None
    maximum: str | None


@dataclass(frozen=True, slots=True)
class Province:
    """A province of one of the two lists. `successor` is the area of the one it went into on 1 July 2025."""

    area: str
    regime: str
    code: str
    name: str
    successor: str | None


@dataclass(frozen=True, slots=True)
class Names:
    """All names of one state of the dataset."""

    indicators: dict[str, Name]
    indices: dict[str, Index]
    provinces: dict[str, Province]
    lists: dict[str, dict[str, Name]]

    @classmethod
    def of(cls, db: sqlite3.Connection) -> Names:
        indicators = {
            row["code"]: Name(row["vi"] or row["code"], row["en"] or row["vi"] or row["code"])
            for row in db.execute("SELECT code, vi, en FROM indicators")
        }
        indices = {
            row["code"]: Index(
                row["code"],
                Name(row["vi"] or row["code"], row["en"] or row["vi"] or row["code"]),
                row["unit"], row["part_of"], row["maximum"],
            )
            for row in db.execute("SELECT * FROM indices ORDER BY code")
        }  # fmt: skip
        lists = {codes.name: {code.code: Name(code.vi, code.en) for code in codes.codes} for codes in CODE_LISTS}
        return cls(indicators, indices, _provinces(db), lists)

    def indicator(self, code: str, language: str) -> str:
        """A measure by its name: "Hồ sơ tiếp nhận"."""
        name = self.indicators.get(code)
        return name.said(language) if name else code

    def index(self, code: str, language: str) -> str:
        """An index by its full name; a component by its own."""
        index = self.indices.get(code)
        return index.name.said(language) if index else code

    def area(self, area: str | None) -> str:
        """A province by its area ("63-14"): "Sơn La"."""
        if not area:
            return ""
        province = self.provinces.get(area)
        return province.name if province else area

    def code(self, list_name: str, code: str | None, language: str) -> str:
        """A code of a closed list in words."""
        name = self.lists.get(list_name, {}).get(code or "")
        return name.said(language) if name else (code or "")

    def merged_into(self, area: str) -> Province | None:
        """The province that this one and others went into on 1 July 2025; None where it stayed as it was."""
        successor = self.provinces[area].successor if area in self.provinces else None
        return self.provinces[successor] if successor and len(self.predecessors(successor)) > 1 else None

    def predecessors(self, area: str) -> list[Province]:
        """The provinces of the older list that went into this one."""
        return [province for province in self.provinces.values() if province.successor == area]


def short_index(code: str) -> str:
    """An index as everybody says it: "PAR INDEX", "SIPAS"."""
    return code.partition("/")[0].replace("_", " ")


def _provinces(db: sqlite3.Connection) -> dict[str, Province]:
    """By area, each as it is called last."""
    rows = db.execute("SELECT * FROM provinces ORDER BY valid_from").fetchall()
    now = {row["name"]: f"{row['area_regime']}-{row['code']}" for row in rows if row["area_regime"] == "34"}
    found: dict[str, Province] = {}
    for row in rows:
        area = f"{row['area_regime']}-{row['code']}"
        successor = now.get(row["successor"]) if row["successor"] else None
        found[area] = Province(area, row["area_regime"], row["code"], row["name"], successor)
    return found
