"""Functions of pdfium that `map` can call without Python between: for what is asked of each character or word."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as raw

POINTER = ctypes.c_void_p


def bare(name: str, result: type, *arguments: type) -> Callable[..., Any]:
    """The function `name`, taking addresses as plain numbers. Without `arguments` it takes objects of ctypes and
    small numbers as they are, which is twice as fast."""
    address = ctypes.cast(getattr(raw, name), POINTER).value
    assert address
    # Each call is too short to be worth letting other threads in.
    return ctypes.PYFUNCTYPE(result, *arguments)(address)
