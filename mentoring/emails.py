"""What mentoring says to people. Letters hold first names, a time and a link; never what was written."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from matching.models import Match
from mentoring import rules
from mentoring.models import Meeting, Message
from notifications.links import absolute
from notifications.post import post


def page_of(match: Match) -> str:
    return absolute(reverse("mentoring:relationship", args=[match.pk]))


def other_of(match: Match, user: Any) -> Any:
    """The account of the other one of the pair."""
    return match.mentee.user if user.pk == match.mentor.user_id else match.mentor.user


def _about_meeting(
    meeting: Meeting, to: Any, event: str, *, mark: str, due_on: date | None = None, **context: Any
) -> None:
    match = meeting.match
    post(
        to,
        f"mentoring/{event}",
        key=f"mentoring/{event}:meeting-{meeting.pk}:user-{to.pk}:{mark}",
        about=f"mentoring.meeting:{meeting.pk}",
        due_on=due_on,
        other_name=other_of(match, to).first_name,
        programme=match.programme.name,
        starts_at=meeting.starts_at.astimezone(rules.LONDON),
        ends_at=meeting.ends_at.astimezone(rules.LONDON),
        way=meeting.way_words,
        link=page_of(match),
        **context,
    )


def meeting_planned(meeting: Meeting, *, to: Any) -> None:
    _about_meeting(meeting, to, "meeting_planned", mark=str(meeting.sequence))


def meeting_moved(meeting: Meeting, *, to: Any) -> None:
    _about_meeting(meeting, to, "meeting_moved", mark=str(meeting.sequence))


def meeting_cancelled(meeting: Meeting, *, to: Any) -> None:
    _about_meeting(meeting, to, "meeting_cancelled", mark=str(meeting.sequence))


def meeting_soon(meeting: Meeting, *, to: Any) -> None:
    day = rules.evening_before(meeting.starts_at)
    _about_meeting(meeting, to, "meeting_tomorrow", mark=day.isoformat(), due_on=day)


def please_log(meeting: Meeting, *, to: Any) -> None:
    day = meeting.ends_at.astimezone(rules.LONDON).date()
    log = absolute(reverse("mentoring:log_meeting", args=[meeting.match_id]) + f"?meeting={meeting.pk}")
    _about_meeting(meeting, to, "please_log", mark=day.isoformat(), log_link=log)


def message_waiting(message: Message, *, on: date) -> None:
    """One letter a day and reader at most, however many messages there are."""
    match = message.match
    to = other_of(match, message.author)
    post(
        to,
        "mentoring/message_waiting",
        key=f"mentoring/message_waiting:match-{match.pk}:user-{to.pk}:{on.isoformat()}",
        about=f"matching.match:{match.pk}",
        other_name=message.author.first_name,
        programme=match.programme.name,
        link=page_of(match) + "#messages",
    )


def message_decided(message: Message, *, was_sent: bool) -> None:
    match = message.match
    post(
        message.author,
        "mentoring/message_sent_on" if was_sent else "mentoring/message_not_sent_on",
        key=f"mentoring/message_decided:message-{message.pk}:user-{message.author_id}:",
        about=f"mentoring.message:{message.pk}",
        other_name=other_of(match, message.author).first_name,
        programme=match.programme.name,
        link=page_of(match) + "#messages",
    )
