"""C12: the documents named in a text: one day for one act, one type for a document and its number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from pipeline.check.verdict import Material, Problem, Severity, problem
from pipeline.model import Reference


def one_date_for_an_act(material: Material) -> Iterator[Problem]:
    """An act was issued on one day, wherever it is named."""
    days: dict[str, dict[date, Reference]] = defaultdict(dict)
    for reference in material.references:
        if reference.issued_on is not None:
            days[reference.number].setdefault(reference.issued_on, reference)
    for number, stated in days.items():
        if len(stated) > 1:
            first, second, *_ = sorted(stated)
            message = f"{number} is of {first} and of {second}"
            yield problem(Severity.WARNING, message, [], first, second)


def type_of_document(material: Material) -> Iterator[Problem]:
    """The type in a document's own number is the type in its title."""
    titled = material.facts.doc_type
    own = next((r for r in material.references if r.role == "self" and r.doc_type), None)
    if titled and own and own.doc_type and own.doc_type != titled:
        message = f"{own.number} on a document that is headed as {titled}"
        yield problem(Severity.WARNING, message, [], titled, own.doc_type)
