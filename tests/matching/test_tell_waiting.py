"""Who waits is written to at 14, 30 and 60 days; who has a match is not."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from matching.tasks import tell_waiting
from mentees.models import Request
from notifications.models import Letter
from tests import factories


def waiting_letters() -> list[int]:
    return list(Letter.objects.filter(kind="mentees/waiting").values_list("to_user_id", flat=True))


def test_it_writes_once_and_only_to_those_without_a_match(cast: SimpleNamespace) -> None:
    matched = factories.make_request(factories.make_mentee("Zed"), programme=cast.programme)
    factories.make_match(cast.mentor, matched)
    Request.objects.update(asked_at=timezone.now() - timedelta(days=14))
    tell_waiting()
    tell_waiting()
    assert waiting_letters() == [cast.mentee.user_id]
