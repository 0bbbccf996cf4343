"""What workshops say. A letter holds the day, the part of town and a link; never the address or the call."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse

from notifications.links import absolute, sign
from notifications.post import post
from training import workshop_rules as rules
from training.models import Booking, WorkshopSession
from users.clock import LONDON

GIVE_BACK = "training.workshop_place"
DAYS = 370  # a session is at most a year ahead; its start ends the link before that


def give_back_token(booking: Booking, *, at: datetime | None = None) -> str:
    """The signed link that gives this place back; it works until the booking changes."""
    return sign(GIVE_BACK, booking.pk, booking.sequence, days=DAYS, at=at)


def _about(
    booking: Booking, event: str, *, at: datetime, mark: Any, due_on: date | None = None, **context: Any
) -> None:
    session = booking.session
    post(
        booking.user,
        f"training/workshop_{event}",
        key=f"training/workshop_{event}:{booking.pk}:{booking.user_id}:{mark}",
        about=f"training.booking:{booking.pk}",
        due_on=due_on,
        posted_at=at,
        workshop=session.workshop.title,
        starts_at=session.starts_at.astimezone(LONDON),
        ends_at=session.ends_at.astimezone(LONDON),
        where=session.where,
        **{"link": absolute(session.get_absolute_url()), **context},
    )


def booked(booking: Booking, *, at: datetime) -> None:
    _about(booking, "booked", at=at, mark=booking.sequence)


def waiting(booking: Booking, *, position: int, at: datetime) -> None:
    _about(booking, "waiting", at=at, mark=booking.sequence, position=position)


def promoted(booking: Booking, *, at: datetime) -> None:
    back = absolute(reverse("training:workshop_place", args=[give_back_token(booking, at=at)]))
    _about(booking, "promoted", at=at, mark=booking.sequence, give_back=back)


def changed(booking: Booking, *, at: datetime) -> None:
    is_waiting = booking.status == Booking.Status.WAITING
    _about(booking, "changed", at=at, mark=f"session-{booking.session.sequence}", is_waiting=is_waiting)


def cancelled(booking: Booking, *, why: str, at: datetime) -> None:
    _about(booking, "cancelled", at=at, mark=booking.sequence, why=why, link=_choose())


def soon(booking: Booking, *, at: datetime) -> None:
    day = rules.day_before(booking.session.starts_at)
    _about(booking, "soon", at=at, mark=day.isoformat(), due_on=day)


def missed(booking: Booking, *, next_one: WorkshopSession | None, at: datetime) -> None:
    _about(booking, "missed", at=at, mark="once", **_next(next_one))


def no_place(booking: Booking, *, next_one: WorkshopSession | None, at: datetime) -> None:
    _about(booking, "no_place", at=at, mark=booking.sequence, **_next(next_one))


def _choose() -> str:
    return absolute(reverse("training:workshops"))


def _next(session: WorkshopSession | None) -> dict[str, Any]:
    if session is None:
        return {"link": _choose(), "next_at": None}
    return {
        "link": absolute(session.get_absolute_url()),
        "next_at": session.starts_at.astimezone(LONDON),
        "next_where": session.where,
    }
