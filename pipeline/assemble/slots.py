"""What the context adds to a mention: whose number it is, of when, and whether it is a result."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from pipeline.match.mention import Mention
from pipeline.model import Span


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a number is about; `span` is where the text says so (None: from the document as a whole).

    `part` is the label of a table row that names no agency or place ("Hộ tịch"): the number is the
    subject's in that field alone.
    """

    name: str | None
    ref_area: str | None = None
    area_regime: str | None = None
    span: Span | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """When a number holds, as code (2020, 2021-S1, 2021-12-15/2022-06-09 …) and as two days."""

    code: str
    start: date
    end: date
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Slots:
    """The resolved context of one mention. `flags` name what was inherited or is doubtful."""

    subject: Subject = field(default_factory=lambda: Subject(None))
    period: Period | None = None
    base_period: Period | None = None
    level: str | None = None
    scope: str | None = None
    status: str = "actual"
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A mention with its context: all that an observation needs."""

    mention: Mention
    slots: Slots
