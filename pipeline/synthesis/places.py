"""Who writes and who is measured: a province as it was on the day, its agencies, districts and communes."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from pipeline.rulebook.location import rules_dir
from pipeline.values.provinces import MERGER, Province, Region, load_provinces, load_regions

GRAMMAR = Path(__file__).parent / "grammar"


@dataclass(frozen=True, slots=True)
class Body:
    """One who acts or is measured. `full` is the subject of gold; `forms` is how a text names it; `kind` is a key of
    `subjects` in bodies.yaml. `own` are the words that mean it where it is the document's own."""

    kind: str
    full: str
    forms: tuple[str, ...]
    own: tuple[str, ...]
    code: str
    letters: str
    """What its documents carry behind the hyphen: UBND, STP, VPUB …"""
    head: tuple[str, str]
    """The two lines of its letter head: who stands above it, and itself."""


@dataclass(frozen=True, slots=True)
class Land:
    """A province on a day, with what it is divided into then."""

    province: Province
    region: Region
    on: date
    departments: tuple[tuple[str, str], ...]
    """Full name without the province, and the letters of its documents."""
    districts: tuple[str, ...]
    communes: tuple[str, ...]

    @property
    def region_size(self) -> int:
        return len(self.region.members(self.on))

    @property
    def set_size(self) -> int:
        return 34 if self.on >= MERGER else 63

    def within(self, name: str) -> str:
        """ "Sở Tư pháp tỉnh Sơn La": an agency or place with its province."""
        return f"{name} {self.province.name_in_text}"


@lru_cache(maxsize=1)
def lists() -> dict[str, Any]:
    made: dict[str, Any] = yaml.safe_load((GRAMMAR / "bodies.yaml").read_text(encoding="utf-8"))
    return made


@lru_cache(maxsize=1)
def _gazetteer() -> tuple[tuple[Province, ...], tuple[Region, ...]]:
    folder = rules_dir() / "gazetteer"
    return load_provinces(folder), load_regions(folder)


def draw_land(draw: random.Random, on: date) -> Land:
    """A province that stands on the day, with invented districts before the merger and communes after it."""
    provinces, regions = _gazetteer()
    standing = [p for p in provinces if p.stands_on(on) and any(p.name in r.members(on) for r in regions)]
    province = draw.choice(standing)
    region = next(r for r in regions if province.name in r.members(on))
    era = "after" if on >= MERGER else "before"
    departments = [(entry["name"], entry["letters"]) for entry in lists()["departments"] if era in entry["when"]]
    names = draw.sample(lists()["places"], 24)
    kinds = draw.choices(("huyện", "huyện", "huyện", "thị xã", "thành phố"), k=9)
    communes = [f"{draw.choice(('xã', 'xã', 'phường'))} {name}" for name in names[9:]]
    return Land(
        province, region, on, tuple(departments),
        () if on >= MERGER else tuple(f"{kind} {name}" for kind, name in zip(kinds, names, strict=False)),
        tuple(communes),
    )  # fmt: skip


def province_body(land: Land) -> Body:
    name = land.province.name_in_text
    kind = land.province.kind
    above = f"{kind.upper()} {land.province.name.upper()}"
    return Body(
        "province", land.province.full_name, (name, f"UBND {name}"), (kind, f"toàn {kind}"),
        land.province.code, "UBND", ("ỦY BAN NHÂN DÂN", above),
    )  # fmt: skip


def department_body(draw: random.Random, land: Land) -> Body:
    name, letters = draw.choice(land.departments)
    full = land.within(name)
    short = name.split()[0]
    above = f"UBND {land.province.name_in_text.upper()}"
    return Body("department", full, (full, name), (short,), land.province.code, letters, (above, name.upper()))


def centre_body(land: Land) -> Body:
    name = "Trung tâm Phục vụ hành chính công"
    full = land.within(name)
    head = ("VĂN PHÒNG UBND " + land.province.name_in_text.upper(), name.upper())
    return Body(
        "centre", full, (full, f"{name} {land.province.kind}"), ("Trung tâm",), land.province.code, "TTPVHCC", head
    )


def local_body(draw: random.Random, land: Land) -> Body:
    """A district before the merger, a commune or ward after it."""
    name = draw.choice(land.districts or land.communes)
    kind = "thành phố" if name.startswith("thành phố") else "thị xã" if name.startswith("thị xã") else name.split()[0]
    full = land.within(name[0].upper() + name[1:])
    head = ("ỦY BAN NHÂN DÂN", name.upper())
    key = "district" if land.districts else "commune"
    return Body(key, full, (name,), (kind, f"toàn {kind}"), land.province.code, "UBND", head)
