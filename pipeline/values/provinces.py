"""Provinces and regions as they were on a day: their official codes, names and members."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pipeline.rulebook.source import Reader, load_rule_file

MERGER = date(2025, 7, 1)
"""From this day the 34 provinces of Nghị quyết 202/2025/QH15 stand, with codes of their own."""


@dataclass(frozen=True, slots=True)
class Province:
    """A province in one regime ("63" or "34"): code of the statistics office, name, kind, life span.

    `kind` is "tỉnh" or "thành phố" (central city). `successor` is the name of the province that the
    63-list one went into on 1 July 2025.
    """

    code: str
    name: str
    kind: str
    regime: str
    since: date
    until: date | None
    successor: str | None = None

    @property
    def full_name(self) -> str:
        """ "Tỉnh Sơn La", "Thành phố Hải Phòng"."""
        style = self.kind.capitalize()
        return self.name if self.name.startswith(style) else f"{style} {self.name}"

    @property
    def name_in_text(self) -> str:
        """The name as it follows an agency: "tỉnh Sơn La", "thành phố Hải Phòng"."""
        full = self.full_name
        return full[0].lower() + full[1:]

    def stands_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Region:
    """A group of provinces with a name of its own; members by regime, as province names."""

    slug: str
    name: str
    variants: tuple[str, ...]
    members_63: tuple[str, ...]
    members_34: tuple[str, ...]

    @property
    def scope(self) -> str:
        """The value of column `scope`: "region:tay-nguyen"."""
        return f"region:{self.slug}"

    def has(self, province: Province) -> bool:
        """Whether a province, as its own regime knows it, lies in the region."""
        return province.name in (self.members_34 if province.regime == "34" else self.members_63)

    def members(self, on: date | None) -> tuple[str, ...]:
        return self.members_34 if on is not None and on >= MERGER else self.members_63


def load_provinces(folder: Path) -> tuple[Province, ...]:
    """Every province that ever stood since 2008, the latest form of a code last."""
    names = Reader(folder / "names.yaml", load_rule_file(folder / "names.yaml"))
    renamed: dict[tuple[str, str], list[Reader]] = {}
    for entry in names.entries("renamed"):
        entry.only("regime", "code", "name", "kind", "from")
        renamed.setdefault((entry.text("regime"), entry.text("code")), []).append(entry)
    found: list[Province] = []
    with (folder / "provinces.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            until = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
            province = Province(
                row["code"], row["name"], row["kind"], row["regime"],
                date.fromisoformat(row["valid_from"]), until, row["successor_name"] or None,
            )  # fmt: skip
            found.extend(_forms(province, renamed.get((province.regime, province.code), [])))
    return tuple(found)


def _forms(province: Province, changes: list[Reader]) -> list[Province]:
    """The province, cut into one record for each name or kind that it had."""
    forms = [province]
    for change in changes:
        since = change.entry["from"]
        if not isinstance(since, date):
            raise change.fault("'from' must be a date")
        form = replace(forms[-1], name=change.text("name"), kind=change.text("kind"), since=since)
        if since == forms[-1].since:
            forms[-1] = form
        else:
            forms[-1] = replace(forms[-1], until=date.fromordinal(since.toordinal() - 1))
            forms.append(form)
    return forms


def load_regions(folder: Path) -> tuple[Region, ...]:
    """The regions with the spellings of their names."""
    found = []
    for entry in Reader(folder / "regions.yaml", load_rule_file(folder / "regions.yaml")).entries("regions"):
        entry.only("slug", "name", "variants", "members_63", "members_34")
        found.append(
            Region(
                entry.text("slug"),
                entry.text("name"),
                entry.texts("variants"),
                entry.texts("members_63"),
                entry.texts("members_34"),
            )
        )
    return tuple(found)
