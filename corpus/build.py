"""Make the files of the sample archive from the sources beside this file.

    python corpus/build.py [--out DIR] [NAME …]

A source is `sources/NAME.md`: a YAML head between two lines `---`, then the text. The head says which format it
becomes and what stands around the text: the two blocks of an official letter head and of its foot, or the chrome of a
saved web page. The text knows only a few marks:

    # …            title, centred          ## …          heading
    - …            list item               > …           caption
    | a | b |      row of a ruled table; rows above `|---|` are its header
                   a cell `<` belongs to the cell at its left, a cell `^` to the one above it
    \\newpage       a new page; what follows the first one is attached after the signature

The same source gives the same bytes on every machine. The formats themselves are written by `pipeline.synthesis`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.synthesis.formats.makers import make
from pipeline.synthesis.source import read_source

HERE = Path(__file__).parent
SOURCES = HERE / "sources"
DOCUMENTS = HERE / "documents"


def main() -> None:
    cli = argparse.ArgumentParser(description="Make the sample archive's files from their sources.")
    cli.add_argument("names", nargs="*", help="only these sources (names without .md)")
    cli.add_argument("--out", type=Path, default=DOCUMENTS)
    args = cli.parse_args()
    for path in sorted(SOURCES.glob("*.md")):
        if not args.names or path.stem in args.names:
            source = read_source(path)
            (args.out / source.file_name).write_bytes(make(source))


if __name__ == "__main__":
    main()
