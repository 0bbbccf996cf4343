"""Checks that staff record, and the look at a disclosure that we remember."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Min
from django.utils import timezone

from audit.models import Entry
from audit.transitions import NotAllowed
from mentors import rules
from mentors.actions.profile import lock
from mentors.models import Check, Disclosure, Mentor
from mentors.signals import no_longer_ready

RECORDED = "This number is already recorded"


@transaction.atomic
def record_check(
    mentor: Mentor,
    kind: str,
    *,
    by: Any,
    at: datetime,
    is_clear: bool = True,
    level: int | None = None,
    workforce: str = "",
    barred_list_reason: str = "",
    certificate_number: str | None = None,
    issued_on: date | None = None,
    has_update_service_consent: bool = False,
) -> Check:
    """Record one check as `by` saw it; the latest of its kind counts.

    Raises NotAllowed for a check of oneself, references heard before two replies are in, a DBS certificate
    of the future, one too old, or a number that is recorded already.
    """
    mentor = lock(mentor)
    on = timezone.localdate(at)
    if by == mentor.user:
        raise NotAllowed("Somebody else has to record your own checks.")
    if mentor.status in (Mentor.Status.DECLINED, Mentor.Status.LEFT):
        raise NotAllowed("This mentor is not with us, so there is nothing to check.")
    if kind == Check.Kind.REFERENCES and is_clear and mentor.references.good().count() < rules.REFEREES:
        raise NotAllowed("Two references that call the mentor suitable have to be in first.")
    twice = _the_same(mentor, kind, by, at, is_clear, certificate_number)
    if twice and (kind != Check.Kind.DBS or (twice.level, twice.workforce) == (level, workforce)):
        return twice
    extra: dict[str, Any] = {}
    if kind == Check.Kind.DBS:
        extra = _dbs(mentor, on, level, workforce, barred_list_reason, certificate_number, issued_on)
        extra["has_update_service_consent"] = has_update_service_consent
    before = Check.objects.latest_of_its_kind().standing(on).filter(mentor=mentor, kind=kind).first()
    try:
        with transaction.atomic():
            check = Check.objects.create(
                mentor=mentor, kind=kind, seen_by=by, seen_at=at, is_clear=is_clear, **extra
            )
    except IntegrityError as error:
        raise NotAllowed(f"{RECORDED}.") from error
    Entry.objects.record(mentor, f"recorded {kind} check", by=by, at=at, check=check.pk, is_clear=is_clear)
    covers_less = before is not None and _counts(check) < _counts(before)
    if (covers_less or not is_clear) and mentor.status == Mentor.Status.APPROVED:
        no_longer_ready.send(sender=Mentor, mentor=mentor, why=str(kind), at=at)
    return check


def _counts(check: Check) -> int:
    return Check.counts_for(check.level, check.workforce)


def _the_same(
    mentor: Mentor, kind: str, by: Any, at: datetime, is_clear: bool, number: str | None
) -> Check | None:
    """The check that this very form has recorded a moment ago, if it was sent twice."""
    last = mentor.checks.filter(kind=kind).first()
    if last is None or at - last.seen_at > timedelta(minutes=10):
        return None
    same = (last.seen_by_id, last.is_clear, last.certificate_number) == (by.pk, is_clear, number)
    return last if same else None


def _dbs(
    mentor: Mentor,
    on: date,
    level: int | None,
    workforce: str,
    reason: str,
    number: str | None,
    issued_on: date | None,
) -> dict[str, Any]:
    if not (level and workforce and number and issued_on):
        raise NotAllowed("Give level, workforce, certificate number and issue date.")
    if issued_on > on:
        raise NotAllowed("The issue date is in the future. Copy it from the certificate.")
    if level == Check.Level.ENHANCED_BARRED and not reason:
        raise NotAllowed("Say why the barred list was asked for.")
    if Check.objects.filter(certificate_number=number).exists():
        raise NotAllowed(f"{RECORDED}.")
    # Of several programmes the strictest decides when it is to be repeated.
    months = mentor.programmes.aggregate(m=Min("check_months"))["m"] or 36
    expires_on = rules.months_after(issued_on, months)
    if expires_on <= on:
        raise NotAllowed(f"This certificate is older than {months} months. A new one is needed.")
    return {
        "level": level,
        "workforce": workforce,
        "barred_list_reason": reason,
        "certificate_number": number,
        "issued_on": issued_on,
        "expires_on": expires_on,
    }


@transaction.atomic
def read_disclosure(mentor: Mentor, *, by: Any, at: datetime) -> Disclosure | None:
    """The mentor's disclosure for somebody who may weigh it; the look is written down first.

    Raises NotAllowed for anybody else.
    """
    found = Disclosure.objects.visible_to(by).filter(mentor=mentor).first()
    if not by.is_staff or by == mentor.user:
        raise NotAllowed("Only those who approve mentors may read this.")
    if found:
        Entry.objects.record(mentor, "read the disclosure", by=by, at=at)
    return found
