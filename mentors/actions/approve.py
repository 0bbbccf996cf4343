"""Approval by a second person, and its opposites."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.transitions import NotAllowed, move
from mentors import emails, rules
from mentors.actions.profile import lock
from mentors.models import Check, Disclosure, Mentor
from mentors.signals import no_longer_ready

SECOND = "You recorded one of this mentor's checks, so a second person has to approve."


def _refuse_unless_second(mentor: Mentor, by: Any) -> None:
    if by == mentor.user:
        raise NotAllowed("Somebody else has to approve you.")
    if not Mentor.objects.visible_to(by).filter(pk=mentor.pk).exists() or not by.is_staff:
        raise NotAllowed("Only staff of this mentor's programmes may do this.")
    if mentor.checks.filter(seen_by=by).exists():
        raise NotAllowed(SECOND)


def _refuse_while_something_is_missing(mentor: Mentor, at: datetime, told_at: datetime | None) -> None:
    """The page asks before it shows a button, so whatever is missing now has changed since."""
    changed = [_since_when(mentor, m, at) for m in rules.in_the_way_of_approval(mentor.facts(at))]
    if told_at is not None and Disclosure.objects.filter(mentor=mentor).exclude(answered_at=told_at).exists():
        changed.append("what they tell us of their past")
    if changed:
        raise NotAllowed(f"Changed since you opened it: {'; '.join(changed)}. Nothing was saved.")


def _since_when(mentor: Mentor, missing: rules.Missing, at: datetime) -> str:
    if missing.key == "dbs":
        last = Check.objects.latest_of_its_kind().filter(mentor=mentor, kind=Check.Kind.DBS).first()
        if last and last.is_clear and last.expires_on and last.expires_on <= timezone.localdate(at):
            return f"DBS lapsed on {last.expires_on.day} {last.expires_on:%B %Y}"
    return missing.words[0].lower() + missing.words[1:]


@transaction.atomic
def approve(mentor: Mentor, *, by: Any, at: datetime, told_at: datetime | None = None) -> None:
    """Take a mentor on, when nothing is missing and `by` did none of the checks.

    Everything is read again inside the transaction. `told_at` says which disclosure `by` has read. Raises
    NotAllowed with what stands in the way.
    """
    mentor = lock(mentor)
    if mentor.status == Mentor.Status.APPROVED:
        raise NotAllowed("This mentor is approved already.")
    _refuse_unless_second(mentor, by)
    _refuse_while_something_is_missing(mentor, at, told_at)
    if mentor.status != Mentor.Status.APPLYING:
        raise NotAllowed("Only somebody who is getting ready can be approved.")
    move(mentor, Mentor.Status.APPROVED, by=by, at=at, approved_at=at, approved_by=by)
    emails.approved(mentor, at=at)


@transaction.atomic
def decline(mentor: Mentor, *, by: Any, reason: str, words: str = "", at: datetime) -> None:
    """Do not take somebody on. `reason` is a key for our books; `words` go into their letter."""
    mentor = lock(mentor)
    if not reason:
        raise NotAllowed("Choose a reason.")
    move(mentor, Mentor.Status.DECLINED, by=by, reason=reason, at=at)
    emails.declined(mentor, words=words, at=at)


@transaction.atomic
def suspend(mentor: Mentor, *, by: Any, reason: str, at: datetime) -> None:
    """Take an approved mentor out of the pool at once. No letter: a person speaks to them."""
    mentor = lock(mentor)
    if not reason:
        raise NotAllowed("Choose a reason.")
    move(mentor, Mentor.Status.SUSPENDED, by=by, reason=reason, at=at)
    no_longer_ready.send(sender=Mentor, mentor=mentor, why="suspended", at=at)


@transaction.atomic
def restore(mentor: Mentor, *, by: Any, reason: str, at: datetime, told_at: datetime | None = None) -> None:
    """Let a suspended mentor return, by somebody who did none of the checks.

    Everything that an approval asks is asked again. `told_at` says which disclosure `by` has read. Raises
    NotAllowed with what stands in the way.
    """
    mentor = lock(mentor)
    _refuse_unless_second(mentor, by)
    if not reason:
        raise NotAllowed("Say why the mentor may return.")
    if mentor.status != Mentor.Status.SUSPENDED:
        raise NotAllowed("Only a suspended mentor can return.")
    _refuse_while_something_is_missing(mentor, at, told_at)
    move(mentor, Mentor.Status.APPROVED, by=by, reason=reason, at=at)
