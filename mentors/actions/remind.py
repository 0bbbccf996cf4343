"""What happens by itself: each a question about dates, so that a second or a late run changes nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from audit.models import Entry
from mentors import emails, rules
from mentors.models import Check, Mentor, Reference
from mentors.signals import no_longer_ready
from partners.models import Programme
from training.models import ModulePass

log = logging.getLogger(__name__)
NOT_AFTER = timedelta(days=30)  # nobody is reminded of what they began and left long ago


def _each(rows: Iterable[Any], do: Callable[[Any], bool]) -> int:
    """Do it for each row, one transaction a row: a row that fails must not hold up the others."""
    done = 0
    for row in rows:
        try:
            with transaction.atomic():
                done += do(row)
        except Exception:
            log.exception("mentors: %s failed for row %s", do.__name__, row.pk)
    return done


def nudge_unfinished(*, at: datetime) -> int:
    """Write to those who signed up 7 or 14 days ago and have not sent their application."""
    due = Q()
    for day in rules.NUDGES:
        due |= Q(signed_up_at__lte=at - timedelta(days=day), nudged_day__lt=day)
    rows = (
        Mentor.objects.unfinished()
        .filter(due, signed_up_at__gt=at - NOT_AFTER, user__emailaddress__verified=True)
        .with_facts(at)
        .select_related("user")
        .distinct()
    )

    def nudge(mentor: Mentor) -> bool:
        day = rules.reminder_after((at - mentor.signed_up_at).days, mentor.nudged_day, rules.NUDGES)
        claim = Mentor.objects.unfinished().filter(pk=mentor.pk, nudged_day=mentor.nudged_day)
        if day is None or not claim.update(nudged_day=day):
            return False
        tasks = rules.sections(mentor.facts(at))
        emails.nudge(mentor, day=day, done=sum(t.is_done for t in tasks), total=len(tasks))
        return True

    return _each(rows.iterator(), nudge)


def remind_referees(*, at: datetime) -> int:
    """Write again to referees who were asked 5 or 10 days ago and have not answered."""
    due = Q()
    for day in rules.REFERENCE_REMINDERS:
        due |= Q(asked_at__lte=at - timedelta(days=day), reminded_day__lt=day)
    asked = Reference.objects.filter(
        status=Reference.Status.ASKED,
        mentor__status=Mentor.Status.APPLYING,
        mentor__user__is_active=True,
        asked_at__gt=at - NOT_AFTER,
    )

    def remind(reference: Reference) -> bool:
        assert reference.asked_at is not None  # noqa: S101  the query asked for it
        gone = (at - reference.asked_at).days
        day = rules.reminder_after(gone, reference.reminded_day, rules.REFERENCE_REMINDERS)
        claim = Reference.objects.filter(
            pk=reference.pk,
            status=Reference.Status.ASKED,
            link_version=reference.link_version,
            reminded_day=reference.reminded_day,
        )
        if day is None or not claim.update(reminded_day=day):
            return False
        emails.reference_reminder(reference, day=day, at=at)
        return True

    return _each(asked.filter(due).select_related("mentor__user").iterator(), remind)


def _dbs() -> Any:
    return (
        Check.objects.latest_of_its_kind()
        .filter(kind=Check.Kind.DBS, is_clear=True, mentor__user__is_active=True)
        .exclude(mentor__status__in=(Mentor.Status.DECLINED, Mentor.Status.LEFT))
        .select_related("mentor__user")
    )


def warn_of_expiring_checks(*, at: datetime) -> int:
    """Write to mentors whose DBS check is to be repeated in 90, 60, 30 or 7 days."""
    on = timezone.localdate(at)
    due = Q()
    for days in rules.CHECK_REMINDERS:
        due |= Q(expires_on__lte=on + timedelta(days=days)) & (
            Q(reminded_days__isnull=True) | Q(reminded_days__gt=days)
        )

    def warn(check: Check) -> bool:
        assert check.expires_on is not None  # noqa: S101  the query asked for it
        days = rules.reminder_before((check.expires_on - on).days, check.reminded_days)
        claim = Check.objects.filter(pk=check.pk, reminded_days=check.reminded_days)
        if days is None or not claim.update(reminded_days=days):
            return False
        emails.check_expiring(check, days=days, on=check.expires_on - timedelta(days=days))
        return True

    return _each(_dbs().filter(due, expires_on__gt=on).iterator(), warn)


def tell_of_lapsed_checks(*, at: datetime) -> int:
    """On the day a DBS check is to be repeated: tell the mentor, and whoever listens for `no_longer_ready`.

    Out of the pool they are already, for that is derived. Each check is told once, however late the run.
    """
    on = timezone.localdate(at)

    def tell(check: Check) -> bool:
        if not Check.objects.filter(pk=check.pk, lapse_told_at=None).update(lapse_told_at=at):
            return False
        Entry.objects.record(check.mentor, "DBS check lapsed", at=at, check=check.pk)
        emails.check_lapsed(check, at=at)
        no_longer_ready.send(sender=Mentor, mentor=check.mentor, why="dbs", at=at)
        return True

    return _each(_dbs().filter(expires_on__lte=on, lapse_told_at=None).iterator(), tell)


def _lapsed_training(at: datetime) -> Any:
    """Mentors with us for whom a module that a programme of theirs asks for has lapsed since the last time
    they were told, with the day `lapsed_on`."""
    lapsed = ModulePass.objects.lapsed(at).filter(
        user=OuterRef("user"),
        module__course__programmes__in=Programme.objects.running(timezone.localdate(at)),
        module__course__programmes__mentors=OuterRef("pk"),
    )
    last = Subquery(lapsed.order_by("-lapses_on").values("lapses_on")[:1])
    return (
        Mentor.objects.filter(
            status__in=(Mentor.Status.APPROVED, Mentor.Status.SUSPENDED), user__is_active=True
        )
        .annotate(lapsed_on=last)
        .filter(Q(training_lapse_told_on__isnull=True) | Q(training_lapse_told_on__lt=F("lapsed_on")))
        .filter(lapsed_on__isnull=False)
        .select_related("user")
    )


def tell_of_lapsed_training(*, at: datetime) -> int:
    """On the day a module that counts for a year runs out: tell the mentor, and whoever listens for
    `no_longer_ready`.

    Out of the pool they are already, for that is derived. Each lapse is told once, however late the run.
    """

    def tell(mentor: Any) -> bool:
        claim = Mentor.objects.filter(pk=mentor.pk, training_lapse_told_on=mentor.training_lapse_told_on)
        if not claim.update(training_lapse_told_on=mentor.lapsed_on):
            return False
        Entry.objects.record(mentor, "training lapsed", at=at, on=mentor.lapsed_on.isoformat())
        emails.training_lapsed(mentor, on=mentor.lapsed_on, at=at)
        no_longer_ready.send(sender=Mentor, mentor=mentor, why="training", at=at)
        return True

    return _each(_lapsed_training(at).iterator(), tell)


def end_pauses(*, at: datetime) -> int:
    """Tell mentors whose pause is over that we look again, once; in the pool they are since midnight."""
    on = timezone.localdate(at)
    over = Mentor.objects.filter(paused_until__lte=on).select_related("user")

    def end(mentor: Mentor) -> bool:
        until = mentor.paused_until
        assert until is not None  # noqa: S101  the query asked for it
        if not Mentor.objects.filter(pk=mentor.pk, paused_until=until).update(paused_until=None):
            return False
        Entry.objects.record(mentor, "pause ended by itself", at=at, until=until.isoformat())
        if mentor.status == Mentor.Status.APPROVED and mentor.user.is_active:
            emails.pause_over(mentor, until=until)
        return True

    return _each(over.iterator(), end)
