"""A guardian's permission: asked, reminded, answered, taken back; or seen on paper."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.models import Entry
from audit.transitions import NotAllowed, move
from mentees import emails, rules, signals
from mentees.actions.locks import lock_mentee, lock_request
from mentees.models import Mentee, Permission, Request
from mentees.models.permission import REMINDER_DAYS
from mentees.rules import Guardian
from partners.models import Programme

S = Permission.Status
MOST_ASKED_A_DAY = 3
OWN_ADDRESS = "Use a parent or carer’s e-mail, not the young person’s"


def note_guardian(
    mentee: Mentee, programme: Programme, guardian: Guardian, *, at: datetime, recorded_by: Any = None
) -> Permission:
    """Note whom to ask, in place of anybody noted or asked before. Nobody is written to yet.

    Raises NotAllowed for the young person's own address, or once an adult has said yes.
    """
    if rules.is_same_mailbox(guardian.email, mentee.user.email):
        raise NotAllowed(OWN_ADDRESS)
    for living in Permission.objects.living().filter(mentee=mentee):
        if living.status == S.GIVEN:
            raise NotAllowed(f"{living.guardian_name} has already said yes.")
        move(living, S.EXPIRED, by=recorded_by, at=at, reason="another adult was named")
    return Permission.objects.create(
        mentee=mentee,
        status=S.NOTED,
        guardian_name=guardian.name,
        guardian_email=guardian.email,
        guardian_is=guardian.who,
        asked_at=at,
        expires_on=_last_day(programme, at),
        recorded_by=recorded_by,
    )


def ask_noted(request: Request, *, at: datetime) -> Permission | None:
    """Write to the adult who was noted, now that the young person confirmed; None: nobody is asked."""
    noted = Permission.objects.filter(mentee=request.mentee, status=S.NOTED).first()
    if noted is None or request.wants_a_talk_first or not request.needs_permission(timezone.localdate(at)):
        return None
    move(noted, S.ASKED, at=at, asked_at=at, expires_on=_last_day(request.programme, at))
    emails.permission_request(noted, at=at)
    return noted


@transaction.atomic
def change_guardian(request: Request, guardian: Guardian, *, by: Any, at: datetime) -> Permission:
    """Ask a different adult, or the same one again after a no or no answer.

    Raises NotAllowed for the young person's own address, when an adult has said yes, when nobody needs to
    be asked, or after three askings in one day.
    """
    request = lock_request(request.pk)
    if not request.is_open or not request.needs_permission(timezone.localdate(at)):
        raise NotAllowed("Nobody needs to be asked for this request.")
    recent = Permission.objects.filter(mentee=request.mentee, asked_at__gt=at - timedelta(days=1))
    if recent.exclude(status=S.NOTED).count() >= MOST_ASKED_A_DAY:
        raise NotAllowed("Three people have been asked today. Please try again tomorrow.")
    permission = note_guardian(request.mentee, request.programme, guardian, at=at, recorded_by=by)
    if request.wants_a_talk_first and by == request.mentee.user:
        # They found somebody we may ask: that was what we were to talk about.
        Request.objects.filter(pk=request.pk).update(wants_a_talk_first=False)
        request.wants_a_talk_first = False
        Entry.objects.record(request, "named an adult themselves", by=by, at=at)
    if request.status != Request.Status.UNCONFIRMED:
        ask_noted(request, at=at)
        permission.refresh_from_db()
    return permission


@transaction.atomic
def resend_permission(permission: Permission, *, by: Any, at: datetime) -> None:
    """Send the guardian's link once more, at most once a day. Raises NotAllowed once it is over."""
    lock_mentee(permission.mentee_id)
    permission = Permission.objects.select_related("mentee__user").get(pk=permission.pk)
    if permission.status != S.ASKED or permission.has_expired(timezone.localdate(at)):
        raise NotAllowed("This asking is over. Ask again, or ask a different adult.")
    emails.permission_request(permission, at=at, again=True)
    Entry.objects.record(permission, "sent the link again", by=by, at=at)


@transaction.atomic
def answer_permission(permission: Permission, *, yes: bool, at: datetime) -> None:
    """Write down a guardian's yes or no. The same answer again changes nothing.

    Raises NotAllowed when it was answered otherwise, has run out, or is not needed any more.
    """
    lock_mentee(permission.mentee_id)
    permission = Permission.objects.select_related("mentee__user").get(pk=permission.pk)
    answer = S.GIVEN if yes else S.REFUSED
    if permission.status == answer:
        return
    if permission.status == S.ASKED and permission.has_expired(timezone.localdate(at)):
        raise NotAllowed(
            f"This link has run out. {permission.mentee.name} or our team can send you a new one."
        )
    if not is_needed(permission, at):
        raise NotAllowed(f"{permission.mentee.name} does not need permission any more, so nothing was saved.")
    move(permission, answer, at=at, answered_at=at)
    if yes:
        emails.permission_given(permission)
    else:
        emails.permission_refused(permission)


def withdraw_permission(permission: Permission, *, at: datetime, by: Any = None) -> None:
    """Take a yes back, at any time; whoever is matched is paused in the same moment. Twice is once."""
    with transaction.atomic():
        # No lock on the young person: whoever hears the signal locks mentor, then young person. The move is
        # a conditional update, so of two only one wins.
        permission = Permission.objects.select_related("mentee__user").get(pk=permission.pk)
        if permission.status == S.WITHDRAWN:
            return
        if not may_be_taken_back(permission, at):
            raise NotAllowed(
                f"{permission.mentee.name} does not need permission any more. Talk to them, or to our team."
            )
        move(permission, S.WITHDRAWN, by=by, at=at, answered_at=at)
        signals.permission_withdrawn.send(Permission, permission=permission, mentee=permission.mentee, at=at)
        emails.permission_withdrawn(permission)


