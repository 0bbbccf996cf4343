"""Sign up: an account and a mentor's row, once the experience is enough."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.models import Entry
from audit.transitions import NotAllowed
from mentors import emails, rules
from mentors.models import Mentor, Profile
from partners.models import Organisation, Programme
from users.actions import open_account
from users.models import User


@dataclass(frozen=True)
class Invitation:
    """Whose link somebody signed up by, and whether these may know their name."""

    by: Organisation
    may_be_named: bool


@transaction.atomic
def sign_up(
    *,
    email: str,
    first_name: str,
    last_name: str,
    programme: Programme,
    years: int,
    has_degree: bool,
    is_adult: bool,
    at: datetime,
    born_on: date | None = None,
    password: str | None = None,
    invitation: Invitation | None = None,
) -> User | None:
    """Open an account with its mentor's row; None when the address is known (its owner is told by letter).

    `born_on`, of somebody under 18, is kept nowhere. Raises NotAllowed with the reason when the experience is
    not enough, known address or not.
    """
    _refuse_unless_eligible(programme, years, has_degree, is_adult, at, born_on)
    user = open_account(email, first_name, last_name, password)
    if user is not None:
        _make(user, programme, years=years, has_degree=has_degree, at=at, invitation=invitation)
    return user


@transaction.atomic
def become_mentor(
    user: User,
    *,
    programme: Programme,
    years: int,
    has_degree: bool,
    is_adult: bool,
    at: datetime,
    born_on: date | None = None,
    invitation: Invitation | None = None,
) -> Mentor:
    """Give somebody who has an account a mentor's row; who has one keeps it as it is.

    Raises NotAllowed with the reason when the experience is not enough.
    """
    User.objects.select_for_update().get(pk=user.pk)
    known = Mentor.objects.filter(user=user).first()
    if known:
        return known
    _refuse_unless_eligible(programme, years, has_degree, is_adult, at, born_on)
    mentor = _make(user, programme, years=years, has_degree=has_degree, at=at, invitation=invitation)
    emails.signed_up(mentor)
    return mentor


@transaction.atomic
def welcome(user: User) -> None:
    """Write to a new mentor whose address has just been confirmed, once. Not before: a letter to an address
    that nobody has confirmed would tell a stranger who is known to us."""
    mentor = Mentor.objects.select_related("user").filter(user=user, applied_at=None).first()
    if mentor:
        emails.signed_up(mentor)


def _refuse_unless_eligible(
    programme: Programme,
    years: int,
    has_degree: bool,
    is_adult: bool,
    at: datetime,
    born_on: date | None,
) -> None:
    on = timezone.localdate(at)
    if not Programme.objects.open_to_sign_ups(on).filter(pk=programme.pk).exists():
        raise NotAllowed("This programme is not taking new mentors at the moment.")
    answer = rules.eligible_in(
        programme, years=years, has_degree=has_degree, is_adult=is_adult, born_on=born_on, on=on
    )
    if not answer.ok:
        raise NotAllowed(answer.words)


def _make(
    user: User,
    programme: Programme,
    *,
    years: int,
    has_degree: bool,
    at: datetime,
    invitation: Invitation | None,
) -> Mentor:
    theirs: dict[str, Any] = {}
    if invitation:
        by = invitation.by
        theirs = {
            "invited_by": by,
            "may_be_named": invitation.may_be_named,
            "employed_by": by,
            "employer": by.name,
        }
    mentor = Mentor.objects.create(
        user=user, signed_up_at=at, years_of_work=years, has_degree=has_degree, **theirs
    )
    mentor.programmes.add(programme)
    Profile.objects.repack(pk=mentor.pk)
    invited = {"invited_by": invitation.by.pk} if invitation else {}
    Entry.objects.record(mentor, "signed up", by=user, at=at, programme=programme.pk, **invited)
    return mentor


@transaction.atomic
def allow_naming(mentor: Mentor, *, may_be_named: bool, by: Any, at: datetime) -> None:
    """Say whether the organisation that invited them may know their name; changed at any time."""
    changed = Mentor.objects.filter(pk=mentor.pk, invited_by__isnull=False).exclude(may_be_named=may_be_named)
    if changed.update(may_be_named=may_be_named):
        Entry.objects.record(mentor, "may be named" if may_be_named else "may not be named", by=by, at=at)
