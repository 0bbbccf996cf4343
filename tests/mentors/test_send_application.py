"""Check your answers, send them once: referees and mentor get their letters in the same step."""

from __future__ import annotations

import pytest
from django.urls import reverse

from audit.models import Entry
from audit.transitions import NotAllowed
from mentors import actions
from mentors.models import Mentor, Reference
from notifications.models import Letter
from tests.signing_in import sign_in


def test_it_asks_both_referees_and_writes_to_the_mentor(applicant, at):
    assert actions.send_application(applicant, by=applicant.user, at=at) is True
    applicant.refresh_from_db()
    assert applicant.applied_at == at
    assert {r.status for r in applicant.references.all()} == {"asked"}
    kinds = sorted(Letter.objects.values_list("kind", flat=True))
    assert kinds == ["mentors/application_sent", *["mentors/reference_requested"] * 2]
    assert Entry.objects.about(applicant).filter(verb="sent the application").count() == 1


def test_twice_is_once(applicant, at):
    actions.send_application(applicant, by=applicant.user, at=at)
    assert actions.send_application(applicant, by=applicant.user, at=at) is False
    assert Letter.objects.count() == 3


def test_it_refuses_while_something_is_missing(applicant, at):
    Mentor.objects.update(motivation="")
    with pytest.raises(NotAllowed, match="say why you want to mentor"):
        actions.send_application(applicant, by=applicant.user, at=at)
    assert not Letter.objects.exists()
    assert {r.status for r in Reference.objects.all()} == {"named"}


def test_it_looks_at_the_referees_again(applicant, at):
    applicant.user.last_name = "Pike"
    applicant.user.first_name = "Joan"
    applicant.user.save()
    with pytest.raises(NotAllowed, match="two different referees"):
        actions.send_application(applicant, by=applicant.user, at=at)


def test_it_refuses_when_the_application_is_closed(applicant, at):
    Mentor.objects.update(status="declined")
    with pytest.raises(NotAllowed, match="closed"):
        actions.send_application(applicant, by=applicant.user, at=at)


def test_the_page_shows_every_answer_with_a_way_to_change_it(client, applicant):
    sign_in(client, applicant.user)
    text = client.get(reverse("mentors:check_answers")).text
    for said in ("Amara Okafor", "14 May 1988", "Civil engineer", "Joan Pike, manager, known for 6 years"):
        assert said in text
    assert "/mentors/profile/about/?change=1" in text
    assert "Send my application" in text


def test_the_page_says_what_is_missing(client, applicant):
    Mentor.objects.update(motivation="")
    sign_in(client, applicant.user)
    text = client.get(reverse("mentors:check_answers")).text
    assert "Say why you want to mentor" in text
    assert "Send my application" not in text


def test_it_has_to_be_agreed_to(client, applicant):
    sign_in(client, applicant.user)
    answer = client.post(reverse("mentors:check_answers"), {})
    assert "Tick the box if your answers are true" in answer.text
    assert not Letter.objects.exists()


def test_it_says_thank_you_with_the_reference(client, applicant):
    sign_in(client, applicant.user)
    url = reverse("mentors:check_answers")
    assert client.post(url, {"agree": "on"}).url == reverse("mentors:sent")
    assert client.post(url, {"agree": "on"}).url == reverse("mentors:sent")
    text = client.get(reverse("mentors:sent")).text
    assert "Thank you, Amara" in text
    assert applicant.code in text
    assert Letter.objects.count() == 3


def test_letters_to_referees_hold_no_more_than_names_and_a_link(applied):
    letter = Letter.objects.filter(kind="mentors/reference_requested").first()
    assert letter.to_user is None
    assert "/mentors/reference/" in letter.text
    for secret in (applied.user.email, "1988", "M14"):
        assert secret not in letter.text + letter.html
