"""A guardian's permission: by link or on paper, answered, taken back, overtaken by a birthday."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from audit.transitions import NotAllowed
from mentees import actions, emails, signals
from mentees.models import Permission, Request
from notifications.gates import reason_to_stay
from notifications.models import Letter
from tests import factories
from tests.mentees.asking import letters, link_in
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DENISE = actions.Guardian("Denise", "denise@people.example", "parent or carer")


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def request_(db: Any) -> Request:
    mentee = factories.make_mentee("Kayden", goals="Canary goal", good_to_know="Canary need")
    return factories.make_request(mentee, status="asked", permission=False, confirmed_at=NOW)


@pytest.fixture
def asked(request_: Request) -> Permission:
    return actions.change_guardian(request_, DENISE, by=request_.mentee.user, at=NOW)


def path_of(permission: Permission) -> str:
    return emails.permission_link(permission).removeprefix("http://localhost:8000")


def test_it_explains_and_shows_no_answers(client: Any, asked: Permission) -> None:
    page = client.get(path_of(asked)).content.decode()
    assert "May Kayden have a mentor?" in page
    for canary in ("Canary", asked.mentee.user.email, "2009", "M14"):
        assert canary not in page
    asked.refresh_from_db()
    assert asked.status == "asked"  # looking answers nothing


@pytest.mark.parametrize(("answer", "status"), [("yes", "given"), ("no", "refused")])
def test_it_takes_one_answer_and_tells_the_young_person(
    client: Any, asked: Permission, answer: str, status: str
) -> None:
    for _ in range(2):
        client.post(path_of(asked), {"answer": answer})
    asked.refresh_from_db()
    assert asked.status == status
    assert len(letters(f"permission_{status}")) == 1


def test_it_says_kindly_that_a_link_was_used(client: Any, asked: Permission) -> None:
    client.post(path_of(asked), {"answer": "no"})
    assert b"This link has been used" in client.get(path_of(asked)).content
    assert b"cannot become" in client.post(path_of(asked), {"answer": "yes"}).content
    asked.refresh_from_db()
    assert asked.status == "refused"


def test_it_takes_a_yes_back_by_the_same_link_and_tells_upstairs_at_once(
    client: Any, asked: Permission
) -> None:
    heard: list[Any] = []

    def listener(sender: Any, permission: Any, mentee: Any, at: Any, **_: Any) -> None:
        heard.append((permission.pk, mentee.pk))

    signals.permission_withdrawn.connect(listener)
    try:
        client.post(path_of(asked), {"answer": "yes"})
        request = Request.objects.get()
        factories.Request.objects.filter(pk=request.pk).update(status="accepted")
        assert Request.objects.ready(NOW).exists()
        with time_machine.travel(NOW + timedelta(days=100)):
            for _ in range(2):
                client.post(path_of(asked), {"answer": "withdraw"})
    finally:
        signals.permission_withdrawn.disconnect(listener)
    asked.refresh_from_db()
    assert asked.status == "withdrawn"
    assert heard == [(asked.pk, asked.mentee_id)]
    assert not Request.objects.ready(NOW).exists()
    assert len(letters("permission_withdrawn")) == len(letters("permission_stopped")) == 1


def test_it_pauses_a_match_in_the_same_moment(client: Any, asked: Permission) -> None:
    client.post(path_of(asked), {"answer": "yes"})
    match = factories.make_match(request=Request.objects.get())
    client.post(path_of(asked), {"answer": "withdraw"})
    match.refresh_from_db()
    assert match.status == "paused"


def test_it_runs_out_after_14_days(client: Any, asked: Permission, clock: Any) -> None:
    assert asked.expires_on == date(2026, 12, 4)
    clock.move_to(datetime(2026, 12, 4, 23, 30, tzinfo=UTC))
    assert actions.expire_permissions(at=datetime(2026, 12, 4, 23, 30, tzinfo=UTC)) == 0
    assert b"Yes, I agree" in client.get(path_of(asked)).content
    late = datetime(2026, 12, 5, 0, 10, tzinfo=UTC)
    clock.move_to(late)
    assert b"This link has run out" in client.get(path_of(asked)).content
    assert b"has run out" in client.post(path_of(asked), {"answer": "yes"}).content
    assert [actions.expire_permissions(at=late) for _ in range(2)] == [1, 0]
    asked.refresh_from_db()
    assert asked.status == "expired"
    assert len(letters("permission_expired")) == 1


def test_it_reminds_on_days_5_and_10_once_each(asked: Permission) -> None:
    sent = []
    for day in range(16):
        at = NOW + timedelta(days=day, hours=-3)  # the morning, before the hour they were asked at
        for _ in range(2):
            actions.remind_guardians(at=at)
        sent.append(len(letters("permission_reminder")))
    assert sent == [0] * 5 + [1] * 5 + [2] * 6


def test_it_sends_one_reminder_after_days_of_silence(asked: Permission) -> None:
    actions.remind_guardians(at=NOW + timedelta(days=12))
    assert [letter.key.rpartition(":")[2] for letter in letters("permission_reminder")] == ["day-10"]


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_it_reminds_nobody_who_answered(asked: Permission, answer: str) -> None:
    actions.answer_permission(asked, yes=answer == "yes", at=NOW)
    actions.remind_guardians(at=NOW + timedelta(days=6))
    assert letters("permission_reminder") == []


def test_it_keeps_a_letter_back_that_is_overtaken(asked: Permission) -> None:
    about = letters("permission_request")[0].about
    assert reason_to_stay("mentees/permission_request", about, NOW) == ""
    actions.answer_permission(asked, yes=True, at=NOW)
    assert reason_to_stay("mentees/permission_request", about, NOW)


@pytest.mark.parametrize("email", ["kayden@people.example", "KAYDEN+mum@people.example"])
def test_it_refuses_the_young_persons_own_address(email: str) -> None:
    mentee = factories.make_mentee(user=factories.make_user("Kayden", email="kayden@people.example"))
    request = factories.make_request(mentee, status="asked", permission=False, confirmed_at=NOW)
    with pytest.raises(NotAllowed, match="not the young person’s"):
        actions.change_guardian(request, actions.Guardian("Denise", email), by=mentee.user, at=NOW)
    assert not Permission.objects.exists()


def test_it_is_not_needed_once_they_turn_18(client: Any, clock: Any) -> None:
    mentee = factories.make_mentee(born_on=date(2008, 11, 25))
    request = factories.make_request(mentee, status="accepted", permission=False, confirmed_at=NOW)
    permission = actions.change_guardian(request, DENISE, by=mentee.user, at=NOW)
    birthday = datetime(2026, 11, 25, 9, tzinfo=UTC)
    clock.move_to(birthday)
    assert b"You need not do anything" in client.get(path_of(permission)).content
    client.post(path_of(permission), {"answer": "no"})
    permission.refresh_from_db()
    assert permission.status == "asked"
    assert Request.objects.ready(birthday).exists()
    actions.remind_guardians(at=birthday)
    assert letters("permission_reminder") == []


def test_it_lets_nobody_take_a_yes_back_after_the_18th_birthday(client: Any, clock: Any) -> None:
    mentee = factories.make_mentee(born_on=date(2008, 11, 25))
    request = factories.make_request(mentee, status="accepted", permission=False, confirmed_at=NOW)
    permission = actions.change_guardian(request, DENISE, by=mentee.user, at=NOW)
    client.post(path_of(permission), {"answer": "yes"})
    clock.move_to(datetime(2026, 11, 25, 9, tzinfo=UTC))
    client.post(path_of(permission), {"answer": "withdraw"})
    permission.refresh_from_db()
    assert permission.status == "given"


def test_it_closes_an_old_link_when_a_different_adult_is_asked(client: Any, asked: Permission) -> None:
    request = Request.objects.get()
    other = actions.change_guardian(
        request, actions.Guardian("Ray", "ray@people.example"), by=request.mentee.user, at=NOW
    )
    client.post(path_of(asked), {"answer": "yes"})
    asked.refresh_from_db()
    assert (asked.status, other.status) == ("expired", "asked")


def test_it_asks_three_people_a_day_at_most(request_: Request) -> None:
    for n in range(3):
        actions.change_guardian(
            request_, actions.Guardian("Ray", f"ray{n}@people.example"), by=request_.mentee.user, at=NOW
        )
    with pytest.raises(NotAllowed, match="tomorrow"):
        actions.change_guardian(request_, DENISE, by=request_.mentee.user, at=NOW)


def test_it_sends_the_link_again_at_most_once_a_day(asked: Permission) -> None:
    for _ in range(3):
        actions.resend_permission(asked, by=asked.mentee.user, at=NOW)
    assert len(letters("permission_request")) == 2


def test_it_lets_the_coordinator_record_paper(client: Any, request_: Request) -> None:
    coordinator = factories.make_coordinator()
    referral = factories.make_referral(request_, coordinator)
    sign_in(client, coordinator.user)
    day = {"paper_seen_on_0": "18", "paper_seen_on_1": "11", "paper_seen_on_2": "2026"}
    url = reverse("mentees:record_paper", args=[referral.pk])
    for _ in range(2):
        client.post(url, {"guardian_name": "Denise", "guardian_is": "mother", **day})
    permission = Permission.objects.get()
    assert (permission.status, permission.how, permission.seen_on) == ("given", "paper", date(2026, 11, 18))
    assert permission.recorded_by == coordinator.user


@pytest.mark.parametrize("who", ["stranger", "mentor", "the young person", "another coordinator"])
def test_it_lets_nobody_else_record_paper(request_: Request, who: str) -> None:
    factories.make_referral(request_, factories.make_coordinator())
    by = {
        "stranger": lambda: factories.make_user("Nobody"),
        "mentor": lambda: factories.make_ready_mentor().user,
        "the young person": lambda: request_.mentee.user,
        "another coordinator": lambda: factories.make_coordinator().user,
    }[who]()
    with pytest.raises(NotAllowed):
        actions.record_paper(request_, DENISE, seen_on=date(2026, 11, 1), by=by, at=NOW)
    assert not Permission.objects.exists()


def test_it_refuses_paper_from_the_future(request_: Request) -> None:
    staff = factories.make_staff(programmes=[request_.programme])
    with pytest.raises(NotAllowed, match="past"):
        actions.record_paper(request_, DENISE, seen_on=date(2026, 11, 21), by=staff, at=NOW)


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: t + "x", lambda t: t[::-1], lambda t: "x"])
def test_it_opens_for_no_forged_link(client: Any, asked: Permission, change: Any) -> None:
    token = path_of(asked).split("/")[2]
    assert (
        client.post(reverse("mentees:permission", args=[change(token)]), {"answer": "yes"}).status_code == 404
    )
    asked.refresh_from_db()
    assert asked.status == "asked"


def test_it_does_not_open_with_a_link_for_something_else(client: Any, asked: Permission) -> None:
    request = Request.objects.get()
    token = emails.confirm_token(request)
    assert client.get(reverse("mentees:permission", args=[token])).status_code == 404


def test_it_lets_the_young_person_ask_a_different_adult_on_their_page(client: Any, asked: Permission) -> None:
    sign_in(client, asked.mentee.user)
    url = reverse("mentees:guardian")
    assert b"Denise" in client.get(url).content
    client.post(url, {"do": "resend"})
    typed = {
        "who": "parent",
        "guardian_name": "Ray",
        "guardian_email": "ray@people.example",
        "is_happy": "on",
    }
    assert client.post(url, typed).url == reverse("mentees:waiting")
    assert Permission.objects.get(status="asked").guardian_name == "Ray"


def test_its_letters_hold_a_first_name_and_a_link_only(asked: Permission) -> None:
    letter = Letter.objects.get(kind="mentees/permission_request")
    for canary in ("Canary", asked.mentee.user.email, "M14"):
        assert canary not in letter.text + letter.html + letter.subject
    assert link_in(letter) == path_of(asked)


def test_a_partner_that_they_did_not_confirm_records_no_paper_for_them(
    client: Any, asked: Permission
) -> None:
    """Whoever types a known young person's address may not say yes in a parent's place, or learn who may."""
    stranger = factories.make_coordinator()
    request = factories.make_request(asked.mentee, status="unconfirmed", permission=False)
    referral = factories.make_referral(request, stranger, first_name="Kay", born_on=date(2009, 3, 27))
    sign_in(client, stranger.user)
    day = {"paper_seen_on_0": "18", "paper_seen_on_1": "11", "paper_seen_on_2": "2026"}
    url = reverse("mentees:record_paper", args=[referral.pk])
    said = client.post(url, {"guardian_name": "Anybody", **day}).content.decode()
    assert "They have to confirm first" in said
    assert "Denise" not in said
    assert [p.status for p in Permission.objects.all()] == ["asked"]
    actions.answer_permission(asked, yes=True, at=NOW)
    said += client.post(url, {"guardian_name": "Anybody", **day}).content.decode()
    assert "Denise" not in said


@pytest.mark.parametrize("status", ["asked", "given", "refused", "withdrawn", "expired"])
def test_a_partner_they_did_not_confirm_sees_nothing_of_it(
    client: Any, request_: Request, status: str
) -> None:
    stranger = factories.make_coordinator()
    request = factories.make_request(factories.make_mentee("New"), status="unconfirmed", permission=False)
    known = factories.make_request(request_.mentee, status="unconfirmed", permission=False)
    pages = []
    sign_in(client, stranger.user)
    factories.make_permission(request_.mentee, status=status, at=NOW)
    for row in (request, known):
        referral = factories.make_referral(row, stranger, first_name="Kay", born_on=date(2009, 3, 27))
        html = client.get(reverse("mentees:referral", args=[referral.pk])).content.decode()
        html = re.sub(r'value="[^"]{30,}"|nonce-\S+', "", html)
        pages.append(html.replace(referral.code, "CODE").replace(f"/{referral.pk}/", "/N/"))
    assert pages[0] == pages[1]


def test_a_yes_can_be_taken_back_while_nothing_is_asked_for(client: Any, asked: Permission) -> None:
    """Else a parent's no would be lost, and their old yes would count for the next request."""
    client.post(path_of(asked), {"answer": "yes"})
    actions.withdraw(Request.objects.get(), by=asked.mentee.user, at=NOW)
    assert b"Take my yes back" in client.get(path_of(asked)).content
    client.post(path_of(asked), {"answer": "withdraw"})
    asked.refresh_from_db()
    assert asked.status == "withdrawn"


def test_paper_older_than_a_no_does_not_overrule_it(request_: Request, asked: Permission) -> None:
    staff = factories.make_staff(programmes=[request_.programme])
    actions.answer_permission(asked, yes=False, at=NOW)
    with pytest.raises(NotAllowed, match="said no on 20 November"):
        actions.record_paper(request_, DENISE, seen_on=date(2026, 11, 19), by=staff, at=NOW)
    actions.record_paper(request_, DENISE, seen_on=date(2026, 11, 20), by=staff, at=NOW)
    assert Permission.objects.living().get().status == "given"
