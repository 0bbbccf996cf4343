"""The workshop: sessions that mentors took part in, and dates to choose from."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from mentors.models import Mentor
from onemm.demo.stage import Stage
from training import actions as training
from training.models import Booking, Workshop, WorkshopSession
from users.models import User

STEPS = 1
EVERY = 7  # days between two sessions
CALL = "https://calls.example/first-steps"
LIBRARY = {
    "way": "room",
    "area": "City centre",
    "address": "Room 2, Sampleton Library, 1 Placeholder Street, M2 0AA",
    "good_to_know": "The side door has no steps. Tea is on us.",
}


def write(stage: Stage) -> Workshop:
    """The one workshop that Manchester asks its mentors for."""
    return Workshop.objects.create(
        slug="first-steps",
        title="First steps together",
        summary="Two hours to practise a first meeting, good questions, and what to do if you worry.",
        is_published=True,
    )


def take_part(stage: Stage, mentor: Mentor, *, days: int) -> None:
    """They came to the session of the week after they signed up, so many days ago."""
    ago = -(-max(days - 13, 1) // EVERY) * EVERY
    session = _evening(stage, ago)
    user = mentor.user
    booking = stage.do(training.book, session, by=user, at=stage.ago(ago + 1, 20))
    stage.do(
        training.mark_attendance,
        session,
        {booking.pk: True},
        by=stage.people["staff2"],
        at=stage.ago(ago - 1, 9),
    )


def _evening(stage: Stage, ago: int, **facts: Any) -> WorkshopSession:
    """The video call of that evening, planned six weeks ahead; days to come are counted with a minus."""
    start = stage.evening(-ago)
    facts = {"places": 20, "way": "online", "join_url": CALL, **facts}
    session: WorkshopSession = stage.do(
        training.plan_session,
        stage.programmes["workshop"],
        by=stage.people["staff2"],
        at=stage.ago(ago + 42, 9),
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        **facts,
    )
    return session


def open_dates(stage: Stage) -> None:
    """Dates to come: one with places, one full with people waiting, one called off; and one to be marked."""
    stage.told("workshops")
    waiting = [m.user for m in _without(stage)]
    yesterday = _evening(stage, 2, places=6)
    small = _evening(stage, -6, places=2, **LIBRARY)
    _evening(stage, -11)
    _evening(stage, -25, **LIBRARY)
    off = _evening(stage, -18)
    people = iter(waiting)
    for session, count in ((yesterday, 3), (small, 4), (off, 1)):
        for n in range(count):
            user: User | None = next(people, None)
            if user is not None:
                stage.do(training.book, session, by=user, at=stage.ago(4, 12 + n))
    stage.do(
        training.cancel_session,
        off,
        by=stage.people["staff"],
        at=stage.ago(1, 15),
        why="The trainer has a new date for you soon.",
    )
    missed = Booking.objects.filter(session=yesterday).order_by("pk").last()
    if missed is not None:
        marks = {missed.pk: False}
        stage.do(training.mark_attendance, yesterday, marks, by=stage.people["staff"], at=stage.ago(1, 10))


def _without(stage: Stage) -> list[Mentor]:
    """Manchester's mentors on the way who have not been to a workshop, but for the one who shows booking."""
    came = Booking.objects.attended().values("user")
    here = Mentor.objects.filter(programmes=stage.programmes["Manchester"], status=Mentor.Status.APPLYING)
    return list(
        here.filter(user__emailaddress__verified=True)
        .exclude(user__in=came)
        .exclude(user__email__startswith="new-mentor@")
        .order_by("pk")
        .select_related("user")
    )
