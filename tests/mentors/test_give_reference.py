"""References by signed link: read by anybody who holds it, spent by one POST."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from audit.transitions import NotAllowed
from mentors import actions
from mentors.models import Reference
from mentors.rules import Referee
from notifications.links import LinkBroken, LinkExpired, sign
from notifications.models import Letter
from tests import factories
from tests.mentors.conftest import ANSWERS, check_all, link
from tests.signing_in import sign_in

FORM = ANSWERS | {"is_suitable": "True", "has_worries": "False", "is_true": "on"}
USED = "This link has been used. Ask us for a new one"
NEW = Referee("Tariq Aziz", "tariq@people.example", "coach", 4)


@pytest.fixture
def reference(applied):
    return applied.references.first()


def address(reference, **kwargs):
    return reverse("mentors:reference", args=[link(reference, **kwargs)])


def test_a_get_shows_the_questions_and_changes_nothing(client, reference):
    for _ in range(3):
        page = client.get(address(reference))
        assert page.status_code == 200
        assert "Amara Okafor" in page.text
    reference.refresh_from_db()
    assert reference.status == "asked"


def test_a_post_saves_the_answers_and_tells_the_mentor_no_content(client, reference):
    answer = client.post(address(reference), FORM)
    assert answer.url == reverse("mentors:reference_sent")
    assert client.get(answer.url).status_code == 200
    reference.refresh_from_db()
    assert (reference.status, reference.is_suitable, reference.has_worries) == ("given", True, False)
    letter = Letter.objects.get(kind="mentors/reference_received")
    assert letter.to_user == reference.mentor.user
    assert "Reliable and kind" not in letter.text + letter.html


def test_sent_twice_it_is_one_reply_with_the_same_answer(client, reference):
    first, second = (client.post(address(reference), FORM) for _ in range(2))
    assert first.url == second.url
    assert Letter.objects.filter(kind="mentors/reference_received").count() == 1


def test_a_used_link_opens_nothing(client, reference):
    client.post(address(reference), FORM)
    page = client.get(address(reference))
    assert page.status_code == 410
    assert USED in page.text
    assert "Amara" not in page.text
    other = client.post(address(reference), FORM | {"words": "Somebody else speaking."})
    assert USED in other.text
    reference.refresh_from_db()
    assert reference.words == ANSWERS["words"]


def test_a_replaced_referees_link_opens_nothing(client, reference, at):
    old = address(reference)
    actions.replace_referee(reference, NEW, by=reference.mentor.user, at=at)
    assert USED in client.get(old).text
    assert USED in client.post(old, FORM).text


def test_an_older_link_opens_nothing_once_a_new_one_is_sent(client, reference, at):
    old = address(reference)
    actions.ask_again(reference, by=None, at=at + timedelta(days=2))
    assert USED in client.get(old).text
    reference.refresh_from_db()
    assert client.get(address(reference)).status_code == 200


def test_a_link_that_ran_out_offers_a_new_one_to_the_same_address(client, reference, at):
    Reference.objects.update(asked_at=at - timedelta(days=40))
    old = address(reference, at=at - timedelta(days=40))
    page = client.get(old)
    assert page.status_code == 410
    assert "Send me a new link" in page.text
    token = old.split("/")[-2]
    with pytest.raises(LinkExpired):
        actions.give_reference(token, answers=ANSWERS, at=at)
    before = Letter.objects.count()
    assert client.get(reverse("mentors:reference_new_link", args=[token])).status_code == 405
    assert "on its way" in client.post(reverse("mentors:reference_new_link", args=[token])).text
    client.post(reverse("mentors:reference_new_link", args=[token]))
    assert Letter.objects.count() == before + 1
    assert Letter.objects.order_by("-pk").first().to_email == reference.email


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "%00", "1" * 3000])
def test_a_broken_link_is_not_here(client, reference, token):
    assert client.get(f"/mentors/reference/{token}/").status_code == 404


def test_changed_links_open_nothing(client, reference):
    token = link(reference)
    for n in range(len(token)):
        changed = token[:n] + ("A" if token[n] != "A" else "B") + token[n + 1 :]
        with pytest.raises((LinkBroken, NotAllowed)):
            actions.find_reference(changed, at=reference.asked_at)


def test_a_link_for_something_else_opens_nothing(reference, at):
    with pytest.raises(LinkBroken):
        actions.find_reference(sign("permission", reference.pk, 1), at=at)


def test_a_referee_may_decline_and_the_mentor_names_another(client, reference):
    assert client.post(address(reference), {"decline": "1"}).status_code == 302
    assert client.post(address(reference), {"decline": "1"}).status_code == 302
    reference.refresh_from_db()
    assert reference.status == "declined"
    assert Letter.objects.filter(kind="mentors/referee_declined").count() == 1
    mentor = reference.mentor
    sign_in(client, mentor.user)
    assert "cannot answer" in client.get(reverse("mentors:references")).text
    form = {"name": "Tariq Aziz", "email": "tariq@people.example", "knows_as": "coach", "years_known": "4"}
    url = reverse("mentors:replace_referee", args=[reference.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, form).status_code == 302
    assert client.post(url, form).status_code == 302
    assert mentor.references.filter(name="Tariq Aziz").count() == 1
    assert Letter.objects.filter(to_email="tariq@people.example").count() == 1


def test_the_mentor_sees_that_one_is_in_and_not_what_it_says(client, reference, at):
    actions.give_reference(link(reference), answers=ANSWERS, at=at)
    sign_in(client, reference.mentor.user)
    text = client.get(reverse("mentors:references")).text
    assert "1 of 2 in" in text
    assert ANSWERS["words"] not in text
    assert any(t.tag_text == "1 of 2 in" for t in reference.mentor.task_list(at))


def test_the_mentor_cannot_replace_a_reply_that_is_in(reference, at):
    actions.give_reference(link(reference), answers=ANSWERS, at=at)
    with pytest.raises(NotAllowed, match="the reply stays"):
        actions.replace_referee(reference, NEW, by=reference.mentor.user, at=at)


@pytest.mark.parametrize(
    "referee",
    [
        Referee("Mark Pike", "new@people.example", "coach", 4),
        Referee("Amara Okafor", "new@people.example", "coach", 4),
        Referee("New One", "new@people.example", "my cousin", 4),
    ],
)
def test_another_referee_has_to_be_somebody_else(reference, at, referee):
    with pytest.raises(NotAllowed, match="two different referees"):
        actions.replace_referee(reference, referee, by=reference.mentor.user, at=at)


def test_strangers_find_no_reference_of_others(client, reference):
    sign_in(client, factories.make_user("Nobody"))
    assert client.get(reverse("mentors:replace_referee", args=[reference.pk])).status_code == 404
    assert client.post(reverse("mentors:ask_again", args=[reference.pk])).status_code == 404


def test_a_referee_is_not_written_to_twice_a_day(client, reference):
    sign_in(client, reference.mentor.user)
    before = Letter.objects.count()
    client.post(reverse("mentors:ask_again", args=[reference.pk]))
    assert Letter.objects.count() == before


def test_staff_may_replace_a_reply(applied, staff, at):
    check_all(applied, by=staff, at=at)
    given = applied.references.first()
    actions.replace_referee(given, NEW, by=staff, at=at)
    assert {m.key for m in applied.readiness(at)} >= {"references"}
