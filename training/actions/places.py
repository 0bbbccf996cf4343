"""A person's side of workshops: book, wait, be given a place, give it back.

Whoever changes who sits where locks the session's row first, so that two people never get one place; the
numbers of places, unique in the database, hold it once more.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from audit.models import Entry
from audit.transitions import NotAllowed, move
from notifications.links import LinkBroken, read
from training import workshop_emails as emails
from training import workshop_rules as rules
from training.models import Booking, Workshop, WorkshopSession

Status = Booking.Status
ONE_AT_A_TIME = (
    "You have booked another session of this workshop. Give that one back first, then choose this one."
)


def lock(pk: int) -> WorkshopSession:
    """The session, locked, as it is now."""
    WorkshopSession.objects.select_for_update().get(pk=pk)
    return WorkshopSession.objects.select_related("workshop").get(pk=pk)


def free_slot(session: WorkshopSession) -> int | None:
    """The number of a place that nobody has. Only under the session's lock."""
    taken = Booking.objects.filter(session=session, slot__isnull=False).values_list("slot", flat=True)
    return rules.free_slot({slot for slot in taken if slot}, session.places)


def next_session(workshop: int, *, at: datetime) -> WorkshopSession | None:
    """The next session of this workshop with a free place."""
    coming = WorkshopSession.objects.coming(at).filter(workshop=workshop)
    return coming.with_room().select_related("workshop").first()


@transaction.atomic
def book(session: WorkshopSession, *, by: Any, at: datetime) -> Booking:
    """Take a place in a session, or a turn on its waiting list when there is none; a letter says which.

    Twice is once. Raises NotAllowed with a sentence when the session has begun, was called off or is not for
    them, when they hold another booking of this workshop, and when they took part in it already.
    """
    row = lock(session.pk)
    held = Booking.objects.filter(session=row, user=by).first()
    if held and held.status == Status.BOOKED:
        return held
    _check_open(row, by, at)
    mine = Booking.objects.of(by).filter(workshop=row.workshop_id)
    if mine.attended().exists():
        raise NotAllowed("You have taken part in this workshop already.")
    if mine.open().exclude(session=row).exists():
        raise NotAllowed(ONE_AT_A_TIME)
    promote(row, at=at)
    if held:
        held.refresh_from_db()
        if held.status == Status.BOOKED:
            return held
    slot = free_slot(row)
    to = Status.WAITING if slot is None else Status.BOOKED
    if held and held.status == to:
        return held
    booking = _write(row, held, to, slot, by=by, at=at)
    if to == Status.BOOKED:
        emails.booked(booking, at=at)
    else:
        emails.waiting(booking, position=booking.position(), at=at)
    return booking


def _check_open(row: WorkshopSession, user: Any, at: datetime) -> None:
    if row.status == WorkshopSession.Status.CANCELLED:
        raise NotAllowed("This session was called off. Please choose another one.")
    if row.starts_at <= at:
        raise NotAllowed("This session has begun, so it can’t be booked any more.")
    if not Workshop.objects.visible_to(user).filter(pk=row.workshop_id).exists():
        raise NotAllowed("This workshop is not open to you. Ask us if you think it should be.")


def _write(
    row: WorkshopSession, held: Booking | None, to: str, slot: int | None, *, by: Any, at: datetime
) -> Booking:
    facts: dict[str, Any] = {"slot": slot, "changed_at": at}
    if to == Status.WAITING:
        facts["waiting_since"] = at
    try:
        with transaction.atomic():
            if held:
                move(held, to, by=by, at=at, sequence=held.sequence + 1, **facts)
                booking = held
            else:
                booking = Booking.objects.create(
                    session=row, workshop_id=row.workshop_id, user=by, status=to, **facts
                )
                Entry.objects.record(booking, to, by=by, at=at)
    except IntegrityError as error:  # they booked two sessions at the same moment: the other one won
        raise NotAllowed(ONE_AT_A_TIME) from error
    booking.session = row
    return booking


