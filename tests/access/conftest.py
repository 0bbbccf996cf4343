"""The house is built once a module; whatever a test does to it is undone."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction

from tests.access import world


@pytest.fixture(scope="module")
def built(django_db_setup: Any, django_db_blocker: Any) -> Iterator[SimpleNamespace]:
    with django_db_blocker.unblock(), transaction.atomic():
        try:
            yield world.build()
        finally:
            transaction.set_rollback(True)


@pytest.fixture
def house(built: SimpleNamespace, db: Any) -> SimpleNamespace:
    return built
