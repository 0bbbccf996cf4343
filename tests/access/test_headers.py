"""The controls for R6: a header that is gone is noticed. The walk of test_every_url asks for them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.access.headers import faults
from tests.access.walk import Walker

pytestmark = pytest.mark.django_db


def test_it_would_notice_a_page_without(house: SimpleNamespace) -> None:
    visit = next(v for v in Walker(house, "mentor").visits(methods=("GET",), only="users:account"))
    assert not faults(visit)
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cache-Control"):
        kept = visit.response[name]
        del visit.response[name]
        assert faults(visit), name
        visit.response[name] = kept
