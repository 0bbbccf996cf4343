"""Many people at the same moment, as the races of every floor run them. PostgreSQL, with threads."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections

MARKS = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def at_once(attempts: list[Callable[[], Any]]) -> list[Any]:
    """Run all attempts in threads of their own, let go together; give what each returned or raised."""
    gate = threading.Barrier(len(attempts))
    answers: list[Any] = [None] * len(attempts)

    def run(n: int) -> None:
        try:
            gate.wait(timeout=20)
            answers[n] = attempts[n]()
        except Exception as error:
            answers[n] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(attempts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers
