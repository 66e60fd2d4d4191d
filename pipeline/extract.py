"""One document in, its facts out: the layers of reading in their order, pure and without state."""

from __future__ import annotations

from itertools import chain

from pipeline.assemble.accounting import account
from pipeline.assemble.context import Context
from pipeline.assemble.facts import facts_of
from pipeline.assemble.observations import observations
from pipeline.match.count_frame import count_mentions
from pipeline.match.count_tables import table_count_mentions
from pipeline.match.index_frame import index_mentions
from pipeline.match.layers import Layers
from pipeline.match.names import find_indices
from pipeline.match.numbers import number_atoms
from pipeline.model import Document, Extraction
from pipeline.rulebook.book import Rulebook
from pipeline.text.fold import lower_view, normal_view
from pipeline.text.sentences import sentences


def extract(document: Document, rulebook: Rulebook) -> Extraction:
    """Everything that the rules read out of a document; the same for the same input, anywhere."""
    raise NotImplementedError
