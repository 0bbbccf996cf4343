"""Beyond the shortlist: who else suits one young person, "why not …?", and deciding from there."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from matching import engine
from matching.actions import gates, run_night
from matching.actions.gates import SENTENCES
from matching.models import Block, Match, Proposal, Shortlist
from mentors.models import Mentor
from tests import factories
from tests.signing_in import sign_in


@pytest.fixture
def desk(cast: SimpleNamespace) -> SimpleNamespace:
    """Amara is on the shortlist; Bola, Chidi and Dara are not."""
    run_night(at=timezone.now())
    cast.bola, cast.chidi, cast.dara = (
        factories.make_ready_mentor(name, last_name=last, programme=cast.programme)
        for name, last in (("Bola", "Ade"), ("Chidi", "Ade"), ("Dara", "Quinn"))
    )
    cast.url = reverse("admin:matching_others", args=[cast.request.pk])
    return cast


def ask(client: Client, desk: SimpleNamespace, words: str) -> str:
    return client.post(desk.url, {"q": words}).content.decode()


def test_it_lists_who_else_suits_and_changes_nothing(client: Client, desk: SimpleNamespace) -> None:
    page = sign_in(client, desk.staff).get(desk.url).content.decode()
    for mentor in (desk.bola, desk.chidi, desk.dara):
        assert str(mentor) in page
    assert "Amara" not in page
    assert "1 free place" in page
    assert "Both picked interviews" in page
    assert not Proposal.objects.exists()
    review = client.get(reverse("admin:matching_review", args=[desk.request.pk])).content.decode()
    assert desk.url in review


def test_it_goes_on_page_by_page(
    client: Client, desk: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matching.admin.others.PAGE", 2)
    sign_in(client, desk.staff)
    first = client.get(desk.url)
    second = client.get(desk.url, {"after": first.context["more"]})
    shown = [one.mentor.pk for page in (first, second) for one in page.context["candidates"]]
    assert sorted(shown) == sorted([desk.bola.pk, desk.chidi.pk, desk.dara.pk])
    assert "Show the next ones" in first.content.decode()
    assert "Show the next ones" not in second.content.decode()


@pytest.mark.parametrize("words", ["Dara", "quinn", "Dara Quinn", " quin  dar ", "the code", "the bare code"])
def test_it_finds_a_mentor_by_name_or_reference(client: Client, desk: SimpleNamespace, words: str) -> None:
    code = desk.dara.code
    words = {"the code": code, "the bare code": code.removeprefix("1MM-").lower()}.get(words, words)
    page = ask(sign_in(client, desk.staff), desk, words)
    assert "Nothing stands against Dara Quinn." in page
    assert "Save decision" in page
    assert not Proposal.objects.exists()


def test_it_asks_which_one_when_several_are_called_that(client: Client, desk: SimpleNamespace) -> None:
    page = ask(sign_in(client, desk.staff), desk, "Ade")
    assert "2 mentors are called that" in page
    assert desk.bola.code in page
    assert desk.chidi.code in page
    assert "Nobody found." in ask(client, desk, "Zebedee")
    assert "Write a mentor’s name or reference" in ask(client, desk, "")


def test_it_asks_only_about_mentors_of_their_programmes(client: Client, desk: SimpleNamespace) -> None:
    gwen = factories.make_ready_mentor("Gwen", programme=factories.make_programme("Cardiff"))
    sign_in(client, desk.staff)
    for words in ("Gwen", gwen.code):
        page = ask(client, desk, words)
        assert "Nobody found." in page
        assert "Gwen Okafor" not in page


def test_it_tells_every_reason_in_a_sentence(client: Client, desk: SimpleNamespace) -> None:
    Mentor.objects.filter(pk=desk.dara.pk).update(free_slots=1, accepted_ages=8)
    Block.objects.create(mentor=desk.dara, mentee=desk.mentee, why="known", at=timezone.now())
    factories.make_match(desk.dara, factories.make_request(factories.make_mentee("Zed")))
    page = ask(sign_in(client, desk.staff), desk, "Dara")
    assert "can’t be matched today" in page
    for rule in ("place", "time", "age", "block"):
        assert SENTENCES[rule] in page
    assert SENTENCES["language"] not in page
    assert "Nothing stands against" not in page


@pytest.mark.parametrize("rule", [rule.key for rule in engine.RULES])
def test_it_has_each_rules_sentence(
    client: Client, desk: SimpleNamespace, rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gates, "broken_rules", lambda *_, **__: [rule])
    assert SENTENCES[rule] in ask(sign_in(client, desk.staff), desk, "Dara")


def test_it_says_what_a_mentor_who_is_not_ready_lacks(client: Client, desk: SimpleNamespace) -> None:
    desk.dara.checks.filter(kind="dbs").delete()
    page = ask(sign_in(client, desk.staff), desk, "Dara")
    assert "Dara: " in page
    assert "DBS" in page.partition("can’t be matched today")[2]


def test_it_takes_two_people_here_too(client: Client, desk: SimpleNamespace) -> None:
    yes = {"mentor": desk.dara.pk, "decision": "approve"}
    sign_in(client, desk.staff).post(desk.url, yes)
    assert Proposal.objects.get().mentor == desk.dara
    page = client.post(desk.url, {**yes, "note": "They would get on"}).content.decode()
    assert "somebody else must approve" in page
    assert "They would get on" in page
    assert not Match.objects.exists()
    seen = sign_in(Client(), desk.second)
    assert "Dele proposed Dara" in seen.get(desk.url).content.decode()
    seen.post(desk.url, yes)
    assert Match.objects.get().status == Match.Status.OFFERED_TO_MENTOR
    assert "There is a match already." in seen.get(desk.url).content.decode()


def test_it_turns_somebody_down_with_a_reason(client: Client, desk: SimpleNamespace) -> None:
    sign_in(client, desk.staff)
    no = {"mentor": desk.dara.pk, "decision": "turn_down"}
    assert "Choose why this isn’t the right match" in client.post(desk.url, no).content.decode()
    client.post(desk.url, {**no, "why": "known"})
    assert Block.objects.get().mentor == desk.dara
    client.get(desk.url)  # says that it is saved
    assert "Dara" not in client.get(desk.url).content.decode()


def test_it_refuses_whoever_is_not_possible_any_more(client: Client, desk: SimpleNamespace) -> None:
    sign_in(client, desk.staff)
    Mentor.objects.filter(pk=desk.dara.pk).update(free_slots=1)
    page = client.post(desk.url, {"mentor": desk.dara.pk, "decision": "approve"}).content.decode()
    assert "Changed since you opened it" in page
    assert "can’t be matched today" in page
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("who", ["elsewhere", "mentor", "mentee", "coordinator", "stranger", "lead"])
def test_it_is_not_there_for_others(client: Client, desk: SimpleNamespace, who: str) -> None:
    person = {
        "elsewhere": lambda: factories.make_staff("Elsie", programmes=[factories.make_programme("Cardiff")]),
        "mentor": lambda: desk.mentor.user,
        "mentee": lambda: desk.mentee.user,
        "coordinator": lambda: desk.coordinator.user,
        "stranger": lambda: desk.stranger,
        "lead": lambda: desk.lead,
    }[who]()
    sign_in(client, person)
    yes = {"mentor": desk.dara.pk, "decision": "approve"}
    for answer in (client.get(desk.url), client.post(desk.url, {"q": "Dara"}), client.post(desk.url, yes)):
        assert answer.status_code == (404 if who in {"elsewhere", "lead"} else 302)
        assert b"Dara" not in answer.content
    assert not Proposal.objects.exists()


def test_it_says_why_when_there_is_nobody(client: Client, desk: SimpleNamespace) -> None:
    sign_in(client, desk.staff)
    Mentor.objects.update(free_slots=1)
    assert "Nobody else suits today." in client.get(desk.url).content.decode()
    desk.mentee.permissions.all().delete()
    assert "An adult at home has not said yes." in client.get(desk.url).content.decode()
    Shortlist.objects.all().delete()
    assert client.get(desk.url).status_code == 200


@pytest.mark.parametrize("rows", [1, 12])
def test_it_costs_the_same_whatever_the_rows(
    client: Client, desk: SimpleNamespace, rows: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(rows):
        factories.make_ready_mentor(f"Mentor{n}", programme=desk.programme)
    sign_in(client, desk.staff)
    client.get(desk.url)
    with django_assert_max_num_queries(15):
        assert client.get(desk.url).status_code == 200
