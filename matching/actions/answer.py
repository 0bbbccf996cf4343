"""The two people answer: accept, decline, or ask first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.models import Entry
from audit.transitions import NotAllowed, move
from matching import emails
from matching.actions.approve import deadlines
from matching.actions.gates import why_not
from matching.actions.locks import lock_match
from matching.models import Match, OfferQuestion
from users.models import User

NOT_YOURS = "This offer isn’t waiting for you any more."


@transaction.atomic
def accept(match: Match, *, by: Any, at: datetime) -> Match:
    """Say yes: a mentor's yes asks the young person, the young person's yes starts the match.

    Saying yes twice is one yes. Every gate but the free place is checked again; the place is held
    by the match itself. Raises NotAllowed with a sentence when the offer is over or a gate fell.
    """
    match = lock_match(match.pk)
    side = _side(match, by)
    if _has_said_yes(match, side):
        return match
    _check_it_waits_for(match, side, at)
    if why_not(match.request, match.mentor, at=at, of=match):
        raise NotAllowed("Something changed on our side, so this can’t start yet. Our team will be in touch.")
    if side == "mentor":
        move(match, Match.Status.OFFERED_TO_MENTEE, by=by, at=at, **deadlines(match.programme, at))
        emails.meet_your_mentor(match)
    else:
        move(match, Match.Status.ACTIVE, by=by, at=at, active_at=at, answer_by=None, remind_on=None)
        emails.match_live(match)
    return match


@transaction.atomic
def decline(match: Match, *, by: Any, at: datetime, why: str = "") -> Match:
    """Say no. Both return to the pool tonight, the pair is never suggested again, and nobody loses a place.

    Raises NotAllowed when the offer is over.
    """
    match = lock_match(match.pk)
    side = _side(match, by)
    status = Match.Status.DECLINED_BY_MENTOR if side == "mentor" else Match.Status.DECLINED_BY_MENTEE
    if match.status == status:
        return match
    _check_it_waits_for(match, side, at)
    # The reason is personal: it stays with the match, and the audit hears only that they said no.
    move(match, status, by=by, at=at, ended_at=at, ended_why=why[:300])
    if side == "mentee":
        emails.not_this_time(match)
    return match


@transaction.atomic
def ask_question(match: Match, *, by: Any, at: datetime, words: str) -> OfferQuestion:
    """Ask our team something before answering; the offer's clock goes on. Asking twice is asking once."""
    match = lock_match(match.pk)
    _check_it_waits_for(match, _side(match, by), at)
    question, is_new = OfferQuestion.objects.get_or_create(
        match=match, by=by, words=words.strip()[:500], defaults={"asked_at": at}
    )
    if is_new:
        Entry.objects.record(question, "asked", by=by, at=at)
        staff = User.objects.filter(is_active=True, programme_manager__programmes=match.programme)
        emails.question_asked(question, list(staff))
    return question


@transaction.atomic
def answer_question(question: OfferQuestion, *, by: Any, at: datetime, words: str) -> OfferQuestion:
    """Answer somebody's question; raises NotAllowed when a colleague was faster."""
    answered = OfferQuestion.objects.filter(pk=question.pk, answered_at__isnull=True).update(
        answer=words[:1000], answered_by=by, answered_at=at
    )
    if not answered:
        raise NotAllowed("A colleague has answered this already. Nothing was sent.")
    question.refresh_from_db()
    Entry.objects.record(question, "answered", by=by, at=at)
    emails.question_answered(question)
    return question


def _side(match: Match, by: Any) -> str:
    if by.pk == match.mentor.user_id:
        return "mentor"
    if by.pk == match.mentee.user_id:
        return "mentee"
    raise NotAllowed(NOT_YOURS)


def _has_said_yes(match: Match, side: str) -> bool:
    after = (
        (Match.Status.ACTIVE,) if side == "mentee" else (Match.Status.OFFERED_TO_MENTEE, Match.Status.ACTIVE)
    )
    return match.status in after


def _check_it_waits_for(match: Match, side: str, at: datetime) -> None:
    waiting = Match.Status.OFFERED_TO_MENTOR if side == "mentor" else Match.Status.OFFERED_TO_MENTEE
    # Its last day counts in full, whether or not the timetable has lapsed it since.
    is_late = match.answer_by is not None and timezone.localdate(at) > match.answer_by
    if match.status != waiting or is_late:
        raise NotAllowed(NOT_YOURS)
