"""Pause a match at once when something it stands on falls; resume it by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from audit.transitions import NotAllowed, move
from matching import emails
from matching.actions.gates import why_not
from matching.actions.locks import lock_match
from matching.models import Match
from mentees.models import Mentee, Request
from mentors.models import Mentor

S = Match.Status


@transaction.atomic
def pause(match: Match, *, at: datetime, reason: str, by: Any = None) -> None:
    """Pause a match that is going on, or take back one that is still an offer. Others are left alone."""
    match = lock_match(match.pk)
    if match.status in {S.ACTIVE, S.CLOSING}:
        move(match, S.PAUSED, by=by, at=at, reason=reason)
        emails.paused(match, at=at)
    elif match.status in {S.APPROVED, S.OFFERED_TO_MENTOR, S.OFFERED_TO_MENTEE}:
        was = match.status
        move(match, S.WITHDRAWN, by=by, at=at, reason=reason, ended_at=at, ended_why=reason[:300])
        if was != S.APPROVED:
            emails.offer_withdrawn(match, to_mentee=was == S.OFFERED_TO_MENTEE)


@transaction.atomic
def resume(match: Match, *, by: Any, at: datetime) -> None:
    """Start a paused match again. Raises NotAllowed while anything it stands on is missing."""
    match = lock_match(match.pk)
    if by.pk in {match.mentor.user_id, match.mentee.user_id}:
        raise NotAllowed("This is your own match. Somebody else has to decide.")
    if reasons := why_not(match.request, match.mentor, at=at, of=match):
        raise NotAllowed(f"This match can’t start again yet: {reasons[0]}")
    move(match, S.ACTIVE, by=by, at=at)
    emails.resumed(match, at=at)


def pause_all_of_mentor(mentor: Mentor, *, at: datetime, reason: str) -> None:
    """For a check that lapsed or a suspension."""
    for match in Match.objects.open().filter(mentor=mentor):
        pause(match, at=at, reason=reason)


def pause_all_of_mentee(mentee: Mentee, *, at: datetime, reason: str) -> None:
    """For a permission that was withdrawn."""
    for match in Match.objects.open().filter(mentee=mentee):
        pause(match, at=at, reason=reason)


def pause_all_of_user(user: Any, *, at: datetime, reason: str) -> None:
    """For an account that was closed: nobody would read what the other writes."""
    for match in Match.objects.open().filter(Q(mentor__user=user) | Q(mentee__user=user)):
        pause(match, at=at, reason=reason)


def pause_of_request(request: Request, *, at: datetime, by: Any = None) -> None:
    """For a request taken back or declined: an offer is withdrawn, an active match waits for staff."""
    for match in Match.objects.open().filter(request=request):
        pause(match, at=at, by=by, reason="request closed")
