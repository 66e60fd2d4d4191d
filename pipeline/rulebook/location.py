"""Where the rules are: beside the package in a checkout, inside it when installed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def rules_dir() -> Path:
    """The folder of rules. Raises FileNotFoundError where neither the checkout nor the package has one."""
    for folder in (_PACKAGE.parent / "rules", _PACKAGE / "_rules"):
        # A foreign folder called "rules" may stand beside an installed package: ours holds a gazetteer.
        if (folder / "gazetteer" / "provinces.csv").is_file():
            return folder
    raise FileNotFoundError(f"no rules beside {_PACKAGE} and none inside it")
