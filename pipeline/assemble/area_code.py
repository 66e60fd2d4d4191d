"""Under which code of its province a subject stands: seven codes of the 63 are other provinces among the 34."""

from __future__ import annotations

from dataclasses import replace

from pipeline.assemble.context import Context
from pipeline.assemble.made_on import made_on
from pipeline.assemble.slots import Period, Subject


def in_period(subject: Subject, period: Period | None, context: Context) -> Subject:
    """A subject with the code that its province had when a period ended.

    A document does not know what came after it: the goals that a plan of 2021 has for 2025 are those of the province
    as it was then, so the day of the document counts where it is earlier. Of a document without a day, plans for some
    years ahead for the most part, only the beginning of the period is sure to be known; it also says what the province
    is called, which in a dated document the day has told.
    """
    if subject.ref_area is None or period is None:
        return subject
    gazetteer, made = context.gazetteer, made_on(context.identity)
    now = gazetteer.by_code(subject.ref_area, subject.area_regime or "63")
    known = min(period.end, made) if made else period.end if context.of_two_tiers else period.start
    then = gazetteer.province(now.name, known) if now else None
    if now is None or then is None or then == now:
        return subject
    name = then.full_name if made is None and subject.name == now.full_name else subject.name
    return replace(subject, name=name, ref_area=then.code, area_regime=then.regime)
