"""What we say to mentors and their referees."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse

from mentors.models import Check, Mentor, Reference
from notifications.links import absolute, sign
from notifications.models import Letter
from notifications.post import post

REFERENCE_LINK = "reference"
REFERENCE_LINK_DAYS = 30


def _to_mentor(mentor: Mentor, event: str, *, key: str, url: str, label: str, **context: Any) -> Letter:
    return post(
        mentor.user,
        f"mentors/{event}",
        key=key,
        about=context.pop("about", f"mentors.mentor:{mentor.pk}"),
        link=absolute(reverse(url)),
        label=label,
        **context,
    )


def signed_up(mentor: Mentor) -> Letter:
    return _to_mentor(
        mentor,
        "signed_up",
        key=f"mentors/signed_up:{mentor.pk}:{mentor.user_id}:",
        url="mentors:profile",
        label="Fill in my profile",
    )


def application_sent(mentor: Mentor) -> Letter:
    return _to_mentor(
        mentor,
        "application_sent",
        key=f"mentors/application_sent:{mentor.pk}:{mentor.user_id}:",
        url="mentors:profile",
        label="See where I stand",
        code=mentor.code,
    )


def nudge(mentor: Mentor, *, day: int, done: int, total: int) -> Letter:
    return _to_mentor(
        mentor,
        "task_list_nudge",
        key=f"mentors/task_list_nudge:{mentor.pk}:{mentor.user_id}:{day}",
        url="mentors:profile",
        label="Carry on",
        done=done,
        total=total,
        left=total - done,
    )


def _to_referee(reference: Reference, event: str, *, stamp: str, at: datetime) -> Letter:
    token = sign(REFERENCE_LINK, reference.pk, reference.link_version, days=REFERENCE_LINK_DAYS, at=at)
    return post(
        reference.email,
        f"mentors/{event}",
        key=f"mentors/{event}:{reference.pk}:v{reference.link_version}:{stamp}",
        about=f"mentors.reference:{reference.pk}",
        link=absolute(reverse("mentors:reference", args=[token])),
        label="Answer the questions",
        referee=reference.name,
        mentor=reference.mentor.user.get_full_name(),
        mentor_first_name=reference.mentor.name,
        days=REFERENCE_LINK_DAYS,
    )


def reference_requested(reference: Reference, *, at: datetime) -> Letter:
    return _to_referee(reference, "reference_requested", stamp="", at=at)


def reference_reminder(reference: Reference, *, day: int, at: datetime) -> Letter:
    return _to_referee(reference, "reference_reminder", stamp=str(day), at=at)


def reference_received(reference: Reference, *, in_now: int) -> Letter:
    return _to_mentor(
        reference.mentor,
        "reference_received",
        key=f"mentors/reference_received:{reference.pk}:{reference.mentor.user_id}:",
        about=f"mentors.reference:{reference.pk}",
        url="mentors:references",
        label="See my references",
        referee=reference.name,
        in_now=in_now,
    )


def referee_declined(reference: Reference) -> Letter:
    return _to_mentor(
        reference.mentor,
        "referee_declined",
        key=f"mentors/referee_declined:{reference.pk}:{reference.mentor.user_id}:",
        about=f"mentors.reference:{reference.pk}",
        url="mentors:references",
        label="Name another referee",
        referee=reference.name,
    )


def check_expiring(check: Check, *, days: int, on: date) -> Letter:
    return _to_mentor(
        check.mentor,
        "check_expiring",
        key=f"mentors/check_expiring:{check.pk}:{check.mentor.user_id}:{days}",
        about=f"mentors.check:{check.pk}",
        url="mentors:checks",
        label="See my checks",
        expires_on=check.expires_on,
        due_on=on,
    )


# The two letters of a lapse are of the moment at which matches are paused: they say that too, and whoever
# pauses a match then writes the mentor no second one.


def check_lapsed(check: Check, *, at: datetime) -> Letter:
    return _to_mentor(
        check.mentor,
        "check_lapsed",
        posted_at=at,
        key=f"mentors/check_lapsed:{check.pk}:{check.mentor.user_id}:{check.expires_on}",
        about=f"mentors.check:{check.pk}",
        url="mentors:checks",
        label="See my checks",
        expires_on=check.expires_on,
    )


def training_lapsed(mentor: Mentor, *, on: date, at: datetime) -> Letter:
    return _to_mentor(
        mentor,
        "training_lapsed",
        posted_at=at,
        key=f"mentors/training_lapsed:{mentor.pk}:{mentor.user_id}:{on}",
        url="training:home",
        label="Renew my training",
        lapsed_on=on,
    )


def pause_over(mentor: Mentor, *, until: date) -> Letter:
    return _to_mentor(
        mentor,
        "pause_over",
        key=f"mentors/pause_over:{mentor.pk}:{mentor.user_id}:{until}",
        url="mentoring:home",
        label="See where I stand",
    )


def approved(mentor: Mentor, *, at: datetime) -> Letter:
    return _to_mentor(
        mentor,
        "approved",
        key=f"mentors/approved:{mentor.pk}:{mentor.user_id}:{at:%Y-%m-%d}",
        url="mentors:profile",
        label="See where I stand",
    )


def declined(mentor: Mentor, *, words: str, at: datetime) -> Letter:
    return post(
        mentor.user,
        "mentors/declined",
        key=f"mentors/declined:{mentor.pk}:{mentor.user_id}:{at:%Y-%m-%d}",
        about=f"mentors.mentor:{mentor.pk}",
        words=words,
    )
