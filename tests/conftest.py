"""The standing cast, and the rules every test lives by."""

from __future__ import annotations

import os
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache

from tests import factories


@pytest.fixture(scope="session", autouse=True)
def _own_redis() -> None:
    """Each worker has a Redis database of its own (tests/run.py found them empty), since tests clear it."""
    urls = os.environ.get("TEST_REDIS_URLS", "").split()
    if urls:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
        settings.CACHES["default"]["LOCATION"] = urls[int(worker) % len(urls)]


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
