"""Memory that nobody uses, given back."""

from __future__ import annotations

import ctypes


def give_back() -> None:
    """Hand what reading left behind to the system, a third of a gigabyte for two million people.

    glibc keeps freed memory for later; the engine asks for larger pieces, which never fit there. Elsewhere
    nothing happens.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
