"""One document in, its facts out: the layers of reading in their order, pure and without state."""

from __future__ import annotations

from pipeline.assemble.accounting import account
from pipeline.assemble.confidence import graded
from pipeline.assemble.context import Context
from pipeline.assemble.dates import date_rows, resolve_dates
from pipeline.assemble.facts import facts_of
from pipeline.assemble.identity import identify
from pipeline.assemble.made_on import made_on
from pipeline.assemble.observations import observations
from pipeline.assemble.references import issue_dates, reference_spans, references
from pipeline.assemble.short_places import apart_from_names, places_named_short
from pipeline.check import check_document, flag_failed
from pipeline.match.count_frame import count_mentions
from pipeline.match.count_tables import table_count_mentions
from pipeline.match.dates import date_atoms
from pipeline.match.identifiers import identifiers
from pipeline.match.index_frame import index_mentions
from pipeline.match.layers import Layers, Stretches
from pipeline.match.names import find_indices
from pipeline.match.numbers import number_atoms
from pipeline.model import Document, Extraction
from pipeline.rulebook.book import Rulebook
from pipeline.text.fold import lower_view, normal_view
from pipeline.text.phrase_places import phrase_text
from pipeline.text.sentences import sentences


def extract(document: Document, rulebook: Rulebook) -> Extraction:
    """Everything that the rules read out of a document; the same for the same input, anywhere."""
    text = document.text
    normal, view = normal_view(text), lower_view(text)
    phrases = phrase_text(view)
    gazetteer = rulebook.gazetteer

    dates = date_atoms(text)
    acts = identifiers(text)
    identity = identify(document, dates, acts, gazetteer)
    resolved = resolve_dates(document, dates, identity, issue_dates(acts, dates, text))
    cited = references(document, acts, dates, identity, gazetteer)

    day = made_on(identity)
    act_spans = tuple(reference_spans(acts))
    # "UBND" in "1086/KH-UBND" is part of a number, and nobody who acts.
    in_acts = Stretches(act_spans)
    agencies = tuple(m for m in gazetteer.find_agencies(text, day) if not in_acts.touches(m.span))
    places = gazetteer.find_places(text, day)
    places = places_named_short(document, normal, places, agencies, identity, gazetteer)
    agencies = apart_from_names(agencies, places)
    taken = sorted([*act_spans, *(d.span for d in dates if d.kind != "deictic")])
    parts = sentences(document)
    layers = Layers(
        document=document,
        normal=normal,
        view=view,
        phrases=phrases,
        sentences=parts,
        numbers=number_atoms(view, taken=taken, parts=[part.span for part in parts]),
        indices=find_indices(normal, phrases, rulebook.index),
        entities=tuple(sorted({m.span for m in agencies} | {m.span for m in places})),
    )
    context = Context(layers, resolved, act_spans, places, agencies, identity, gazetteer)
    counts = (*count_mentions(layers, rulebook.counts), *table_count_mentions(layers, rulebook.counts))
    scores = index_mentions(layers, rulebook.index)
    # A number that an index has ("mức độ hài lòng (SIPAS) đạt 91,2%") counts nothing else.
    taken_by_index = {mention.value_span for mention in scores}
    counts = tuple(mention for mention in counts if mention.value_span not in taken_by_index)
    facts = facts_of(counts, scores, context, rulebook)
    found = observations(facts, layers, document.source.doc_id, rulebook.confidence.broad)
    checked = check_document(found, cited, identity, rulebook)
    rows = date_rows(resolved)
    return Extraction(
        facts=identity,
        observations=graded(flag_failed(found, checked.findings), rulebook.confidence),
        references=cited,
        dates=rows,
        numerals=account(
            layers,
            observed=(evidence.span for o in found for evidence in o.evidence if evidence.role == "value"),
            referenced=act_spans,
            dated=(row.span for row in rows),
            rules=rulebook.numerals,
        ),
        findings=checked.findings,
        agreements=checked.agreements,
    )
