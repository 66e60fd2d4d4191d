"""What a reviewer types for a slot, read as a report is read: "84,84%", "8,98 ngàn", "Quý I/2022", "Sơn La".

A slot may bring others with it: a subject its province, "20/63" its whole, a period over 30 June 2025 the code that
the province has then. What is given is in normal form, as decisions hold it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeAlias

from pipeline.match.dates import date_atoms
from pipeline.model.review import SLOTS, Fact
from pipeline.review.problems import Problem, Wrong
from pipeline.review.revision import DECIMALS, decimal_text
from pipeline.review.sense import senseless
from pipeline.rulebook.book import Rulebook
from pipeline.store.code_tables import INDICATORS, INDICES, code_rows
from pipeline.store.codes import AREA_REGIMES, COMPARATORS, LEVELS, STATUSES, UNITS, CodeList
from pipeline.text.fold import ascii_fold
from pipeline.values.numbers import decide
from pipeline.values.periods import parse_period, period_code
from pipeline.values.places import MERGER, Province

Read: TypeAlias = dict[str, str | None]
_Parser: TypeAlias = Callable[["SlotReader", str, str, Fact], Read | Problem]

_DEFAULTS = {"comparator": "eq", "obs_status": "actual"}
_REQUIRED = frozenset({"indicator", "value", "unit"})
_RATIO = re.compile(r"(.*\d.*?)\s*/\s*(\d.*)")
_RANGE = re.compile(r"([^-–]*\d[^-–]*?)\s*[-–]\s*(\d.*)")
_SIGN = re.compile(r"\s*([-−–+]|giảm\s|tăng\s)\s*(?=\d)", re.IGNORECASE)
_MINUS = frozenset({"-", "−", "–", "giảm"})
_EXAMPLES = {"time_period": "2021 · 2021-S1 · Quý I/2022 · 18/6/2021", "base_period": "2019 · Quý I/2021"}
_CODES: dict[str, tuple[CodeList, dict[str, str]]] = {
    "comparator": (COMPARATORS, {"=": "eq", "≥": "ge", ">": "gt", "≤": "le", "<": "lt", "≈": "approx"}),
    "level": (LEVELS, {"tinh": "province", "huyen": "district", "xa": "commune"}),
    "obs_status": (STATUSES, {}),
    "area_regime": (AREA_REGIMES, {}),
    "unit": (UNITS, {"%": "percent", "bac": "rank"}),
}
_SCOPES = {
    "national": "national", "ca nuoc": "national", "toan quoc": "national",
    "province:agencies": "province:agencies", "province:districts": "province:districts",
    "district:communes": "district:communes",
}  # fmt: skip


class SlotReader:
    """Reads slots with the parsers of the program and the vocabulary of a rulebook. Holds nothing else."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.gazetteer = rulebook.gazetteer
        rows = code_rows(rulebook)
        self.indicators = {str(row["code"]): row for row in rows[INDICATORS.name]}
        self.indices = {str(row["code"]): row for row in rows[INDICES.name]}
        self._indicator_names = _names(self.indicators)
        self._index_names = _names(self.indices)

    def read(self, slot: str, text: str, fact: Fact) -> Read | Problem:
        """The slots that `text`, typed for one slot of `fact`, gives; the first is the slot itself.

        An empty text empties a slot, or gives it its default. Raises KeyError for what is no slot.
        """
        if not text.strip():
            if slot in _REQUIRED:
                return Problem(slot, Wrong.REQUIRED)
            emptied: Read = {slot: _DEFAULTS.get(slot)}
            return {**emptied, "area_regime": None} if slot == "ref_area" else emptied
        return _PARSERS[slot](self, slot, " ".join(text.split()), fact)

    def read_all(self, typed: Mapping[str, str], fact: Fact) -> tuple[Read, tuple[Problem, ...]]:
        """The slots that these texts change of a fact, and what is wrong with them, or with the fact that they make.

        What is typed outright for a slot wins over what another one brings with it.
        """
        made: Read = {}
        stated: Read = {}
        problems: list[Problem] = []
        for slot in (slot for slot in SLOTS if slot in typed):
            found = self.read(slot, typed[slot], {**fact, **made, **stated})
            if isinstance(found, Problem):
                problems.append(found)
            else:
                made |= found
                if typed[slot].strip():
                    stated[slot] = found[slot]
        changes = {**made, **stated}
        if not problems:
            problems += senseless({**fact, **changes}, self.rulebook)
        return {slot: value for slot, value in changes.items() if value != fact.get(slot)}, tuple(problems)

    def _number(self, slot: str, text: str, fact: Fact) -> Read | Problem:
        pair = _RATIO.fullmatch(text) or _RANGE.fullmatch(text) if slot == "value" else None
        if pair is not None:
            other = "out_of" if "/" in text else "value_high"
            first, second = (self._value(part, fact) for part in pair.groups())
            if first is not None and second is not None:
                return {slot: first, other: second}
        value = self._value(text, fact)
        return Problem(slot, Wrong.NO_NUMBER, "84,84 · 1.634 · 8,98 ngàn · 20/63") if value is None else {slot: value}

    def _value(self, text: str, fact: Fact) -> str | None:
        """A number with its magnitude, whatever noun or unit stands behind it."""
        sign = _SIGN.match(text)
        words = (text[sign.end() :] if sign else text).split()
        for count in range(len(words), 0, -1):
            try:
                value = decide(" ".join(words[:count]).rstrip("%").rstrip(), fact.get("unit"))
            except ValueError:
                continue
            return decimal_text(-value if sign and sign[1].strip().lower() in _MINUS else value)
        return None

    def _period(self, slot: str, text: str, fact: Fact) -> Read | Problem:
        found = _days(text)
        if found is None:
            return Problem(slot, Wrong.NO_PERIOD, _EXAMPLES[slot])
        start, end = found
        if start is None or end is None:
            return Problem(slot, Wrong.NO_YEAR, _EXAMPLES[slot])
        made: Read = {slot: period_code(start, end)}
        code, regime = fact.get("ref_area"), fact.get("area_regime")
        if slot == "time_period" and code and regime:
            same = self.gazetteer.by_code(code, regime)
            moved = self.gazetteer.province(same.name, end) if same else None
            if moved is not None and (moved.code, moved.regime) != (code, regime):
                made |= _area(moved)
        return made

    def _code(self, slot: str, text: str, _fact: Fact) -> Read | Problem:
        codes, signs = _CODES[slot]
        told = {code.code: (code.code, *_each(code.vi), *_each(code.en)) for code in codes.codes}
        code = ({_key(name): code for code, names in told.items() for name in names} | signs).get(_key(text))
        return Problem(slot, Wrong.NO_CODE, " · ".join(codes.values)) if code is None else {slot: code}

    def _indicator(self, slot: str, text: str, fact: Fact) -> Read | Problem:
        code = self._indicator_names.get(_key(text))
        if code is None:
            return Problem(slot, Wrong.NO_CODE, _nearest(text, self.indicators))
        unit = self.indicators[code]["unit"]
        if unit is None and fact.get("index") in self.indices:
            unit = self.indices[str(fact["index"])]["unit"]
        made: Read = {slot: code}
        if unit is not None:
            made["unit"] = str(unit)
        if not code.startswith("index."):
            made["index"] = None
        return made

    def _index(self, slot: str, text: str, fact: Fact) -> Read | Problem:
        code = self._index_names.get(_key(text))
        if code is None:
            return Problem(slot, Wrong.NO_CODE, _nearest(text, self.indices))
        of_score = fact.get("indicator") in ("index.score", "index.mean_score")
        return {slot: code, "unit": str(self.indices[code]["unit"])} if of_score else {slot: code}

    def _scope(self, slot: str, text: str, _fact: Fact) -> Read | Problem:
        regions = {region.scope: region.scope for region in self.gazetteer.regions}
        region = self.gazetteer.region(text)
        code = _SCOPES.get(_key(text)) or regions.get(text) or (region.scope if region else None)
        return Problem(slot, Wrong.NO_CODE, " · ".join(_SCOPES.values())) if code is None else {slot: code}

    def _ref_area(self, slot: str, text: str, fact: Fact) -> Read | Problem:
        day = _day_of(fact)
        regime, _, code = text.replace(":", "-").rpartition("-")
        if code.isdecimal():
            found = self.gazetteer.by_code(code, regime or ("34" if day and day >= MERGER else "63"))
        else:
            found = self.gazetteer.province(text, day)
            if found is None and self.gazetteer.province(text) is not None:
                return Problem(slot, Wrong.NO_SUCH_DAY, str(day))
        return Problem(slot, Wrong.NO_PROVINCE, "Sơn La · 14") if found is None else _area(found)

    def _subject(self, slot: str, text: str, fact: Fact) -> Read | Problem:
        """The name in full, with its province; one without a province stays in the fact's own."""
        day = _day_of(fact)
        itself = self.gazetteer.province(text, day)
        if itself is not None:
            return {slot: itself.full_name, **_area(itself)}
        agencies, places = self.gazetteer.find_agencies(text, day), self.gazetteer.find_places(text, day)
        named = [a.province for a in agencies if a.province] + [p.name for p in places if p.kind == "province"]
        own = self.gazetteer.by_code(str(fact.get("ref_area")), str(fact.get("area_regime")))
        province = self.gazetteer.province(named[0], day) if named else own
        beyond = any(a.level == "central" for a in agencies) or any(p.kind in ("region", "nation") for p in places)
        if beyond and not named:
            return {slot: text, **_area(None)}
        whole = next((a for a in agencies if (a.span.start, a.span.end) == (0, len(text))), None)
        name = whole.named_in(province) if whole else text
        return {slot: name, **_area(province)} if province else {slot: name}


