"""All that a document says about times, places and itself, for the resolvers of slots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.assemble.outline import Outline
from pipeline.assemble.short_names import members_of_lists
from pipeline.match.grid import Grid, grids
from pipeline.match.labelled_rows import names_measures_in_rows
from pipeline.match.layers import Layers
from pipeline.model import DocumentFacts, Span
from pipeline.text.spacing import spaced

if TYPE_CHECKING:
    from pipeline.assemble.dates import ResolvedDate
    from pipeline.values.places import AgencyMention, Gazetteer, PlaceMention

_TWO_TIERS = spaced(r"(?<!\w)(?:đặc khu|chính quyền (?:địa phương )?(?:2|hai) cấp|mô hình (?:2|hai) cấp)(?!\w)")


@dataclass(frozen=True, slots=True)
class Context:
    """The layers with what gives a number its meaning; everything in order of its offsets."""

    layers: Layers
    dates: tuple[ResolvedDate, ...]
    identifiers: tuple[Span, ...]
    places: tuple[PlaceMention, ...]
    agencies: tuple[AgencyMention, ...]
    identity: DocumentFacts
    gazetteer: Gazetteer
    grids: Mapping[int, Grid] = field(init=False)
    """The cells of each table by its number."""
    measured_in_rows: frozenset[int] = field(init=False)
    """The numbers of the tables that name a measure in each row."""
    outline: Outline = field(init=False)
    short_names: Sequence[AgencyMention] = field(init=False)
    """The agencies that lists name without their kind."""
    of_two_tiers: bool = field(init=False)
    """Whether the text speaks of what came with the list of 34: special zones, government of two tiers."""

    def __post_init__(self) -> None:
        document = self.layers.document
        object.__setattr__(self, "grids", grids(document))
        measured = frozenset(table.number for table in document.tables if names_measures_in_rows(table))
        object.__setattr__(self, "measured_in_rows", measured)
        object.__setattr__(self, "outline", Outline(document.blocks, document.text))
        members = members_of_lists(self.layers.normal, self.agencies, self.gazetteer)
        object.__setattr__(self, "short_names", members)
        object.__setattr__(self, "of_two_tiers", _TWO_TIERS.search(self.layers.view) is not None)
