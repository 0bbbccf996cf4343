"""The demonstration's people: everybody is there, nobody is real, and loading them twice changes nothing."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.hashers import check_password
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.db.models import Count, Q
from django.utils import timezone

from audit.models import Entry
from matching.models import Block, Match, OfferQuestion, Proposal, Run, Shortlist, WithoutSuggestion
from matching.models.waiting import in_the_pool
from mentees.models import Draft, Permission, Request
from mentoring.models import Goal, Meeting, MeetingLog, Message
from mentors.models import Check, Mentor, Reference
from notifications.models import Letter
from onemm.demo import load, names, pilot
from partners.models import Network, Organisation, Programme
from safeguarding.models import Concern
from training.models import Booking, Certificate, ModulePass, QuizTry, WorkshopSession
from users.demo import PASSWORD, SIGN_INS
from users.models import User

pytestmark = pytest.mark.django_db

DEMO = re.compile(r"^[a-z0-9.\-]+@demo\.example$")
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")


@pytest.fixture(scope="module")
def told(django_db_setup: Any, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """The demonstration, loaded once for all tests of this file and taken back at their end."""
    with django_db_blocker.unblock(), transaction.atomic():
        steps: list[str] = []
        now = timezone.now()
        is_new = load.load(now=now, told=steps.append)
        yield {"steps": steps, "now": now, "is_new": is_new}
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _loaded(told: dict[str, Any]) -> None:
    """Each test stands in a savepoint of its own, inside the one transaction of the loading."""


@pytest.fixture
def now(told: dict[str, Any]) -> datetime:
    moment: datetime = told["now"]
    return moment


@pytest.fixture
def live() -> Programme:
    return Programme.objects.get(place="Manchester", is_open=True)


def everything() -> dict[str, int]:
    """How many rows each table holds."""
    return {m._meta.label: m._default_manager.count() for m in apps.get_models() if m._meta.managed}


def test_it_tells_honestly_how_far_it_is(told: dict[str, Any]) -> None:
    assert told["is_new"]
    assert len(told["steps"]) == load.STEPS


def test_it_is_there_once_however_often_it_is_loaded() -> None:
    before = everything()
    out = io.StringIO()
    call_command("load_demo", stdout=out)
    assert everything() == before
    assert "nothing was changed" in out.getvalue()


def test_it_holds_every_constraint() -> None:
    connection.check_constraints()
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if condition := getattr(constraint, "condition", None) or None:
                if hasattr(constraint, "fields") or getattr(constraint, "expressions", ()):
                    continue  # a unique one: the database itself refuses a second row
                assert not model._default_manager.exclude(condition).exists(), constraint.name


# --- The pilot of 2017 ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("city", "mentors", "relationships", "partners", "target"),
    [("London", 217, 92, 7, 0), ("Manchester", 200, 84, 5, 0), ("Cardiff", 96, 54, 6, 50)],
)
def test_it_gives_the_published_figures(
    city: str, mentors: int, relationships: int, partners: int, target: int
) -> None:
    programme = Programme.objects.get(slug=f"{city.lower()}-pilot-2017")
    assert Mentor.objects.filter(programmes=programme).count() == mentors
    matches = Match.objects.filter(programme=programme, active_at__isnull=False)
    assert matches.count() == relationships
    assert set(matches.values_list("status", flat=True)) == {"closed"}
    assert matches.values("mentee").distinct().count() == relationships
    assert programme.organisations.count() == partners
    assert programme.target_mentors == target
    assert (programme.starts_on.year, programme.starts_on.month, programme.ends_on.month) == (2017, 2, 6)


def test_it_adds_the_pilot_up() -> None:
    pilots = Programme.objects.filter(slug__endswith="-pilot-2017")
    assert Mentor.objects.filter(programmes__in=pilots).count() == 513
    assert Match.objects.filter(programme__in=pilots).count() == 230
    assert Meeting.objects.filter(match__programme__in=pilots).count() == 0  # none were published
    for name, cities in (("UpRising", 3), ("Mencap", 2), ("Loreto College", 1)):
        assert Organisation.objects.get(name=name).programmes.filter(pk__in=pilots).count() == cities
    assert Organisation.objects.get(name="Queen Mary University").kind == "university"


def test_it_knows_the_network() -> None:
    network = Network.objects.get(name="Manchester Mentoring Network")
    members = set(network.organisations.values_list("name", flat=True))
    assert members == {*pilot.MAPPED, *pilot.COMMISSIONERS}
    assert len(members) == 38
    assert network.organisations.filter(kind="commissioner").count() == 2


# --- Nobody is real ------------------------------------------------------------------------------


def test_it_invents_everybody() -> None:
    for user in User.objects.all():
        assert DEMO.match(user.email), user.email
        assert (
            user.last_name in names.SURNAMES
            or (user.first_name.startswith("Pilot ") and user.last_name.isdigit())
            or user.last_name == "Notrealman"
        ), user
    for name, email in Reference.objects.values_list("name", "email"):
        assert name.split()[-1] in names.SURNAMES, name
        assert DEMO.match(email), email
    for name, email in Permission.objects.values_list("guardian_name", "guardian_email"):
        assert name in names.GUARDIANS, name  # a first name is all we ask for
        assert not email or DEMO.match(email), email
    for email in Organisation.objects.values_list("contact_email", flat=True):
        assert not email or DEMO.match(email), email


def test_it_writes_to_nobody_real() -> None:
    for letter in Letter.objects.all():
        assert DEMO.match(letter.to_email), letter.to_email
        for address in ADDRESS.findall(f"{letter.subject} {letter.text}"):
            assert address.endswith((".example", "demo.example")), address


def test_it_lets_no_letter_leave_tonight(now: datetime) -> None:
    assert Letter.objects.count() > 300
    assert not Letter.objects.exclude(status="sent").exists()
    assert not Letter.objects.filter(
        Q(created_at__gt=now) | Q(sent_at__gt=now) | Q(on_the_wire=True)
    ).exists()
    assert Letter.objects.filter(created_at__lt=now - timedelta(days=200)).exists()


def test_it_happened_when_it_is_said_to_have_happened(now: datetime) -> None:
    assert not Entry.objects.filter(at__gt=now).exists()
    assert Entry.objects.filter(at__lt=now - timedelta(days=300)).exists()
    assert not User.objects.filter(date_joined__gt=now).exists()
    assert not Meeting.objects.filter(status="held", ends_at__gt=now).exists()
    assert not MeetingLog.objects.filter(logged_at__gt=now).exists()


# --- Sign-ins ------------------------------------------------------------------------------------


@pytest.mark.parametrize("email", [email for _, email, _ in SIGN_INS])
def test_it_signs_each_of_them_in(client: Any, settings: Any, email: str) -> None:
    settings.DEMO = True
    user = User.objects.get(email=email)
    assert check_password(PASSWORD, user.password)
    assert user.emailaddress_set.get().verified
    client.post("/account/demo-sign-in/", {"email": email})
    assert client.get("/account/").status_code == 200


def test_it_gives_a_password_to_nobody_else() -> None:
    known = [email for _, email, _ in SIGN_INS]
    assert not any(user.has_usable_password() for user in User.objects.exclude(email__in=known)[:2000])


def test_it_gives_each_sign_in_its_role(now: datetime, live: Programme) -> None:
    def who(name: str) -> User:
        return User.objects.get(email=f"{name}@demo.example")

    match = Match.objects.get(mentor=who("mentor").mentor, status="active")
    assert match.mentee == who("young-person").mentee
    assert match.meetings.filter(status="held").count() == 3
    tomorrow = match.meetings.get(status="planned").starts_at
    assert timezone.localdate(tomorrow) == timezone.localdate(now) + timedelta(days=1)
    assert match.goals.count() == 2
    assert match.messages.filter(status="held").count() == 1
    assert Match.objects.filter(mentor__user=who("offered"), status="offered_to_mentor").exists()
    assert Match.objects.filter(mentee__user=who("suggested"), status="offered_to_mentee").exists()
    assert not who("new-mentor").mentor.is_ready(now)
    assert 0 < ModulePass.objects.filter(user=who("new-mentor")).count() < 8
    tries = QuizTry.objects.filter(user=who("new-mentor"))
    assert set(tries.values_list("score", flat=True)) == {60, 100}
    assert in_the_pool(now).filter(mentee__user=who("waiting")).exists()
    assert who("coordinator").coordinator.organisation.referrals.count() >= 10
    assert list(Programme.objects.managed_by(who("staff")).filter(is_open=True)) == [live]
    assert Programme.objects.managed_by(who("staff2")).filter(is_open=True).count() == 2
    assert Concern.objects.visible_to(who("safeguarding")).count() == 4
    assert not Concern.objects.visible_to(who("admin")).exists()


# --- Every state of every journey ----------------------------------------------------------------


def test_it_has_mentors_in_every_state(now: datetime, live: Programme) -> None:
    today = timezone.localdate(now)
    mentors = Mentor.objects.filter(programmes=live)
    assert set(mentors.values_list("status", flat=True)) == set(Mentor.Status.values)
    assert mentors.ready_in(live, now).count() >= 20
    assert mentors.filter(paused_until__gt=today).count() == 2
    assert mentors.to_approve(now).count() == 3
    assert mentors.unfinished().filter(user__emailaddress__verified=False).exists()
    waits_for = {gap.key for mentor in mentors.filter(status="applying") for gap in mentor.readiness(now)}
    assert waits_for >= {"about", "application", "training", "references", "references_heard", "dbs"}
    replies = mentors.filter(applied_at__isnull=False).annotate(
        given=Count("references", filter=Q(references__status="given"))
    )
    assert set(replies.values_list("given", flat=True)) == {0, 1, 2}
    assert Reference.objects.filter(status="declined").exists()
    checks = Check.objects.latest_of_its_kind().filter(kind="dbs", mentor__in=mentors)
    left = {(check.expires_on - today).days for check in checks}
    for days in (90, 60, 30, 7):
        assert any(days - 4 <= n <= days for n in left), days
    assert set(Check.objects.exclude(reminded_days=None).values_list("reminded_days", flat=True)) == {
        90,
        60,
        30,
        7,
    }
    lapsed = checks.filter(expires_on__lte=today)
    assert lapsed.count() == 2
    assert Match.objects.filter(mentor__checks__in=lapsed, status="paused").count() == 1
    assert ModulePass.objects.lapsed(now).exists()
    assert ModulePass.objects.filter(lapses_on__gt=today, reminded_at__isnull=False).exists()
    assert Certificate.objects.valid(now).count() > 40


def test_it_has_workshops_in_every_state(now: datetime, live: Programme) -> None:
    assert live.workshop
    bookings = Booking.objects.filter(workshop=live.workshop)
    assert set(bookings.values_list("status", flat=True)) >= {
        "attended",
        "booked",
        "waiting",
        "missed",
        "cancelled",
    }
    sessions = WorkshopSession.objects.filter(workshop=live.workshop)
    assert sessions.filter(status="cancelled").count() == 1
    assert sessions.to_mark(now).count() == 1
    assert sessions.coming(now).count() == 3
    assert any(session.places_left == 0 for session in sessions.coming(now).with_places())
    for mentor in Mentor.objects.filter(programmes=live, status="approved").exclude(
        programmes__workshop=None
    ):
        assert bookings.attended().filter(user=mentor.user).count() == 1, mentor


def test_it_has_young_people_in_every_state(now: datetime, live: Programme) -> None:
    requests = Request.objects.filter(programme=live)
    assert set(requests.values_list("status", flat=True)) == set(Request.Status.values)
    assert requests.filter(wants_a_talk_first=True).count() == 2
    assert Draft.objects.filter(request=None).count() == 2
    assert set(Permission.objects.values_list("status", flat=True)) == set(Permission.Status.values)
    assert Permission.objects.filter(how="paper").exists()
    asked = Permission.objects.filter(status="asked")
    assert {(timezone.localdate(now) - timezone.localdate(row.asked_at)).days for row in asked} >= {4, 9}
    assert requests.filter(status="asked", their_answer__gt="").exists()
    today = timezone.localdate(now)
    assert any(row.triage_by < today for row in requests.filter(status="asked").select_related("programme"))
    referred = requests.filter(referral__isnull=False)
    assert set(referred.values_list("status", flat=True)) >= {
        "unconfirmed",
        "asked",
        "more_needed",
        "accepted",
        "declined",
    }
    stages = set(referred.with_stage(now).values_list("stage", flat=True))
    assert stages == set(Request.Stage.values)


def test_it_has_boys_wait_longer_than_girls(now: datetime, live: Programme) -> None:
    pool = in_the_pool(now).filter(programme=live)
    assert pool.count() >= 20
    waits = {
        gender: [row.days_waited(now) for row in pool.filter(mentee__gender=gender)]
        for gender in ("woman", "man")
    }
    means = {gender: sum(days) / len(days) for gender, days in waits.items()}
    assert len(waits["woman"]) >= 8
    assert len(waits["man"]) >= 8
    assert means["man"] > 1.5 * means["woman"]
    assert max(waits["man"]) <= 90


def test_it_has_matches_in_every_state(now: datetime, live: Programme) -> None:
    matches = Match.objects.filter(programme=live)
    momentary = {"approved"}  # offered in the same transaction
    assert set(matches.values_list("status", flat=True)) == set(Match.Status.values) - momentary
    months = {(now - match.active_at).days // 30 + 1 for match in matches.filter(status="active")}
    assert months >= set(range(1, 12))
    assert Meeting.objects.filter(status="held").count() > 50
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    assert Meeting.objects.filter(status="planned", starts_at__date=tomorrow).count() == 2
    assert Meeting.objects.filter(status="planned", ends_at__lt=now - timedelta(hours=20)).count() == 1
    assert Meeting.objects.disagreeing().count() == 1
    assert MeetingLog.objects.asking_for_staff().exists()
    assert Goal.objects.filter(steps__done_at__isnull=False).exists()
    assert Message.objects.held().count() == 3
    assert len({tuple(message.held_because) for message in Message.objects.held()}) == 3
    assert OfferQuestion.objects.unanswered().count() == 2
    assert OfferQuestion.objects.exclude(answered_at=None).count() == 1
    proposals = Proposal.objects.filter(status="open")
    assert proposals.count() == 3
    assert proposals.values("proposed_by").distinct().count() == 2
    assert Block.objects.count() == 1


def test_it_has_concerns_and_partners_that_wait() -> None:
    assert sorted(Concern.objects.values_list("status", flat=True)) == [
        "acknowledged",
        "closed",
        "new",
        "new",
    ]
    assert Organisation.objects.filter(status="applied").count() == 2


def test_it_has_run_the_night(now: datetime, live: Programme) -> None:
    run = Run.objects.get(is_current=True)
    assert run.night == timezone.localdate(now)
    assert run.counts["recommended"] >= 20
    lists = Shortlist.objects.filter(run=run, request__programme=live)
    assert sum(len(shortlist.listed) for shortlist in lists) >= 100
    nobody = WithoutSuggestion.objects.filter(run=run, request__programme=live)
    assert nobody.count() >= 3
    assert any("more if they could meet online" in row.in_words for row in nobody)


# --- Where it is not told ------------------------------------------------------------------------


def test_it_refuses_the_real_house(settings: Any) -> None:
    settings.ENV = "production"
    with pytest.raises(CommandError, match="only for the demonstration"):
        call_command("load_demo")


def test_it_refuses_a_database_with_real_people() -> None:
    User.objects.create_user("sam@people.example")
    with pytest.raises(CommandError, match="Somebody real"):
        call_command("load_demo")
