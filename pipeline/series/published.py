"""Tables that the publisher of an index gives out, as a source of series beside the documents."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pipeline.rulebook.book import Rulebook
from pipeline.series.statement import SeriesKey, Statement
from pipeline.values.provinces import Province

NEEDED = frozenset({"index", "year", "area_regime", "ref_area", "score"})
KNOWN = NEEDED | {"province", "rank"}


class PublishedError(ValueError):
    """A published table that is not as it should be: file, line, and what is wrong."""


def load_published(path: Path, rulebook: Rulebook) -> Iterator[Statement]:
    """The scores, and ranks where there is such a column, of a CSV table: index, year, area_regime, ref_area, score.

    A column `province`, where there is one, must name the province of the code. Raises PublishedError.
    """
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        try:
            columns = set(reader.fieldnames or ())
            if not NEEDED <= columns <= KNOWN:
                raise ValueError(f"the columns must be {', '.join(sorted(NEEDED))}; province, rank may be")
            for row in reader:
                yield from _statements(row, path.name, rulebook)
        except UnicodeDecodeError as problem:
            raise PublishedError(f"{path}: this is no text in UTF-8") from problem
        except (ValueError, csv.Error) as problem:
            raise PublishedError(f"{path}:{max(1, reader.line_num)}: {problem}") from problem


def _statements(row: dict[str, str], table: str, rulebook: Rulebook) -> Iterator[Statement]:
    if None in row or None in row.values():
        raise ValueError("the line has another number of cells than the heading")
    index = rulebook.index.indices.get(row["index"])
    if index is None:
        raise ValueError(f"no rule knows an index {row['index']!r}")
    if len(row["year"]) != 4 or not row["year"].isdigit():
        raise ValueError(f"{row['year']!r} is no year")
    province = _province(row, rulebook)
    for measure, unit, scope in (("score", index.unit, None), ("rank", "rank", "national")):
        if not row.get(measure):
            continue
        value = _number(row[measure])
        exponent = value.as_tuple().exponent
        step = Decimal(1).scaleb(exponent) if measure == "score" and isinstance(exponent, int) else Decimal(0)
        key = SeriesKey(f"index.{measure}", index.code, "", province.code, province.regime, None, scope, unit, "actual")
        yield Statement(
            key, province.full_name, row["year"], value, value - step / 2, value + step / 2, table=table
        )  # fmt: skip


def _number(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text!r} is no number, such as 40.87") from None
    if not value.is_finite():
        raise ValueError(f"{text!r} is no number, such as 40.87")
    return value


def _province(row: dict[str, str], rulebook: Rulebook) -> Province:
    province = rulebook.gazetteer.by_code(row["ref_area"], row["area_regime"])
    if province is None:
        raise ValueError(f"no province has code {row['ref_area']!r} in the list of {row['area_regime']!r}")
    named = row.get("province")
    same = [p for p in rulebook.gazetteer.provinces if (p.code, p.regime) == (province.code, province.regime)]
    province = next((p for p in same if p.stands_on(date(int(row["year"]), 12, 31))), province)
    known = {p.name for p in same}
    if named and named not in known and (rulebook.gazetteer.province(named) or province).name not in known:
        raise ValueError(f"{row['ref_area']} is {province.name} in the list of {province.regime}, not {named}")
    return province
