"""The review page: GET explains, POST decides, and only for the staff of the programme."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from matching import engine, rules
from matching.actions import approve, run_night
from matching.actions.gates import SENTENCES
from matching.models import Block, Match, Proposal, Run, Shortlist, WithoutSuggestion
from mentors.models import Check
from tests import factories
from tests.signing_in import sign_in
from training.models import Course

QUEUE = "admin:matching_shortlist_changelist"


@pytest.fixture
def desk(cast: SimpleNamespace) -> SimpleNamespace:
    run_night(at=timezone.now())
    cast.url = reverse("admin:matching_review", args=[cast.request.pk])
    return cast


def decide(client: Client, desk: SimpleNamespace, **data: Any) -> Any:
    return client.post(desk.url, {"mentor": desk.mentor.pk, **data})


def test_it_lists_who_waits(client: Client, desk: SimpleNamespace) -> None:
    page = sign_in(client, desk.staff).get(reverse(QUEUE))
    assert page.status_code == 200
    assert "Kayden" in page.content.decode()


def test_it_explains_and_changes_nothing_on_get(client: Client, desk: SimpleNamespace) -> None:
    page = sign_in(client, desk.staff).get(desk.url).content.decode()
    assert "Where the" in page
    assert "Both picked interviews" in page
    assert "hasn’t mentored with us before" in page
    assert "you propose, and a colleague approves" in page
    assert not Proposal.objects.exists()
    assert not Match.objects.exists()


def test_it_takes_two_people_to_approve(client: Client, desk: SimpleNamespace) -> None:
    decide(sign_in(client, desk.staff), desk, decision="approve")
    again = decide(client, desk, decision="approve")
    assert "somebody else must approve" in again.content.decode()
    seen = sign_in(Client(), desk.second)
    assert "Your yes makes it a match" in seen.get(desk.url).content.decode()
    decide(seen, desk, decision="approve")
    assert Match.objects.get().status == Match.Status.OFFERED_TO_MENTOR


def test_it_wants_a_reason_for_a_no_and_keeps_what_was_typed(client: Client, desk: SimpleNamespace) -> None:
    sign_in(client, desk.staff)
    page = decide(client, desk, decision="turn_down", note="Both are lovely").content.decode()
    assert "Choose why this isn’t the right match" in page
    assert "Both are lovely" in page
    assert not Block.objects.exists()
    decide(client, desk, decision="turn_down", why="known", note="Cousins")
    assert Block.objects.get().why == "known"
    client.get(reverse(QUEUE))  # says that it is saved
    assert "Kayden" not in client.get(reverse(QUEUE)).content.decode()


def test_it_refuses_a_stale_page(client: Client, desk: SimpleNamespace) -> None:
    sign_in(client, desk.staff)
    Check.objects.filter(kind="dbs").update(expires_on=timezone.localdate() - timedelta(days=1))
    page = decide(client, desk, decision="approve", note="Lovely pair").content.decode()
    assert "Changed since you opened it" in page
    assert "Nothing was saved" in page
    assert "Lovely pair" in page


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
    for answer in (client.get(desk.url), decide(client, desk, decision="approve")):
        assert answer.status_code in {302, 404}
        assert b"Kayden" not in answer.content
    assert not Proposal.objects.exists()


def test_it_shows_a_proposal_that_is_no_longer_suggested(client: Client, desk: SimpleNamespace) -> None:
    approve(desk.request, desk.mentor, by=desk.staff, at=timezone.now())
    Shortlist.objects.update(mentor_1=0, recommended=0)
    page = sign_in(client, desk.second).get(desk.url).content.decode()
    assert "Amara Okafor" in page
    assert "Your yes makes it a match" in page


@pytest.mark.parametrize(
    ("fact", "why"),
    [
        ({"paused_until": date(2060, 1, 1)}, "They paused new matches."),
        ({"status": "suspended"}, "Suspended, or not with us any more."),
        ({"motivation": ""}, "Something in their profile is missing."),
        ({"free_slots": 1}, "They have no free time in common."),
        ({"accepted_ages": 8}, "The mentor doesn’t meet young people of this age."),
        ("a lapsed check", "No DBS check that is in date."),
        ("another match", "This mentor has no free place."),
        ("a block", "This pair was declined or ended before."),
        ("another course", "Not ready in this programme at the moment."),
    ],
)
def test_it_names_who_is_not_possible_today_and_does_not_offer_them(
    client: Client, desk: SimpleNamespace, fact: Any, why: str
) -> None:
    if fact == "a lapsed check":
        Check.objects.filter(kind="dbs").update(expires_on=timezone.localdate() - timedelta(days=1))
    elif fact == "another match":
        factories.make_match(desk.mentor, factories.make_request(factories.make_mentee("Zed")))
    elif fact == "a block":
        Block.objects.create(mentor=desk.mentor, mentee=desk.mentee, why="known", at=timezone.now())
    elif fact == "another course":
        desk.mentor.programmes.add(factories.make_programme("Cardiff"))
        course = Course.objects.create(slug="start", title="Getting started", is_published=True)
        type(desk.programme).objects.filter(pk=desk.programme.pk).update(course=course)
    else:
        type(desk.mentor).objects.filter(pk=desk.mentor.pk).update(**fact)
    page = sign_in(client, desk.staff).get(desk.url).content.decode()
    assert f"Amara Okafor: {why}" in page
    assert "Save decision" not in page
    assert "Nobody suggested in the night is possible any more" in page


def test_staff_have_words_for_every_rule() -> None:
    assert set(SENTENCES) == set(rules.BROKEN) == {rule.key for rule in engine.RULES}
    assert set(rules.CHANGED) == {change.key for change in engine.CHANGES}


def test_it_says_what_a_score_was_in_the_night(client: Client, desk: SimpleNamespace) -> None:
    then = Shortlist.objects.get().score_1
    page = sign_in(client, desk.staff).get(desk.url).content.decode()
    assert "In the night it was" not in page
    assert f"Best score {then} of 100" in client.get(reverse(QUEUE)).content.decode()
    desk.mentee.free_slots = factories.EVENINGS & 0b111111  # two evenings instead of seven
    desk.mentee.save()
    page = client.get(desk.url).content.decode()
    assert f"Where the {then - 8} comes from" in page
    assert f"In the night it was {then}: common times 16 then." in page
    assert f"Best score {then - 8} of 100" in client.get(reverse(QUEUE)).content.decode()


def test_it_lets_a_suggestion_lapse_when_another_is_approved(client: Client, desk: SimpleNamespace) -> None:
    other = factories.make_request(factories.make_mentee("Zed"), programme=desk.programme)
    run_night(at=timezone.now())
    sign_in(client, desk.staff)
    assert "Zed" in client.get(reverse(QUEUE)).content.decode()
    for who in (desk.staff, desk.second):
        approve(desk.request, desk.mentor, by=who, at=timezone.now())
    waiting = client.get(reverse(QUEUE)).content.decode().partition("No mentor found yet")[0]
    assert "Zed" not in waiting
    assert "Kayden" not in waiting
    page = client.get(reverse("admin:matching_review", args=[other.pk])).content.decode()
    assert "Amara Okafor: This mentor has no free place." in page


def test_it_says_in_the_list_that_nobody_is_possible_any_more(client: Client, desk: SimpleNamespace) -> None:
    type(desk.mentor).objects.update(free_slots=1)
    page = sign_in(client, desk.staff).get(reverse(QUEUE)).content.decode()
    assert "Kayden" in page
    assert "Nobody suggested in the night is possible any more" in page
    assert "Best score" not in page


def test_it_passes_over_whoever_was_erased(client: Client, desk: SimpleNamespace) -> None:
    Shortlist.objects.update(mentor_2=999_998, points_2=10, score_2=10, recommended=999_999)
    Shortlist.objects.create(run=Run.objects.get(), request_id=999_997, mentor_1=desk.mentor.pk)
    Shortlist.objects.create(run=Run.objects.get(), request_id=999_996, mentor_1=999_998)
    WithoutSuggestion.objects.create(run=Run.objects.get(), request_id=999_996, reasons={"eligible": 0})
    sign_in(client, desk.staff)
    for url in (reverse(QUEUE), "/admin/", desk.url):
        assert client.get(url).status_code == 200
    assert "The closest mentor" in client.get(desk.url).content.decode()
    assert client.get(reverse("admin:matching_review", args=[999_997])).status_code == 404
    Shortlist.objects.filter(pk=desk.request.pk).update(mentor_1=999_995)
    assert "Nothing suggested yet" in client.get(desk.url).content.decode()


def test_it_offers_nobody_for_a_request_that_is_not_ready(client: Client, desk: SimpleNamespace) -> None:
    desk.mentee.permissions.all().delete()
    page = sign_in(client, desk.staff).get(desk.url).content.decode()
    assert "An adult at home has not said yes." in page
    assert "Save decision" not in page


def test_it_names_no_mentor_who_left_the_programme(client: Client, desk: SimpleNamespace) -> None:
    desk.mentor.programmes.set([factories.make_programme("Cardiff")])
    page = sign_in(client, desk.staff).get(desk.url).content.decode()
    assert "Amara" not in page


@pytest.mark.parametrize("rows", [1, 12])
def test_it_costs_the_same_whatever_the_rows(
    client: Client, desk: SimpleNamespace, rows: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(rows):
        factories.make_request(factories.make_mentee(f"Mentee{n}"), programme=desk.programme)
        factories.make_ready_mentor(f"Mentor{n}", programme=desk.programme)
    run_night(at=timezone.now())
    sign_in(client, desk.staff)
    client.get(reverse(QUEUE))
    for url in (reverse(QUEUE), desk.url):
        with django_assert_max_num_queries(15):
            assert client.get(url).status_code == 200


def test_it_offers_matches_and_questions_to_staff(client: Client, desk: SimpleNamespace) -> None:
    match = factories.make_match(desk.mentor, desk.request, status="offered_to_mentor")
    sign_in(client, desk.staff)
    url = reverse("admin:matching_match_change", args=[match.pk])
    assert "Take the offer back" in client.get(url).content.decode()
    assert "Say why, in a few words" in client.post(url, {"do": "withdraw", "why": ""}).content.decode()
    client.post(url, {"do": "withdraw", "why": "They know each other"})
    match.refresh_from_db()
    assert match.status == Match.Status.WITHDRAWN


def test_it_runs_the_night_by_a_button(client: Client, desk: SimpleNamespace) -> None:
    sign_in(client, desk.staff)
    url = reverse("admin:matching_run_now")
    assert client.get(url).status_code == 200
    page = client.post(url, follow=True).content.decode()
    assert "We recommend a mentor for 1 of the 1 young people" in page


def test_it_shows_the_family_that_the_mentor_declared(client: Client, desk: SimpleNamespace) -> None:
    type(desk.mentor).objects.filter(pk=desk.mentor.pk).update(relatives="My nephews Kayden and Zed")
    page = sign_in(client, desk.staff).get(desk.url).content.decode()
    assert "family in the programme: “My nephews Kayden and Zed”" in page
