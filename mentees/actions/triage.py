"""Our answer to a request: accept, ask for more, decline, or talk to them first."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from audit.models import Entry
from audit.transitions import NotAllowed, move
from mentees import emails, signals
from mentees.actions.locks import lock_request
from mentees.actions.permission import change_guardian, record_paper
from mentees.models import Request
from mentees.rules import Guardian

S = Request.Status


def _ours(request: Request, by: Any) -> Request:
    """The request, fresh and locked, for staff who look after its programme. Raises NotAllowed for others."""
    if not by.is_staff or not Request.objects.visible_to(by).filter(pk=request.pk).exists():
        raise NotAllowed("Only staff of this programme can decide this.")
    return lock_request(request.pk)


@transaction.atomic
def accept(request: Request, *, by: Any, at: datetime) -> None:
    """Take the request on. Raises NotAllowed while they wait for us to talk to them first."""
    request = _ours(request, by)
    if request.wants_a_talk_first:
        raise NotAllowed("They asked us to talk to them first. Do that, and record it here.")
    move(request, S.ACCEPTED, by=by, at=at, triaged_at=at, triaged_by=by)
    emails.accepted(request)


@transaction.atomic
def ask_for_more(request: Request, *, words: str, by: Any, at: datetime) -> None:
    """Ask the young person, and whoever referred them, one question before we decide."""
    request = _ours(request, by)
    if not words.strip():
        raise NotAllowed("Write what you need to know.")
    move(request, S.MORE_NEEDED, by=by, at=at, words_to_them=words, their_answer="")
    emails.more_needed(request, at=at)


@transaction.atomic
def answer_more(request: Request, *, words: str, by: Any, at: datetime) -> None:
    """Answer our question: the young person or the partner that referred them."""
    if by.is_staff or not Request.objects.visible_to(by).filter(pk=request.pk).exists():
        raise NotAllowed("Only the young person and who referred them can answer this.")
    request = lock_request(request.pk)
    if request.status == S.ASKED and request.their_answer == words:
        return
    move(request, S.ASKED, by=by, at=at, their_answer=words)


@transaction.atomic
def decline(request: Request, *, words: str, by: Any, at: datetime) -> None:
    """Not take the request on, and say kindly where else they can turn."""
    if not words.strip():
        raise NotAllowed("Write where they can turn instead. Nobody is turned away in silence.")
    if not by.is_staff or not Request.objects.visible_to(by).filter(pk=request.pk).exists():
        raise NotAllowed("Only staff of this programme can decide this.")
    # No lock on the young person: whoever hears the signal locks mentor, then young person.
    request = Request.objects.select_related("programme", "mentee__user").get(pk=request.pk)
    move(request, S.DECLINED, by=by, at=at, triaged_at=at, triaged_by=by, words_to_them=words)
    signals.request_closed.send(Request, request=request, at=at, by=by)
    emails.declined(request)


@transaction.atomic
def talked_to_them(
    request: Request,
    *,
    by: Any,
    at: datetime,
    guardian: Guardian | None = None,
    paper_seen_on: date | None = None,
) -> None:
    """End "talk to me first"; with `guardian`, ask that adult, or record the paper they signed."""
    request = _ours(request, by)
    if not request.wants_a_talk_first:
        raise NotAllowed("Somebody has recorded this talk already.")
    Request.objects.filter(pk=request.pk).update(wants_a_talk_first=False)
    Entry.objects.record(request, "talked to them", by=by, at=at)
    if guardian and paper_seen_on:
        record_paper(request, guardian, seen_on=paper_seen_on, by=by, at=at)
    elif guardian:
        change_guardian(request, guardian, by=by, at=at)


@transaction.atomic
def fulfil(request: Request, *, by: Any, at: datetime) -> None:
    """Their mentoring came to its planned end. Called by the floor that closes matches; twice is once."""
    request = Request.objects.get(pk=request.pk)
    if request.status != S.FULFILLED:
        move(request, S.FULFILLED, by=by, at=at)
