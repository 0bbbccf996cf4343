"""What the tests of workshops share: a workshop, its sessions, mentors who may come, staff who run it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from notifications.models import Letter
from tests import factories
from training import actions
from training.models import Booking, Workshop, WorkshopSession

AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SOON = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)
ONLINE = {"way": "online", "join_url": "https://calls.example/room-canary"}
ROOM = {"way": "room", "area": "City centre", "address": "Room 4, Central Library, M2 5PD"}


def make_workshop(programme: Any = None, slug: str = "first-steps", **fields: Any) -> Workshop:
    fields = {"title": "First steps together", "is_published": True, **fields}
    workshop, _ = Workshop.objects.get_or_create(slug=slug, defaults=fields)
    if programme is not None:
        programme.workshop = workshop
        programme.save()
    return workshop


def make_session(workshop: Workshop, **fields: Any) -> WorkshopSession:
    starts_at = fields.pop("starts_at", SOON)
    fields = {
        "ends_at": starts_at + timedelta(hours=2),
        "places": 2,
        "planned_at": AT,
        "changed_at": AT,
        **(fields if "way" in fields else {**ONLINE, **fields}),
    }
    return WorkshopSession.objects.create(workshop=workshop, starts_at=starts_at, **fields)


def make_guest(programme: Any, first_name: str = "Amara", **fields: Any) -> Any:
    """Somebody for whom the programme's workshop is."""
    return factories.make_mentor(first_name, programme=programme, **fields).user


def book_all(session: WorkshopSession, people: Any, at: datetime = AT) -> list[Booking]:
    return [actions.book(session, by=user, at=at + timedelta(minutes=n)) for n, user in enumerate(people)]


def states(session: WorkshopSession) -> list[tuple[str, int | None]]:
    """Status and number of place of each booking, in the order in which they were made."""
    return list(session.bookings.order_by("pk").values_list("status", "slot"))


def letters(event: str, user: Any = None) -> Any:
    found = Letter.objects.filter(kind=f"training/workshop_{event}")
    return found.filter(to_user=user) if user else found
