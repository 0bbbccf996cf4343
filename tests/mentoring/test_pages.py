"""Every page of a pair, by everybody: what shows, what never does, and how many queries it takes."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from mentoring import actions
from mentoring.models import Goal, Meeting, MeetingLog, Message
from tests import factories
from tests.mentoring.conftest import log, plan, status

CANARIES = {
    "last_name": "Zzsurname",
    "email": "canary-mentee@people.example",
    "school": "Canary High School",
    "born": "27 March 2009",
}


@pytest.fixture(autouse=True)
def _the_day(pair):
    with time_machine.travel(pair.now, tick=False):
        yield


@pytest.fixture
def marked(pair):
    """A young person every private field of whom could be found again."""
    mentee = pair.match.mentee
    mentee.school_name = CANARIES["school"]
    mentee.save()
    mentee.user.last_name, mentee.user.email = CANARIES["last_name"], CANARIES["email"]
    mentee.user.save()
    return pair


def as_(client, user):
    client.force_login(user)
    return client


def pages(pair):
    meeting = plan(pair)
    goal = actions.add_goal(pair.match, by=pair.mentee, at=pair.now, words="Apply for three apprenticeships")
    actions.add_step(goal, by=pair.mentor, at=pair.now, words="Draft my CV")
    log(pair)
    held = actions.send_message(
        pair.match, by=pair.mentor, at=pair.now, words="Ring me, it’s 07700 900123", form_key=uuid.uuid4()
    )
    actions.send_message(
        pair.match, by=pair.mentee, at=pair.now, words="See you there", form_key=uuid.uuid4()
    )
    pk = pair.match.pk
    return {
        "relationship": reverse("mentoring:relationship", args=[pk]),
        "plan": reverse("mentoring:plan_meeting", args=[pk]),
        "log": reverse("mentoring:log_meeting", args=[pk]) + f"?meeting={meeting.pk}",
        "move": reverse("mentoring:move_meeting", args=[pk, meeting.pk]),
        "cancel": reverse("mentoring:cancel_meeting", args=[pk, meeting.pk]),
        "calendar": reverse("mentoring:calendar", args=[pk, meeting.pk]),
        "goal": reverse("mentoring:add_goal", args=[pk]),
        "step": reverse("mentoring:add_step", args=[pk, goal.pk]),
        "edit": reverse("mentoring:edit_message", args=[pk, held.pk]),
    }


def test_both_sides_open_every_page(pair, client):
    for name, url in pages(pair).items():
        assert as_(client, pair.mentor).get(url).status_code == 200, name
        expected = 404 if name == "edit" else 200  # the held message is the mentor's
        assert as_(client, pair.mentee).get(url).status_code == expected, name


def test_nobody_else_finds_any_of_them(pair, client):
    urls = pages(pair)
    other_mentor = factories.make_ready_mentor("Other").user
    other_staff = factories.make_staff("Elsewhere", programmes=[factories.make_programme("Leeds 2026")])
    for person in (pair.stranger, other_mentor, pair.coordinator.user, other_staff, pair.lead):
        for name, url in urls.items():
            assert as_(client, person).get(url).status_code in {404, 302}, (person, name)
            if not person.is_staff:
                assert client.get(url).status_code == 404, (person, name)
                assert client.get(url.replace(f"/{pair.match.pk}/", "/999999/", 1)).status_code == 404
    client.logout()
    for url in urls.values():
        assert "/accounts/login" in client.get(url)["Location"]


@pytest.mark.parametrize("ends", ["closed", "withdrawn"])
def test_it_closes_with_the_match(pair, client, ends):
    url = pages(pair)["relationship"]
    status(pair.match, ends)
    assert as_(client, pair.mentor).get(url).status_code == 404
    assert as_(client, pair.mentee).get(url).status_code == 404


def test_a_mentor_never_sees_what_is_the_young_persons_own(marked, client):
    urls = pages(marked)
    as_(client, marked.mentor)
    for url in [*urls.values(), reverse("mentoring:home")]:
        html = client.get(url).content.decode()
        for what, canary in CANARIES.items():
            assert canary not in html, (what, url)
    # The control: the name they may see is there.
    assert "Kayden" in client.get(urls["relationship"]).content.decode()


def test_the_offer_shows_first_name_ages_area_and_topics_only(marked, client):
    match = marked.match
    status(match, "offered_to_mentor")
    match.mentee.goals = "CANARYGOAL"
    match.mentee.save()
    html = as_(client, marked.mentor).get(reverse("mentoring:offer", args=[match.pk])).content.decode()
    for shown in ("Kayden", "Age 16 or 17", "Manchester", "Interviews", "Yes, I’d like to meet Kayden"):
        assert shown in html, shown
    for canary in [*CANARIES.values(), "M14", "CANARYGOAL"]:
        assert canary not in html, canary
    assert as_(client, marked.mentee).get(reverse("mentoring:offer", args=[match.pk])).status_code == 404


def test_staff_words_and_held_words_stay_where_they_belong(pair, client):
    log(pair, staff_words="ONLYSTAFF", shared_words="We swapped numbers: 07700 900123")
    url = reverse("mentoring:relationship", args=[pair.match.pk])
    theirs = as_(client, pair.mentee).get(url).content.decode()
    assert "ONLYSTAFF" not in theirs
    assert "900123" not in theirs
    mine = as_(client, pair.mentor).get(url).content.decode()
    assert "900123" in mine
    assert "Our team looks at this" in mine


def test_a_held_message_shows_to_its_writer_only(pair, client):
    url = pages(pair)["relationship"]
    mine = as_(client, pair.mentor).get(url).content.decode()
    assert "Held." in mine
    assert "a phone number" in mine
    assert "900123" not in as_(client, pair.mentee).get(url).content.decode()


def test_the_page_costs_the_same_however_long_the_story(pair, client, django_assert_max_num_queries):
    url = pages(pair)["relationship"]
    as_(client, pair.mentor).get(url)

    def count():
        with django_assert_max_num_queries(15) as found:
            assert client.get(url).status_code == 200
        return len(found)

    before = count()
    for n in range(5, 25):
        log(pair, days=-n)
        actions.send_message(
            pair.match, by=pair.mentee, at=pair.now, words=f"Hello {n}", form_key=uuid.uuid4()
        )
    actions.add_goal(pair.match, by=pair.mentee, at=pair.now, words="Another")
    assert count() == before


def test_get_changes_nothing(pair, client):
    urls = pages(pair)

    def state():
        return [list(model.objects.order_by("pk").values()) for model in (Meeting, MeetingLog, Message, Goal)]

    before = state()
    for person in (pair.mentor, pair.mentee):
        for url in urls.values():
            as_(client, person).get(url)
    assert state() == before


def day_of(moment):
    return {"on_0": moment.day, "on_1": moment.month, "on_2": moment.year, "clock": "6:30pm"}


def test_it_plans_by_the_form_and_twice_is_once(pair, client):
    url = reverse("mentoring:plan_meeting", args=[pair.match.pk])
    answers = {**day_of(pair.now + timedelta(days=6)), "minutes": 60, "way": "online", "topic": "Interviews"}
    as_(client, pair.mentor)
    for _ in range(2):
        assert client.post(url, answers).status_code == 302
    meeting = Meeting.objects.get()
    assert meeting.starts_at.isoformat() == "2026-11-24T18:30:00+00:00"


def test_the_form_says_what_to_change_and_keeps_the_answers(pair, client):
    url = reverse("mentoring:plan_meeting", args=[pair.match.pk])
    page = as_(client, pair.mentor).post(
        url,
        {
            **day_of(pair.now + timedelta(days=6)),
            "clock": "half six",
            "minutes": 60,
            "way": "in_person",
            "topic": "KEPT",
        },
    )
    html = page.content.decode()
    assert page.status_code == 200
    assert "Enter a time, like 6pm or 18:30" in html
    assert "Say where you’ll meet" in html
    assert "KEPT" in html


def test_it_logs_by_the_form_and_twice_is_once(pair, client):
    url = reverse("mentoring:log_meeting", args=[pair.match.pk])
    answers = {
        **day_of(pair.now - timedelta(days=2)),
        "outcome": "held",
        "minutes": 60,
        "shared_words": "Practised.",
    }
    as_(client, pair.mentee)
    for _ in range(2):
        assert client.post(url, answers).status_code == 302
    assert MeetingLog.objects.get().by == pair.mentee


def test_the_log_says_what_to_change(pair, client):
    url = reverse("mentoring:log_meeting", args=[pair.match.pk])
    answers = {**day_of(pair.now + timedelta(days=2)), "outcome": "held"}
    html = as_(client, pair.mentee).post(url, answers).content.decode()
    assert "This time is still to come" in html
    assert "Say how long you met" in html


def test_it_writes_by_the_form_and_twice_is_once(pair, client):
    url = reverse("mentoring:send_message", args=[pair.match.pk])
    answers = {"words": "See you on Tuesday", "form_key": str(uuid.uuid4())}
    as_(client, pair.mentor)
    for _ in range(2):
        assert client.post(url, answers).status_code == 302
    assert Message.objects.get().status == "delivered"
    assert client.get(url).status_code == 405


@pytest.mark.parametrize("words", ["", "\u200b\u200b", "x" * 2001])
def test_a_message_needs_something_and_not_too_much(pair, client, words):
    url = reverse("mentoring:send_message", args=[pair.match.pk])
    page = as_(client, pair.mentor).post(url, {"words": words, "form_key": str(uuid.uuid4())})
    assert page.status_code == 200
    assert ("Write something first" if len(words) < 9 else "2,000 characters") in page.content.decode()
    assert not Message.objects.exists()


def test_it_changes_and_takes_back_a_held_message(pair, client):
    url = pages(pair)["edit"]
    as_(client, pair.mentor)
    held = Message.objects.held().get()
    assert client.post(url, {"words": "Ask me on Tuesday", "form_key": str(uuid.uuid4())}).status_code == 302
    held.refresh_from_db()
    assert held.status == "taken_back"
    again = actions.send_message(
        pair.match,
        by=pair.mentor,
        at=pair.now,
        words="Mail me at amara@bridge.example.org",
        form_key=uuid.uuid4(),
    )
    back = reverse("mentoring:take_back", args=[pair.match.pk, again.pk])
    assert client.get(back).status_code == 405
    for _ in range(2):
        assert client.post(back).status_code == 302
    assert Message.objects.get(pk=again.pk).status == "taken_back"


def test_steps_and_goals_are_done_by_post_only(pair, client):
    pages(pair)
    goal = Goal.objects.get()
    step = goal.steps.get()
    as_(client, pair.mentee)
    for name, row in (("finish_step", step), ("finish_goal", goal)):
        url = reverse(f"mentoring:{name}", args=[pair.match.pk, row.pk])
        assert client.get(url).status_code == 405
        assert client.post(url).status_code == 302
        row.refresh_from_db()
        assert row.done_at


def test_the_calendar_follows_a_change(pair, client):
    urls = pages(pair)
    first = as_(client, pair.mentee).get(urls["calendar"]).content.decode()
    meeting = Meeting.objects.planned().get()
    actions.move_meeting(
        meeting,
        by=pair.mentor,
        at=pair.now,
        starts_at=meeting.starts_at + timedelta(days=1),
        minutes=60,
        way="online",
    )
    second = client.get(urls["calendar"]).content.decode()

    def line(text, name):
        return next(row for row in text.splitlines() if row.startswith(name))

    assert line(first, "UID") == line(second, "UID")
    assert (line(first, "SEQUENCE"), line(second, "SEQUENCE")) == ("SEQUENCE:0", "SEQUENCE:1")
    assert "DTSTART;TZID=Europe/London:20261121T170000" in first
    assert "BEGIN:VTIMEZONE" in first
    actions.cancel_meeting(meeting, by=pair.mentor, at=pair.now)
    assert "STATUS:CANCELLED" in client.get(urls["calendar"]).content.decode()


CONTACTS = "Add me on snapchat dana_99 or ring 07700 900123"


@pytest.mark.parametrize("name", ["motivation", "job_title"])
@pytest.mark.parametrize("to", ["offered_to_mentee", "active"])
def test_a_mentors_profile_brings_no_contact_details_to_a_young_person(pair, client, name, to):
    mentor = pair.match.mentor
    setattr(mentor, name, CONTACTS)
    mentor.save()
    status(pair.match, to)
    urls = [reverse("mentoring:home")]
    urls += [reverse("mentoring:offer", args=[pair.match.pk])] if to != "active" else []
    for url in urls:
        html = as_(client, pair.mentee).get(url).content.decode()
        assert mentor.name in html
        assert "900123" not in html
        assert "dana_99" not in html


@pytest.mark.parametrize("name", ["goals", "good_to_know"])
def test_a_young_persons_answers_bring_no_contact_details_to_a_mentor(pair, client, name):
    mentee = pair.match.mentee
    mentee.goals = "Get an apprenticeship. I was bullied at school."
    mentee.save()
    urls = [reverse("mentoring:home"), reverse("mentoring:relationship", args=[pair.match.pk])]
    for url in urls:
        assert "I was bullied" in as_(client, pair.mentor).get(url).content.decode()
    setattr(mentee, name, CONTACTS)
    mentee.save()
    for url in urls:
        assert "900123" not in as_(client, pair.mentor).get(url).content.decode()
