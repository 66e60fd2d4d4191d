"""Reading one document again, in a process that may be lost: `python -m pipeline.web.rereading FILE PATH`.

Writes the document, encoded, to standard output.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.process import file_bytes, read_document
from pipeline.run.codec import encode
from pipeline.run.processes import bound_memory

_MEMORY = 1024
"""MiB that the reading of a document may take."""


def main() -> None:
    """Read FILE, known to the dataset as PATH."""
    bound_memory(_MEMORY)
    file, path = sys.argv[1:]
    sys.stdout.buffer.write(encode(read_document(file_bytes(Path(file)), path)))


if __name__ == "__main__":
    main()
