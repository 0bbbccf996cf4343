"""Offers have a last day: remind before it, let go after it. Dates decide, so a late run loses nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit.transitions import NotAllowed, move
from matching import emails
from matching.actions.locks import lock_match
from matching.models import Match

OFFERED = (Match.Status.OFFERED_TO_MENTOR, Match.Status.OFFERED_TO_MENTEE)


def remind_offers(*, at: datetime) -> int:
    """Write the reminder of each offer whose day has come; gives how many offers are in reminding."""
    today = timezone.localdate(at)
    due = Match.objects.filter(status__in=OFFERED, remind_on__lte=today, answer_by__gte=today)
    count = 0
    for pk in due.values_list("pk", flat=True):
        with transaction.atomic():
            match = lock_match(pk)
            if match.status == Match.Status.OFFERED_TO_MENTOR:
                emails.offer_reminder(match)
            elif match.status == Match.Status.OFFERED_TO_MENTEE:
                emails.meet_reminder(match)
            count += 1
    return count


def lapse_offers(*, at: datetime) -> int:
    """End each offer whose last day is over, and tell whoever was asked; gives how many ended."""
    due = Match.objects.filter(status__in=OFFERED, answer_by__lt=timezone.localdate(at))
    count = 0
    for pk in due.values_list("pk", flat=True):
        with transaction.atomic():
            match = lock_match(pk)
            if match.status not in OFFERED:
                continue
            was_with_mentor = match.status == Match.Status.OFFERED_TO_MENTOR
            try:
                move(
                    match,
                    Match.Status.LAPSED,
                    at=at,
                    reason="no answer in time",
                    ended_at=at,
                    ended_why="no answer",
                )
            except NotAllowed:
                continue  # answered in this very moment: their answer stands
            emails.offer_lapsed(match, was_with_mentor=was_with_mentor)
            count += 1
    return count
