"""The records that pass between the rooms. They know nothing of how they are made."""

from pipeline.model.document import (
    Block,
    BlockKind,
    Cell,
    Document,
    DocumentFacts,
    Page,
    Repair,
    Source,
    Table,
)
from pipeline.model.facts import (
    Agreement,
    DateMention,
    Evidence,
    Extraction,
    Finding,
    Numeral,
    Observation,
    Reference,
)
from pipeline.model.failure import Cause, Failure, ReadError
from pipeline.model.places import NOWHERE, CharBoxes, Ruler, Stretch
from pipeline.model.span import Box, Span

__all__ = [
    "NOWHERE",
    "Agreement",
    "Block",
    "BlockKind",
    "Box",
    "Cause",
    "Cell",
    "CharBoxes",
    "DateMention",
    "Document",
    "DocumentFacts",
    "Evidence",
    "Extraction",
    "Failure",
    "Finding",
    "Numeral",
    "Observation",
    "Page",
    "ReadError",
    "Reference",
    "Repair",
    "Ruler",
    "Source",
    "Span",
    "Stretch",
    "Table",
]
