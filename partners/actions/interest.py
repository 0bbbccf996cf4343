"""The interest list: join it, confirm, leave with one click, be told once, be forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from audit.models import Entry
from partners import emails
from partners.models import Interest, Programme
from users.actions import tidy_email

UNCONFIRMED_DAYS = 7
KEPT_DAYS = 730


@transaction.atomic
def note_interest(*, email: str, outcode: str, at: datetime) -> Interest:
    """Put an address on the list for one place and ask it to confirm. Asking twice is asking once.

    An address that asked more than a day ago and never confirmed gets the letter again.
    """
    email = tidy_email(email)
    try:
        with transaction.atomic():
            interest, is_new = Interest.objects.get_or_create(
                email=email, outcode=outcode, defaults={"asked_at": at}
            )
    except IntegrityError:  # two clicks in the same moment
        return Interest.objects.get(email=email, outcode=outcode)
    if not is_new and not interest.confirmed_at and at - interest.asked_at > timedelta(days=1):
        Interest.objects.filter(pk=interest.pk).update(asked_at=at)
        interest.asked_at, is_new = at, True
    if is_new:
        place_interest(at=at, outcode=outcode)
        emails.confirm_interest(interest, at=at, days=UNCONFIRMED_DAYS)
    return interest


def find_interest(pk: int) -> Interest | None:
    """Whoever a signed link names; None when they have left, have been told or were forgotten."""
    return Interest.objects.filter(pk=pk).first()


def confirm_interest(interest: Interest, *, at: datetime) -> None:
    """The address is theirs: from now on they are told."""
    Interest.objects.filter(pk=interest.pk, confirmed_at=None).update(confirmed_at=at)


def leave_list(interest: Interest) -> None:
    """Forget them at once. Leaving twice is leaving once."""
    Interest.objects.filter(pk=interest.pk).delete()


@transaction.atomic
def take_off_list(interest: Interest, *, why: str, by: Any, at: datetime) -> None:
    """Staff forget somebody: they have told them, or were asked to. The audit keeps who did it and why.

    Twice is once. Raises nothing.
    """
    if Interest.objects.filter(pk=interest.pk).delete()[0]:
        verb = "told by staff, forgotten" if why == "told" else "asked to leave, forgotten"
        Entry.objects.record(interest, verb, by=by, at=at, programme=interest.nearest_id)


def place_interest(*, at: datetime, outcode: str = "") -> None:
    """Give everybody on the list, or those of one place, to the programme that is nearest today."""
    listed = Interest.objects.filter(outcode=outcode) if outcode else Interest.objects.all()
    codes = set(listed.values_list("outcode", flat=True).distinct())
    nearest = Programme.objects.all().nearest_each(codes, timezone.localdate(at)) if codes else {}
    theirs: dict[Programme | None, list[str]] = {}
    for code in codes:
        theirs.setdefault(nearest.get(code), []).append(code)
    for programme, near in theirs.items():
        listed.filter(outcode__in=near).exclude(nearest=programme).update(nearest=programme)


def tell_interested(*, at: datetime) -> int:
    """Write once to everybody for whom a programme has opened near, and take them off the list; how many."""
    told = 0
    waiting = Interest.objects.waiting()
    codes = set(waiting.values_list("outcode", flat=True).distinct())
    near = Programme.objects.all().near_each(codes, timezone.localdate(at)) if codes else {}
    for interest in waiting.filter(outcode__in=list(near)).iterator():
        with transaction.atomic():
            if not Interest.objects.filter(pk=interest.pk).delete()[0]:
                continue
            emails.opened_near(interest, near[interest.outcode])
            told += 1
    return told


def forget_interest(*, at: datetime) -> int:
    """Delete those who never confirmed after a week, and everybody after two years; how many."""
    stale = Q(confirmed_at=None, asked_at__lte=at - timedelta(days=UNCONFIRMED_DAYS))
    old = Q(asked_at__lte=at - timedelta(days=KEPT_DAYS))
    return Interest.objects.filter(stale | old).delete()[0]