@transaction.atomic
def give_back(booking: Booking, *, by: Any, at: datetime) -> Booking:
    """Give a place, or a turn on the waiting list, back; the first who waits gets it. Twice is once.

    Raises NotAllowed when the session has begun.
    """
    row = lock(booking.session_id)
    mine = Booking.objects.select_related("user").get(pk=booking.pk, user=by)
    mine.session = row
    if mine.status == Status.CANCELLED:
        return mine
    if row.starts_at <= at or not mine.is_open:
        raise NotAllowed("This session has begun, so the place can’t be given back any more.")
    had_place = mine.has_place
    move(mine, Status.CANCELLED, by=by, at=at, slot=None, changed_at=at, sequence=mine.sequence + 1)
    if had_place:
        promote(row, at=at)
    return mine


def find_place(token: str, *, at: datetime) -> Booking:
    """The booking that a link from a letter opens. Raises LinkBroken or LinkExpired (both answer 404)."""
    pk, version = read(token, emails.GIVE_BACK, at=at)
    booking = Booking.objects.select_related("user", "session__workshop").filter(pk=pk).first()
    # One change later it still opens, to say that the place has been given back.
    given_back = booking is not None and booking.status == Status.CANCELLED
    if booking is None or booking.sequence - (1 if given_back else 0) != version:
        raise LinkBroken("This link is not the newest one.")
    return booking


def promote(row: WorkshopSession, *, at: datetime) -> int:
    """Give free places to those who wait, the first one first, and tell them; how many.

    Under the session's lock. Not in the last two hours, when they would not hear of it in time: a place
    that comes free then is for whoever takes it. Accounts that are closed, and people whom the workshop is
    not for any more, are passed over.
    """
    if not row.is_planned or rules.is_last_call(row.starts_at, at):
        return 0
    given = 0
    slot = free_slot(row)
    if slot is None:
        return 0
    for booking in Booking.objects.in_line().filter(session=row, user__is_active=True).select_related("user"):
        if slot is None:
            break
        if not Workshop.objects.visible_to(booking.user).filter(pk=row.workshop_id).exists():
            continue
        sequence = booking.sequence + 1
        move(booking, Status.BOOKED, at=at, slot=slot, changed_at=at, sequence=sequence)
        booking.session = row
        emails.promoted(booking, at=at)
        given += 1
        slot = free_slot(row)
    return given


# --- By itself -----------------------------------------------------------------------------------


def remind_workshops(*, at: datetime) -> int:
    """Write to everybody with a place in a session of tomorrow, once; how many were due."""
    ahead = Booking.objects.filter(
        status=Status.BOOKED,
        user__is_active=True,
        session__status=WorkshopSession.Status.PLANNED,
        session__starts_at__gt=at,
        session__starts_at__lt=at + timedelta(days=3),
    )
    due = 0
    for booking in ahead.select_related("user", "session__workshop").order_by("pk"):
        told_at = max(booking.changed_at, booking.session.changed_at)
        if rules.is_worth_reminding(booking.session.starts_at, told_at, at):
            with transaction.atomic():
                emails.soon(booking, at=at)
            due += 1
    return due


def close_waiting_lists(*, at: datetime) -> int:
    """Tell those who still wait for a session that has begun, and name the next one; how many."""
    begun = Booking.objects.in_line().filter(session__starts_at__lte=at, session__status="planned")
    closed = 0
    for pk in list(begun.values_list("session", flat=True).distinct().order_by("session")):
        with transaction.atomic():
            row = lock(pk)
            next_one = next_session(row.workshop_id, at=at)
            for booking in Booking.objects.in_line().filter(session=row).select_related("user"):
                sequence = booking.sequence + 1
                move(booking, Status.NO_PLACE, at=at, changed_at=at, sequence=sequence)
                booking.session = row
                emails.no_place(booking, next_one=next_one, at=at)
                closed += 1
    return closed


@transaction.atomic
def forget_bookings(user: Any, *, at: datetime) -> None:
    """Erase what this person booked; a place that was still theirs goes to the first who waits."""
    for pk in sorted(Booking.objects.of(user).values_list("session", flat=True)):
        row = lock(pk)
        Booking.objects.of(user).filter(session=row).delete()
        promote(row, at=at)
