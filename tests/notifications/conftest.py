"""A letter to write, and a mail server whose answers the test decides."""

from __future__ import annotations

import copy
import itertools
import smtplib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from notifications import actions, gates
from notifications.models import Letter
from notifications.post import post

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
HERE = Path(__file__).parent
_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def _scratch_letter(settings: Any) -> None:
    """One letter of our own, so that these tests lean on no other app's words."""
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], HERE / "templates"]
    settings.TEMPLATES = templates


@pytest.fixture(autouse=True)
def _own_gates(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, empty in (("_gates", {}), ("_private", {}), ("_narrowings", [])):
        monkeypatch.setattr(gates, name, empty)


@pytest.fixture
def write(db: Any) -> Callable[..., Letter]:
    def write(to: Any = "amara@people.example", **fields: Any) -> Letter:
        fields.setdefault("key", f"scratch/hello:{next(_numbers)}")
        fields.setdefault("posted_at", NOW)
        fields.setdefault("first_name", "Amara")
        return post(to, "scratch/hello", **fields)

    return write


class MailServer:
    """Stands in for Django's backend; `answers` maps an address to the exception it meets."""

    def __init__(self) -> None:
        self.answers: dict[str, Exception] = {}
        self.after_data: set[str] = set()
        self.is_away: Exception | None = None
        self.sent: list[Any] = []


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[MailServer]:
    server = MailServer()

    class Backend:
        def open(self) -> None:
            if server.is_away:
                raise server.is_away

        def close(self) -> None:
            pass

    class Wire(actions.Wire):
        def __init__(self) -> None:
            super().__init__()
            self.backend = Backend()

        def send(self, letter: Letter) -> None:
            self.has_begun = letter.to_email in server.after_data
            if letter.to_email in server.answers:
                raise server.answers[letter.to_email]
            server.sent.append(letter)

    monkeypatch.setattr(actions, "Wire", Wire)
    return server


REFUSED = smtplib.SMTPRecipientsRefused({"x": (550, b"no such person x@y.example")})
NOT_NOW = smtplib.SMTPRecipientsRefused({"x": (451, b"try later")})
