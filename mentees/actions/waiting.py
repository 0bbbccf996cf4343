"""While they wait: nobody is left without a word."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from mentees import emails
from mentees.models import Request

DAYS = (14, 30, 60)
# A letter that says "two weeks" is still true for a few days, should the timetable have stood still.
STILL_TRUE = timedelta(days=6)


def tell_waiting(*, at: datetime, among: QuerySet[Request]) -> int:
    """Write to those who have waited 14, 30 or 60 days. Once each, whoever calls and however often.

    `among` are the requests without a match; only the floor above knows which those are.
    """
    on = timezone.localdate(at)
    told = 0
    for days in DAYS:
        last = on - timedelta(days=days)
        waiting = among.filter(
            status__in=(Request.Status.ASKED, Request.Status.ACCEPTED),
            asked_at__date__lte=last,
            asked_at__date__gt=last - STILL_TRUE,
            mentee__user__is_active=True,
        ).select_related("programme", "mentee__user")
        for request in waiting.iterator():
            with transaction.atomic():
                emails.still_waiting(request, days=days)
            told += 1
    return told
