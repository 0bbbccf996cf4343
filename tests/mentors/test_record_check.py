"""Checks: what staff saw, never a scan, each number once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from audit.transitions import NotAllowed
from mentors import actions
from mentors.models import Check
from mentors.signals import no_longer_ready
from tests import factories
from tests.mentors.conftest import ANSWERS, DBS, link
from tests.signing_in import sign_in


@pytest.fixture
def issued(at):
    return timezone.localdate(at) - timedelta(days=30)


@pytest.fixture
def form(issued):
    return {
        **DBS,
        "issued_on_0": issued.day,
        "issued_on_1": issued.month,
        "issued_on_2": issued.year,
        "seen": "on",
        "is_clear": "True",
    }


def address(mentor, kind="dbs"):
    return reverse("admin:mentors_record_check", args=[mentor.pk, kind])


@pytest.fixture
def desk(client, staff):
    return sign_in(client, staff)


def test_it_keeps_what_was_seen_and_until_when(applied, staff, at):
    check = actions.record_check(applied, "dbs", by=staff, at=at, issued_on=date(2026, 2, 28), **DBS)
    assert check.expires_on == date(2029, 2, 28)
    assert (check.seen_by, check.seen_at) == (staff, at)
    assert Entry.objects.about(applied).filter(verb="recorded dbs check", by=staff).count() == 1
    assert DBS["certificate_number"] not in str(list(Entry.objects.values("facts")))


def test_the_strictest_programme_says_when_to_repeat(applied, staff, at):
    applied.programmes.add(factories.make_programme("Strict", check_months=12))
    check = actions.record_check(applied, "dbs", by=staff, at=at, issued_on=date(2026, 11, 1), **DBS)
    assert check.expires_on == date(2027, 11, 1)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"issued_on": date(2099, 1, 1)}, "in the future"),
        ({"issued_on": date(2019, 1, 1)}, "A new one is needed"),
        ({"issued_on": None}, "Give level"),
        ({"level": None}, "Give level"),
        ({"barred_list_reason": ""}, "Say why the barred list"),
    ],
)
def test_it_refuses(applied, staff, at, issued, change, sentence):
    with pytest.raises(NotAllowed, match=sentence):
        actions.record_check(applied, "dbs", by=staff, at=at, **{**DBS, "issued_on": issued, **change})
    assert not Check.objects.exists()


def test_a_number_is_recorded_once(applied, programme, staff, second, at, issued):
    actions.record_check(applied, "dbs", by=staff, at=at, issued_on=issued, **DBS)
    other = factories.make_mentor("Bola", programme=programme)
    with pytest.raises(NotAllowed, match="already recorded"):
        actions.record_check(other, "dbs", by=second, at=at, issued_on=issued, **DBS)


def test_nobody_records_their_own(applied, at):
    with pytest.raises(NotAllowed, match="Somebody else"):
        actions.record_check(applied, "identity", by=applied.user, at=at)


def test_referees_are_heard_after_they_have_written(applied, staff, at):
    with pytest.raises(NotAllowed, match="have to be in first"):
        actions.record_check(applied, "references", by=staff, at=at)
    for reference in applied.references.all():
        actions.give_reference(link(reference), answers=ANSWERS, at=at)
    assert actions.record_check(applied, "references", by=staff, at=at).is_clear


def test_one_that_is_not_clear_takes_an_approved_mentor_out(programme, second, at):
    mentor = factories.make_ready_mentor(programme=programme, at=at - timedelta(hours=1))
    heard = []

    def listen(sender, why, **_):
        heard.append(why)

    no_longer_ready.connect(listen)
    try:
        actions.record_check(mentor, "identity", by=second, at=at, is_clear=False)
    finally:
        no_longer_ready.disconnect(listen)
    assert heard == ["identity"]
    assert [m.key for m in mentor.readiness(at)] == ["identity"]


def test_the_page_explains_then_records_once(desk, applied, form):
    page = desk.get(address(applied))
    assert page.status_code == 200
    assert "Do not upload the certificate" in page.text
    assert 'type="file"' not in page.text
    assert not Check.objects.exists()
    first, second = desk.post(address(applied), form), desk.post(address(applied), form)
    assert first.status_code == 302
    assert first.url == second.url == reverse("admin:mentors_mentor_change", args=[applied.pk])
    assert Check.objects.count() == 1


@pytest.mark.parametrize("kind", ["identity", "references"])
def test_the_other_checks_have_pages_too(desk, applied, at, kind):
    for reference in applied.references.all():
        actions.give_reference(link(reference), answers=ANSWERS, at=at)
    assert desk.get(address(applied, kind)).status_code == 200
    answers = {"seen": "on", "heard": "on", "is_clear": "True"}
    for _ in range(2):
        assert desk.post(address(applied, kind), answers).status_code == 302
    assert Check.objects.get().kind == kind
    assert desk.post(address(applied, kind), {"is_clear": "True"}).status_code == 200
    assert desk.get(address(applied, "tarot")).status_code == 404


@time_machine.travel("2026-11-21 00:30", tick=False)
def test_today_is_not_the_future(applied, staff):
    now = timezone.now()
    actions.record_check(applied, "dbs", by=staff, at=now, issued_on=timezone.localdate(now), **DBS)


@pytest.mark.parametrize("change", [{"level": 1, "barred_list_reason": ""}, {"workforce": "adult"}])
def test_one_that_covers_less_than_the_last_takes_an_approved_mentor_out(programme, second, at, change):
    mentor = factories.make_ready_mentor(programme=programme, at=at - timedelta(hours=1))
    match = factories.make_match(mentor, factories.make_request(programme=programme))
    issued = timezone.localdate(at) - timedelta(days=3)
    actions.record_check(mentor, "dbs", by=second, at=at, issued_on=issued, **{**DBS, **change})
    match.refresh_from_db()
    assert match.status == "paused"


def test_one_that_covers_as_much_leaves_the_match_alone(programme, second, at):
    mentor = factories.make_ready_mentor(programme=programme, at=at - timedelta(hours=1))
    match = factories.make_match(mentor, factories.make_request(programme=programme))
    issued = timezone.localdate(at) - timedelta(days=3)
    actions.record_check(mentor, "dbs", by=second, at=at, issued_on=issued, **{**DBS, "workforce": "both"})
    match.refresh_from_db()
    assert match.status == "active"


@pytest.mark.parametrize("change", [{"level": 1, "barred_list_reason": ""}, {"workforce": "adult"}])
def test_a_correction_is_not_taken_for_a_double_click(applied, staff, at, issued, change):
    actions.record_check(applied, "dbs", by=staff, at=at, issued_on=issued, **DBS)
    with pytest.raises(NotAllowed, match="already recorded"):
        actions.record_check(applied, "dbs", by=staff, at=at, issued_on=issued, **{**DBS, **change})
