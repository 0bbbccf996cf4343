"""Sign up: an account and a mentor's row, once the experience is enough."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit.models import Entry
from audit.transitions import NotAllowed
from mentors import emails, rules
from mentors.models import Mentor, Profile
from partners.models import Programme
from users.actions import open_account
from users.models import User


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
    password: str | None = None,
) -> User | None:
    """Open an account with its mentor's row; None when the address is known (its owner is told by letter).

    Raises NotAllowed with the reason when the experience is not enough, known address or not.
    """
    _refuse_unless_eligible(programme, years, has_degree, is_adult, at)
    user = open_account(email, first_name, last_name, password)
    if user is not None:
        _make(user, programme, years=years, has_degree=has_degree, at=at)
    return user


@transaction.atomic
def become_mentor(
    user: User, *, programme: Programme, years: int, has_degree: bool, is_adult: bool, at: datetime
) -> Mentor:
    """Give somebody who has an account a mentor's row; who has one keeps it as it is.

    Raises NotAllowed with the reason when the experience is not enough.
    """
    User.objects.select_for_update().get(pk=user.pk)
    known = Mentor.objects.filter(user=user).first()
    if known:
        return known
    _refuse_unless_eligible(programme, years, has_degree, is_adult, at)
    mentor = _make(user, programme, years=years, has_degree=has_degree, at=at)
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
    programme: Programme, years: int, has_degree: bool, is_adult: bool, at: datetime
) -> None:
    on = timezone.localdate(at)
    if not Programme.objects.open_to_sign_ups(on).filter(pk=programme.pk).exists():
        raise NotAllowed("This programme is not taking new mentors at the moment.")
    answer = rules.eligible_in(programme, years=years, has_degree=has_degree, is_adult=is_adult, on=on)
    if not answer.ok:
        raise NotAllowed(answer.words)


def _make(user: User, programme: Programme, *, years: int, has_degree: bool, at: datetime) -> Mentor:
    mentor = Mentor.objects.create(user=user, signed_up_at=at, years_of_work=years, has_degree=has_degree)
    mentor.programmes.add(programme)
    Profile.objects.repack(pk=mentor.pk)
    Entry.objects.record(mentor, "signed up", by=user, at=at, programme=programme.pk)
    return mentor
