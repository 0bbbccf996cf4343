"""What a partner may know of a match: that there is one, and when they met. No names, no words."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import Max, Min, Q
from django.utils import timezone

from matching.models import Match
from mentees.models.progress import Phrase
from mentoring.models.meeting import Meeting

QUIET_AFTER = timedelta(days=35)
S = Match.Status


def progress_of_requests(requests: Collection[int], at: datetime) -> dict[int, Phrase]:
    """A phrase for each of these requests that has a match, with its next and last meeting. One query."""
    matches = (
        Match.objects.filter(request__in=requests)
        .filter(Q(status__in=(S.OFFERED_TO_MENTEE, S.ACTIVE, S.PAUSED, S.CLOSING, S.CLOSED)))
        .annotate(
            next_at=Min(
                "meetings__starts_at",
                filter=Q(meetings__status=Meeting.Status.PLANNED, meetings__ends_at__gt=at),
            ),
            last_at=Max("meetings__starts_at", filter=Q(meetings__status=Meeting.Status.HELD)),
        )
        .order_by("approved_at", "pk")
    )
    return {match.request_id: _phrase(match, match.next_at, match.last_at, at) for match in matches}


def _phrase(match: Match, next_at: datetime | None, last_at: datetime | None, at: datetime) -> Phrase:
    if match.status == S.OFFERED_TO_MENTEE:
        return Phrase("now", "Choosing a mentor", "We suggested somebody. They say yes or no.")
    meetings = _meetings(next_at, last_at)
    if match.status == S.PAUSED:
        return Phrase("wait", "On hold", meetings)
    if match.status == S.CLOSED:
        return Phrase("plain", "Match ended", meetings)
    if match.status == S.CLOSING:
        return Phrase("now", "Finishing", meetings)
    since = max(filter(None, (match.active_at, last_at)), default=at)
    if next_at is None and at - since >= QUIET_AFTER:
        return Phrase("todo", "Gone quiet", f"{meetings} A word from you may help.")
    return Phrase("done", "Meeting a mentor", meetings)


def _meetings(next_at: datetime | None, last_at: datetime | None) -> str:
    said = [f"Next meeting {_day(next_at)}." if next_at else "No meeting planned."]
    if last_at:
        said.append(f"Last met {_day(last_at)}.")
    return " ".join(said)


def _day(moment: datetime) -> str:
    day: date = timezone.localtime(moment).date()
    return f"{day.day} {day:%B}"