@transaction.atomic
def record_paper(
    request: Request,
    guardian: Guardian,
    *,
    seen_on: date,
    by: Any,
    at: datetime,
    came_with_referral: bool = False,
) -> Permission:
    """Write down permission that staff or the coordinator who referred them saw on paper.

    A coordinator's counts once the young person confirmed, or where that partner brought them to us
    (`came_with_referral`) and noted whom to ask. Raises NotAllowed for anybody else, a day in the future or
    before an adult's no, or a yes that is there already.
    """
    request = lock_request(request.pk)
    may = by.is_staff or (
        request.referred is not None and request.referred.organisation.coordinators.filter(user=by).exists()
    )
    if not (may and by.is_active and Request.objects.visible_to(by).filter(pk=request.pk).exists()):
        raise NotAllowed("Only staff and the partner that referred them can record this.")
    if not (by.is_staff or came_with_referral or _is_partners_to_say(request)):
        raise NotAllowed("They have to confirm first. Then you can record permission on paper.")
    if seen_on > timezone.localdate(at):
        raise NotAllowed("The day you saw it must be in the past.")
    if not request.is_open or not request.needs_permission(timezone.localdate(at)):
        raise NotAllowed("Nobody needs to be asked for this request.")
    _refuse_paper_before_a_no(request, seen_on)
    for living in Permission.objects.living().filter(mentee=request.mentee):
        if living.status == S.GIVEN:
            raise NotAllowed(f"{living.guardian_name} has already said yes.")
        move(living, S.EXPIRED, by=by, at=at, reason="recorded on paper instead")
    permission = Permission.objects.create(
        mentee=request.mentee,
        status=S.GIVEN,
        how=Permission.How.PAPER,
        guardian_name=guardian.name,
        guardian_email=guardian.email,
        guardian_is=guardian.who,
        asked_at=at,
        answered_at=at,
        expires_on=timezone.localdate(at),
        recorded_by=by,
        seen_on=seen_on,
    )
    Entry.objects.record(permission, "recorded on paper", by=by, at=at)
    if request.confirmed_at:
        emails.permission_given(permission)
    return permission


def remind_guardians(*, at: datetime) -> int:
    """Remind those who have not answered by day 5 and by day 10. Once each, however often called."""
    on = timezone.localdate(at)
    told = 0
    for permission in Permission.objects.to_remind(at).select_related("mentee__user").iterator():
        days = (on - timezone.localdate(permission.asked_at)).days
        # After days without a timetable only the latest reminder still makes sense.
        due = max((day for day in REMINDER_DAYS if day <= days), default=None)
        if due is None or not is_needed(permission, at):
            continue
        with transaction.atomic():
            emails.permission_reminder(permission, day=due, at=at)
        told += 1
    return told


def expire_permissions(*, at: datetime) -> int:
    """Close every asking whose days are over, and tell the young person what they can do."""
    closed = 0
    for permission in Permission.objects.overdue(at).select_related("mentee__user"):
        try:
            with transaction.atomic():
                move(permission, S.EXPIRED, at=at)
                if is_needed(permission, at):
                    emails.permission_expired(permission)
        except NotAllowed:
            continue  # answered in this very moment
        closed += 1
    return closed


def is_needed(permission: Permission, at: datetime) -> bool:
    """Whether any open request of theirs still needs an adult's yes; at the birthday that ends by itself."""
    on = timezone.localdate(at)
    age = permission.mentee.age(on)
    limits = Request.objects.open().filter(mentee=permission.mentee_id)
    return any(
        rules.needs_permission(age, under)
        for under in limits.values_list("programme__permission_under", flat=True)
    )


def may_be_taken_back(permission: Permission, at: datetime) -> bool:
    """Under age, whether or not they ask for anything today: a yes that stays would count the next time."""
    age = permission.mentee.age(timezone.localdate(at))
    limits = Request.objects.filter(mentee=permission.mentee_id)
    return any(
        rules.needs_permission(age, under)
        for under in limits.values_list("programme__permission_under", flat=True)
    )


def _is_partners_to_say(request: Request) -> bool:
    """Whether the young person told us that this partner knows them, or all we have is what it wrote."""
    if request.has_spoken:
        return True
    living = list(Permission.objects.living().filter(mentee=request.mentee))
    return bool(living) and all(request.was_written_by_its_partner(permission) for permission in living)


def _refuse_paper_before_a_no(request: Request, seen_on: date) -> None:
    no = Permission.objects.filter(mentee=request.mentee, status__in=(S.REFUSED, S.WITHDRAWN))
    last = no.order_by("-answered_at").first()
    said_on = timezone.localdate(last.answered_at) if last and last.answered_at else None
    if said_on and seen_on < said_on:
        raise NotAllowed(
            f"An adult said no on {said_on.day} {said_on:%B}, after this paper. Talk to them, and ask again."
        )


def _last_day(programme: Programme, at: datetime) -> date:
    return timezone.localdate(at) + timedelta(days=programme.permission_days)
