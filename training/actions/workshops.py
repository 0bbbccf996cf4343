"""The staff's side of workshops: plan a session, change it, call it off, say who came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from audit.models import Entry
from audit.transitions import NotAllowed, move
from training import workshop_emails as emails
from training import workshop_rules as rules
from training.actions.places import free_slot, lock, next_session, promote
from training.models import Booking, Workshop, WorkshopSession

Status = Booking.Status
TOLD_OF = ("starts_at", "ends_at", "way", "area", "address", "join_url", "good_to_know")
STALE = "This session changed since you opened it. Nothing was saved. Please look again."


@transaction.atomic
def plan_session(
    workshop: Workshop,
    *,
    by: Any,
    at: datetime,
    starts_at: datetime,
    ends_at: datetime,
    places: int,
    way: str,
    area: str = "",
    address: str = "",
    join_url: str = "",
    good_to_know: str = "",
) -> WorkshopSession:
    """Plan a session; the same time at the same place twice is planned once.

    Raises NotAllowed with a sentence for times, places or a link that cannot be.
    """
    Workshop.objects.select_for_update().get(pk=workshop.pk)
    facts = _facts(starts_at, ends_at, way, area, address, join_url, good_to_know)
    _check(facts, places, taken=0, at=at)
    where = {name: facts[name] for name in ("starts_at", "address", "join_url")}
    planned = WorkshopSession.objects.filter(workshop=workshop, status="planned", **where).first()
    if planned:
        return planned
    session = WorkshopSession.objects.create(
        workshop=workshop, places=places, planned_by=by, planned_at=at, changed_at=at, **facts
    )
    Entry.objects.record(session, "planned", by=by, at=at)
    return session


@transaction.atomic
def change_session(
    session: WorkshopSession,
    *,
    by: Any,
    at: datetime,
    seen: int,
    starts_at: datetime,
    ends_at: datetime,
    places: int,
    way: str,
    area: str = "",
    address: str = "",
    join_url: str = "",
    good_to_know: str = "",
) -> WorkshopSession:
    """Give a session another time, place or size; tell everybody who booked what they must know.

    `seen` is the `sequence` that the page showed. More places go to those who wait. Raises NotAllowed when
    the session has begun, was called off or changed meanwhile, and as planning does.
    """
    row = lock(session.pk)
    facts = _facts(starts_at, ends_at, way, area, address, join_url, good_to_know)
    changes = {name for name in TOLD_OF if getattr(row, name) != facts[name]}
    if not changes and places == row.places:
        return row
    if row.sequence != seen:
        raise NotAllowed(STALE)
    if not row.is_bookable(at):
        raise NotAllowed("This session has begun or was called off, so it can’t be changed any more.")
    taken = {slot for slot in row.bookings.values_list("slot", flat=True) if slot}
    _check(facts, places, taken=len(taken), at=at)
    clash = WorkshopSession.objects.filter(
        workshop=row.workshop_id,
        status="planned",
        **{name: facts[name] for name in ("starts_at", "address", "join_url")},
    )
    if clash.exclude(pk=row.pk).exists():
        raise NotAllowed("There is another session at that time in the same place already.")
    _fit(row, taken, places)
    for name, value in facts.items():
        setattr(row, name, value)
    row.places = places
    row.sequence += 1
    if changes:
        row.changed_at = at
    row.save(update_fields=[*facts, "places", "sequence", "changed_at"])
    Entry.objects.record(row, "changed", by=by, at=at, what=sorted(changes), places=places)
    if changes:
        for booking in row.bookings.open().select_related("user"):
            booking.session = row
            emails.changed(booking, at=at)
    promote(row, at=at)
    return row


@transaction.atomic
def cancel_session(session: WorkshopSession, *, by: Any, at: datetime, why: str = "") -> WorkshopSession:
    """Call a session off, free everybody and tell them. Twice is once.

    Raises NotAllowed once somebody is marked as having come, or not.
    """
    row = lock(session.pk)
    if row.status == WorkshopSession.Status.CANCELLED:
        return row
    if row.bookings.filter(status__in=(Status.ATTENDED, Status.MISSED)).exists():
        raise NotAllowed("Somebody is marked already, so this session took place.")
    move(
        row,
        WorkshopSession.Status.CANCELLED,
        by=by,
        at=at,
        cancelled_why=why,
        changed_at=at,
        sequence=row.sequence + 1,
    )
    for booking in row.bookings.open().select_related("user").order_by("pk"):
        booking.session = row
        _move(booking, Status.CANCELLED, by=by, at=at, slot=None, reason="session called off")
        emails.cancelled(booking, why=why, at=at)
    return row


@transaction.atomic
def mark_attendance(
    session: WorkshopSession, marks: Mapping[int, bool], *, by: Any, at: datetime
) -> list[Booking]:
    """Write down who came (True) and who did not (False), by the number of their booking.

    Whoever did not come is offered the next session in a letter, once. Marks that say what is known change
    nothing; a wrong one can be set right. Gives the bookings that changed. Raises NotAllowed before the
    session begins, for one's own mark, and when somebody without a place came and none is free.
    """
    row = lock(session.pk)
    if row.status == WorkshopSession.Status.CANCELLED:
        raise NotAllowed("This session was called off, so nobody can be marked.")
    if row.starts_at > at:
        raise NotAllowed("This session has not begun yet. Mark people when it has.")
    bookings = {b.pk: b for b in row.bookings.filter(pk__in=list(marks)).select_related("user")}
    # First who stayed away: somebody who waited may have sat on their chair.
    todo = sorted((came, pk) for pk, came in marks.items() if pk in bookings)
    changed = []
    for came, pk in todo:
        booking = bookings[pk]
        to = Status.ATTENDED if came else Status.MISSED
        if booking.status == to or (not came and booking.status not in (Status.BOOKED, Status.ATTENDED)):
            continue
        if booking.user_id == by.pk:
            raise NotAllowed("You can’t mark yourself. Ask a colleague to do it.")
        slot = booking.slot or free_slot(row) if came else None
        if came and slot is None:
            raise NotAllowed(
                f"All {row.places} places are taken by others, so {booking.user} can’t be marked. "
                "First mark who did not come."
            )
        booking.session = row
        _move(booking, to, by=by, at=at, slot=slot, marked_by=by)
        changed.append(booking)
    missed = [booking for booking in changed if booking.status == Status.MISSED]
    next_one = next_session(row.workshop_id, at=at) if missed else None
    for booking in missed:
        emails.missed(booking, next_one=next_one, at=at)
    return changed


def _move(booking: Booking, to: str, *, by: Any, at: datetime, reason: str = "", **changes: Any) -> None:
    sequence = booking.sequence + 1
    move(booking, to, by=by, at=at, reason=reason, changed_at=at, sequence=sequence, **changes)


def _facts(
    starts_at: datetime,
    ends_at: datetime,
    way: str,
    area: str,
    address: str,
    join_url: str,
    good_to_know: str,
) -> dict[str, Any]:
    """What a session is, without what the other way of holding it would need."""
    is_online = way == WorkshopSession.Way.ONLINE
    return {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "way": way,
        "area": "" if is_online else area,
        "address": "" if is_online else address,
        "join_url": join_url if is_online else "",
        "good_to_know": good_to_know,
    }


def _check(facts: dict[str, Any], places: int, *, taken: int, at: datetime) -> None:
    _, wrong = rules.why_not_these_times(facts["starts_at"], facts["ends_at"], at)
    wrong = wrong or rules.why_not_so_many(places, taken)
    if facts["way"] == WorkshopSession.Way.ONLINE:
        wrong = wrong or rules.why_not_this_link(facts["join_url"])
    elif not facts["address"]:
        wrong = wrong or "Enter the address of the room"
    if wrong:
        raise NotAllowed(f"{wrong}.")


def _fit(row: WorkshopSession, taken: set[int], places: int) -> None:
    """Give who sits on a number that goes away one that stays."""
    for booking in row.bookings.filter(slot__gt=places).order_by("slot"):
        slot = rules.free_slot(taken, places)
        assert slot is not None  # noqa: S101  there are as many places as people, or it was refused
        taken.add(slot)
        Booking.objects.filter(pk=booking.pk).update(slot=slot)