_PARSERS: dict[str, _Parser] = {
    **dict.fromkeys(DECIMALS, SlotReader._number),
    **dict.fromkeys(_CODES, SlotReader._code),
    "time_period": SlotReader._period,
    "base_period": SlotReader._period,
    "indicator": SlotReader._indicator,
    "index": SlotReader._index,
    "scope": SlotReader._scope,
    "ref_area": SlotReader._ref_area,
    "subject": SlotReader._subject,
}


def _day_of(fact: Fact) -> date | None:
    """The last day of the fact's period."""
    period = fact.get("time_period")
    return parse_period(period)[1] if period else None


def _area(province: Province | None) -> Read:
    """The columns of a province."""
    if province is None:
        return {"ref_area": None, "area_regime": None}
    return {"ref_area": province.code, "area_regime": province.regime}


def _days(text: str) -> tuple[date | None, date | None] | None:
    """The first and last day of a period, as a code or in words; (None, None) for one without a year."""
    try:
        return parse_period(text)
    except ValueError:
        pass
    atoms = [atom for atom in date_atoms(text) if atom.first and atom.last]
    if len(atoms) != 1:
        return None
    [atom] = atoms
    assert atom.first is not None
    assert atom.last is not None
    try:
        return atom.first.first_day(), atom.last.last_day()
    except ValueError:
        return None, None


def _names(rows: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
    """Codes by themselves and by their names in both languages, folded."""
    found: dict[str, str] = {}
    for code, row in rows.items():
        for name in (code, row["vi"], row["en"]):
            found.setdefault(_key(str(name or code)), code)
    return found


def _each(names: str) -> list[str]:
    """The names in a list of names ("trên, hơn"), without what explains them in brackets."""
    return re.split("[,;]", re.sub(r"\(.*?\)", "", names))


def _key(text: str) -> str:
    return " ".join(ascii_fold(text).split())


def _nearest(text: str, codes: Iterable[str]) -> str:
    """Some codes that a text may mean."""
    from difflib import get_close_matches

    known = list(codes)
    wanted = _key(text)
    alike = [code for code in known if wanted in _key(code)] or get_close_matches(text, known, 4, 0.5)
    return " · ".join((alike or known)[:4])
