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
    may_be_old: bool = False,
) -> Check:
    """Record one check as `by` saw it; the latest of its kind counts.

    Raises NotAllowed for a check of oneself, references heard before two replies are in, a DBS certificate
    of the future, one too old (unless it `may_be_old`), or a number that is recorded already.
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
        if extra["expires_on"] <= on and not may_be_old:
            raise NotAllowed(f"This certificate is older than {_months(mentor)} months. A new one is needed.")
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
    last = mentor.checks.filter(kind=kind, withdrawn_at=None).first()
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
    if Check.objects.filter(certificate_number=number, withdrawn_at=None).exists():
        raise NotAllowed(f"{RECORDED}.")
    expires_on = rules.months_after(issued_on, _months(mentor))
    return {
        "level": level,
        "workforce": workforce,
        "barred_list_reason": reason,
        "certificate_number": number,
        "issued_on": issued_on,
        "expires_on": expires_on,
    }


def _months(mentor: Mentor) -> int:
    """After how many months a check is repeated: of several programmes the strictest decides."""
    return mentor.programmes.aggregate(m=Min("check_months"))["m"] or 36


@transaction.atomic
def correct_dbs(check: Check, *, by: Any, reason: str, at: datetime, **facts: Any) -> Check:
    """Put a DBS check right that was copied wrongly: a second one takes its place, and the first one stays
    to be read.

    `facts` are those of `record_check`, all of them, as they stand on the certificate. The same correction
    sent twice is one. Raises NotAllowed as `record_check` does, without a reason, and for any check but the
    last.
    """
    lock(check.mentor)
    check = Check.objects.select_related("mentor__user").get(pk=check.pk)
    if check.kind != Check.Kind.DBS:
        raise NotAllowed("Only a DBS check has anything to correct. Record the other ones again.")
    if not reason.strip():
        raise NotAllowed("Say what was wrong.")
    again = Check.objects.filter(corrects=check).first()
    if again and again.certificate_number == facts.get("certificate_number"):
        return again
    last = Check.objects.latest_of_its_kind().filter(mentor=check.mentor, kind=check.kind).first()
    if again or last != check:
        raise NotAllowed("A newer check is recorded. Correct that one.")
    # Its number is free from now on: the right one may be the same, with another date.
    Check.objects.filter(pk=check.pk).update(withdrawn_at=at)
    new = record_check(check.mentor, check.kind, by=by, at=at, may_be_old=True, **facts)
    told = {}
    if new.expires_on == check.expires_on:  # they have had these letters
        told = {"reminded_days": check.reminded_days, "lapse_told_at": check.lapse_told_at}
    Check.objects.filter(pk=new.pk).update(corrects=check, correction_reason=reason, **told)
    Entry.objects.record(check.mentor, "corrected DBS check", by=by, at=at, check=check.pk, by_check=new.pk)
    new.refresh_from_db()
    on = timezone.localdate(at)
    if (new.expires_on or on) <= on < (check.expires_on or on):  # it never counted for as long as we thought
        no_longer_ready.send(sender=Mentor, mentor=check.mentor, why=str(Check.Kind.DBS), at=at)
    return new


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
