"""Ask for a mentor: answers kept as they come, sent once, confirmed by e-mail."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import Entry
from audit.transitions import NotAllowed, move
from mentees import emails, rules, signals
from mentees.actions.locks import lock_mentee, lock_request
from mentees.actions.permission import ask_noted, note_guardian
from mentees.models import Draft, Mentee, Permission, Profile, Request
from mentees.rules import Answers, Guardian
from partners.models import Programme
from users.actions import confirm_email, open_account, tidy_email
from users.models import User

S = Request.Status
WORDS = ("topics", "sectors", "languages", "experiences")
CONFIRMED = (S.ASKED, S.MORE_NEEDED, S.ACCEPTED)


def keep(
    draft: Draft | None, step: str, typed: dict[str, list[str]], *, at: datetime, owner: Any = None
) -> Draft:
    """Keep what somebody typed on one page, right or wrong, so that nothing is ever lost."""
    if draft is None:
        draft = Draft(owner=owner, started_at=at)
    draft.answers = {**draft.answers, step: typed}
    draft.touched_at = at
    draft.save()
    return draft


@transaction.atomic
def ask(
    *,
    first_name: str,
    email: str,
    born_on: date,
    programme: Programme,
    answers: Answers,
    last_name: str = "",
    guardian: Guardian | None = None,
    wants_a_talk_first: bool = False,
    owner: User | None = None,
    draft: Draft | None = None,
    at: datetime,
) -> Request | None:
    """Ask for a mentor in somebody's own name, and write to them to confirm; None if we know the address.

    A known address gets a letter instead: its owner signs in and finds the answers waiting. With `owner`,
    who is signed in, nothing is left to confirm. Whoever agrees to take part does so by sending this.
    Raises NotAllowed when their age is outside the programme or they have an open request there.
    """
    if draft is not None and not Draft.objects.select_for_update().filter(pk=draft.pk).exists():
        return None  # sent before: this is the second click
    on = timezone.localdate(at)
    age = rules.age(born_on, on)
    if not programme.min_age <= age <= programme.max_age:
        raise NotAllowed(f"This programme is for ages {programme.ages}.")
    email = tidy_email(email)
    user = owner or User.objects.filter(email=email).first()
    if owner is None and user is not None:
        _tell_owner(user, draft, at)
        return None
    if user is None:
        user = open_account(email, first_name, last_name)
        if user is None:  # somebody else opened it in the same moment
            return None
    mentee = _mentee_of(user, born_on, at)
    _write(mentee, answers, agreed_at=at)
    if owner is not None:
        _refuse_a_second(mentee, programme)
    request = Request.objects.create(
        mentee=mentee, programme=programme, asked_at=at, wants_a_talk_first=wants_a_talk_first
    )
    Entry.objects.record(request, "asked", by=owner, at=at)
    if guardian and not wants_a_talk_first and rules.needs_permission(age, programme.permission_under):
        note_guardian(mentee, programme, guardian, at=at)
    if draft is not None:
        draft.delete()
    if owner is not None:
        confirm(request, at=at)
    else:
        emails.confirm(request, at=at)
    return request


@transaction.atomic
def confirm(request: Request, *, at: datetime) -> Request:
    """The young person opened our letter: their address is theirs, and the request comes to us.

    A referral first waits for their own answers and agreement. Confirming again changes nothing.
    """
    request = lock_request(request.pk)
    confirm_email(request.mentee.user)
    if request.status != S.UNCONFIRMED or request.confirmed_at:
        return request
    if request.mentee.agreed_at is None or request.referred:
        Request.objects.filter(pk=request.pk).update(confirmed_at=at)
        request.confirmed_at = at
        Entry.objects.record(request, "confirmed", by=request.mentee.user, at=at)
        begin_again(request, at=at)
        return request
    _bring_in(request, at=at, confirmed_at=at)
    return request


def begin_again(request: Request, *, at: datetime) -> Draft:
    """The pages that complete a referral, filled in with what we know already."""
    draft = Draft.objects.filter(request=request).first()
    if draft is None:
        draft = Draft.objects.create(
            owner=request.mentee.user, request=request, started_at=at, touched_at=at, answers={}
        )
    return draft


@transaction.atomic
def finish(
    request: Request,
    *,
    answers: Answers,
    guardian: Guardian | None = None,
    wants_a_talk_first: bool = False,
    by: User,
    at: datetime,
) -> Request:
    """Complete a referral with the young person's own answers and agreement. Twice is once."""
    request = lock_request(request.pk)
    if request.mentee.user_id != by.pk:
        raise NotAllowed("Only the young person can answer these questions.")
    if request.status != S.UNCONFIRMED:
        return request
    _write(request.mentee, answers, agreed_at=at)
    if wants_a_talk_first:
        Request.objects.filter(pk=request.pk).update(wants_a_talk_first=True)
        request.wants_a_talk_first = True
        _drop_noted(request.mentee, by=by, at=at)
    elif guardian and request.needs_permission(timezone.localdate(at)):
        note_guardian(request.mentee, request.programme, guardian, at=at)
    Draft.objects.filter(request=request).delete()
    _bring_in(request, at=at, confirmed_at=request.confirmed_at or at)
    return request


