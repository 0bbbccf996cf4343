"""What young people tell us is written in numbers by the same step that saves it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError

from mentees import actions
from mentees.models import Mentee, Profile, Request
from mentees.rules import Answers
from partners.models import Experience, HelpTopic, Language, Sector
from tests import factories
from tests.mentees.asking import fill_in, send, words
from tests.packing import kept, of_mentee

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def fresh() -> Mentee:
    """The one young person, once their row says what they do."""
    mentee = Mentee.objects.select_related("profile", "required_language").get()
    assert kept(mentee.profile) == of_mentee(mentee)
    assert not Profile.objects.stale().exists()
    return mentee


def answers(**changes: Any) -> Answers:
    return Answers(
        outcode="M14",
        topics=[factories.make_word(HelpTopic, "Interviews").pk],
        sectors=[factories.make_word(Sector, "Law").pk],
        languages=[factories.make_word(Language, "English").pk],
        experiences=[factories.make_word(Experience, "Moved to the UK").pk],
        free_slots=5,
        **{"way": "either", "travel_minutes": 45, "mentor_gender": "woman", **changes},
    )


def test_it_begins_with_asking(client: Any) -> None:
    with time_machine.travel(NOW, tick=False):
        words()
        factories.make_programme()
        fill_in(client)
        send(client)
    profile = fresh().profile
    assert (profile.slots, profile.ways, profile.travel, profile.born_on) == (0b100100, 3, 90, 20100503)


def test_it_follows_every_change() -> None:
    factories.make_outcode()
    mentee = factories.make_mentee()
    school = factories.make_organisation(kind="school")
    for changes in ({}, {"way": "online"}, {"mentor_gender": "man"}, {"organisation": school.pk}):
        actions.change_answers(mentee, answers=answers(**changes), by=mentee.user, at=NOW)
        fresh()
    assert fresh().profile.organisation == school.pk


def test_it_follows_a_referral_and_its_completion() -> None:
    coordinator = factories.make_coordinator()
    programme = factories.make_programme()
    factories.make_outcode()
    topic = factories.make_word(HelpTopic, "Interviews")
    actions.refer(
        by=coordinator.user,
        first_name="Zadie",
        last_name="Person",
        born_on=date(2007, 2, 28),
        email="zadie@people.example",
        outcode="M14",
        programme=programme,
        topics=[topic],
        at=NOW,
    )
    profile = fresh().profile
    assert (profile.topics, profile.easting, profile.born_on) == (2**topic.bit, 3850, 20070228)
    request = actions.confirm(Request.objects.get(), at=NOW)
    actions.finish(request, answers=answers(), by=request.mentee.user, at=NOW)
    assert fresh().profile.required_gender == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"way": "online"},
        {"way": "in_person", "travel_minutes": 15},
        {"outcode": ""},
        {"outcode": "ZZ9"},
        {"mentor_gender": "man"},
        {"born_on": date(2008, 2, 29)},
        {"born_on": date(2001, 12, 31)},
    ],
    ids=str,
)
def test_it_is_the_same_as_by_hand(facts: dict[str, Any]) -> None:
    factories.make_mentee(**facts)
    fresh()


@pytest.mark.parametrize("bit", [0, 1, 30])
def test_it_knows_the_language_that_is_required(bit: int) -> None:
    mentee = factories.make_mentee(languages=())
    mentee.required_language = Language.objects.create(name="Welsh", bit=bit)
    mentee.save()
    assert Profile.objects.stale().exists()
    Profile.objects.repack(pk=mentee.pk)
    assert fresh().profile.required_language == 2**bit


def test_it_refuses_a_number_that_is_too_wide() -> None:
    factories.make_mentee()
    with pytest.raises(IntegrityError, match="mentee_profile_fits"):
        Profile.objects.update(topics=2**24)
