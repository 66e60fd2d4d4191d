"""docs/writing-rules.md, done step by step as it is written, and its short form in Vietnamese."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from pipeline.authoring import commands
from pipeline.rulebook import book, location

GUIDES = ("docs/writing-rules.md", "docs/viet-quy-tac.vi.md")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the rules, which the commands take for theirs."""
    shutil.copytree(location.rules_dir(), tmp_path / "rules")
    for module in (commands, book):
        monkeypatch.setattr(module, "rules_dir", lambda: tmp_path / "rules")
    return tmp_path / "rules"


def write(file: Path, text: str) -> None:
    """Write a rule file, which the next command reads as a process of its own would."""
    file.write_text(text, encoding="utf-8")
    book._load.cache_clear()


def yaml_of(root: Path, guide: str) -> list[str]:
    """The blocks of YAML of a guide, those within a list without its indent."""
    blocks = re.findall(r"^( *)```yaml\n(.*?)^ *```", (root / guide).read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", block, flags=re.MULTILINE) for indent, block in blocks]


def answers(root: Path, command: str) -> list[str]:
    """What the guide shows below a command, each time that it stands there."""
    page = (root / GUIDES[0]).read_text("utf-8")
    return re.findall(rf"^```\n\$ solieu {re.escape(command)}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)


def plain(said: str) -> str:
    """What a command says, without what is another each time: seconds, and the weights of reasons."""
    return re.sub(r"\(\d+\.\d s\)|(?<=why )\d\.\d+", "…", said)


def tried(text: str, capsys: pytest.CaptureFixture[str]) -> str:
    commands.try_text(text)
    return plain(capsys.readouterr().out)


def test_a_new_measure(root: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sentence = "Trong năm, tỉnh đã cấp 1.250 chứng thư số, thu hồi 31 chứng thư số."
    before, after = answers(root, f'rules try "{sentence}"')
    assert tried(sentence, capsys) == plain(before)
    write(folder / "measures" / "certificates.yaml", yaml_of(root, GUIDES[0])[0])
    assert commands.check("certificates", folder=folder) == 0
    assert plain(capsys.readouterr().out) == plain(answers(root, "rules check certificates")[0])
    assert tried(sentence, capsys) == plain(after)


def test_a_new_wording(root: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sentence = "Năm 2023, tỉnh tổ chức 12 buổi tọa đàm về cải cách hành chính."
    assert tried(sentence, capsys) == answers(root, f'rules try "{sentence}"')[0]
    commands.list_rules()
    (listed,) = answers(root, "rules list | grep conferences")
    assert listed in capsys.readouterr().out
    file = folder / "measures" / "communication.yaml"
    _, phrase, example, negative = yaml_of(root, GUIDES[0])
    text = file.read_text("utf-8")
    for place, added in (
        ("heads:\n", phrase.replace("      -", "  -")),
        ("      - hội nghị [tuyên truyền|tập huấn|quán triệt]\n", phrase),
        ("examples:\n", example),
        ("negatives:\n", negative),
    ):
        assert place in text
        text = text.replace(place, place + added)
    write(file, text)
    assert commands.check("communication", folder=folder) == 0, capsys.readouterr().out
    capsys.readouterr()
    assert "indicator communication.conferences, value 12, time_period 2023" in tried(sentence, capsys)


def test_the_short_form_writes_the_same(root: Path) -> None:
    (rule, _, example, _), (short_rule, short_example) = (yaml_of(root, guide) for guide in GUIDES)
    assert example == short_example
    assert rule.partition("    why:")[0] == short_rule.partition("    why:")[0]
