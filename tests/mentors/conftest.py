"""What the tests of mentors share."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from mentors import emails
from mentors.models import Mentor, Reference
from notifications.links import sign
from tests import factories

MONTH = timedelta(days=30)


@pytest.fixture
def at() -> Any:
    return timezone.now()


def name_two(mentor: Mentor, status: str = "named", **fields: Any) -> list[Reference]:
    return [
        Reference.objects.create(
            mentor=mentor,
            status=status,
            name=f"{name} Pike",
            email=f"{name.lower()}-{mentor.pk}@people.example",
            knows_as="manager",
            years_known=6,
            **fields,
        )
        for name in ("Joan", "Mark")
    ]


@pytest.fixture
def applicant(programme: Any) -> Mentor:
    """Everything filled in, two referees named, the application not sent."""
    mentor = factories.make_mentor("Amara", programme=programme)
    name_two(mentor)
    return mentor


@pytest.fixture
def applied(applicant: Mentor, at: Any) -> Mentor:
    from mentors import actions

    actions.send_application(applicant, by=applicant.user, at=at)
    applicant.refresh_from_db()
    return applicant


@pytest.fixture
def staff(programme: Any) -> Any:
    return factories.make_staff("Dele", programmes=[programme])


@pytest.fixture
def second(programme: Any) -> Any:
    return factories.make_staff("Mina", programmes=[programme])


@pytest.fixture
def elsewhere(programme: Any) -> Any:
    other = factories.make_programme("Cardiff 2026", place="Cardiff")
    return factories.make_staff("Elin", programmes=[other])


def link(reference: Reference, **kwargs: Any) -> str:
    return sign(emails.REFERENCE_LINK, reference.pk, reference.link_version, days=30, **kwargs)


ANSWERS: dict[str, Any] = {
    "knows_well": "I was her manager for six years.",
    "words": "Reliable and kind.",
    "is_suitable": True,
    "has_worries": False,
}
DBS: dict[str, Any] = {
    "level": 3,
    "workforce": "child",
    "barred_list_reason": "Alone with under-18s once a week or more",
    "certificate_number": "001234567890",
}


def check_all(mentor: Mentor, *, by: Any, at: Any) -> None:
    from mentors import actions

    for reference in mentor.references.filter(status="asked"):
        actions.give_reference(link(reference), answers=ANSWERS, at=at)
    actions.record_check(mentor, "identity", by=by, at=at)
    actions.record_check(mentor, "references", by=by, at=at)
    issued = timezone.localdate(at) - MONTH
    actions.record_check(mentor, "dbs", by=by, at=at, issued_on=issued, **DBS)
