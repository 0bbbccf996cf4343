"""The standing cast, and the rules every test lives by."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.db.backends.postgresql.operations import DatabaseOperations

from tests import factories


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--asks-a-database",
        action="store_true",
        help="Leave out what asks no database and cannot: on a second one it would say the same again.",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """pytest-django lets no test near a database that does not say so by a mark or a fixture."""
    if not config.getoption("--asks-a-database"):
        return
    fixtures = {"db", "transactional_db"}
    asks = [bool(i.get_closest_marker("django_db") or fixtures & set(i.fixturenames)) for i in items]
    config.hook.pytest_deselected(items=[item for item, does in zip(items, asks, strict=True) if not does])
    items[:] = [item for item, does in zip(items, asks, strict=True) if does]


def pytest_collection_finish() -> None:
    """What was imported stays to the end: looking through it for rubbish took a tenth of the time."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def _empties_quickly() -> Iterator[None]:
    """After a test with transactions of its own: PostgreSQL deletes few rows sooner than it truncates."""

    def delete(self: Any, style: Any, tables: Any, **_: Any) -> list[str]:
        return [f"DELETE FROM {self.quote_name(table)};" for table in tables]  # noqa: S608

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", delete)
        yield


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    """Sign-in limits and counts live in the cache; none may leak from one test to the next."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def programme(db: Any) -> Any:
    return factories.make_programme()


@pytest.fixture
def cast(programme: Any) -> SimpleNamespace:
    """A mentor, her mentee, a coordinator, a stranger, two staff, an administrator, the safeguarding lead."""
    from safeguarding.models import SafeguardingLead

    coordinator = factories.make_coordinator()
    staff = factories.make_staff("Dele", programmes=[programme])
    second = factories.make_staff("Mina", programmes=[programme])
    lead = factories.make_user("Ros", is_staff=True)
    SafeguardingLead.objects.create(user=lead)
    mentor = factories.make_ready_mentor("Amara", programme=programme, checked_by=second)
    mentee = factories.make_mentee("Kayden")
    return SimpleNamespace(
        programme=programme,
        coordinator=coordinator,
        staff=staff,
        second=second,
        lead=lead,
        admin=factories.make_staff("Ada", is_superuser=True),
        mentor=mentor,
        mentee=mentee,
        request=factories.make_request(mentee, programme=programme),
        stranger=factories.make_user("Nobody"),
    )
