"""Damaged copies of documents by the thousand through a whole run: none may crash it or hold it up.

python fuzzing.py [COUNT [SEED]]   (2,000 and 1 unless told)
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from pipeline.model import Cause
from pipeline.rulebook.book import Rules
from pipeline.run.figures import Figures
from pipeline.run.job import Request, run
from pipeline.run.pool import Limits
from pipeline.run.progress import Silent

CORPUS = Path(__file__).parents[2] / "corpus" / "documents"
LARGEST = 200_000
"""Bytes: larger ones take long, and are damaged in no other way."""
SECONDS = 60.0
DEFECTS = {Cause.INTERNAL, Cause.CRASH, Cause.TIMEOUT}
"""What damage must not lead to: a defect of solieu, a dead worker, a document that does not end."""


def mutant(data: bytes, chance: random.Random) -> bytes:
    """`data` cut short, with bytes changed, left out, put in twice or taken from elsewhere in it."""
    out = bytearray(data)
    if chance.random() < 0.1:
        del out[chance.randrange(1, len(out)) :]
    for _ in range(chance.choice((1, 3, 30))):
        at, size = chance.randrange(len(out)), chance.choice((1, 4, 60))
        other = chance.randrange(len(out))
        change = chance.randrange(4)
        if change == 0:
            out[at : at + size] = chance.randbytes(size)
        elif change == 1 and len(out) > 2 * size:
            del out[at : at + size]
        elif change == 2:
            out[at:at] = out[other : other + size]
        else:
            out[at : at + size] = out[other : other + size]
    return bytes(out)


def write_mutants(folder: Path, count: int, seed: int) -> None:
    """Damaged copies of the sample archive's documents, its formats in turn."""
    chance = random.Random(seed)
    originals = [file for file in sorted(CORPUS.iterdir()) if file.stat().st_size <= LARGEST]
    endings = sorted({file.suffix for file in originals})
    folder.mkdir(parents=True)
    for number in range(count):
        ending = endings[number % len(endings)]
        original = chance.choice([file for file in originals if file.suffix == ending])
        (folder / f"{number:05}-{original.name}").write_bytes(mutant(original.read_bytes(), chance))


def fuzz(folder: Path, count: int, seed: int, workers: int = 2) -> Figures:
    """A run over `count` mutants below `folder`."""
    write_mutants(folder / "mutants", count, seed)
    request = Request((folder / "mutants",), folder / "out", workers, Limits(SECONDS))
    return run(request, Rules(), Silent())


def main(count: int = 2_000, seed: int = 1) -> int:
    """Print what became of the mutants; 1 where one led to what it must not."""
    with tempfile.TemporaryDirectory() as place:
        figures = fuzz(Path(place), count, seed)
    causes = Counter(str(failure.cause) for failure in figures.failures)
    read = f"{figures.documents} read, {figures.partial} of them in part"
    print(f"{count} mutants in {figures.seconds:.0f} s: {read}; {dict(causes)}")
    wrong = [failure for failure in figures.failures if failure.cause in DEFECTS]
    for failure in wrong:
        print(f"{Path(failure.path).name}: {failure.cause}: {failure.message}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
