"""What mentors tell us is written in numbers by the same step that saves it."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections

from mentors import actions
from mentors.models import Check, Mentor, Profile
from partners.models import Experience, HelpTopic, Language, Sector
from tests import factories
from tests.packing import kept, of_mentor


def fresh(pk: int) -> Mentor:
    """The mentor, once their row says what they do and no other mentor's is stale."""
    mentor = Mentor.objects.select_related("profile").get(pk=pk)
    assert kept(mentor.profile) == of_mentor(mentor)
    assert not Profile.objects.stale().exists()
    return mentor


def test_it_begins_with_signing_up(programme: Any, at: Any) -> None:
    user = actions.sign_up(
        email="amara@people.example",
        first_name="Amara",
        last_name="Okafor",
        programme=programme,
        years=9,
        has_degree=True,
        is_adult=True,
        at=at,
    )
    assert user is not None
    assert fresh(user.mentor.pk).profile.capacity == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"way": ""},
        {"way": "online", "travel_minutes": 60},
        {"way": "either", "travel_minutes": None},
        {"way": "in_person", "travel_minutes": 32_767},
        {"outcode": ""},
        {"outcode": "ZZ9"},
        {"gender": ""},
        {"gender": "other"},
        {"free_slots": 2**21 - 1},
        {"accepted_ages": 0},
        {"capacity": 3},
    ],
    ids=str,
)
def test_it_is_the_same_as_by_hand(programme: Any, facts: dict[str, Any]) -> None:
    assert kept(factories.make_mentor(**facts).profile) == of_mentor(Mentor.objects.get())


def test_it_has_room_for_every_word(programme: Any) -> None:
    mentor = factories.make_mentor()
    for model, name in (
        (HelpTopic, "topics"),
        (Sector, "sectors"),
        (Language, "languages"),
        (Experience, "experiences"),
    ):
        taken = set(model.objects.values_list("bit", flat=True))
        model.objects.bulk_create(
            model(name=f"{name} {bit}", bit=bit) for bit in range(model.WIDTH) if bit not in taken
        )
        getattr(mentor, name).set(model.objects.all())
    Profile.objects.repack(pk=mentor.pk)
    profile = fresh(mentor.pk).profile
    assert (profile.topics, profile.sectors) == (2**24 - 1, 2**32 - 1)
    assert (profile.languages, profile.experiences) == (2**31 - 1, 2**16 - 1)


@pytest.mark.parametrize(
    ("name", "value"), [("sectors", 2**32), ("slots", 2**21), ("easting", -2), ("ways", 4)]
)
def test_it_refuses_a_number_that_is_too_wide(programme: Any, name: str, value: int) -> None:
    mentor = factories.make_mentor()
    with pytest.raises(IntegrityError, match="mentor_profile_fits"):
        Profile.objects.filter(pk=mentor.pk).update(**{name: value})


def test_it_touches_nobody_else(programme: Any) -> None:
    one, other = factories.make_mentor("One"), factories.make_mentor("Other")
    Mentor.objects.update(free_slots=1)
    Profile.objects.repack(pk=one.pk)
    assert list(Profile.objects.stale()) == [other]


@pytest.mark.parametrize("name", ["slots", "topics", "easting", "employer", "gender"])
def test_it_notices_a_row_that_is_wrong(programme: Any, name: str) -> None:
    mentor = factories.make_mentor()
    right = getattr(mentor.profile, name)
    Profile.objects.update(**{name: right + 1})
    assert list(Profile.objects.stale()) == [mentor]
    Profile.objects.repack(pk=mentor.pk)
    assert getattr(Profile.objects.get(), name) == right


def test_it_notices_a_row_that_is_missing(programme: Any) -> None:
    mentor = factories.make_mentor()
    Profile.objects.all().delete()
    assert list(Profile.objects.stale()) == [mentor]


def test_it_costs_two_queries(programme: Any, django_assert_num_queries: Any) -> None:
    mentor = factories.make_mentor()
    with django_assert_num_queries(2):
        Profile.objects.repack(pk=mentor.pk)


@pytest.mark.parametrize("level", [*Check.Level.values, None])
@pytest.mark.parametrize("workforce", [*Check.Workforce.values, ""])
def test_a_check_counts_the_same_in_sql_and_alone(programme: Any, level: int, workforce: str) -> None:
    Check.objects.create(
        mentor=factories.make_mentor(),
        kind="identity",
        seen_by=factories.make_user("Checker"),
        seen_at="2026-01-01T00:00Z",
        level=level,
        workforce=workforce,
        barred_list_reason="Because",
    )
    assert Check.objects.with_counts().get().counts == Check.counts_for(level, workforce)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_two_sections_saved_at_once_are_both_in_it() -> None:
    mentor = factories.make_mentor()
    topic, sector = factories.make_word(HelpTopic, "Interviews"), factories.make_word(Sector, "Law")
    gate = threading.Barrier(2)

    def save(name: str, word: Any) -> None:
        def section() -> None:
            getattr(mentor, name).set([word])
            gate.wait(timeout=20)  # both have written, neither has ended

        try:
            actions.save_section(mentor, section)
        finally:
            connections.close_all()

    Mentor.objects.get().topics.clear()
    threads = [threading.Thread(target=save, args=pair) for pair in (("topics", topic), ("sectors", sector))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert fresh(mentor.pk).profile.topics == 2**topic.bit
    assert fresh(mentor.pk).profile.sectors == 2**sector.bit
