"""The lead and the deputy read; for everybody else there is nothing to find, an administrator included."""

import uuid
from datetime import UTC, datetime

import pytest
from django.contrib import admin
from django.urls import reverse

from audit.models import Entry
from audit.transitions import NotAllowed
from notifications.models import Letter
from safeguarding import actions
from safeguarding.models import Concern, Look
from tests import factories
from tests.signing_in import sign_in

NOW = datetime(2026, 11, 18, 14, 2, tzinfo=UTC)


@pytest.fixture
def concern(cast):
    return actions.raise_concern(
        by=cast.mentee.user, at=NOW, form_key=uuid.uuid4(), what_happened="CANARYWORDS", who="CANARYWHO"
    )


def urls(concern):
    return [
        reverse("safeguarding:concerns"),
        *(
            reverse(f"safeguarding:{name}", args=[concern.pk])
            for name in ("concern", "acknowledge", "close", "reopen")
        ),
    ]


@pytest.mark.parametrize("who", ["admin", "staff", "second", "mentor", "mentee", "coordinator", "stranger"])
def test_nobody_else_finds_it(cast, concern, client, who):
    person = getattr(cast, who)
    sign_in(client, getattr(person, "user", person))
    missing = client.get(reverse("safeguarding:concern", args=[999_999]))
    for url in urls(concern):
        for answer in (client.get(url), client.post(url, {"decision": "x"})):
            assert answer.status_code in {404, 405}, url
            assert "CANARY" not in answer.content.decode()
    same = client.get(reverse("safeguarding:concern", args=[concern.pk]))
    assert (missing.status_code, missing.content) == (same.status_code, same.content)
    assert not Look.objects.exists()
    concern.refresh_from_db()
    assert concern.status == "new"


def test_somebody_who_is_not_signed_in_is_asked_to(cast, concern, client):
    for url in urls(concern):
        assert client.get(url).status_code == 302


def test_nothing_is_left_for_an_administrator_to_find(cast, concern, client):
    assert Concern not in admin.site._registry
    assert Look not in admin.site._registry
    actions.acknowledge(concern, by=cast.lead, at=NOW)
    assert Entry.objects.filter(about="safeguarding.concern").exists()  # the control
    assert not Entry.objects.visible_to(cast.admin).filter(about__startswith="safeguarding").exists()
    assert Entry.objects.visible_to(cast.lead).filter(about="safeguarding.concern").exists()
    assert Letter.objects.exists()
    assert not Letter.objects.visible_to(cast.admin).filter(kind__startswith="safeguarding").exists()
    for entry in Entry.objects.all():
        assert "CANARY" not in str(entry.facts)
    sign_in(client, cast.admin)
    for url in (reverse("admin:index"), reverse("admin:audit_entry_changelist")):
        html = client.get(url).content.decode()
        assert "safeguarding.concern" not in html
        assert concern.reference not in html


def test_each_look_is_written_before_the_page_shows(cast, concern, client, monkeypatch):
    sign_in(client, cast.lead)
    page = reverse("safeguarding:concern", args=[concern.pk])
    assert "CANARYWORDS" in client.get(page).content.decode()
    assert Look.objects.get().by == cast.lead
    client.get(page)
    assert Look.objects.count() == 2

    def broken(*args, **kwargs):
        raise RuntimeError("no disk")

    monkeypatch.setattr("safeguarding.models.Look.objects.create", broken)
    with pytest.raises(RuntimeError):
        client.get(page)
    client.raise_request_exception = False
    assert "CANARY" not in client.get(page).content.decode()


def test_the_list_says_nothing_of_what_was_said(cast, concern, client):
    sign_in(client, cast.lead)
    html = client.get(reverse("safeguarding:concerns")).content.decode()
    assert concern.reference in html
    assert "CANARY" not in html
    assert not Look.objects.exists()


def test_a_lead_acknowledges_decides_and_opens_again(cast, concern, client):
    sign_in(client, cast.lead)
    acknowledge, close, reopen = urls(concern)[2:]
    for url in (acknowledge, close, reopen):
        assert client.get(url).status_code == 405
    assert "cannot become" in client.post(close, {"decision": "Spoke to both."}).content.decode()
    for _ in range(2):
        client.post(acknowledge)
    concern.refresh_from_db()
    assert (concern.status, concern.acknowledged_by) == ("acknowledged", cast.lead)
    assert "Write what you decided" in client.post(close, {"decision": " "}).content.decode()
    for _ in range(2):
        client.post(close, {"decision": "Spoke to both. No further step."})
    concern.refresh_from_db()
    assert (concern.status, concern.decision) == ("closed", "Spoke to both. No further step.")
    client.post(reopen)
    client.post(close, {"decision": "Second thoughts."})
    concern.refresh_from_db()
    assert concern.decision == "Spoke to both. No further step.\n\nSecond thoughts."


def test_only_leads_can_act_on_it(cast, concern):
    for verb, more in ((actions.acknowledge, {}), (actions.close, {"decision": "x"}), (actions.reopen, {})):
        with pytest.raises(NotAllowed, match="Only the safeguarding lead"):
            verb(concern, by=cast.admin, at=NOW, **more)


def test_a_lead_who_leaves_reads_no_more(cast, concern, client):
    sign_in(client, cast.lead)
    page = reverse("safeguarding:concern", args=[concern.pk])
    assert client.get(page).status_code == 200
    cast.lead.safeguarding_lead.delete()
    assert client.get(page).status_code == 404


def test_it_shows_the_messages_of_the_match_to_the_lead(cast, client):
    from mentoring.actions import send_message

    match = factories.make_match(cast.mentor, cast.request)
    send_message(match, by=cast.mentor.user, at=NOW, words="CANARYMESSAGE", form_key=uuid.uuid4())
    concern = actions.raise_concern(
        by=cast.mentee.user, at=NOW, form_key=uuid.uuid4(), what_happened="See our messages"
    )
    sign_in(client, cast.lead)
    page = client.get(reverse("safeguarding:concern", args=[concern.pk])).content.decode()
    assert "CANARYMESSAGE" in page
