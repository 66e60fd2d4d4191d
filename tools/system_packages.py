"""Install the programs that solieu calls but pip cannot bring, where that is possible.

    python tools/system_packages.py reading|testing

Quick where all are there. Uses apt-get as root or through sudo that asks for no password; in all other cases it says
what is missing and what has to wait for it. It never fails: solieu works without them, only not on every document.
Set SOLIEU_NO_APT=1 to leave the system alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Program:
    """A program, the Debian packages that bring it, and what cannot be done without it."""

    command: str
    packages: tuple[str, ...]
    waits: str


PROGRAMS = {
    "reading": (
        Program("tesseract", ("tesseract-ocr", "tesseract-ocr-vie"), "text of scanned pages"),
        Program(
            "soffice",
            ("libreoffice-writer", "libreoffice-calc", "libreoffice-impress"),
            "documents in .doc, .odt, .rtf, .xls and .ppt",
        ),
        Program("antiword", ("antiword",), "tables at the end of .doc files"),
    ),
    "testing": (
        Program("postgres", ("postgresql",), "tests of the export to PostgreSQL"),
        Program("chromium", ("chromium",), "tests of the web pages"),
        Program("fc-list", ("fontconfig", "fonts-dejavu-core"), "tests of scanned pages"),
    ),
}
APT_OPTIONS = [
    *("-o", "Acquire::Retries=2"),
    *("-o", "Acquire::http::Timeout=30"),
    *("-o", "Acquire::https::Timeout=30"),
    *("-o", "DPkg::Lock::Timeout=120"),
]
SECONDS = 900


def main(arguments: list[str]) -> int:
    """Run the script; 0 even where something stays missing, 2 for wrong usage."""
    if len(arguments) != 1 or arguments[0] not in PROGRAMS:
        print(__doc__, file=sys.stderr)
        return 2
    lacking = [program for program in PROGRAMS[arguments[0]] if missing(program)]
    apt = apt_get() if lacking else None
    if apt and run([*apt, "update", "--quiet", *APT_OPTIONS]):
        # One at a time: what one system has no package for must not keep the others out.
        lacking = [program for program in lacking if not install(missing(program), apt)]
    for program in lacking:
        names = " ".join(missing(program))
        print(f"Missing: {names}. Until it is installed, this waits: {program.waits}.", file=sys.stderr)
    return 0


def missing(program: Program) -> tuple[str, ...]:
    """The packages of a program that are not installed; on systems without dpkg, all of them if it does not run."""
    if not shutil.which("dpkg-query"):
        return () if shutil.which(program.command) else program.packages
    return tuple(package for package in program.packages if not installed(package))


def installed(package: str) -> bool:
    """Whether dpkg knows a package as installed."""
    query = ["dpkg-query", "--show", "--showformat=${db:Status-Status}", package]
    answer = subprocess.run(query, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return answer.stdout == "installed"


def install(packages: tuple[str, ...], apt: list[str]) -> bool:
    """Install packages; False, with the reason told, where that failed."""
    print(f"Installing {' '.join(packages)} …", flush=True)
    return run([*apt, "install", "--yes", "--quiet", "--no-install-recommends", *APT_OPTIONS, *packages])


def run(command: list[str]) -> bool:
    """Run apt-get without a question; False, with the reason told, where that failed."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        print(f"apt-get did not work: {problem}", file=sys.stderr)
        return False
    if done.returncode:
        print(f"apt-get did not work:\n{done.stderr.strip()[-600:]}", file=sys.stderr)
    return not done.returncode


def apt_get() -> list[str] | None:
    """How to call apt-get with the right to install, or None."""
    if os.environ.get("SOLIEU_NO_APT") or not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    # A password prompt would hang where nobody sits: only sudo that asks for none.
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], stdin=subprocess.DEVNULL, capture_output=True, check=False)
        if asked.returncode == 0:
            return ["sudo", "-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
