"""What the README files promise is what the program does."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.cli import COMMANDS
from pipeline.process import process
from pipeline.rulebook.book import load

PAGES = ("README.md", "README.vi.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md", "docs/dependencies.md")
READMES = ("README.md", "README.vi.md")


def example(page: str) -> str:
    """The quoted paragraphs that follow the mark `<!-- example -->`."""
    quoted = re.search(r"<!-- example -->\n((?:>[^\n]*\n)+)", page)
    assert quoted
    return re.sub(r"^> ?", "", quoted[1], flags=re.MULTILINE)


def promised(page: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The head and the rows of the table that follows the mark `<!-- facts -->`."""
    table = re.search(r"<!-- facts -->\n((?:\|[^\n]*\n)+)", page)
    assert table
    head, _, *rows = [tuple(cell.strip() for cell in line.split("|")[1:-1]) for line in table[1].splitlines()]
    return head, rows


def shown(value: object) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value or "")


@pytest.mark.parametrize("readme", READMES)
def test_the_example_gives_the_facts_beside_it(root: Path, readme: str) -> None:
    page = (root / readme).read_text(encoding="utf-8")
    result = process(example(page).encode(), "example.txt", load())
    assert result.extraction is not None, result.failure
    head, rows = promised(page)
    found = [tuple(shown(getattr(fact, column)) for column in head) for fact in result.extraction.observations]
    assert found == rows


def test_both_readmes_tell_the_same_example(root: Path) -> None:
    english, vietnamese = ((root / name).read_text(encoding="utf-8") for name in READMES)
    assert example(english) == example(vietnamese)
    assert promised(english) == promised(vietnamese)


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(root: Path, name: str) -> None:
    page = root / name
    links = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link.partition("#")[0]).exists()] == []


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md", "pipeline/cli/rules.py"])
def test_what_is_tried_gives_a_fact(root: Path, name: str) -> None:
    tried = re.findall(r'solieu rules try "([^"]+)"', (root / name).read_text(encoding="utf-8"))
    assert tried
    for text in tried:
        result = process(text.encode(), "tried.txt", load())
        assert result.extraction is not None, result.failure
        assert result.extraction.observations, text


def test_readme_names_every_command_and_no_other(root: Path) -> None:
    blocks = re.findall(r"^```\n(.*?)^```", (root / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    named = set(re.findall(r"^solieu ([a-z]+)", "".join(blocks), re.MULTILINE))
    assert named == set(COMMANDS)


def test_readme_names_every_table(root: Path) -> None:
    from pipeline.store.tables import TABLES

    for readme in READMES:
        page = (root / readme).read_text(encoding="utf-8")
        assert [table.name for table in TABLES if f"`{table.name}" not in page] == [], readme
