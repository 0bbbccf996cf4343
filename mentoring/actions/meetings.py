"""Plan a meeting, move it, call it off. Whoever did not do it is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from audit.models import Entry
from audit.transitions import NotAllowed, move
from matching.models import Match
from mentoring import emails, rules
from mentoring.actions.pair import check_words, lock_own_match
from mentoring.models import Meeting

FURTHEST = timedelta(days=366)


@transaction.atomic
def plan_meeting(
    match: Match,
    *,
    by: Any,
    at: datetime,
    starts_at: datetime,
    minutes: int,
    way: str,
    place: str = "",
    topic: str = "",
) -> Meeting:
    """Plan a meeting and tell the other one. Planning the same time twice is planning it once.

    Raises NotAllowed with a sentence for a time that is past, too far off or taken, and for words that
    would be held as a message.
    """
    match = lock_own_match(match.pk, by)
    planned = Meeting.objects.planned().filter(match=match, starts_at=starts_at).first()
    if planned:
        return planned
    ends_at = starts_at + timedelta(minutes=minutes)
    _check(match, by=by, at=at, starts_at=starts_at, ends_at=ends_at, way=way, place=place)
    check_words(place, topic)
    meeting = Meeting.objects.create(
        match=match,
        starts_at=starts_at,
        ends_at=ends_at,
        way=way,
        place=place,
        topic=topic,
        planned_by=by,
        planned_at=at,
        changed_at=at,
    )
    Entry.objects.record(meeting, "planned", by=by, at=at)
    emails.meeting_planned(meeting, to=emails.other_of(match, by))
    return meeting


@transaction.atomic
def move_meeting(
    meeting: Meeting,
    *,
    by: Any,
    at: datetime,
    starts_at: datetime,
    minutes: int,
    way: str,
    place: str = "",
    topic: str = "",
) -> Meeting:
    """Give a planned meeting another time or place, and tell the other one.

    Raises NotAllowed like planning does, and when the meeting is not planned any more.
    """
    match = lock_own_match(meeting.match_id, by)
    meeting = _planned(meeting.pk, match)
    ends_at = starts_at + timedelta(minutes=minutes)
    changes = {"starts_at": starts_at, "ends_at": ends_at, "way": way, "place": place, "topic": topic}
    if all(getattr(meeting, name) == value for name, value in changes.items()):
        return meeting
    _check(match, by=by, at=at, starts_at=starts_at, ends_at=ends_at, way=way, place=place, moving=meeting)
    check_words(place, topic)
    for name, value in changes.items():
        setattr(meeting, name, value)
    meeting.sequence += 1
    meeting.changed_at = at
    meeting.save(update_fields=[*changes, "sequence", "changed_at"])
    Entry.objects.record(meeting, "moved", by=by, at=at)
    emails.meeting_moved(meeting, to=emails.other_of(match, by))
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: Any, at: datetime, why: str = "") -> Meeting:
    """Call a planned meeting off, with a word to the other one. Twice is once."""
    match = lock_own_match(meeting.match_id, by, may_be_paused=True)
    meeting = Meeting.objects.get(pk=meeting.pk, match=match)
    if meeting.status == Meeting.Status.CANCELLED:
        return meeting
    meeting = _planned(meeting.pk, match)
    check_words(why)
    move(
        meeting,
        Meeting.Status.CANCELLED,
        by=by,
        at=at,
        cancelled_by=by,
        cancelled_why=why,
        changed_at=at,
        sequence=meeting.sequence + 1,
    )
    emails.meeting_cancelled(meeting, to=emails.other_of(match, by))
    return meeting


def _planned(pk: int, match: Match) -> Meeting:
    meeting = Meeting.objects.get(pk=pk, match=match)
    meeting.match = match
    if meeting.status != Meeting.Status.PLANNED:
        raise NotAllowed("This meeting isn’t planned any more, so it can’t be changed.")
    return meeting


def _check(
    match: Match,
    *,
    by: Any,
    at: datetime,
    starts_at: datetime,
    ends_at: datetime,
    way: str,
    place: str,
    moving: Meeting | None = None,
) -> None:
    try:
        rules.check_meeting_time(starts_at, ends_at)
    except ValueError as wrong:
        raise NotAllowed(str(wrong)) from wrong
    if starts_at <= at:
        raise NotAllowed("Choose a time that is still to come. If you have met already, log the meeting.")
    if starts_at > at + FURTHEST:
        raise NotAllowed("Choose a date in the next 12 months.")
    programme = match.programme
    if way == Meeting.Way.IN_PERSON and not programme.meets_in_person:
        raise NotAllowed("This programme meets online.")
    if way == Meeting.Way.ONLINE and not programme.meets_online:
        raise NotAllowed("This programme meets in person.")
    if way == Meeting.Way.IN_PERSON and not place:
        raise NotAllowed("Say where you’ll meet: somewhere public, like a library or a café.")
    taken = (
        Meeting.objects.overlapping(starts_at, ends_at)
        .filter(Q(match__mentor=match.mentor_id) | Q(match__mentee=match.mentee_id))
        .exclude(pk=moving.pk if moving else 0)
        .values_list("match_id", "match__mentor_id")
    )
    for match_id, mentor_id in taken:
        is_mine = match_id == match.pk or (mentor_id == match.mentor_id) == (by.pk == match.mentor.user_id)
        if is_mine:
            raise NotAllowed("You already have a meeting at that time. Choose another time.")
        raise NotAllowed(f"{emails.other_of(match, by).first_name} isn’t free then. Choose another time.")
