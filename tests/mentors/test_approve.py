"""Approval by a second person; declining, suspending, returning."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from audit.models import Entry
from audit.transitions import NotAllowed
from mentors import actions, rules
from mentors.models import Disclosure, Mentor
from mentors.signals import no_longer_ready
from notifications.models import Letter
from tests import factories
from tests.mentors.conftest import check_all
from tests.signing_in import sign_in


@pytest.fixture
def checked(applied, staff, at):
    check_all(applied, by=staff, at=at)
    return applied


def address(mentor, name="approve"):
    return reverse(f"admin:mentors_{name}", args=[mentor.pk])


def letters(kind):
    return Letter.objects.filter(kind=f"mentors/{kind}").count()


def test_a_second_person_makes_a_mentor_ready(checked, second, at):
    assert Mentor.objects.all().to_approve(at).get() == checked
    actions.approve(checked, by=second, at=at)
    checked.refresh_from_db()
    assert (checked.status, checked.approved_by, checked.approved_at) == ("approved", second, at)
    assert Mentor.objects.ready(at).get() == checked
    assert letters("approved") == 1


def test_whoever_did_a_check_is_refused(checked, staff, at):
    with pytest.raises(NotAllowed, match="a second person has to approve"):
        actions.approve(checked, by=staff, at=at)


def test_one_check_of_three_is_enough_to_refuse(checked, second, at):
    checked.checks.filter(kind="identity").update(seen_by=second)
    with pytest.raises(NotAllowed, match="a second person has to approve"):
        actions.approve(checked, by=second, at=at)


def test_a_check_recorded_after_the_page_was_opened_counts(checked, second, at):
    stale = Mentor.objects.get(pk=checked.pk)
    actions.record_check(checked, "identity", by=second, at=at)
    with pytest.raises(NotAllowed, match="a second person"):
        actions.approve(stale, by=second, at=at)


def test_nobody_approves_themselves(checked, programme, at):
    checked.user.is_staff = True
    checked.user.save()
    with pytest.raises(NotAllowed, match="Somebody else"):
        actions.approve(checked, by=checked.user, at=at)


def test_staff_of_elsewhere_are_refused(checked, elsewhere, at):
    with pytest.raises(NotAllowed, match="staff of this mentor"):
        actions.approve(checked, by=elsewhere, at=at)


@pytest.mark.parametrize("kind", ["identity", "references", "dbs"])
def test_it_names_the_check_that_is_missing(checked, second, at, kind):
    checked.checks.filter(kind=kind).delete()
    with pytest.raises(NotAllowed, match="Changed since you opened it: we have to"):
        actions.approve(checked, by=second, at=at)
    checked.refresh_from_db()
    assert checked.status == "applying"
    assert not letters("approved")


def test_twice_is_once(checked, second, at):
    actions.approve(checked, by=second, at=at)
    with pytest.raises(NotAllowed, match="already"):
        actions.approve(checked, by=second, at=at)
    assert letters("approved") == 1
    assert Entry.objects.about(checked).filter(verb="moved to approved").count() == 1


def test_the_page_decides_on_post_only(client, checked, second):
    sign_in(client, second)
    assert client.get(address(checked)).status_code == 200
    checked.refresh_from_db()
    assert checked.status == "applying"
    assert "Tick the box" in client.post(address(checked), {}).text
    assert client.post(address(checked), {"sure": "on"}).status_code == 302
    checked.refresh_from_db()
    assert checked.status == "approved"


def test_the_page_gives_the_first_person_no_button(client, checked, staff):
    sign_in(client, staff)
    page = client.get(address(checked))
    assert "A second person has to approve" in page.text
    assert 'name="sure"' not in page.text
    assert "a second person has to approve" in client.post(address(checked), {"sure": "on"}).text.lower()
    checked.refresh_from_db()
    assert checked.status == "applying"


def test_the_disclosure_is_read_there_and_each_look_is_written_down(client, checked, second):
    Disclosure.objects.filter(mentor=checked).update(has_something=True, words="A caution in 2011.")
    sign_in(client, second)
    looks = Entry.objects.about(checked).filter(verb="read the disclosure", by=second)
    assert "A caution in 2011." in client.get(address(checked)).text
    client.get(address(checked))
    assert looks.count() == 2
    record = client.get(reverse("admin:mentors_mentor_change", args=[checked.pk]))
    assert "A caution in 2011." not in record.text


def test_nobody_else_reads_the_disclosure(checked, elsewhere, at):
    for who in (elsewhere, factories.make_user("Nobody"), checked.user):
        with pytest.raises(NotAllowed) if not who.is_staff else _nothing():
            found = actions.read_disclosure(checked, by=who, at=at)
            assert found is None
    assert not Entry.objects.filter(verb="read the disclosure").exists()


class _nothing:
    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False


def test_declining_writes_our_words_to_them(client, checked, second):
    sign_in(client, second)
    form = {"reason": "fit", "words": "We think another way of helping suits you better."}
    assert client.get(address(checked, "decline")).status_code == 200
    assert "Choose a reason" in client.post(address(checked, "decline"), {"words": "x"}).text
    assert client.post(address(checked, "decline"), form).status_code == 302
    assert client.post(address(checked, "decline"), form).status_code == 200
    checked.refresh_from_db()
    assert checked.status == "declined"
    letter = Letter.objects.get(kind="mentors/declined")
    assert form["words"] in letter.text
    assert form["words"] not in str(list(Entry.objects.values("facts")))


def test_suspending_takes_them_out_at_once_and_tells_upstairs(checked, second, at):
    actions.approve(checked, by=second, at=at)
    heard = []

    def listen(sender, mentor, why, **_):
        heard.append(why)

    no_longer_ready.connect(listen)
    try:
        actions.suspend(checked, by=second, reason="conduct", at=at)
    finally:
        no_longer_ready.disconnect(listen)
    assert heard == ["suspended"]
    assert not Mentor.objects.ready(at).exists()


def test_a_suspended_mentor_returns_by_hand(client, checked, staff, second, at):
    actions.approve(checked, by=second, at=at)
    sign_in(client, second)
    assert client.post(address(checked, "suspend"), {"reason": "conduct"}).status_code == 302
    with pytest.raises(NotAllowed, match="second person"):
        actions.restore(checked, by=staff, reason="cleared", at=at)
    assert client.post(address(checked, "return"), {}).status_code == 200
    assert client.post(address(checked, "return"), {"reason": "cleared"}).status_code == 302
    assert Mentor.objects.ready(at).get() == checked


def test_something_new_about_the_past_suspends(checked, second, at):
    actions.approve(checked, by=second, at=at)
    actions.disclose(checked, has_something=True, words="Arrested.", by=checked.user, at=at)
    checked.refresh_from_db()
    assert checked.status == "suspended"


def test_suspending_somebody_who_is_not_approved_is_refused(checked, second, at):
    with pytest.raises(NotAllowed, match="cannot become"):
        actions.suspend(checked, by=second, reason="conduct", at=at)


def test_what_they_tell_us_meanwhile_is_read_before_they_are_approved(client, checked, second, at):
    sign_in(client, second)
    stale = re.search(r'name="told_at" value="([^"]+)"', client.get(address(checked)).text)[1]
    actions.disclose(checked, has_something=True, words="A caution in 2011.", by=checked.user, at=at)
    page = client.post(address(checked), {"sure": "on", "told_at": stale})
    checked.refresh_from_db()
    assert checked.status == "applying"
    assert "Changed since you opened it" in page.text
    assert "A caution in 2011." in page.text
    fresh = re.search(r'name="told_at" value="([^"]+)"', page.text)[1]
    assert client.post(address(checked), {"sure": "on", "told_at": fresh}).status_code == 302
    checked.refresh_from_db()
    assert checked.status == "approved"


def test_a_reference_that_is_replaced_takes_an_approved_mentor_out(programme, second, at):
    mentor = factories.make_ready_mentor(programme=programme, at=at)
    match = factories.make_match(mentor, factories.make_request(programme=programme))
    other = rules.Referee("Joan Pike", "joan@people.example", "manager", 6)
    actions.replace_referee(mentor.references.first(), other, by=second, at=at)
    match.refresh_from_db()
    assert match.status == "paused"
