"""R18: every form that creates something, sent twice: one effect, and an answer that is the same or kind."""

from __future__ import annotations

import uuid
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from matching.models import Match, Proposal
from mentees import emails as mentees_letters
from mentees.models import Permission, Referral, Request
from mentoring.models import Goal, Meeting, MeetingLog, Message
from mentors import emails as mentors_letters
from mentors.models import Mentor, Reference
from notifications.links import sign
from notifications.models import Letter
from partners.models import Organisation
from safeguarding.models import Concern
from tests import factories
from tests.mentees import asking
from tests.signing_in import sign_in
from tests.training.workshops import make_session, make_workshop
from training import actions as training
from training.models import Booking, WorkshopSession
from training.workshop_emails import give_back_token

pytestmark = pytest.mark.django_db
# What is noted of a visit is not what it did.
VISITS = {"sessions.Session", "usersessions.UserSession", "safeguarding.Look", "mfa.Authenticator"}


def everything() -> dict[str, list[Any]]:
    """Every row of the house, word for word."""
    rows = {
        model._meta.label: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label not in VISITS
    }
    rows["audit.Entry"] = [row for row in rows["audit.Entry"] if "read the disclosure" not in row]
    return rows


def as_(user: Any) -> Client:
    return sign_in(Client(), user)


def twice(client: Client, path: str, data: dict[str, Any], *, kindly: str = "") -> Any:
    """Send the form, and again as a double click does; gives the first answer.

    The second answer is the first one, unless `kindly` names the sentence that it says instead.
    """
    before = everything()
    first = client.post(path, data)
    assert first.status_code in {200, 302}, first.status_code
    once = everything()
    assert once != before, "it did nothing at all"
    second = client.post(path, data)
    assert everything() == once, "the second time it did something more"
    if kindly:
        assert (
            kindly in client.get(second.url).content.decode()
            if second.status_code == 302
            else (kindly in second.content.decode())
        )
    else:
        assert (second.status_code, second.get("Location")) == (first.status_code, first.get("Location"))
    return first


def in_boxes(name: str, day: Any) -> dict[str, str]:
    return {f"{name}_0": str(day.day), f"{name}_1": str(day.month), f"{name}_2": str(day.year)}


@pytest.fixture
def match(cast: SimpleNamespace) -> Match:
    return factories.make_match(cast.mentor, cast.request, at=timezone.now() - timedelta(days=40))


def test_a_young_person_who_asks_is_one_request(client: Any) -> None:
    asking.words()
    factories.make_programme()
    asking.fill_in(client)
    twice(client, reverse("mentees:ask_check"), {"agrees": "on"})
    assert Request.objects.count() == 1
    twice(client, asking.link_in(asking.letters("confirm")[0]), {"answer": "yes"}, kindly="")
    assert Request.objects.get().status == "asked"
    assert Letter.objects.filter(kind="mentees/permission_request").count() == 1


def test_a_referral_is_one_referral(cast: SimpleNamespace) -> None:
    data = {
        "form_key": str(uuid.uuid4()),
        "first_name": "Zadie",
        "last_name": "Example",
        "email": "zadie@people.example",
        "place": "M14",
        "permission": "none",
        **in_boxes("born_on", timezone.localdate() - timedelta(days=20 * 365)),
    }
    twice(as_(cast.coordinator.user), reverse("mentees:refer"), data)
    assert Referral.objects.count() == 1


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_a_guardian_answers_once(cast: SimpleNamespace, answer: str) -> None:
    Permission.objects.all().delete()
    permission = factories.make_permission(cast.mentee, status="asked")
    token = sign(mentees_letters.PERMISSION, permission.pk, permission.link_version)
    twice(Client(), reverse("mentees:permission", args=[token]), {"answer": answer})
    permission.refresh_from_db()
    assert permission.status == {"yes": "given", "no": "refused"}[answer]


def test_a_coordinator_records_one_paper(cast: SimpleNamespace) -> None:
    Permission.objects.all().delete()
    Request.objects.update(confirmed_at=timezone.now())
    referral = factories.make_referral(cast.request, cast.coordinator)
    data = {"guardian_name": "Denise", **in_boxes("paper_seen_on", timezone.localdate())}
    twice(
        as_(cast.coordinator.user),
        reverse("mentees:record_paper", args=[referral.pk]),
        data,
        kindly="already said yes",
    )
    assert Permission.objects.count() == 1


def test_staff_accept_a_request_once(cast: SimpleNamespace) -> None:
    Request.objects.update(status="asked", confirmed_at=timezone.now())
    path = reverse("admin:mentees_decide", args=[cast.request.pk])
    twice(as_(cast.staff), path, {"decision": "accept"}, kindly="Accept")
    assert Letter.objects.filter(kind="mentees/accepted").count() == 1


def test_an_organisation_applies_once(client: Any) -> None:
    data = {
        "name": "Northside Youth Hub",
        "kind": "youth",
        "contact_name": "Shabana Example",
        "contact_email": "shabana@hub.example",
        "safeguarding_lead": "Dev Example",
        "safeguarding_phone": "0161 496 0001",
        "safeguarding_email": "dev@hub.example",
        "agrees": "on",
    }
    twice(client, reverse("partners:apply"), data)
    assert Organisation.objects.count() == 1


