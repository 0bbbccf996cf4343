"""One pair that has been meeting since September."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from matching.models import Match
from mentoring import actions
from mentoring.models import Meeting
from tests import factories

NOW = datetime(2026, 11, 18, 17, 0, tzinfo=UTC)


@pytest.fixture
def pair(cast: SimpleNamespace) -> SimpleNamespace:
    match = factories.make_match(cast.mentor, cast.request, at=NOW - timedelta(days=70))
    return SimpleNamespace(
        match=match, mentor=match.mentor.user, mentee=match.mentee.user, now=NOW, **vars_of(cast)
    )


def vars_of(cast: SimpleNamespace) -> dict[str, Any]:
    return {name: value for name, value in vars(cast).items() if name not in {"mentor", "mentee"}}


def plan(pair: SimpleNamespace, *, days: float = 3, **fields: Any) -> Meeting:
    fields.setdefault("starts_at", pair.now + timedelta(days=days))
    fields.setdefault("by", pair.mentor)
    return actions.plan_meeting(pair.match, **{"at": pair.now, "minutes": 60, "way": "online", **fields})


def log(pair: SimpleNamespace, *, by: Any = None, days: float = -3, **fields: Any) -> Any:
    fields.setdefault("starts_at", pair.now + timedelta(days=days))
    told = {"outcome": "held", "minutes": 60, "shared_words": "We practised.", **fields}
    return actions.log_meeting(pair.match, by=by or pair.mentor, at=pair.now, **told)


def status(match: Match, to: str) -> None:
    Match.objects.filter(pk=match.pk).update(status=to)


__all__ = ["NOW", "log", "plan", "status"]
