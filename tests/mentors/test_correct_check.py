"""A DBS check copied wrongly is put right by another entry; the slip stays to be read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from audit.transitions import NotAllowed
from mentors import actions
from mentors.models import Check, Mentor
from notifications.models import Letter
from tests import factories
from tests.mentors.conftest import DBS
from tests.signing_in import sign_in

RIGHT = "009876543210"
SWAPPED = "Two digits were swapped"


@pytest.fixture
def issued(at):
    return timezone.localdate(at) - timedelta(days=30)


@pytest.fixture
def slip(applied, staff, at, issued):
    return actions.record_check(applied, "dbs", by=staff, at=at, issued_on=issued, **DBS)


def correct(check, by, at, issued, **changes):
    facts = {**DBS, "certificate_number": RIGHT, "issued_on": issued, **changes}
    return actions.correct_dbs(check, by=by, reason=facts.pop("reason", SWAPPED), at=at, **facts)


def test_another_entry_takes_its_place_and_the_slip_stays(slip, applied, second, at, issued):
    new = correct(slip, second, at + timedelta(minutes=1), issued)
    slip.refresh_from_db()
    assert (slip.certificate_number, slip.withdrawn_at is not None) == (DBS["certificate_number"], True)
    assert (new.certificate_number, new.corrects, new.correction_reason) == (RIGHT, slip, SWAPPED)
    assert new.seen_by == second
    assert Mentor.objects.get().facts(at).dbs
    entry = Entry.objects.about(applied).get(verb="corrected DBS check")
    assert entry.by == second
    assert RIGHT not in str(entry.facts)
    assert DBS["certificate_number"] not in str(entry.facts)


def test_the_same_correction_twice_is_one(slip, second, at, issued):
    later = at + timedelta(minutes=1)
    assert correct(slip, second, later, issued) == correct(slip, second, later, issued)
    assert Check.objects.count() == 2


def test_the_wrong_number_is_free_for_the_person_whose_it_is(slip, programme, second, at, issued):
    correct(slip, second, at + timedelta(minutes=1), issued)
    owner = factories.make_mentor("Bola", programme=programme)
    actions.record_check(owner, "dbs", by=second, at=at, issued_on=issued, **DBS)
    with pytest.raises(IntegrityError), transaction.atomic():
        Check.objects.filter(mentor=owner).update(certificate_number=RIGHT)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [({"reason": " "}, "Say what was wrong"), ({"level": None}, "Give level")],
)
def test_it_refuses_and_leaves_everything_as_it_was(slip, second, at, issued, change, sentence):
    with pytest.raises(NotAllowed, match=sentence):
        correct(slip, second, at, issued, **change)
    slip.refresh_from_db()
    assert slip.withdrawn_at is None
    assert Check.objects.count() == 1


def test_only_the_last_is_corrected_and_only_a_dbs_check(slip, applied, staff, second, at, issued):
    new = correct(slip, second, at + timedelta(minutes=1), issued)
    with pytest.raises(NotAllowed, match="newer check"):
        correct(slip, second, at + timedelta(minutes=2), issued, certificate_number="000000000001")
    identity = actions.record_check(applied, "identity", by=staff, at=at)
    with pytest.raises(NotAllowed, match="Only a DBS check"):
        correct(identity, second, at, issued)
    assert correct(new, second, at + timedelta(minutes=3), issued, certificate_number="000000000002")


def test_a_certificate_that_was_too_old_all_along_takes_them_out_at_once(programme, second, at):
    mentor = factories.make_ready_mentor(programme=programme, at=at - timedelta(hours=1))
    match = factories.make_match(mentor, factories.make_request(programme=programme))
    check = mentor.checks.get(kind="dbs")
    correct(check, second, at, timezone.localdate(at) - timedelta(days=4 * 365))
    match.refresh_from_db()
    assert match.status == "paused"
    assert not Mentor.objects.ready(at).exists()


def test_letters_they_have_had_do_not_come_again(programme, second, at):
    mentor = factories.make_ready_mentor(programme=programme, at=at - timedelta(hours=1))
    check = mentor.checks.get(kind="dbs")
    issued = timezone.localdate(at) - timedelta(days=3 * 365 - 50)
    ends = actions.checks.rules.months_after(issued, 36)
    Check.objects.filter(pk=check.pk).update(issued_on=issued, expires_on=ends)
    assert actions.warn_of_expiring_checks(at=at) == 1
    check.refresh_from_db()
    correct(check, second, at, issued)
    assert actions.warn_of_expiring_checks(at=at) == 0
    assert Letter.objects.filter(kind="mentors/check_expiring").count() == 1


def test_the_page_shows_what_was_copied_and_corrects_it(client, slip, applied, second):
    sign_in(client, second)
    record = reverse("admin:mentors_mentor_change", args=[applied.pk])
    url = reverse("admin:mentors_correct_dbs", args=[applied.pk, slip.pk])
    assert url in client.get(record).text
    page = client.get(url)
    assert DBS["certificate_number"] in page.text
    on = slip.issued_on
    form = {
        **dict(DBS.items()),
        "certificate_number": RIGHT,
        "issued_on_0": on.day,
        "issued_on_1": on.month,
        "issued_on_2": on.year,
        "seen": "on",
        "is_clear": "True",
    }
    assert "Say what was wrong" in client.post(url, form).text
    assert client.post(url, form | {"reason": SWAPPED}).status_code == 302
    after = client.get(record).text
    assert SWAPPED in after
    assert "Corrected" in after
    assert client.get(url).status_code == 404, "what has been corrected is corrected no more"
