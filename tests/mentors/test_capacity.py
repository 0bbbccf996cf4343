"""A programme gives fewer places: never fewer than are taken, and from then on nobody offers more."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from audit.models import Entry
from mentors.models import Mentor, Profile
from partners.models import Programme
from tests import factories
from tests.signing_in import sign_in

NOT_TYPED = {"id", "organisations", "optional_courses"}


@pytest.fixture
def mentor(programme: Any) -> Mentor:
    return factories.make_ready_mentor(programme=programme, capacity=3)


def matched(mentor: Mentor, programme: Any, *statuses: str) -> None:
    for slot, status in enumerate(statuses, 1):
        mentee = factories.make_mentee(f"Young{slot}-{programme.pk}")
        request = factories.make_request(mentee, programme=programme)
        factories.make_match(mentor, request, status=status, slot=slot)


@pytest.fixture
def lower(client: Any, programme: Any, staff: Any) -> Any:
    """Save the programme's page with so many places."""
    sign_in(client, staff)

    def save(most: int) -> Any:
        row = Programme.objects.values().get(pk=programme.pk)
        typed = {k.removesuffix("_id"): "" if v is None else v for k, v in row.items() if k not in NOT_TYPED}
        typed |= {"weights": "{}", "is_open": "on", "max_capacity": most}
        return client.post(reverse("admin:partners_programme_change", args=[programme.pk]), typed)

    return save


@pytest.mark.parametrize(
    "statuses", [("active", "paused"), ("active", "offered_to_mentor"), ("approved",) * 2]
)
def test_it_is_refused_while_somebody_has_more(
    mentor: Any, programme: Any, lower: Any, statuses: Any
) -> None:
    matched(mentor, programme, *statuses)
    page = lower(1)
    assert page.status_code == 200
    assert "1 mentor has more matches than 1, open or on offer; end one of each first." in page.text
    programme.refresh_from_db()
    assert programme.max_capacity == 3
    assert Mentor.objects.get().capacity == 3
    assert lower(2).status_code == 302


def test_what_mentors_offer_comes_down_with_it(mentor: Any, programme: Any, lower: Any, staff: Any) -> None:
    """Else the night would go on giving them three. What matching reads comes down in the same moment."""
    modest = factories.make_mentor("Bola", programme=programme, capacity=1)
    assert lower(2).status_code == 302
    assert {m.pk: m.capacity for m in Mentor.objects.all()} == {mentor.pk: 2, modest.pk: 1}
    assert Profile.objects.get(pk=mentor.pk).capacity == 2
    done = Entry.objects.about(programme).filter(by=staff)
    assert done.get(verb="lowered what mentors offer").facts == {"mentors": 1}
    assert done.get(verb="lowered places").facts == {"most": 2}
    assert lower(3).status_code == 302
    assert Mentor.objects.get(pk=mentor.pk).capacity == 2, "only they themselves offer more again"


def test_what_another_programme_gives_still_holds(mentor: Any, programme: Any, lower: Any) -> None:
    """Places count over all programmes of a mentor; the most generous says how many."""
    other = factories.make_programme("Cardiff 2026", place="Cardiff", max_capacity=2)
    mentor.programmes.add(other)
    matched(mentor, other, "active", "active")
    assert lower(1).status_code == 302, "two are in Cardiff, which gives two"
    assert Mentor.objects.get().capacity == 2


def test_all_of_them_together_may_be_too_many(mentor: Any, programme: Any, lower: Any) -> None:
    other = factories.make_programme("Cardiff 2026", place="Cardiff", max_capacity=1)
    mentor.programmes.add(other)
    matched(mentor, programme, "active")
    request = factories.make_request(factories.make_mentee("Zadie"), programme=other)
    factories.make_match(mentor, request, slot=2)
    assert "1 mentor has more matches than 1" in lower(1).text
    assert Mentor.objects.get().capacity == 3


def test_matches_that_are_over_take_no_place(mentor: Any, programme: Any, lower: Any) -> None:
    matched(mentor, programme, "active", "withdrawn", "lapsed")
    assert lower(1).status_code == 302
