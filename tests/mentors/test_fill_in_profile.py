"""The profile: each section saves by itself, in any order, and says what to do about a mistake."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from mentors import actions, rules
from mentors.models import Check, Disclosure, Mentor, Profile
from mentors.views.profile import ROW_FORMS
from partners.models import HelpTopic, Language, Sector
from tests import factories
from tests.mentors.conftest import name_two
from tests.packing import kept, of_mentor
from tests.signing_in import sign_in


@pytest.fixture
def mentor(programme, at):
    """Signed up, and nothing else."""
    factories.make_outcode()
    user = factories.make_user("Amara", last_name="Okafor")
    mentor = Mentor.objects.create(user=user, signed_up_at=at, years_of_work=6)
    mentor.programmes.add(programme)
    return mentor


@pytest.fixture
def own(client, mentor):
    sign_in(client, mentor.user)
    return client


@pytest.fixture
def good(programme):
    topic = factories.make_word(HelpTopic, "Interviews")
    sector = factories.make_word(Sector, "Health and care")
    language = factories.make_word(Language, "English")
    return {
        "about": {"born_on_0": "14", "born_on_1": "5", "born_on_2": "1988", "outcode": "m14"},
        "work": {
            "job_title": "Engineer",
            "employer": "Bridge Works",
            "sectors": [sector.pk],
            "years_of_work": "9",
            "has_degree": "False",
        },
        "help": {"topics": [topic.pk], "languages": [language.pk]},
        "when": {"free_slots": ["2", "5"], "way": "online", "ages": ["4", "8"], "capacity": "1"},
        "conflicts": {"nobody": "on", "relatives": ""},
        "motivation": {"motivation": "I’d like to be the person I needed then."},
        "referees": {
            "referee0-name": "Joan Pike",
            "referee0-email": "joan@people.example",
            "referee0-knows_as": "manager",
            "referee0-years_known": "6",
            "referee1-name": "Mark Ellis",
            "referee1-email": "mark@people.example",
            "referee1-knows_as": "club secretary",
            "referee1-years_known": "4",
        },
        "disclosure": {"has_something": "False"},
        "code": {"agree": "on"},
    }


def address(key):
    return reverse(f"mentors:{key}")


@pytest.mark.parametrize("key", rules.SECTIONS)
def test_each_section_is_done_by_itself(own, mentor, good, at, key):
    done = {t.key for t in mentor.sections(at) if t.is_done}
    assert done == set()
    answer = own.post(address(key), good[key])
    assert answer.status_code == 302, answer.context["form"].errors
    assert {t.key for t in mentor.sections(at) if t.is_done} == {key}
    assert own.get(address(key)).status_code == 200


def test_all_together_it_can_be_sent(own, mentor, good, at):
    for key in reversed(rules.SECTIONS):
        last = own.post(address(key), good[key])
    assert last.url == reverse("mentors:check_answers")
    assert rules.in_the_way_of_sending(mentor.facts(at)) == []
    mentor.refresh_from_db()
    assert (mentor.outcode, mentor.free_slots, mentor.accepted_ages) == ("M14", 0b100100, 12)


@pytest.mark.parametrize("first", rules.SECTIONS)
def test_each_section_writes_the_numbers_with_it(own, mentor, good, first):
    factories.make_organisation("Bridge Works", kind="employer")
    Profile.objects.repack()
    for key in (first, *rules.SECTIONS):
        own.post(address(key), good[key])
        profile = Profile.objects.get(pk=mentor.pk)
        assert kept(profile) == of_mentor(Mentor.objects.get(pk=mentor.pk))
    assert (profile.slots, profile.ways, profile.accepted_ages) == (0b100100, 1, 12)
    assert profile.employer > 0


def test_it_goes_on_to_the_next_section_or_back_later(own, good):
    assert own.post(address("about"), good["about"]).url == address("work")
    assert own.post(address("about"), good["about"] | {"later": "1"}).url == reverse("mentors:profile")
    change = own.post(address("about") + "?change=1", good["about"])
    assert change.url == reverse("mentors:check_answers")


def test_it_shows_what_was_saved(own, good):
    for key in good:
        own.post(address(key), good[key])
    assert 'value="1988"' in own.get(address("about")).text
    assert "Bridge Works" in own.get(address("work")).text
    assert "Joan Pike" in own.get(address("referees")).text
    assert "You have agreed" in own.get(address("code")).text


def test_the_task_list_counts(own, good):
    own.post(address("about"), good["about"])
    text = own.get(reverse("mentors:profile")).text
    assert "1 of 9 done" in text


@time_machine.travel("2026-11-21 12:00", tick=False)
@pytest.mark.parametrize(("year", "ok"), [("2008", True), ("2009", False)])
def test_it_asks_for_18_years(client, mentor, good, year, ok):
    own = sign_in(client, mentor.user)
    born = {"born_on_0": "21", "born_on_1": "11", "born_on_2": year}
    answer = own.post(address("about"), good["about"] | born)
    assert (answer.status_code == 302) is ok
    if not ok:
        assert "You have to be 18 or over to be a mentor" in answer.text


@pytest.mark.parametrize("typed", ["M14", "m14", " M 14 ", "M14 5RQ", "M145RQ", "M14 5"])
def test_it_keeps_the_first_half_of_any_postcode(own, mentor, good, typed):
    assert own.post(address("about"), good["about"] | {"outcode": typed}).status_code == 302
    mentor.refresh_from_db()
    assert mentor.outcode == "M14"


def test_a_birth_date_we_have_checked_stays(own, mentor, good, at, staff):
    own.post(address("about"), good["about"])
    Check.objects.create(mentor=mentor, kind="identity", seen_by=staff, seen_at=at)
    own.post(address("about"), good["about"] | {"born_on_2": "1999"})
    mentor.refresh_from_db()
    assert mentor.born_on == date(1988, 5, 14)


def test_an_employer_we_know_is_linked(own, mentor, good):
    known = factories.make_organisation("Bridge Works", kind="employer")
    own.post(address("work"), good["work"] | {"employer": "bridge works"})
    mentor.refresh_from_db()
    assert mentor.employed_by == known


def test_ties_are_offered_from_the_programme(own, mentor, good, programme):
    school = factories.make_organisation("Hill School", kind="school")
    elsewhere = factories.make_organisation("Far College", kind="college")
    programme.organisations.add(school)
    text = own.get(address("conflicts")).text
    assert "Hill School" in text
    assert elsewhere.name not in text
    assert own.post(address("conflicts"), {"tied_to": [school.pk], "relatives": ""}).status_code == 302
    assert list(mentor.tied_to.all()) == [school]


def test_what_they_tell_of_their_past_is_kept_apart(own, mentor, good):
    own.post(address("disclosure"), {"has_something": "True", "words": "A caution in 2011."})
    assert Disclosure.objects.get(mentor=mentor).words == "A caution in 2011."
    own.post(address("disclosure"), {"has_something": "False", "words": "A caution in 2011."})
    assert Disclosure.objects.get(mentor=mentor).words == ""


def test_strangers_find_nothing(client, mentor):
    sign_in(client, factories.make_user("Nobody"))
    for name in ("profile", "about", "check_answers", "sent", "preview", "references", "checks", "pause"):
        assert client.get(reverse(f"mentors:{name}")).status_code == 404
        assert client.post(reverse("mentors:about"), {}).status_code == 404


def test_who_has_not_signed_in_is_asked_to(client, mentor):
    for name in ("profile", "about", "check_answers", "programmes"):
        assert client.get(reverse(f"mentors:{name}")).status_code == 302


def test_a_get_changes_nothing(own, mentor, at):
    before = Mentor.objects.values().get()
    for key in rules.SECTIONS:
        own.get(address(key))
    assert Mentor.objects.values().get() == before
    assert not Disclosure.objects.exists()


def test_a_closed_application_is_not_edited(own, mentor, good):
    Mentor.objects.update(status="declined")
    assert own.post(address("about"), good["about"]).url == reverse("mentors:profile")
    mentor.refresh_from_db()
    assert mentor.born_on is None


def test_programmes_can_be_added_but_not_left_after_applying(own, mentor, programme, at):
    other = factories.make_programme("Cardiff 2026", place="Cardiff")
    strict = factories.make_programme("London 2026", place="London", years_of_work=20, years_after_degree=20)
    assert own.post(address("programmes"), {"programmes": [other.pk]}).status_code == 302
    assert list(mentor.programmes.all()) == [other]
    assert "asks for 20 years" in own.post(address("programmes"), {"programmes": [strict.pk]}).text
    Mentor.objects.update(applied_at=at)
    own.post(address("programmes"), {"programmes": [programme.pk]})
    assert set(mentor.programmes.all()) == {other, programme}


def test_preview_shows_first_name_only(own, mentor, good):
    own.post(address("about"), good["about"])
    name_two(mentor)
    text = own.get(reverse("mentors:preview")).text
    card = text[text.index("<article") : text.index("</article>")]
    assert "Amara" in card
    for secret in ("Okafor", "1988", "M14", mentor.user.email, "Joan"):
        assert secret not in card


def test_pages_cost_a_fixed_number_of_queries(own, mentor, django_assert_max_num_queries):
    for name in (
        "profile",
        "about",
        "work",
        "help",
        "when",
        "conflicts",
        "referees",
        "check_answers",
        "preview",
    ):
        with django_assert_max_num_queries(15):
            assert own.get(reverse(f"mentors:{name}")).status_code == 200


@pytest.mark.parametrize("key", ["about", "help", "when", "motivation"])
def test_it_never_undoes_what_staff_decided_meanwhile(programme, at, good, key):
    """A section that was read before a suspension and saved after it must leave the suspension alone."""
    mentor = factories.make_ready_mentor("Bola", programme=programme)
    stale = Mentor.objects.get(pk=mentor.pk)
    form = ROW_FORMS[key](good[key], instance=stale, at=at)
    actions.suspend(mentor, by=factories.make_staff(programmes=[programme]), reason="conduct", at=at)
    actions.pause(mentor, 3, by=mentor.user, at=at)
    assert form.is_valid(), form.errors
    form.save()
    mentor.refresh_from_db()
    assert (mentor.status, mentor.paused_until is None) == ("suspended", False)
