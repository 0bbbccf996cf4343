"""Contact days: on how many days out of 30 a mentor has met somebody under 18.

From four on, being alone with them is a regulated activity, for which the barred list has to be asked about.
However they met: advice by a call counts too.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.utils import timezone

from mentoring.models.meeting import Meeting, MeetingQuerySet
from mentors.models import Mentor

WINDOW = timedelta(days=30)
ADULT = 18


def contact_days(mentor: Mentor, at: datetime) -> list[date]:
    """The days of one mentor in the 30 up to today, today among them, the earliest first."""
    return _days_of(_met(at).filter(match__mentor=mentor)).get(mentor.pk, [])


def often_in_contact(at: datetime, least: int) -> dict[int, list[date]]:
    """Mentors, by number, with at least so many contact days in the 30 up to today, and those days.

    Hardly anybody has as many meetings: they are counted by the database, and only theirs are read.
    """
    busy = _met(at).order_by().values("match__mentor").annotate(n=Count("pk")).filter(n__gte=least)
    found = _days_of(_met(at).filter(match__mentor__in=busy.values("match__mentor")))
    return {mentor: days for mentor, days in found.items() if len(days) >= least}


def _met(at: datetime) -> MeetingQuerySet:
    return Meeting.objects.held().filter(starts_at__gt=at - WINDOW, starts_at__lte=at)


def _days_of(meetings: MeetingQuerySet) -> dict[int, list[date]]:
    days: dict[int, set[date]] = defaultdict(set)
    for meeting in meetings.select_related("match__mentee"):
        on = timezone.localdate(meeting.starts_at)
        if meeting.match.mentee.age(on) < ADULT:
            days[meeting.match.mentor_id].add(on)
    return {mentor: sorted(found) for mentor, found in days.items()}
