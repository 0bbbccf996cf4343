"""What the timetable says about meetings. Every run asks the dates, so running twice or late does no harm."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from mentoring import emails, rules
from mentoring.actions.pair import GOING_ON
from mentoring.models import Meeting

WITH_PEOPLE = ("match__programme", "match__mentor__user", "match__mentee__user")


def remind_meetings(*, at: datetime) -> int:
    """Remind both of tomorrow's meetings, and of today's if yesterday's run was missed. Says how many."""
    ahead = (
        Meeting.objects.planned()
        .filter(starts_at__gt=at, starts_at__lt=at + timedelta(days=3), match__status__in=GOING_ON)
        .select_related(*WITH_PEOPLE)
    )
    done = 0
    for meeting in ahead:
        if rules.is_worth_reminding(meeting.starts_at, meeting.changed_at, at):
            with transaction.atomic():
                for person in (meeting.match.mentor.user, meeting.match.mentee.user):
                    emails.meeting_soon(meeting, to=person)
            done += 1
    return done


def ask_for_logs(*, at: datetime) -> int:
    """Ask both how a meeting went, a day after it, while nobody has said. Gives how many meetings."""
    over = (
        Meeting.objects.planned()
        .filter(
            ends_at__lte=at - rules.ASK_AFTER,
            ends_at__gt=at - rules.STOP_ASKING_AFTER,
            match__status__in=GOING_ON,
        )
        .select_related(*WITH_PEOPLE)
    )
    done = 0
    for meeting in over:
        with transaction.atomic():
            for person in (meeting.match.mentor.user, meeting.match.mentee.user):
                emails.please_log(meeting, to=person)
        done += 1
    return done
