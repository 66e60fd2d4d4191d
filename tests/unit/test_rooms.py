"""The rooms of the house: which may know which, and which alone know a file format."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import pipeline

PACKAGE = Path(pipeline.__file__).parent

FOUNDATION = "model text rule_files values rulebook"
READING = f"{FOUNDATION} match assemble check extract"

MAY_IMPORT = {
    # room         what it may import beside itself
    "model": "",
    "durable": "",
    "text": "model",
    "rule_files": "model text",
    "values": "model text rule_files",
    "rulebook": "model text rule_files values",
    "read": "model text",
    "match": FOUNDATION,
    "assemble": f"{FOUNDATION} match",
    "check": f"{FOUNDATION}",
    "series": f"{FOUNDATION} check",
    "extract": f"{FOUNDATION} match assemble check",
    "process": f"{READING} read",
    "store": "model rule_files rulebook process",
    "review": "model text rule_files values rulebook match store durable",
    "run": "model rule_files rulebook check series process store review",
    "evaluate": "model text values rule_files rulebook process store review",
    "authoring": f"{READING} process store review",
    "people": "durable",
    "synthesis": "model text rule_files values",
    "web": "model text rule_files rulebook process store review run people",
    "cli": f"{READING} read series process store review run evaluate authoring people synthesis web",
}
"""One way through: a room imports only what stands in its row. `store` and `run` know the `Result` of `process`."""

PART_ROOMS = {
    "pipeline.rulebook.location": "rule_files",
    "pipeline.rulebook.source": "rule_files",
}
"""Two modules of `rulebook` know where a rule file lies and how it is read, but no rule: gazetteers use them too."""

FORMATS = {"docx", "openpyxl", "pdfplumber", "pypdfium2", "pytesseract", "python_calamine", "selectolax", "zipfile"}
"""Libraries of document formats: `read` alone imports them to read, `synthesis` to write."""

HEAVY = {"duckdb", "numpy", "pandas", "pdfplumber", "pyarrow", "spacy", "underthesea"}
"""Libraries that take a tenth of a second or more to import: only inside the functions that need them."""


class Import(NamedTuple):
    """One import statement: where it stands and the module it names."""

    importer: str
    line: int
    imported: str


def module_name(file: Path) -> str:
    parts = ("pipeline", *file.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(source: str, importer: str) -> Iterator[Import]:
    """All import statements of a module, also those inside functions and under TYPE_CHECKING."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(importer, node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{importer}:{node.lineno}: a relative import hides which room it means"
            yield Import(importer, node.lineno, node.module or "")
            for alias in node.names:
                yield Import(importer, node.lineno, f"{node.module}.{alias.name}")


def room_of(module: str) -> str | None:
    """The room of a module or of a name in it; None for the package itself, which holds only the version."""
    for part, room in PART_ROOMS.items():
        if module == part or module.startswith(f"{part}."):
            return room
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and (parts[1] in MAY_IMPORT or (PACKAGE / parts[1]).is_dir()) else None


def trespasses(found: Import) -> bool:
    """Whether an import reaches into a room that its own room must not know."""
    if found.imported.split(".")[0] != "pipeline":
        return False
    own, other = room_of(found.importer), room_of(found.imported)
    return other is not None and other != own and (own is None or other not in MAY_IMPORT[own].split())


MODULES = {module_name(file): file for file in sorted(PACKAGE.rglob("*.py"))}
IMPORTS = [
    found for name, file in MODULES.items() for found in imports_of(file.read_text(encoding="utf-8"), importer=name)
]


def test_every_module_stands_in_a_room() -> None:
    assert {name for name in MODULES if name != "pipeline" and room_of(name) not in MAY_IMPORT} == set()


def test_no_row_reaches_downstream() -> None:
    """The table itself goes one way: nothing that a room may import may import that room."""
    order = list(MAY_IMPORT)
    for room, may in MAY_IMPORT.items():
        assert all(order.index(other) < order.index(room) for other in may.split()), room


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_rooms_import_only_what_they_may_know(room: str) -> None:
    assert [found for found in IMPORTS if room_of(found.importer) == room and trespasses(found)] == []


def test_only_two_rooms_know_formats() -> None:
    outside = [
        found
        for found in IMPORTS
        if found.imported.split(".")[0] in FORMATS and room_of(found.importer) not in ("read", "synthesis")
    ]
    assert outside == []


@pytest.mark.parametrize(
    ("importer", "statement", "wrong"),
    [
        ("pipeline.read.pdf", "from pipeline.match.names import find", True),
        ("pipeline.read.pdf", "from pipeline.text.fold import slug", False),
        ("pipeline.match.names", "import pipeline.assemble.context", True),
        ("pipeline.match.names", "def f():\n    from pipeline import assemble", True),
        ("pipeline.store.rows", "from pipeline.match.layers import Layers", True),
        ("pipeline.values.places", "from pipeline.rulebook.book import load", True),
        ("pipeline.values.places", "from pipeline.rulebook.source import Reader", False),
        ("pipeline.store.versions", "from pipeline import __version__", False),
        ("pipeline.model.facts", "from collections.abc import Iterator", False),
    ],
)
def test_trespasses_are_seen(importer: str, statement: str, wrong: bool) -> None:
    assert any(trespasses(found) for found in imports_of(statement, importer)) is wrong


def test_the_command_line_starts_without_heavy_libraries() -> None:
    """`solieu --help` and completion must be instant."""
    probe = f"import pipeline.cli, sys; print(*sorted({HEAVY!r} & set(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == []
