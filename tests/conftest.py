"""What all tests may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes hangs on what else the machine does; speed is measured in benchmarks/.
settings.register_profile("solieu", deadline=None, derandomize=True)
settings.load_profile("solieu")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of archives and gold beside the checkout; a test that needs it is skipped without it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs ../shared, which is not beside this checkout")
    return folder
