"""Say how a meeting went. Both may; where they differ, staff are asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.models import Entry
from audit.transitions import NotAllowed, move
from matching.models import Match
from mentoring import rules
from mentoring.actions.pair import check_is_a_colleague, lock_own_match
from mentoring.models import Meeting, MeetingLog

Outcome = MeetingLog.Outcome
MEANS = {
    Outcome.HELD: Meeting.Status.HELD,
    Outcome.CANCELLED: Meeting.Status.CANCELLED,
    Outcome.MENTOR_MISSED: Meeting.Status.MISSED,
    Outcome.MENTEE_MISSED: Meeting.Status.MISSED,
}


@transaction.atomic
def log_meeting(
    match: Match,
    *,
    by: Any,
    at: datetime,
    starts_at: datetime,
    outcome: str,
    minutes: int | None = None,
    meeting: Meeting | None = None,
    way: str = Meeting.Way.ONLINE,
    shared_words: str = "",
    next_step: str = "",
    mood: int | None = None,
    staff_words: str = "",
    tell_staff: bool = False,
) -> MeetingLog:
    """Write one side's story of a meeting, planned or not. The first sets the meeting, the second confirms.

    A meeting of this pair at the same time is the same meeting. The same story twice is one log. Words that
    would be held as a message are kept from the other one until staff have looked. Raises NotAllowed for a
    time that cannot be, and for a second story by the same person.
    """
    match = lock_own_match(match.pk, by, may_be_paused=True)
    was_held = outcome == Outcome.HELD
    if was_held and minutes is None:
        raise NotAllowed("Say how long you met.")
    minutes = minutes if was_held else None
    ends_at = starts_at + timedelta(minutes=match.programme.meeting_minutes if minutes is None else minutes)
    _check_time(match, at, starts_at, ends_at)
    meeting = _the_meeting(match, meeting, starts_at, ends_at, by)
    told = {
        "outcome": outcome,
        "minutes": minutes,
        "shared_words": shared_words,
        "next_step": next_step,
        "mood": mood,
        "staff_words": staff_words,
        "tell_staff": tell_staff,
    }
    if meeting:
        mine = meeting.logs.filter(by=by).first()
        if mine:
            if all(getattr(mine, name) == value for name, value in told.items()):
                return mine
            raise NotAllowed(
                "You have logged a meeting at that time already. Tell our team if it needs changing."
            )
    else:
        meeting = Meeting.objects.create(
            match=match,
            starts_at=starts_at,
            ends_at=ends_at,
            way=way,
            planned_by=by,
            planned_at=at,
            changed_at=at,
        )
    others = list(meeting.logs.all())
    log = MeetingLog.objects.create(
        meeting=meeting,
        by=by,
        logged_at=at,
        held_because=rules.why_hold(f"{shared_words}\n{next_step}"),
        **told,
    )
    Entry.objects.record(log, "logged", by=by, at=at, outcome=outcome)
    if others:
        _compare(meeting, log, others[0], at)
    else:
        _settle_first(meeting, outcome, starts_at, ends_at, by, at)
    return log


@transaction.atomic
def settle_meeting(
    meeting: Meeting, *, by: Any, at: datetime, status: str, minutes: int | None = None
) -> Meeting:
    """Staff decide which story holds. Raises NotAllowed when a colleague was faster."""
    meeting = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("match__mentor", "match__mentee")
        .get(pk=meeting.pk)
    )
    check_is_a_colleague(meeting.match, by)
    if meeting.disagreed_at is None or meeting.settled_at is not None:
        raise NotAllowed("A colleague has settled this already. Nothing was saved.")
    if status != meeting.status:
        move(meeting, status, by=by, at=at, reason="settled by staff")
    if status == Meeting.Status.HELD and minutes:
        meeting.ends_at = meeting.starts_at + timedelta(minutes=minutes)
    meeting.settled_at, meeting.settled_by = at, by
    meeting.save(update_fields=["ends_at", "settled_at", "settled_by"])
    Entry.objects.record(meeting, "settled", by=by, at=at)
    return meeting


@transaction.atomic
def answer_log(log: MeetingLog, *, by: Any, at: datetime, may_be_shared: bool = False) -> None:
    """Staff have read what was said to them and have acted; what was held may now be shown, or stays."""
    check_is_a_colleague(log.meeting.match, by)
    done = MeetingLog.objects.filter(pk=log.pk, answered_at__isnull=True).update(
        answered_at=at, answered_by=by, **({"held_because": []} if may_be_shared else {})
    )
    if not done:
        raise NotAllowed("A colleague has answered this already. Nothing was saved.")
    Entry.objects.record(log, "answered", by=by, at=at, shown=may_be_shared)


def _check_time(match: Match, at: datetime, starts_at: datetime, ends_at: datetime) -> None:
    try:
        rules.check_meeting_time(starts_at, ends_at)
    except ValueError as wrong:
        raise NotAllowed(str(wrong)) from wrong
    if starts_at > at:
        raise NotAllowed("This time is still to come. Log a meeting when you have met.")
    began = timezone.localtime(match.active_at).date() if match.active_at else None
    if began and timezone.localtime(starts_at).date() < began:
        raise NotAllowed(f"You were matched on {began.day} {began:%B %Y}. Choose a date from then on.")


def _the_meeting(
    match: Match, meeting: Meeting | None, starts_at: datetime, ends_at: datetime, by: Any
) -> Meeting | None:
    """The meeting that is meant: the one named, or one of this pair at that time.

    One that the other says was called off is the same meeting too: two stories of it are for staff to read.
    """
    if meeting:
        meeting = Meeting.objects.get(pk=meeting.pk, match=match)
        if (
            Meeting.objects.overlapping(starts_at, ends_at)
            .filter(match=match)
            .exclude(pk=meeting.pk)
            .exists()
        ):
            raise NotAllowed("There is another meeting at that time. Check the date and time.")
        return meeting
    own = Meeting.objects.filter(match=match).order_by("starts_at")
    called_off = own.filter(
        status=Meeting.Status.CANCELLED,
        starts_at__lt=ends_at,
        ends_at__gt=starts_at,
        logs__isnull=False,
    ).exclude(logs__by=by)
    return own.overlapping(starts_at, ends_at).first() or called_off.first()


def _settle_first(
    meeting: Meeting, outcome: str, starts_at: datetime, ends_at: datetime, by: Any, at: datetime
) -> None:
    to = MEANS[Outcome(outcome)]
    changes: dict[str, Any] = {}
    if to == Meeting.Status.HELD:
        changes = {"starts_at": starts_at, "ends_at": ends_at}
    if to == Meeting.Status.CANCELLED:
        changes = {"cancelled_by": by}
    if meeting.status == to:
        return
    move(meeting, to, by=by, at=at, **changes)


def _compare(meeting: Meeting, log: MeetingLog, other: MeetingLog, at: datetime) -> None:
    if rules.agree((log.outcome, log.minutes), (other.outcome, other.minutes)):
        return
    Meeting.objects.filter(pk=meeting.pk, disagreed_at__isnull=True).update(disagreed_at=at)
    Entry.objects.record(meeting, "two stories", at=at)
