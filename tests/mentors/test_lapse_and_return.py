"""Out by itself on the day, back by hand or by the calendar: training, suspension, pauses, places."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from audit.transitions import NotAllowed
from mentors import actions, tasks
from mentors.models import Check, Disclosure, Mentor
from notifications import gates
from notifications.models import Letter
from tests import factories
from tests.signing_in import sign_in
from training import actions as training
from training.models import Course, Module, ModulePass

DAY = timedelta(days=1)


def letters(kind):
    return Letter.objects.filter(kind=f"mentors/{kind}").count()


@pytest.fixture
def mentor(programme, second, at):
    return factories.make_ready_mentor(programme=programme, checked_by=second, at=at - DAY)


@pytest.fixture
def match(mentor, programme):
    return factories.make_match(mentor, factories.make_request(programme=programme))


@pytest.fixture
def passed(mentor, programme, at):
    """A certificate whose safeguarding module lapses in ten days."""
    course = Course.objects.create(slug="start", title="Getting started", is_published=True)
    module = Module.objects.create(course=course, order=1, slug="safe", title="Safe", lapses_after_months=12)
    programme.course = course
    programme.save()
    factories.make_certificate(mentor.user, course)
    today = timezone.localdate(at)
    return ModulePass.objects.create(
        user=mentor.user, module=module, passed_on=today - 355 * DAY, lapses_on=today + 10 * DAY
    )


# --- Training ------------------------------------------------------------------------------------


def test_on_the_day_training_lapses_the_match_is_paused_and_the_mentor_told_once(mentor, match, passed, at):
    for n in (8, 9):
        assert actions.tell_of_lapsed_training(at=at + n * DAY) == 0
    assert Mentor.objects.ready(at + 9 * DAY).exists()
    assert not Mentor.objects.ready(at + 10 * DAY).exists()
    assert [actions.tell_of_lapsed_training(at=at + n * DAY) for n in (10, 10, 11, 200)] == [1, 0, 0, 0]
    match.refresh_from_db()
    assert match.status == "paused"
    assert letters("training_lapsed") == 1
    assert Entry.objects.about(mentor).filter(verb="training lapsed").count() == 1


@pytest.mark.parametrize("what", ["training", "check", "both"])
def test_the_day_brings_one_letter_a_fact_that_says_that_the_match_is_paused(
    mentor, match, passed, programme, at, what
):
    """Not a second one for each match. The young person, who reads of no checks, gets theirs."""
    Mentor.objects.update(capacity=2)
    another = factories.make_request(factories.make_mentee("Zadie"), programme=programme)
    factories.make_match(mentor, another, slot=2)
    day, today = at + 10 * DAY, timezone.localdate(at)
    if what == "check":
        ModulePass.objects.update(lapses_on=today + 90 * DAY)
    if what != "training":
        Check.objects.filter(kind="dbs").update(expires_on=today + 10 * DAY)
    for _ in range(2):
        actions.tell_of_lapsed_checks(at=day)
        actions.tell_of_lapsed_training(at=day)
        training.remind_lapsing(at=day)
    expected = {"training": ["training_lapsed"], "check": ["check_lapsed"]}
    kinds = sorted(Letter.objects.filter(to_user=mentor.user).values_list("kind", flat=True))
    due = expected.get(what, ["check_lapsed", "training_lapsed"])
    assert kinds == [f"mentors/{kind}" for kind in due]
    for words in Letter.objects.filter(to_user=mentor.user).values_list("text", flat=True):
        assert "no meetings" in " ".join(words.split())
    assert Letter.objects.filter(kind="matching/paused").exclude(to_user=mentor.user).count() == 2


def test_the_next_lapse_is_told_again(mentor, passed, at):
    assert actions.tell_of_lapsed_training(at=at + 12 * DAY) == 1
    ModulePass.objects.filter(pk=passed.pk).update(lapses_on=timezone.localdate(at) + 400 * DAY)
    assert actions.tell_of_lapsed_training(at=at + 13 * DAY) == 0
    assert actions.tell_of_lapsed_training(at=at + 400 * DAY) == 1
    assert letters("training_lapsed") == 2


def test_nothing_lapses_for_who_needs_no_such_course(mentor, passed, programme, at):
    programme.course = None
    programme.save()
    assert actions.tell_of_lapsed_training(at=at + 12 * DAY) == 0


@pytest.mark.parametrize("status", ["left", "applying"])
def test_whoever_is_not_in_the_pool_is_not_written_to(mentor, passed, at, status):
    Mentor.objects.update(status=status)
    assert actions.tell_of_lapsed_training(at=at + 12 * DAY) == 0


# --- Suspension ----------------------------------------------------------------------------------


def suspend(mentor, by, at):
    actions.suspend(mentor, by=by, reason="conduct", at=at)


def test_a_return_checks_everything_again(mentor, match, staff, at):
    suspend(mentor, staff, at)
    match.refresh_from_db()
    assert match.status == "paused"
    Check.objects.filter(kind="dbs").update(expires_on=timezone.localdate(at))
    with pytest.raises(NotAllowed, match="DBS"):
        actions.restore(mentor, by=staff, reason="cleared", at=at)
    Check.objects.filter(kind="dbs").update(expires_on=timezone.localdate(at) + 300 * DAY)
    actions.restore(mentor, by=staff, reason="cleared", at=at)
    assert Mentor.objects.ready(at).exists()
    match.refresh_from_db()
    assert match.status == "paused", "each match is started again by a person"


def test_a_return_is_refused_when_the_disclosure_changed_meanwhile(mentor, staff, at):
    suspend(mentor, staff, at)
    Disclosure.objects.update(answered_at=at)
    with pytest.raises(NotAllowed, match="Changed since you opened it"):
        actions.restore(mentor, by=staff, reason="cleared", at=at, told_at=at - DAY)


def test_the_page_of_a_return_shows_everything_to_a_second_person(client, mentor, staff, second, at):
    suspend(mentor, staff, at)
    url = reverse("admin:mentors_return", args=[mentor.pk])
    sign_in(client, staff)
    page = client.get(url).text
    assert "What the mentor told us" in page
    assert "Referee 1" in page
    assert Entry.objects.about(mentor).filter(verb="read the disclosure", by=staff).exists()
    assert client.post(url, {"reason": "cleared"}).status_code == 302
    assert Mentor.objects.get().status == "approved"
    suspend(mentor, staff, at)
    sign_in(client, second)
    page = client.get(url).text
    assert "second person" in page
    assert "What the mentor told us" not in page


# --- Pauses --------------------------------------------------------------------------------------


def test_a_pause_ends_by_itself_with_one_letter(mentor, at):
    actions.pause(mentor, 1, by=mentor.user, at=at)
    until = Mentor.objects.get().paused_until
    days = (until - timezone.localdate(at)).days
    told = [actions.end_pauses(at=at + n * DAY) for n in range(days + 3)]
    assert told == [0] * days + [1, 0, 0]
    assert letters("pause_over") == 1
    assert Mentor.objects.ready(at + days * DAY).exists()
    assert Entry.objects.about(mentor).filter(verb="pause ended by itself").count() == 1


def test_who_ended_it_or_left_meanwhile_gets_no_letter(mentor, at):
    actions.pause(mentor, 1, by=mentor.user, at=at)
    actions.unpause(mentor, by=mentor.user, at=at)
    assert actions.end_pauses(at=at + 60 * DAY) == 0
    actions.pause(mentor, 1, by=mentor.user, at=at)
    Mentor.objects.update(status="suspended")
    tasks.end_pauses()
    actions.end_pauses(at=at + 60 * DAY)
    assert letters("pause_over") == 0
    assert Mentor.objects.get().paused_until is None


def test_the_letter_stays_here_if_they_pause_again_before_it_leaves(mentor, at):
    about = f"mentors.mentor:{mentor.pk}"
    assert gates.reason_to_stay("mentors/pause_over", about, at) == ""
    actions.pause(mentor, 3, by=mentor.user, at=at)
    assert gates.reason_to_stay("mentors/pause_over", about, at)


# --- Places --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statuses", "sentence"),
    [
        (("active", "paused"), "2 matches are active; end one first"),
        (("active", "offered_to_mentor"), "2 matches are active or on offer; end one first"),
    ],
)
def test_places_never_fall_below_the_matches_there_are(client, mentor, programme, statuses, sentence):
    Mentor.objects.update(capacity=3)
    for slot, status in enumerate(statuses, 1):
        mentee = factories.make_mentee(f"Young{slot}")
        request = factories.make_request(mentee, programme=programme)
        factories.make_match(mentor, request, status=status, slot=slot)
    sign_in(client, mentor.user)
    form = {"free_slots": ["2"], "way": "online", "ages": ["1"], "capacity": "1"}
    page = client.post(reverse("mentors:when"), form)
    assert page.status_code == 200
    assert page.text.count(sentence) >= 2, "in the summary and beside the field"
    kept = Mentor.objects.get()
    assert (kept.capacity, kept.way) == (3, "either")
    assert client.post(reverse("mentors:when"), form | {"capacity": "2"}).status_code == 302
    assert Mentor.objects.get().capacity == 2