def test_a_mentor_signs_up_once(programme: Any) -> None:
    user = factories.make_user("Bola")
    data = {"programme": programme.pk, "years": "7", "has_degree": "no", "is_adult": "yes"}
    twice(as_(user), reverse("mentors:sign_up"), data)
    assert Mentor.objects.filter(user=user).count() == 1


def test_an_application_is_sent_once(programme: Any) -> None:
    mentor = factories.make_mentor("Bola", programme=programme)
    for name in ("Joan", "Mark"):
        Reference.objects.create(
            mentor=mentor,
            name=f"{name} Pike",
            email=f"{name.lower()}@people.example",
            knows_as="manager",
            years_known=6,
        )
    path = reverse("mentors:check_answers")
    twice(as_(mentor.user), path, {"agree": "on"})
    assert Letter.objects.filter(kind="mentors/reference_requested").count() == 2


def test_a_referee_answers_once(programme: Any) -> None:
    mentor = factories.make_mentor("Bola", programme=programme)
    reference = Reference.objects.create(
        mentor=mentor,
        status="asked",
        name="Joan Pike",
        email="joan@people.example",
        knows_as="manager",
        years_known=6,
        asked_at=timezone.now(),
    )
    token = sign(mentors_letters.REFERENCE_LINK, reference.pk, reference.link_version)
    data = {
        "knows_well": "I was her manager.",
        "words": "Kind.",
        "is_suitable": "True",
        "has_worries": "False",
        "is_true": "on",
    }
    twice(Client(), reverse("mentors:reference", args=[token]), data)
    assert Reference.objects.get().status == "given"


def test_staff_approve_a_mentor_once(cast: SimpleNamespace) -> None:
    mentor = factories.make_ready_mentor("Bola", programme=cast.programme, checked_by=cast.second)
    Mentor.objects.filter(pk=mentor.pk).update(status="applying", approved_at=None)
    path = reverse("admin:mentors_approve", args=[mentor.pk])
    twice(
        as_(cast.staff),
        path,
        {"sure": "on"},
        kindly="approved already",
    )
    assert Letter.objects.filter(kind="mentors/approved").count() == 1


def test_two_staff_approve_a_pair_once(cast: SimpleNamespace) -> None:
    factories.make_shortlist(cast.request, cast.mentor)
    path = reverse("admin:matching_review", args=[cast.request.pk])
    data = {"decision": "approve", "mentor": cast.mentor.pk}
    twice(as_(cast.staff), path, data, kindly="somebody else must approve it")
    assert Proposal.objects.count() == 1
    twice(as_(cast.second), path, data, kindly="Nothing was saved")
    assert Match.objects.count() == 1
    assert Letter.objects.filter(kind="matching/offered").count() == 1


def test_an_offer_is_accepted_once_by_each(cast: SimpleNamespace) -> None:
    offered = factories.make_match(
        cast.mentor,
        cast.request,
        status="offered_to_mentor",
        answer_by=timezone.localdate() + timedelta(days=5),
    )
    path = reverse("mentoring:offer", args=[offered.pk])
    twice(as_(cast.mentor.user), path, {})
    assert Letter.objects.filter(kind="matching/meet_your_mentor").count() == 1
    twice(as_(cast.mentee.user), path, {})
    offered.refresh_from_db()
    assert offered.status == "active"
    assert Letter.objects.filter(kind__startswith="matching/match_live").count() == 2


def test_an_offer_is_declined_once(cast: SimpleNamespace) -> None:
    offered = factories.make_match(cast.mentor, cast.request, status="offered_to_mentor")
    path = reverse("mentoring:decline_offer", args=[offered.pk])
    client = as_(cast.mentor.user)
    assert client.post(path, {"why": "busy"}).status_code == 302
    once = everything()
    assert client.post(path, {"why": "busy"}).status_code in {302, 404}
    assert everything() == once


def test_a_question_about_an_offer_is_asked_once(cast: SimpleNamespace) -> None:
    offered = factories.make_match(cast.mentor, cast.request, status="offered_to_mentor")
    path = reverse("mentoring:ask_about_offer", args=[offered.pk])
    twice(as_(cast.mentor.user), path, {"words": "Would mornings do?"})


def test_a_meeting_is_planned_once(cast: SimpleNamespace, match: Match) -> None:
    day = timezone.localdate() + timedelta(days=5)
    data = {"clock": "18:00", "minutes": "60", "way": "online", **in_boxes("on", day)}
    twice(as_(cast.mentor.user), reverse("mentoring:plan_meeting", args=[match.pk]), data)
    assert Meeting.objects.count() == 1
    assert Letter.objects.filter(kind="mentoring/meeting_planned").count() == 1


