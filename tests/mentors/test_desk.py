"""The staff's list and record of mentors: theirs only, at a fixed cost, nothing typed over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit.desk import queues
from mentors import rules
from mentors.admin.mentor import MISSING
from tests import factories
from tests.mentors.conftest import check_all
from tests.signing_in import sign_in

LIST = "admin:mentors_mentor_changelist"
PAGES = ("mentor_change", "approve", "decline", "suspend", "return")


def waiting(user):
    return {queue.label: queue.count for queue in queues(user)}


@pytest.fixture
def desk(client, staff):
    return sign_in(client, staff)


def test_every_missing_thing_has_a_filter():
    assert set(MISSING) == set(rules.FACTS)


def queries_of(client, url):
    with CaptureQueriesContext(connection) as asked:
        page = client.get(url)
    assert page.status_code == 200
    return len(asked), page.text


def test_it_shows_what_is_missing_and_filters_by_it(desk, applicant):
    factories.make_ready_mentor("Ready")
    assert "Amara" in desk.get(reverse(LIST) + "?lacks=dbs").text
    text = desk.get(reverse(LIST) + "?stands=ready").text
    assert "Ready Okafor" in text
    assert "Amara Okafor" not in text
    for query in ("stands=approve", "stands=check", "stands=expiring", "status__exact=applying", "q=Amara"):
        assert desk.get(f"{reverse(LIST)}?{query}").status_code == 200


def test_staff_of_elsewhere_see_nobody_and_find_nothing(client, elsewhere, applied):
    sign_in(client, elsewhere)
    assert "Amara" not in client.get(reverse(LIST)).text
    for name in PAGES:
        url = reverse(f"admin:mentors_{name}", args=[applied.pk])
        assert client.get(url).status_code == 404, name
        assert client.post(url, {"sure": "on"}).status_code == 404, name
    for kind in ("identity", "references", "dbs"):
        assert client.get(reverse("admin:mentors_record_check", args=[applied.pk, kind])).status_code == 404
    reference = applied.references.first()
    for name in ("ask_again", "replace_referee"):
        url = reverse(f"admin:mentors_{name}", args=[applied.pk, reference.pk])
        assert client.post(url).status_code == 404
    missing = client.get(reverse("admin:mentors_mentor_change", args=[99999]))
    assert missing.status_code == 404


def test_mentors_and_strangers_are_kept_out(client, applied):
    for user in (applied.user, factories.make_user("Nobody")):
        sign_in(client, user)
        for name in PAGES:
            assert client.get(reverse(f"admin:mentors_{name}", args=[applied.pk])).status_code != 200


def test_there_is_no_add_no_delete_no_edit(desk, applied):
    for verb in ("add", "delete"):
        args = [] if verb == "add" else [applied.pk]
        assert desk.get(reverse(f"admin:mentors_mentor_{verb}", args=args)).status_code == 403
    desk.post(reverse("admin:mentors_mentor_change", args=[applied.pk]), {"status": "approved"})
    applied.refresh_from_db()
    assert applied.status == "applying"


def test_the_record_holds_everything_at_a_fixed_cost(desk, applied, second, at):
    url = reverse("admin:mentors_mentor_change", args=[applied.pk])
    desk.get(url)
    before, _ = queries_of(desk, url)
    check_all(applied, by=second, at=at)
    after, text = queries_of(desk, url)
    for said in (
        "Amara Okafor",
        applied.code,
        "Joan Pike",
        "Reliable and kind",
        "Civil engineer",
        "Approval",
    ):
        assert said in text
    assert "Record DBS check" in text
    assert before == after


def test_a_referee_can_be_asked_again_or_replaced(desk, applied, at):
    reference = applied.references.first()
    desk.post(reverse("admin:mentors_ask_again", args=[applied.pk, reference.pk]))
    form = {"name": "Tariq Aziz", "email": "t@people.example", "knows_as": "coach", "years_known": "4"}
    url = reverse("admin:mentors_replace_referee", args=[applied.pk, reference.pk])
    assert desk.get(url).status_code == 200
    assert desk.post(url, form).status_code == 302
    reference.refresh_from_db()
    assert reference.status == "replaced"


def test_the_desk_counts_what_waits_for_this_person(applied, staff, second, elsewhere, at):
    assert waiting(staff)["Checks to record"] == 1
    check_all(applied, by=staff, at=at)
    assert waiting(staff)["Checks to record"] == 0
    assert waiting(staff)["Mentors ready for approval"] == 0, "who checked does not approve"
    assert waiting(second)["Mentors ready for approval"] == 1
    assert waiting(elsewhere)["Mentors ready for approval"] == 0
    assert waiting(second)["Checks about to expire"] == 0
    applied.checks.filter(kind="dbs").update(expires_on=timezone.localdate() + timedelta(days=30))
    assert waiting(second)["Checks about to expire"] == 1
