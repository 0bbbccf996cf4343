"""Nudges and reminders: each once, however often or late the run."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Entry
from mentors import actions, rules, tasks
from mentors.models import Check, Mentor, Reference
from mentors.signals import no_longer_ready
from notifications import gates
from notifications.models import Letter
from tests import factories
from tests.mentors.conftest import ANSWERS, link

DAY = timedelta(days=1)


def letters(kind):
    return Letter.objects.filter(kind=f"mentors/{kind}").count()


@pytest.mark.parametrize(
    ("left", "told", "due"),
    [
        (91, None, None),
        (90, None, 90),
        (89, 90, None),
        (60, 90, 60),
        (5, None, 7),
        (5, 7, None),
        (0, None, None),
        (-1, 7, None),
    ],
)
def test_only_the_nearest_reminder_is_due(left, told, due):
    assert rules.reminder_before(left, told) == due


def test_a_year_of_days_tells_of_a_check_once_at_each_mark(programme, at):
    mentor = factories.make_ready_mentor(programme=programme, at=at)
    ends = timezone.localdate(at) + timedelta(days=200)
    mentor.checks.filter(kind="dbs").update(expires_on=ends)
    told = {}
    for n in range(365):
        for _ in range(2):
            actions.tell_of_lapsed_checks(at=at + n * DAY)
            actions.warn_of_expiring_checks(at=at + n * DAY)
        for kind in ("check_expiring", "check_lapsed"):
            if letters(kind) > told.get(kind, 0):
                told[kind] = letters(kind)
                told.setdefault("days", []).append(200 - n)
    assert told["days"] == [90, 60, 30, 7, 0]
    assert (told["check_expiring"], told["check_lapsed"]) == (4, 1)


def test_days_without_a_run_lose_nothing_and_double_nothing(programme, at):
    mentor = factories.make_ready_mentor(programme=programme, at=at)
    mentor.checks.filter(kind="dbs").update(expires_on=timezone.localdate(at) + timedelta(days=61))
    actions.warn_of_expiring_checks(at=at)
    actions.warn_of_expiring_checks(at=at + 3 * DAY)
    assert letters("check_expiring") == 2
    actions.warn_of_expiring_checks(at=at + 58 * DAY)
    assert letters("check_expiring") == 3, "the mark of 30 days passed unseen and is not made up for"


def test_a_lapse_is_told_to_whoever_listens_in_the_same_step(programme, at):
    mentor = factories.make_ready_mentor(programme=programme, at=at)
    mentor.checks.filter(kind="dbs").update(expires_on=timezone.localdate(at))
    heard = []

    def listen(sender, mentor, why, **_):
        heard.append((mentor, why))

    no_longer_ready.connect(listen)
    try:
        assert actions.tell_of_lapsed_checks(at=at) == 1
        assert actions.tell_of_lapsed_checks(at=at + 9 * DAY) == 0
    finally:
        no_longer_ready.disconnect(listen)
    assert heard == [(mentor, "dbs")]
    assert Entry.objects.about(mentor).filter(verb="DBS check lapsed").count() == 1


def test_a_listener_that_fails_is_tried_again_and_holds_nobody_up(programme, at):
    first = factories.make_ready_mentor("One", programme=programme, at=at)
    other = factories.make_ready_mentor("Two", programme=programme, at=at)
    Check.objects.filter(kind="dbs").update(expires_on=timezone.localdate(at))

    def fail(sender, mentor, **_):
        if mentor == first:
            raise RuntimeError("not now")

    no_longer_ready.connect(fail)
    try:
        assert actions.tell_of_lapsed_checks(at=at) == 1
    finally:
        no_longer_ready.disconnect(fail)
    assert Letter.objects.get(kind="mentors/check_lapsed").to_user == other.user
    assert actions.tell_of_lapsed_checks(at=at) == 1


def test_a_newer_check_ends_the_reminders(programme, at):
    mentor = factories.make_ready_mentor(programme=programme, at=at)
    old = mentor.checks.get(kind="dbs")
    Check.objects.filter(pk=old.pk).update(expires_on=timezone.localdate(at) + timedelta(days=20))
    old.pk, old.certificate_number, old.seen_at = None, "99", at + DAY
    old.save()
    assert actions.warn_of_expiring_checks(at=at + DAY) == 0


def test_the_unfinished_are_nudged_on_day_7_and_14(programme, at):
    mentor = factories.make_mentor(programme=programme, at=at, motivation="")
    counts = []
    for n in range(40):
        actions.nudge_unfinished(at=at + n * DAY)
        actions.nudge_unfinished(at=at + n * DAY)
        counts.append(letters("task_list_nudge"))
    assert counts[6:8] == [0, 1]
    assert counts[13:15] == [1, 2]
    assert counts[-1] == 2
    assert mentor.user.first_name in Letter.objects.first().text


def test_nobody_is_nudged_who_applied_or_has_not_confirmed_or_left(programme, at):
    Mentor.objects.filter(pk=factories.make_mentor("Done", programme=programme, at=at).pk).update(
        applied_at=at
    )
    factories.make_mentor("New", programme=programme, at=at, user=factories.make_user("New", verified=False))
    closed = factories.make_mentor("Gone", programme=programme, at=at)
    closed.user.is_active = False
    closed.user.save()
    assert actions.nudge_unfinished(at=at + 8 * DAY) == 0


def test_referees_are_reminded_on_day_5_and_10(applied, at):
    given = applied.references.last()
    actions.give_reference(link(given), answers=ANSWERS, at=at)
    counts = []
    for n in range(25):
        actions.remind_referees(at=at + n * DAY)
        actions.remind_referees(at=at + n * DAY)
        counts.append(letters("reference_reminder"))
    assert counts[4:6] == [0, 1]
    assert counts[9:11] == [1, 2]
    assert counts[-1] == 2


def test_a_reminders_link_still_works(client, applied, at):
    actions.remind_referees(at=at + 5 * DAY)
    letter = Letter.objects.filter(kind="mentors/reference_reminder").first()
    path = letter.text[letter.text.index("/mentors/reference/") :].split()[0]
    assert client.get(path).status_code == 200


def test_letters_are_asked_again_when_they_leave(applied, at):
    reference = applied.references.first()
    about = f"mentors.reference:{reference.pk}"
    assert gates.reason_to_stay("mentors/reference_reminder", about, at) == ""
    Reference.objects.filter(pk=reference.pk).update(status="replaced")
    assert gates.reason_to_stay("mentors/reference_reminder", about, at)
    assert gates.reason_to_stay("mentors/task_list_nudge", f"mentors.mentor:{applied.pk}", at)


def test_the_tasks_run(applied):
    tasks.nudge()
    tasks.remind_referees()
    tasks.watch_checks()


def test_a_quiet_night_costs_four_queries(programme, at, django_assert_max_num_queries):
    for name in ("One", "Two", "Three"):
        factories.make_ready_mentor(name, programme=programme, at=at)
    with django_assert_max_num_queries(4):
        actions.nudge_unfinished(at=at)
        actions.remind_referees(at=at)
        actions.tell_of_lapsed_checks(at=at)
        actions.warn_of_expiring_checks(at=at)