@transaction.atomic
def change_answers(mentee: Mentee, *, answers: Answers, by: User, at: datetime) -> None:
    """Write a young person's changed answers; tonight's matching reads them."""
    mentee = lock_mentee(mentee.pk)
    if mentee.user_id != by.pk:
        raise NotAllowed("Only the young person can change these answers.")
    _write(mentee, answers)
    Entry.objects.record(mentee, "changed answers", by=by, at=at)


@transaction.atomic
def withdraw(request: Request, *, by: User, at: datetime, reason: str = "") -> None:
    """Take an open request back. Doing it twice is doing it once."""
    request = Request.objects.select_related("mentee__user", "programme").get(pk=request.pk)
    if request.status == S.WITHDRAWN:
        return
    if by.pk != request.mentee.user_id and not by.is_staff:
        raise NotAllowed("Only the young person can take their request back.")
    # No lock on the young person: whoever hears the signal locks mentor, then young person.
    move(request, S.WITHDRAWN, by=by, at=at, reason=reason)
    _drop_noted(request.mentee, by=by, at=at)
    Draft.objects.filter(request=request).delete()
    signals.request_closed.send(Request, request=request, at=at, by=by)
    if request.confirmed_at:
        emails.withdrawn(request)


@transaction.atomic
def resend_confirmation(request: Request, *, by: Any, at: datetime) -> None:
    """Write to the young person once more; at most once a day."""
    request = lock_request(request.pk)
    if request.status != S.UNCONFIRMED:
        raise NotAllowed("They have confirmed already.")
    if request.referred:
        emails.referred(request, at=at)
    else:
        emails.confirm(request, at=at)


def forget_drafts(*, at: datetime) -> int:
    """Delete answers that nobody touched for a fortnight; those of an open referral stay."""
    return Draft.objects.stale(at).exclude(request__status=S.UNCONFIRMED).delete()[0]


def _tell_owner(user: User, draft: Draft | None, at: datetime) -> None:
    mine = Request.objects.filter(mentee__user=user, status=S.UNCONFIRMED, confirmed_at=None).first()
    if mine is not None and not mine.referred:
        emails.confirm(mine, at=at, again=str(uuid.uuid4()))
        if draft is not None:
            draft.delete()
        return
    if draft is not None:
        Draft.objects.filter(owner=user, request=None).exclude(pk=draft.pk).delete()
        draft.owner = user
        draft.touched_at = at
        draft.save()
    emails.asked_again(user, key=str(draft.pk if draft else uuid.uuid4()))


def _mentee_of(user: User, born_on: date, at: datetime) -> Mentee:
    try:
        with transaction.atomic():
            return Mentee.objects.get_or_create(user=user, defaults={"born_on": born_on})[0]
    except IntegrityError:
        return Mentee.objects.get(user=user)


def _refuse_a_second(mentee: Mentee, programme: Programme) -> None:
    if Request.objects.filter(mentee=mentee, programme=programme, status__in=CONFIRMED).exists():
        raise NotAllowed("You have asked us already. Your page shows where you are.")


def _write(mentee: Mentee, answers: Answers, **changes: Any) -> None:
    for name, value in vars(answers).items():
        if name in WORDS:
            getattr(mentee, name).set(value)
        elif name == "organisation":
            mentee.organisation_id = value
        else:
            setattr(mentee, name, value)
    for name, value in changes.items():
        setattr(mentee, name, value)
    mentee.save()
    Profile.objects.repack(pk=mentee.pk)


def _bring_in(request: Request, *, at: datetime, confirmed_at: datetime) -> None:
    """From the young person to us: the guardian is asked, everybody concerned is told."""
    others = Request.objects.filter(
        mentee=request.mentee_id, programme=request.programme_id, status__in=CONFIRMED
    )
    user = request.mentee.user
    if others.exclude(pk=request.pk).exists():
        move(request, S.WITHDRAWN, by=user, at=at, reason="asked already", confirmed_at=confirmed_at)
        return
    move(request, S.ASKED, by=user, at=at, confirmed_at=confirmed_at)
    permission = ask_noted(request, at=at)
    emails.received(request, permission)
    if request.referred:
        emails.referral_confirmed(request)


def _drop_noted(mentee: Mentee, *, by: Any, at: datetime) -> None:
    for permission in Permission.objects.filter(mentee=mentee, status=Permission.Status.NOTED):
        move(permission, Permission.Status.EXPIRED, by=by, at=at, reason="nobody was asked")
