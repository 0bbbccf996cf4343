"""What is asked again at the moment of sending, and whose letters are nobody else's business.

Upper floors register here from their `AppConfig.ready`, so that this floor needs no domain word.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

Gate = Callable[[str, datetime], str]

_gates: dict[str, list[Gate]] = {}
_narrowings: list[Callable[[Any, Any], Any]] = []
_private: dict[str, Callable[[Any], bool]] = {}


def register(kind: str, gate: Gate) -> None:
    """Ask `gate(about_pk, at)` before a letter of this kind leaves; a reason, if it gives one, cancels it."""
    gates = _gates.setdefault(kind, [])
    if gate not in gates:
        gates.append(gate)


def reason_to_stay(kind: str, about: str, at: datetime) -> str:
    """The first reason why this letter must not leave any more, or nothing."""
    about_pk = about.rpartition(":")[2]
    for gate in _gates.get(kind, ()):
        reason = gate(about_pk, at)
        if reason:
            return reason
    return ""


def keep_private(prefix: str, may_see: Callable[[Any], bool]) -> None:
    """Hide letters whose kind begins with `prefix` from staff for whom `may_see(user)` is false."""
    _private[prefix] = may_see


def closed_to(user: Any) -> list[str]:
    return [prefix for prefix, may_see in sorted(_private.items()) if not may_see(user)]


def narrow(narrowing: Callable[[Any, Any], Any]) -> None:
    """Let an upper floor say whose letters staff may find: `narrowing(letters, user)` gives fewer."""
    if narrowing not in _narrowings:
        _narrowings.append(narrowing)


def narrowed(letters: Any, user: Any) -> Any:
    for narrowing in _narrowings:
        letters = narrowing(letters, user)
    return letters
