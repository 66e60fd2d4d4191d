"""Every word of `rules/index/` at work: each alternative of each phrase in a sentence made for its kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
import yaml

from pipeline.match.dates import date_atoms
from pipeline.match.index_frame import index_mentions
from pipeline.match.layers import Layers
from pipeline.match.mention import Mention
from pipeline.match.names import find_indices
from pipeline.match.numbers import number_atoms
from pipeline.process import read_document
from pipeline.rulebook.index_rules import IndexRules, load_index_rules
from pipeline.rulebook.location import rules_dir
from pipeline.rulebook.phrase_list import forced, spellings
from pipeline.text.fold import lower_view, normal_view
from pipeline.text.phrase_places import phrase_text
from pipeline.text.sentences import sentences
from pipeline.values.places import load_gazetteer

FOLDER = rules_dir() / "index"

SCORE, RANK, MEAN = "index.score", "index.rank", "index.mean_score"
CHANGE = "index.score_change"
Expected = tuple[tuple[str, str, float], ...]
TEMPLATES: dict[str, tuple[str, Expected]] = {
    "governors/level": ("PCI năm 2022 của tỉnh Sơn La {} 63,22 điểm.", ((SCORE, "PCI", 63.22),)),
    "governors/is": ("PCI năm 2022 của tỉnh Sơn La {} 63,22 điểm.", ((SCORE, "PCI", 63.22),)),
    "governors/rise": ("Năm 2022, PCI của tỉnh Sơn La {} 2,1 điểm.", ((CHANGE, "PCI", 2.1),)),
    "governors/fall": ("Năm 2022, PCI của tỉnh Sơn La {} 2,1 điểm.", ((CHANGE, "PCI", -2.1),)),
    "governors/up_to": ("PCI năm 2022 của tỉnh Sơn La tăng {} 63,22 điểm.", ((SCORE, "PCI", 63.22),)),
    "governors/down_to": ("PCI năm 2022 của tỉnh Sơn La giảm {} 63,22 điểm.", ((SCORE, "PCI", 63.22),)),
    "governors/rank": ("PCI năm 2022 của tỉnh Sơn La {} 49/63.", ((RANK, "PCI", 49),)),
    "governors/mean": ("{} PCI năm 2022 của các tỉnh là 65,2 điểm.", ((MEAN, "PCI", 65.2),)),
    "governors/band": ("PCI năm 2022 của tỉnh Sơn La {} 60 đến 65 điểm.", ()),
    "governors/compared": ("{} năm 2021 (62,45 điểm), PCI của tỉnh giảm 1,2 điểm.",
                           ((SCORE, "PCI", 62.45), (CHANGE, "PCI", -1.2))),
    "governors/bound": ("Với PCI, {} 40 điểm.", ()),
    "governors/share": ("PAPI năm 2021 là 40,62/80 điểm, {} 50,77%.", ((SCORE, "PAPI", 40.62),)),
    "ordinals/1": ("Năm 2022, tỉnh Sơn La {} trong bảng PCI.", ((RANK, "PCI", 1),)),
    "ordinals/2": ("Năm 2022, tỉnh Sơn La {} trong bảng PCI.", ((RANK, "PCI", 2),)),
    "last": ("Về DDCI, huyện Mộc Châu {} trong 12 huyện.", ((RANK, "DDCI", 12),)),
    "last_but_one": (
        "Về DDCI, huyện Mộc Châu đứng cuối trong 12 huyện, {} là huyện Yên Châu.",
        ((RANK, "DDCI", 12), (RANK, "DDCI", 11)),
    ),
    "not_leading": ("Về PCI, Sơn La có mặt trong {} dẫn đầu.", ()),
    "foreign_names": ("Sau khi công bố PCI, {} đạt 63,2 điểm.", ()),
    "foreign_nouns": ("Sau khi công bố SIPAS, {} đạt 63,2%.", ()),
    "anaphors": ("Tỉnh công bố PAPI năm 2023. {} đạt 43,1 điểm.", ((SCORE, "PAPI", 43.1),)),
    "unnamed_parts": ("Về PCI năm 2022, {} đạt 36,5 điểm.", ()),
    "whole_again": (
        "Trong PCI, tính minh bạch đạt 6,1 điểm, chi phí thời gian 7,2 điểm. {} tỉnh xếp thứ 49/63.",
        ((SCORE, "PCI/tinh_minh_bach", 6.1), (SCORE, "PCI/chi_phi_thoi_gian", 7.2), (RANK, "PCI", 49)),
    ),
    "aligned": ("PCI và PGI {} đạt 66,94 điểm và 21,67 điểm.", ((SCORE, "PCI", 66.94), (SCORE, "PGI", 21.67))),
    "regions": ("Về PCI năm 2022, {} 65,2 điểm.", ((MEAN, "PCI", 65.2),)),
    "whole_sets": ("Điểm PCI trung bình của các {} là 65,2 điểm.", ((MEAN, "PCI", 65.2),)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """A phrase in its sentence, and the numbers that must be read: indicator, index, value."""

    where: str
    text: str
    expected: Expected


@cache
def rules() -> IndexRules:
    return load_index_rules(FOLDER)


def wordings(phrase: str) -> set[str]:
    """For each alternative of a phrase its shortest wording."""
    return {min(spellings(branch), key=len) for branch in (*forced(phrase), phrase)}


def frame_cases() -> Iterator[Case]:
    frame: dict[str, Any] = yaml.safe_load((FOLDER / "frame.yaml").read_text(encoding="utf-8"))
    for key, (template, expected) in TEMPLATES.items():
        section, _, part = key.partition("/")
        phrases: list[str] = frame[section][part] if part else frame[section]
        for phrase in phrases:
            for words in sorted(wordings(phrase)):
                text, wanted = _motion(words, expected) if part in ("rise", "fall") else (template, expected)
                yield Case(f"frame/{key}: {words}", text.format(words), wanted)


def _motion(words: str, expected: Expected) -> tuple[str, Expected]:
    """Words of rank need a rank behind them, comparisons what is compared."""
    sign = expected[0][2] / abs(expected[0][2])
    if words.endswith(("hạng", "bậc")):
        return "Năm 2022, PCI của tỉnh Sơn La {} 3 bậc.", (("index.rank_change", "PCI", 3 * sign),)
    if words.endswith(("hơn", "kém", "thua", "so")):
        return "Năm 2022, PCI của tỉnh Sơn La {} năm 2021 là 2,1 điểm.", expected
    return "Năm 2022, PCI của tỉnh Sơn La {} 2,1 điểm.", expected


def index_cases() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("[A-Z]*.yaml")):
        entry: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        code = entry["index"]
        value = "0,6512" if entry["scale"]["max"] == 1000 or code in ("ICT_INDEX", "EGOV_RANK") else "38,25"
        number = float(value.replace(",", "."))
        for words in (*entry.get("acronyms", []), *(w for n in entry["names"] for w in sorted(wordings(n)))):
            yield Case(f"{code}: {words}", f"Sơn La, năm 2022: {words} đạt {value} điểm.", ((SCORE, code, number),))
        for topic in (w for t in entry.get("topics", []) for w in sorted(wordings(t))):
            yield Case(f"{code}: về {topic}", f"Sơn La xếp thứ 12/63 về {topic} năm 2022.", ((RANK, code, 12),))
        name = (entry.get("acronyms") or [min(spellings(entry["names"][0]), key=len)])[0]
        for component in entry.get("components", []):
            for words in (w for n in component["names"] for w in sorted(wordings(n))):
                text = f"Kết quả {name} năm 2022: {words} đạt 0,62 điểm."
                yield Case(f"{code}: {words}", text, ((SCORE, f"{code}/{component['slug']}", 0.62),))


def read(text: str) -> tuple[Mention, ...]:
    document = read_document(text.encode(), "text.txt")
    view, normal = lower_view(document.text), normal_view(document.text)
    places = load_gazetteer().find_places(document.text)
    phrases = phrase_text(view)
    layers = Layers(
        document, normal, view, phrases, sentences(document),
        number_atoms(view, taken=[atom.span for atom in date_atoms(document.text)]),
        find_indices(normal, phrases, rules()), tuple(place.span for place in places),
    )  # fmt: skip
    return index_mentions(layers, rules())


@pytest.mark.parametrize("case", [*frame_cases(), *index_cases()], ids=lambda case: case.where)
def test_every_word_is_read_as_its_rule_says(case: Case) -> None:
    found = {(m.indicator, m.index, float(m.value)) for m in read(case.text)}
    assert found == set(case.expected), case.text
