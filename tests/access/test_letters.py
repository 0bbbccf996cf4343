"""R2, for letters: every letter that the house writes, read for what it must not say."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from matching import emails as matching
from mentees import emails as mentees
from mentoring import emails as mentoring
from mentors import emails as mentors
from notifications.models import Letter
from partners import emails as partners
from safeguarding import emails as safeguarding
from tests.access.canaries import Scanner
from training import emails as training
from training import workshop_emails as workshops
from training.models import ModulePass

pytestmark = pytest.mark.django_db

# A letter holds a first name and a link. What more there is stands here, with its reason.
MAY_SAY = {
    "partners/applied": {"partner contact name"},  # their own, to say hello
    "partners/declined": {"partner contact name"},
    # A first name is all we ask of referees and guardians; here it holds their whole canary.
    "mentors/*": {
        "asked referee name",
        "mentor referee name",
        "mentor referee too name",
        # Whom they are asked about: a referee may know a dozen called Amara.
        "applicant surname",
    },
    "mentees/*": {"mentee guardian name", "asker guardian name"},
}


def write_them_all(house: SimpleNamespace) -> None:
    h, at = house.one, timezone.now()
    on, staff, young = timezone.localdate(at), h.people["staff"], h.people["mentee"]
    for verb in (
        matching.offered,
        matching.offer_reminder,
        matching.meet_your_mentor,
        matching.meet_reminder,
        matching.match_live,
        matching.not_this_time,
    ):
        verb(h.match)
    for is_so in (True, False):
        matching.offer_lapsed(h.match, was_with_mentor=is_so)
        matching.offer_withdrawn(h.match, to_mentee=is_so)
        partners.invited(h.coordinator, is_first=is_so)
    mentoring.message_decided(h.held_by_mentor, was_sent=True)
    mentoring.message_decided(h.held_by_mentee, was_sent=False)
    matching.paused(h.match, at=at)
    matching.resumed(h.match, at=at)
    matching.question_asked(h.question, [staff])
    matching.question_answered(h.question)
    for verb in (
        mentoring.meeting_planned,
        mentoring.meeting_moved,
        mentoring.meeting_cancelled,
        mentoring.meeting_soon,
        mentoring.please_log,
    ):
        verb(h.meeting, to=young)
    mentoring.message_waiting(h.held_by_mentor, on=on)
    mentors.signed_up(h.mentor)
    mentors.application_sent(h.mentor)
    mentors.nudge(h.mentor, day=7, done=3, total=9)
    mentors.declined(h.mentor, words="Not this time.", at=at)
    mentors.reference_requested(h.asked_reference, at=at)
    mentors.reference_reminder(h.asked_reference, day=7, at=at)
    mentors.reference_received(h.asked_reference, in_now=1)
    mentors.referee_declined(h.asked_reference)
    dbs = h.mentor.checks.get(kind="dbs")
    mentors.check_expiring(dbs, days=30, on=on)
    mentors.check_lapsed(dbs, at=at)
    mentors.training_lapsed(h.mentor, on=on, at=at)
    mentors.pause_over(h.mentor, until=on)
    mentees.confirm(h.request, at=at)
    mentees.asked_again(young, key="mentees/asked_again:letters")
    mentees.received(h.request, h.request.permission)
    for verb in (mentees.withdrawn, mentees.accepted, mentees.declined, mentees.referral_confirmed):
        verb(h.request)
    mentees.more_needed(h.request, at=at)
    mentees.still_waiting(h.request, days=30)
    mentees.referred(h.request, at=at)
    mentees.referral_received(h.referral)
    permission = h.request.permission
    mentees.permission_request(permission, at=at)
    mentees.permission_reminder(permission, day=5, at=at)
    for verb in (
        mentees.permission_given,
        mentees.permission_refused,
        mentees.permission_withdrawn,
        mentees.permission_expired,
    ):
        verb(permission)
    partners.applied(h.organisation)
    partners.confirm_interest(h.interest, at=at, days=7)
    partners.opened_near(h.interest, h.programme)
    partners.declined(h.organisation, reason="We do not work there yet.")
    safeguarding.raised(h.concern, to=house.lead)
    safeguarding.overdue(h.concern, to=house.lead)
    safeguarding.many(to=house.lead, at=at)
    safeguarding.nobody_to_tell(h.concern, to=house.admin)
    safeguarding.contact_days(h.mentor, days=[on], to=house.lead)
    for event in (workshops.booked, workshops.promoted, workshops.changed, workshops.soon):
        event(h.booking, at=at)
    workshops.waiting(h.booking, position=2, at=at)
    workshops.cancelled(h.booking, why="", at=at)
    workshops.missed(h.booking, next_one=h.session, at=at)
    workshops.no_place(h.booking, next_one=None, at=at)
    training.certificate(h.certificate, at=at)
    training.nudge(h.enrolment, 7, at=at)
    training.lapsing(
        ModulePass.objects.create(
            user=h.people["mentor"], module=h.module, passed_on=on, lapses_on=on + timedelta(days=30)
        ),
        at=at,
    )


def may_say(kind: str) -> set[str]:
    return MAY_SAY.get(kind, set()) | MAY_SAY.get(kind.split("/")[0] + "/*", set())


def test_it_says_a_first_name_and_a_link_and_no_more(house: SimpleNamespace) -> None:
    write_them_all(house)
    scanner, found = Scanner(house), []
    for letter in Letter.objects.all():
        told = "\n".join((letter.subject, letter.text, letter.html, letter.key, letter.about))
        found += [f"{letter.kind}: {w}" for w, _ in scanner.heard(told) if w not in may_say(letter.kind)]
    assert not found, "\n".join(sorted(found))


def test_it_tells_nobody_but_the_lead_of_a_concern(house: SimpleNamespace) -> None:
    write_them_all(house)
    letters = Letter.objects.filter(kind__startswith="safeguarding/")
    assert {letter.to_user for letter in letters} == {house.lead, house.admin}
    for letter in letters.filter(to_user=house.admin):
        assert house.one.concern.reference not in letter.text


def test_it_wrote_every_letter_there_is(house: SimpleNamespace) -> None:
    """The control: a new letter that is not read here fails the build."""
    write_them_all(house)
    folder = Path(settings.BASE_DIR) / "templates"
    there = {
        f"{path.parent.parent.name}/{path.name.removesuffix('_subject.txt')}"
        for path in folder.glob("*/email/*_subject.txt")
    }
    accounts = {kind for kind in there if kind.startswith("account/")}  # codes, shown in tests/users
    assert there - accounts - set(Letter.objects.values_list("kind", flat=True)) == ELSEWHERE


# Said by the page that does it, because the words need what only that page has.
ELSEWHERE: set[Any] = {"safeguarding/lead_named", "safeguarding/lead_removed"}
