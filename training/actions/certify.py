"""Passes and certificates: what stands at the end of learning."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.models import Entry
from audit.transitions import NotAllowed
from training import emails, rules
from training.actions.places import forget_bookings
from training.models import (
    Certificate,
    Course,
    Enrolment,
    LessonRead,
    Module,
    ModulePass,
    Note,
    QuizTry,
)


def record_pass(user: Any, module: Module, *, at: datetime) -> ModulePass:
    """Write, or renew, that this person has passed this module."""
    passed_on = timezone.localdate(at)
    row, _ = ModulePass.objects.update_or_create(
        user=user,
        module=module,
        defaults={
            "version": module.course.number,
            "passed_on": passed_on,
            "lapses_on": rules.lapse_date(passed_on, module.lapses_after_months),
            "reminded_at": None,
        },
    )
    return row


@transaction.atomic
def certify(user: Any, course: Course, *, by: Any, at: datetime) -> Certificate | None:
    """Issue the certificate if every module's pass counts today; once for ever, with its letter.

    Gives the certificate that this person holds (also when it was issued before), or None while something is
    missing. A revoked certificate stays revoked: only staff give it back.
    """
    held = Certificate.objects.filter(user=user, course=course).first()
    if held:
        return held
    if course.draft_of_id:
        return None  # staff look through a draft; nobody completes it
    passed = ModulePass.objects.current(at).of_what_is_taught().filter(user=user, module__course=course)
    if course.modules.exclude(pk__in=passed.values("module")).exists() or not course.modules.exists():
        return None
    on = timezone.localdate(at)
    certificate, is_new = Certificate.objects.get_or_create(
        user=user,
        course=course,
        defaults={
            "number": Certificate.new_number(on),
            "version": course.number,
            "name": user.get_full_name() or user.email,
            "issued_on": on,
        },
    )
    if is_new:
        Enrolment.objects.filter(user=user, course=course).update(completed_at=at)
        Entry.objects.record(certificate, "issued", by=by, at=at)
        emails.certificate(certificate, at=at)
    return certificate


@transaction.atomic
def pass_all(user: Any, course: Course, *, by: Any, at: datetime) -> Certificate | None:
    """Record that this person took the whole course with us in a room; staff only, entered in the audit."""
    place, _ = Enrolment.objects.get_or_create(
        user=user, course=course, defaults={"started_at": at, "last_active_at": at}
    )
    for module in course.modules.all():
        record_pass(user, module, at=at)
    Entry.objects.record(place, "passed in a room", by=by, at=at)
    return certify(user, course, by=by, at=at)


@transaction.atomic
def revoke(certificate: Certificate, *, by: Any, reason: str, at: datetime) -> None:
    """Take a certificate back. Raises NotAllowed when it is revoked already, or no reason is given."""
    if not reason.strip():
        raise NotAllowed("Say why the certificate is taken back.")
    if not Certificate.objects.filter(pk=certificate.pk, revoked_at=None).update(revoked_at=at):
        raise NotAllowed("This certificate has been taken back already.")
    certificate.revoked_at = at
    Entry.objects.record(certificate, "revoked", by=by, at=at, reason=reason)


@transaction.atomic
def reinstate(certificate: Certificate, *, by: Any, at: datetime) -> None:
    """Give a revoked certificate back. Raises NotAllowed when it was not revoked."""
    if not Certificate.objects.filter(pk=certificate.pk, revoked_at__isnull=False).update(revoked_at=None):
        raise NotAllowed("This certificate has not been taken back.")
    certificate.revoked_at = None
    Entry.objects.record(certificate, "reinstated", by=by, at=at)


@transaction.atomic
def forget(user: Any) -> None:
    """Erase what this person learned here, certificates included. For whoever deletes the account."""
    forget_bookings(user, at=timezone.now())
    for model in (LessonRead, QuizTry, ModulePass, Note, Certificate, Enrolment):
        model._default_manager.filter(user=user).delete()
