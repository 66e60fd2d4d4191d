"""Exports for other tools: offsets as they count them, and what their formats demand."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from review_samples import DOC_ID, FACT, decision
from running import solieu_here

from pipeline.model import Document
from pipeline.model.document import Page, Source
from pipeline.model.review import Decision
from pipeline.model.span import Span
from pipeline.review.exports import FORMATS, format_of
from pipeline.review.exports.label_studio import config
from pipeline.review.exports.material import Reviewed, ReviewedFact, documents
from pipeline.review.journal import JOURNAL_NAME, Journal
from pipeline.review.revision import fact_of, revision_of

BASE = "http://figures.example"
TEXT = "𝐁áo cáo 😀: tiếp nhận 8,98 ngàn hồ sơ.\nTỷ lệ đúng hạn đạt 99,2%."
"""With characters outside the basic plane, which JavaScript counts twice."""
QUOTE = "tiếp nhận 8,98 ngàn hồ sơ"


def reviewed(*decisions: Decision, text: str | None = TEXT, page: int | None = 1) -> Reviewed:
    start = TEXT.index(QUOTE)
    value = TEXT.index("8,98")
    row = {
        **FACT, "obs_id": "fact-1", "doc_id": DOC_ID, "value": Decimal("8980.000000000"), "char_start": start,
        "char_end": start + len(QUOTE), "value_start": value, "value_end": value + 4, "page": page,
        "boxes": ((100.0, 200.0, 300.0, 212.0), (50.0, 214.0, 120.0, 226.0)) if page else (), "confidence": 0.93,
        "rule_id": "dossier.received", "flags": ("inherited_period",),
    }  # fmt: skip
    del row["number"]
    document = {"doc_id": DOC_ID, "path": "bao-cao.pdf", "title": "Báo cáo", "number": None, "parser_version": "1",
                "rules_version": "2"}  # fmt: skip
    read = None
    if text is not None:
        pages = (Page(1, 500.0, 800.0, Span(0, len(text))),) if page else ()
        read = Document(Source("bao-cao.pdf", DOC_ID, "application/pdf", 1), text, (), pages=pages)
    return Reviewed(document, read, (ReviewedFact(row, (), decisions),))


def exported(name: str, *documents: Reviewed) -> Any:
    found = format_of(name)
    assert found
    text = "".join(found.export(documents, f"{BASE}/"))
    return [json.loads(line) for line in text.splitlines()] if found.ending == "jsonl" else json.loads(text)


def test_the_formats() -> None:
    assert [one.name for one in FORMATS] == ["facts", "labelstudio", "webannotation"]
    assert format_of("brat") is None
    for one in FORMATS:
        assert exported(one.name) in ([], {**exported("webannotation"), "items": []})


def test_label_studio_predictions() -> None:
    [task] = exported("labelstudio", reviewed())
    assert task["data"]["text"] == TEXT
    assert task["data"]["source"] == f"{BASE}/documents/{DOC_ID}"
    [prediction] = task["predictions"]
    assert prediction["model_version"] == "solieu 1 2"
    label, slots = prediction["result"]
    value = label["value"]
    assert (label["type"], label["from_name"], label["to_name"], label["score"]) == ("labels", "fact", "text", 0.93)
    assert (value["labels"], value["text"]) == (["dossier.received"], "8,98")
    assert json.loads(slots["value"]["text"][0])["value"] == "8980"
    assert task["annotations"] == []


def test_label_studio_counts_code_points() -> None:
    """What Label Studio does with an offset: it spreads the text into code points and cuts there."""
    [task] = exported("labelstudio", reviewed())
    value = task["predictions"][0]["result"][0]["value"]
    in_utf16 = len(TEXT[: value["start"]].encode("utf-16-le")) // 2
    assert in_utf16 == value["start"] + 2, "the two ways of counting differ in this text"
    assert "".join(list(task["data"]["text"])[value["start"] : value["end"]]) == "8,98"


def test_label_studio_annotations_are_the_reviewers() -> None:
    found = reviewed(
        decision("accept", reviewer="Lan"),
        decision("correct", reviewer="Bình", note="nghìn, không phải ngàn"),
        decision("skip", reviewer="Hoa"),
    )
    [task] = exported("labelstudio", found)
    assert [one["meta"]["reviewer"] for one in task["annotations"]] == ["Lan", "Bình"]
    lan, binh = (one["result"] for one in task["annotations"])
    assert [part["value"].get("choices") for part in lan if part["type"] == "choices"] == [["accept"]]
    assert json.loads(lan[1]["value"]["text"][0])["value"] == "8980"
    assert [part["value"].get("choices") for part in binh if part["type"] == "choices"] == [["correct"]]
    assert json.loads(binh[1]["value"]["text"][0])["value"] == "8998"
    assert binh[0]["meta"] == {"text": ["nghìn, không phải ngàn"]}
    assert len({part["id"] for part in binh}) == 1, "parts of one region bear one id"


def test_label_studio_leaves_out_what_cannot_be_shown() -> None:
    assert exported("labelstudio", reviewed(text=None)) == []


def test_the_interface_fits_the_tasks() -> None:
    tree = ElementTree.fromstring(config(["dossier.received", 'a"<b>&', "dossier.received"]))
    assert [label.get("value") for label in tree.iter("Label")] == ['a"<b>&', "dossier.received"]
    [task] = exported("labelstudio", reviewed(decision("reject")))
    used = {(part["from_name"], part["type"]) for part in task["annotations"][0]["result"]}
    controls = {(node.get("name"), node.tag.lower()) for node in tree if node.get("toName") == "text"}
    assert used <= controls
    assert {choice.get("value") for choice in tree.iter("Choice")} >= {"reject"}


MOTIVATIONS = {"assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting",
               "identifying", "linking", "moderating", "questioning", "replying", "tagging"}  # fmt: skip
AGENTS = {"Person", "Organization", "Software"}


def breaches(annotation: dict[str, Any]) -> Iterator[str]:
    """What the Web Annotation Data Model says an annotation MUST be (sections 3.1 to 4.2) and this one is not."""
    if not re.fullmatch(r"https?://\S+", annotation.get("id", "")):
        yield "exactly one IRI names it"
    if annotation.get("type") != "Annotation":
        yield "its class is Annotation"
    if annotation.get("motivation") not in MOTIVATIONS:
        yield "its motivation is one of the vocabulary's"
    if "created" in annotation and not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", annotation["created"]):
        yield "created is a time in UTC, ended by Z"
    agent = annotation["creator"]
    if agent["type"] not in AGENTS or not agent["name"] or " " in agent["id"]:
        yield "its creator is an agent"
    for body in annotation.get("body", ()):
        if body["type"] != "TextualBody" or not isinstance(body["value"], str) or body["purpose"] not in MOTIVATIONS:
            yield "a textual body has one value and a purpose"
    target = annotation.get("target")
    if not target or target["type"] != "SpecificResource" or not target["source"].startswith("http"):
        yield "there is a target, and it has one source"
    for selector in target["selector"]:
        yield from breaches_of_selector(selector)


def breaches_of_selector(selector: dict[str, Any]) -> Iterator[str]:
    kind = selector["type"]
    if kind == "TextPositionSelector":
        if not 0 <= selector["start"] <= selector["end"]:
            yield "start and end are whole numbers from 0"
    elif kind == "TextQuoteSelector":
        if not selector["exact"] or not all(isinstance(selector.get(name, ""), str) for name in ("prefix", "suffix")):
            yield "there is exactly one exact"
    elif kind == "FragmentSelector":
        if not selector["value"] or not selector["conformsTo"].startswith("http"):
            yield "a fragment has one value, and says which syntax it follows"
        if "refinedBy" in selector:
            yield from breaches_of_selector(selector["refinedBy"])
    else:
        yield f"{kind} is no selector"


def test_web_annotations_keep_the_rules_of_the_model() -> None:
    kinds = ("accept", "reject", "correct", "no_source", "note", "skip")
    page = exported("webannotation", reviewed(*(decision(kind, reviewer="Nguyễn Thị Hoa") for kind in kinds)))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    assert [breach for one in page["items"] for breach in breaches(one)] == []
    assert [one["motivation"] for one in page["items"]] == [
        "describing", "assessing", "assessing", "editing", "assessing", "commenting"
    ]  # fmt: skip
    assert len({one["id"] for one in page["items"]}) == len(page["items"])


def test_web_annotations_lead_to_the_words() -> None:
    [fact] = exported("webannotation", reviewed())["items"]
    position, quoted, fragment = fact["target"]["selector"]
    assert TEXT[position["start"] : position["end"]] == quoted["exact"] == QUOTE
    assert (quoted["prefix"], quoted["suffix"]) == ("𝐁áo cáo 😀: ", ".\nTỷ lệ đúng hạn đạt 99,2%.")
    assert fragment["value"] == "page=1"
    assert fragment["refinedBy"]["value"] == "xywh=percent:10,25,50,3.25"


def test_web_annotations_without_text_or_pages() -> None:
    [fact] = exported("webannotation", reviewed(text=None, page=None))["items"]
    assert [one["type"] for one in fact["target"]["selector"]] == ["TextPositionSelector", "TextQuoteSelector"]


def test_what_was_taken_back_is_not_said() -> None:
    first = decision("reject")
    taken_back = decision("undo", undoes=first.decision_id)
    items = exported("webannotation", reviewed(first, taken_back))["items"]
    assert [one["motivation"] for one in items] == ["describing"]


@pytest.mark.parametrize("kinds", [(), ("accept",), ("correct", "note")])
def test_facts_as_lines(kinds: tuple[str, ...]) -> None:
    [line] = exported("facts", reviewed(*map(decision, kinds)))
    assert (line["fact"]["value"], line["document"]["path"]) == ("8980", "bao-cao.pdf")
    assert [one["kind"] for one in line["decisions"]] == list(kinds)


def test_what_was_decided_since_the_run_is_exported(tmp_path: Path) -> None:
    """A run, then a correction and a fact that was missed: both are in the export before the next run."""
    (tmp_path / "report.txt").write_text("Quý II năm 2022, tỉnh Lào Cai tiếp nhận 1.240 hồ sơ, trả 1.198 hồ sơ.\n")
    out = tmp_path / "out"
    solieu_here("run", tmp_path / "report.txt", "--out", out, "--quiet")
    [document] = documents(out, lambda _: None)
    [received, *_] = [fact.row for fact in document.facts if fact.row["indicator"] == "dossier.received"]
    text_hash = document.row["text_hash"]
    doc_id = document.row["doc_id"]
    with Journal(out / JOURNAL_NAME) as journal:
        journal.append(decision("correct", received["obs_id"], doc_id=doc_id, before=fact_of(received), rule_id=None,
                                revision=revision_of(fact_of(received))))  # fmt: skip
        journal.append(decision("add", "r" + "0" * 19, doc_id=doc_id, before={}, source_hash=text_hash))
    lines = [json.loads(line) for line in FORMATS[0].export(documents(out, lambda _: None), BASE)]
    by_state = {line["fact"]["review_state"]: line for line in lines}
    assert by_state["corrected"]["fact"]["value"] == "1240"
    assert by_state["corrected"]["fact"]["reviewed_value"] == "8998"
    assert by_state["added"]["fact"]["value"] == "8000"
    assert by_state["added"]["decisions"][0]["kind"] == "add"
    items = json.loads("".join(FORMATS[2].export(documents(out, lambda _: None), BASE)))["items"]
    assert [one["motivation"] for one in items if one["id"].startswith(f"{BASE}/review/r000")] == ["editing"]
    assert sum(one["motivation"] == "describing" for one in items) == len(lines) - 1
    assert [breach for one in items for breach in breaches(one)] == []


def test_the_command_writes_every_format(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("Quý II năm 2022, tỉnh Lào Cai tiếp nhận 1.240 hồ sơ, trả 1.198 hồ sơ.\n")
    out = tmp_path / "out"
    solieu_here("run", tmp_path / "report.txt", "--out", out, "--quiet")
    for one in FORMATS:
        done = solieu_here("review", "export", out, tmp_path / one.name, "--format", one.name, "--base-url", BASE)
        assert (done.returncode, done.stderr) == (0, ""), one.name
    [task] = json.loads((tmp_path / "labelstudio").read_text())
    labels = {part["value"]["labels"][0] for part in task["predictions"][0]["result"] if part["type"] == "labels"}
    interface = ElementTree.fromstring((tmp_path / "labelstudio.xml").read_text())
    assert labels == {label.get("value") for label in interface.iter("Label")}
    assert all(one["id"].startswith(BASE) for one in json.loads((tmp_path / "webannotation").read_text())["items"])
    assert len((tmp_path / "facts").read_text().splitlines()) == len(task["predictions"][0]["result"]) // 2
