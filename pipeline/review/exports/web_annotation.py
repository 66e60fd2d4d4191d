"""W3C Web Annotation (Recommendation of 23 February 2017), as JSON-LD: an annotation for each fact and decision.

A fact is an annotation by the program that describes its words; a decision one by its reviewer that assesses them
(accept, reject, no source), edits (correct, add) or comments (note). What was taken back, and the undoing itself, are
left out, and so are skips: an annotation says what somebody holds. Words are found three ways: by their position in
the canonical text in code points, by the quote with what stands before and after it, and, where the document has
pages, by the page and the box on it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from pipeline import __version__
from pipeline.model import Document
from pipeline.model.review import SLOTS, Decision, DecisionKind
from pipeline.review.exports.material import Reviewed, ReviewedFact
from pipeline.review.revision import normal
from pipeline.review.standing import not_taken_back

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_PDF_FRAGMENT = "http://tools.ietf.org/rfc/rfc3778"
_MEDIA_FRAGMENT = "http://www.w3.org/TR/media-frags/"
_AROUND = 32
"""Characters before and after a quote, by which it is told from others that read alike."""
_MOTIVATIONS = {
    DecisionKind.ACCEPT: "assessing",
    DecisionKind.REJECT: "assessing",
    DecisionKind.NO_SOURCE: "assessing",
    DecisionKind.CORRECT: "editing",
    DecisionKind.ADD: "editing",
    DecisionKind.NOTE: "commenting",
}


def export(documents: Iterable[Reviewed], base_url: str) -> Iterator[str]:
    """One page of annotations. Facts and decisions are named by addresses below `base_url`."""
    head = {"@context": CONTEXT, "id": f"{base_url}/review/annotations", "type": "AnnotationPage", "startIndex": 0}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "items": ['
    between = "\n"
    for document in documents:
        for fact in document.facts:
            for annotation in _annotations(document, fact, base_url):
                yield between + json.dumps(annotation, ensure_ascii=False)
                between = ",\n"
    yield "\n]}\n"


def _annotations(document: Reviewed, fact: ReviewedFact, base_url: str) -> Iterator[dict[str, Any]]:
    target = _target(document, fact, base_url)
    address = f"{base_url}/review/{quote(fact.row['obs_id'])}"
    if not fact.added:
        yield {
            "id": address, "type": "Annotation", "motivation": "describing",
            "creator": {"id": "urn:solieu", "type": "Software", "name": f"solieu {__version__}"},
            "body": [_body(_said(fact.row), "describing")], "target": target,
        }  # fmt: skip
    for decision in not_taken_back(fact.decisions):
        if motivation := _MOTIVATIONS.get(decision.kind):
            yield {
                "id": f"{address}#{quote(decision.decision_id)}", "type": "Annotation", "motivation": motivation,
                "created": decision.at, "body": _bodies(decision, motivation), "target": target,
                "creator": {
                    "id": f"urn:solieu:reviewer:{quote(decision.reviewer)}", "type": "Person",
                    "name": decision.reviewer,
                },
            }  # fmt: skip


def _said(row: Mapping[str, Any]) -> dict[str, str]:
    return {slot: said for slot in SLOTS if (said := normal(slot, row[slot])) is not None}


def _bodies(decision: Decision, motivation: str) -> list[dict[str, Any]]:
    """What the reviewer says of the words: the verdict, the slots that a correction changes, the note."""
    bodies: list[dict[str, Any]] = []
    if motivation == "assessing":
        bodies.append({"type": "TextualBody", "value": decision.kind.value, "purpose": "assessing"})
    if decision.after:
        bodies.append(_body(dict(decision.after), "editing"))
    if decision.note:
        bodies.append({
            "type": "TextualBody", "value": decision.note, "format": "text/plain", "language": "vi",
            "purpose": "commenting",
        })  # fmt: skip
    return bodies


def _body(slots: Mapping[str, str | None], purpose: str) -> dict[str, Any]:
    """Slots as a text in JSON."""
    value = json.dumps(slots, ensure_ascii=False)
    return {"type": "TextualBody", "value": value, "format": "application/json", "purpose": purpose}


def _target(document: Reviewed, fact: ReviewedFact, base_url: str) -> dict[str, Any]:
    row = fact.row
    start, end = row["char_start"], row["char_end"]
    quoted: dict[str, Any] = {"type": "TextQuoteSelector", "exact": row["quote"]}
    if document.read is not None:
        text = document.read.text
        quoted |= {"prefix": text[max(0, start - _AROUND) : start], "suffix": text[end : end + _AROUND]}
    selectors = [{"type": "TextPositionSelector", "start": start, "end": end}, quoted]
    if row["page"] is not None:
        selectors.append(_on_page(row, document.read))
    return {
        "type": "SpecificResource", "source": f"{base_url}/documents/{document.row['doc_id']}", "selector": selectors,
    }  # fmt: skip


def _on_page(row: Mapping[str, Any], read: Document | None) -> dict[str, Any]:
    """The page, and the box around all lines of the quote in hundredths of the page's width and height."""
    selector: dict[str, Any] = {"type": "FragmentSelector", "conformsTo": _PDF_FRAGMENT, "value": f"page={row['page']}"}
    page = next((one for one in read.pages if one.number == row["page"]), None) if read else None
    if page is None or not row["boxes"] or not page.width or not page.height:
        return selector
    x0, top = min(box[0] for box in row["boxes"]), min(box[1] for box in row["boxes"])
    x1, bottom = max(box[2] for box in row["boxes"]), max(box[3] for box in row["boxes"])
    percent = (100 * x0 / page.width, 100 * top / page.height, 100 * (x1 - x0) / page.width,
               100 * (bottom - top) / page.height)  # fmt: skip
    box = ",".join(f"{one:.3f}".rstrip("0").rstrip(".") for one in percent)
    refined = {"type": "FragmentSelector", "conformsTo": _MEDIA_FRAGMENT, "value": f"xywh=percent:{box}"}
    return {**selector, "refinedBy": refined}