def test_a_meeting_is_called_off_once(cast: SimpleNamespace, match: Match) -> None:
    at = timezone.now()
    meeting = Meeting.objects.create(
        match=match,
        starts_at=at + timedelta(days=3),
        ends_at=at + timedelta(days=3, hours=1),
        way="online",
        planned_at=at,
        changed_at=at,
    )
    path = reverse("mentoring:cancel_meeting", args=[match.pk, meeting.pk])
    twice(as_(cast.mentor.user), path, {"why": "Something came up"})


def test_a_meeting_is_logged_once_by_each(cast: SimpleNamespace, match: Match) -> None:
    day = timezone.localdate() - timedelta(days=5)
    data = {
        "clock": "18:00",
        "minutes": "60",
        "outcome": "held",
        "shared_words": "We practised.",
        **in_boxes("on", day),
    }
    for user in (cast.mentor.user, cast.mentee.user):
        twice(as_(user), reverse("mentoring:log_meeting", args=[match.pk]), data)
    assert (Meeting.objects.count(), MeetingLog.objects.count()) == (1, 2)


@pytest.mark.parametrize("words", ["See you on Tuesday.", "Call me on 07700 900123."])
def test_a_message_is_sent_once(cast: SimpleNamespace, match: Match, words: str) -> None:
    data = {"words": words, "form_key": str(uuid.uuid4())}
    twice(as_(cast.mentor.user), reverse("mentoring:send_message", args=[match.pk]), data)
    assert Message.objects.count() == 1


def test_a_goal_and_a_step_are_written_once(cast: SimpleNamespace, match: Match) -> None:
    client = as_(cast.mentee.user)
    twice(client, reverse("mentoring:add_goal", args=[match.pk]), {"words": "Write a CV"})
    goal = Goal.objects.get()
    twice(client, reverse("mentoring:add_step", args=[match.pk, goal.pk]), {"words": "Find an example"})
    step = goal.steps.get()
    twice(client, reverse("mentoring:finish_step", args=[match.pk, step.pk]), {})
    twice(client, reverse("mentoring:finish_goal", args=[match.pk, goal.pk]), {})


@pytest.mark.parametrize("who", ["mentee", "mentor", "stranger", "nobody"])
def test_a_concern_is_raised_once(cast: SimpleNamespace, who: str) -> None:
    user = {"mentee": cast.mentee.user, "mentor": cast.mentor.user, "stranger": cast.stranger}.get(who)
    data = {"what_happened": "Something felt wrong.", "form_key": str(uuid.uuid4())}
    client = as_(user) if user else Client()
    first = twice(client, reverse("safeguarding:raise_concern"), data)
    assert Concern.objects.get().reference in first.content.decode()
    assert Letter.objects.filter(kind="safeguarding/raised").count() == 1


def test_a_place_is_booked_and_given_back_once(cast: SimpleNamespace) -> None:
    session = make_session(make_workshop(cast.programme), starts_at=timezone.now() + timedelta(days=5))
    client = as_(cast.mentor.user)
    twice(client, reverse("training:book_workshop", args=[session.pk]), {})
    assert Letter.objects.filter(kind="training/workshop_booked").count() == 1
    token = give_back_token(Booking.objects.get())
    twice(client, reverse("training:give_back_workshop", args=[session.pk]), {})
    twice(client, reverse("training:book_workshop", args=[session.pk]), {})
    assert client.post(reverse("training:workshop_place", args=[token])).status_code == 404
    booking = Booking.objects.get()
    assert booking.status == "booked"
    twice(Client(), reverse("training:workshop_place", args=[give_back_token(booking)]), {})


def test_a_session_is_planned_marked_and_called_off_once(cast: SimpleNamespace) -> None:
    workshop, day = make_workshop(cast.programme), timezone.localdate() + timedelta(days=5)
    facts = {"starts": "6pm", "ends": "8pm", "way": "online", "join_url": "https://calls.example/x"}
    data = {"workshop": workshop.pk, "places": "3", **facts, **in_boxes("on", day)}
    client = as_(cast.staff)
    twice(client, reverse("admin:training_workshopsession_add"), data)
    session = WorkshopSession.objects.get()
    booking = training.book(session, by=cast.mentor.user, at=timezone.now())
    twice(client, reverse("admin:training_call_off_session", args=[session.pk]), {"why": "Ill."})
    past = timezone.now() - timedelta(days=1)
    held = make_session(workshop, starts_at=timezone.now() + timedelta(days=1))
    booking = training.book(held, by=cast.mentor.user, at=timezone.now())
    WorkshopSession.objects.filter(pk=held.pk).update(starts_at=past, ends_at=past + timedelta(hours=1))
    page = reverse("admin:training_workshopsession_change", args=[held.pk])
    twice(client, page, {f"came-{booking.pk}": "no"})
    assert Letter.objects.filter(kind="training/workshop_missed").count() == 1


def test_it_would_notice_a_second_effect(cast: SimpleNamespace, match: Match) -> None:
    """The control: two different messages are two, so a form without its key must fail."""
    path = reverse("mentoring:send_message", args=[match.pk])
    with pytest.raises(AssertionError, match="something more"):
        twice(as_(cast.mentor.user), path, {"words": "See you on Tuesday."})
