"""Damaged copies of good files: whatever the damage, a document or a ReadError comes out, nothing else."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from pipeline.model import ReadError
from pipeline.read import ReadSettings, read_bytes

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "documents"
SETTINGS = ReadSettings(ocr=False)
COPIES = 60


def damaged(data: bytes, chance: random.Random) -> bytes:
    """`data` with some bytes changed, cut out or put in twice."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 30)):
        if len(out) < 50:
            break
        at, what = chance.randrange(len(out)), chance.random()
        if what < 0.5:
            out[at] = chance.randrange(256)
        elif what < 0.75:
            del out[at : at + chance.randint(1, 40)]
        else:
            start = chance.randrange(len(out))
            out[at:at] = out[start : start + chance.randint(1, 60)]
    return bytes(out)


def damaged_inside(data: bytes, chance: random.Random) -> bytes:
    """A zip container with one part damaged."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        names = source.namelist()
        hit = chance.choice([name for name in names if name.endswith(".xml")])
        for name in names:
            content = source.read(name)
            target.writestr(name, damaged(content, chance) if name == hit else content)
    return buffer.getvalue()


@pytest.mark.parametrize("suffix", ["pdf", "docx", "html", "txt"])
def test_damage_never_leads_to_another_error(suffix: str) -> None:
    data = min(CORPUS.glob(f"*.{suffix}"), key=lambda path: path.stat().st_size).read_bytes()
    chance = random.Random(20)
    read, refused = 0, []
    for _ in range(COPIES):
        copy = damaged_inside(data, chance) if suffix == "docx" else damaged(data, chance)
        try:
            read += bool(read_bytes(copy, f"a.{suffix}", SETTINGS).text)
        except ReadError as error:
            refused.append(error)
    assert all(error.message for error in refused)
    assert suffix == "pdf" or read > COPIES // 4
