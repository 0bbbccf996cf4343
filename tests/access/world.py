"""Two halves of one house, complete enough that every page has something to show.

`one` and `two` have nobody and nothing in common: another programme, partner, staff, mentor, young people.
Every personal field of both holds a canary, a word that stands nowhere else, named by `canaries`.
"""

from __future__ import annotations

import itertools
import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from django.contrib.auth.models import Group
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from audit.models import Entry
from matching.models import OfferQuestion, Proposal
from mentees import emails as mentees_letters
from mentees.models import Permission
from mentoring.models import Goal, Meeting, MeetingLog, Message, Step
from mentors import emails as mentors_letters
from mentors.models import Disclosure, Mentor, Reference
from notifications.links import sign
from notifications.models import Letter
from partners import emails as partners_letters
from partners.models import Experience, HelpTopic, Interest, Language, Network, Sector
from safeguarding.models import Concern, SafeguardingLead
from tests import factories
from training import workshop_emails as training_letters
from training.models import (
    Booking,
    Choice,
    Course,
    Enrolment,
    Lesson,
    Module,
    Note,
    Picture,
    Question,
    QuizTry,
    Workshop,
    WorkshopSession,
)

NOWHERE = 987_654_321  # the number of no row
ADULT, YOUNG = date(1981, 4, 23), date(2010, 2, 17)
OUTCODES = [f"{area}{n}" for area in ("ZE", "KW", "HS", "IV") for n in range(1, 10)]


@dataclass
class Half:
    """One programme with its people, and the rows that belong to them alone."""

    name: str
    people: dict[str, Any] = field(default_factory=dict)
    canaries: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)
    _numbers: Any = field(default_factory=itertools.count)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["rows"][name]
        except KeyError:
            raise AttributeError(name) from None

    def canary(self, what: str, form: str = "{}") -> str:
        """A new word for this field of this half, remembered under its name."""
        word = "Qz" + "".join(c for c in f"{what}{self.name}" if c.isalpha()).lower() + "zq"
        self.canaries[what] = [word]
        return form.format(word)

    def birth(self, what: str, about: date) -> date:
        """A birth date that nobody shares, remembered in every way that a page could write it."""
        day = about - timedelta(days=next(self._numbers) * 2 + (self.name == "two"))
        month = f"{day:%B}"
        self.canaries[what] = [
            f"{day.day} {month} {day.year}",
            f"{day.day} {month[:3]} {day.year}",
            f"{month} {day.day}, {day.year}",
            day.isoformat(),
            f"{day:%d/%m/%Y}",
        ]
        return day

    def outcode(self, what: str) -> str:
        """A place where nobody else lives."""
        code = OUTCODES[next(self._numbers) % 18 + (18 if self.name == "two" else 0)]
        factories.make_outcode(code, "Lerwick", 4470, 11410)
        self.canaries[what] = [code]
        return code


def build() -> SimpleNamespace:
    """The whole house. Half two's people hold the numbers that a stranger from half one will try."""
    one, two = Half("one"), Half("two")
    everywhere = SimpleNamespace(one=one, two=two)
    lead = factories.make_user("Ros", is_staff=True)
    one.rows["lead"] = two.rows["lead"] = SafeguardingLead.objects.create(user=lead)
    everywhere.lead = lead
    everywhere.admin = factories.make_staff("Ada", is_superuser=True)
    everywhere.stranger = factories.make_user("Nobody")
    for half in (one, two):
        _settle(half)
        _pair(half)
        _waiting(half)
        _offers(half)
        _training(half)
    _night(one, two)
    for half in (one, two):
        _worries(half)
        _papers(half)
    return everywhere


def _settle(half: Half) -> None:
    """The programme, its partner, and those who work for either."""
    r = half.rows
    r["programme"] = factories.make_programme(f"Programme {half.name}", place="Lerwick")
    r["organisation"] = factories.make_organisation(
        f"Partner {half.name}",
        contact_name=half.canary("partner contact name"),
        contact_email=half.canary("partner contact email", "{}@contact.example").lower(),
        applied_at=timezone.now(),
        safeguarding_lead=half.canary("partner safeguarding lead"),
        safeguarding_email=half.canary("partner safeguarding email", "{}@safe.example").lower(),
    )
    r["programme"].organisations.add(r["organisation"])
    r["invitation"] = f"invitation-of-{half.name}"
    r["organisation"].invitation, r["organisation"].invitation_since = r["invitation"], timezone.now()
    r["organisation"].save()
    r["interest"] = Interest.objects.create(
        email=half.canary("interest email", "{}@far.example").lower(),
        outcode="LS1",
        asked_at=timezone.now(),
        confirmed_at=timezone.now(),
        nearest=r["programme"],
    )
    r["interest_token"] = sign(partners_letters.INTEREST, r["interest"].pk, "")
    r["leave_token"] = partners_letters.leave_token(r["interest"])
    r["applied"] = factories.make_organisation(f"New partner {half.name}", status="applied")
    r["group"] = Group.objects.create(name=f"Group {half.name}")
    for name, model in (
        ("topic", HelpTopic),
        ("sector", Sector),
        ("language", Language),
        ("experience", Experience),
    ):
        r[name] = factories.make_word(model, f"{name} of {half.name}")
    r["network"] = Network.objects.create(name=f"Network {half.name}")
    r["coordinator"] = factories.make_coordinator(r["organisation"], f"Coord{half.name}")
    staff = factories.make_staff(f"Dele{half.name}", programmes=[r["programme"]])
    r["second"] = factories.make_staff(f"Mina{half.name}", programmes=[r["programme"]])
    r["manager"] = staff.programme_manager
    half.people |= {"staff": staff, "coordinator": r["coordinator"].user}


def _mentor(half: Half, who: str, first_name: str, **fields: Any) -> Mentor:
    mentor = factories.make_ready_mentor(
        first_name,
        programme=half.programme,
        checked_by=half.second,
        user=factories.make_user(
            first_name,
            last_name=half.canary(f"{who} surname"),
            email=half.canary(f"{who} email", "{}@people.example").lower(),
        ),
        born_on=half.birth(f"{who} birth date", ADULT),
        outcode=half.outcode(f"{who} outcode"),
        employer=half.canary(f"{who} employer"),
        job_title=half.canary(f"{who} job"),
        motivation=half.canary(f"{who} motivation"),
        relatives=half.canary(f"{who} relatives"),
        pronouns=half.canary(f"{who} pronouns"),
        capacity=3,
        **fields,
    )
    half.canaries[f"{who} check number"] = [mentor.checks.get(kind="dbs").certificate_number]
    Disclosure.objects.filter(mentor=mentor).update(
        has_something=True, words=half.canary(f"{who} disclosure")
    )
    for n, reference in enumerate(mentor.references.order_by("pk"), 1):
        what = f"{who} referee" + (" too" if n == 2 else "")
        reference.name = half.canary(f"{what} name")
        reference.email = half.canary(f"{what} email", "{}@referee.example").lower()
        reference.knows_well = half.canary(f"{what} knows well")
        reference.words = half.canary(f"{what} words")
        reference.save()
    return mentor


def _mentee(half: Half, who: str, first_name: str, **fields: Any) -> Any:
    mentee = factories.make_mentee(
        first_name,
        user=factories.make_user(
            first_name,
            last_name=half.canary(f"{who} surname"),
            email=half.canary(f"{who} email", "{}@people.example").lower(),
        ),
        born_on=half.birth(f"{who} birth date", YOUNG),
        outcode=half.outcode(f"{who} outcode"),
        school_name=half.canary(f"{who} school"),
        goals=half.canary(f"{who} goals"),
        good_to_know=half.canary(f"{who} needs"),
        heard_of_us=half.canary(f"{who} heard of us"),
        **fields,
    )
    Permission.objects.filter(mentee=mentee).delete()
    permission = factories.make_permission(mentee)
    permission.guardian_name = half.canary(f"{who} guardian name")
    permission.guardian_email = half.canary(f"{who} guardian email", "{}@home.example").lower()
    permission.save()
    return mentee


def _pair(half: Half) -> None:
    """A mentor and a young person whom the partner referred, meeting since last month."""
    r, at = half.rows, timezone.now()
    began = at - timedelta(days=40)
    mentor = r["mentor"] = _mentor(half, "mentor", f"Amara{half.name}")
    r["dbs"] = mentor.checks.get(kind="dbs")
    mentee = r["mentee"] = _mentee(half, "mentee", f"Kayden{half.name}")
    r["request"] = factories.make_request(
        mentee, programme=r["programme"], asked_at=began, confirmed_at=began
    )
    r["referral"] = factories.make_referral(
        r["request"],
        r["coordinator"],
        note=half.canary("referral note"),
        first_name=mentee.name,
        last_name=mentee.user.last_name,
        born_on=mentee.born_on,
    )
    match = r["match"] = factories.make_match(mentor, r["request"], at=began)
    coming = {"match": match, "way": "online", "planned_by": mentor.user}
    coming |= {"planned_at": began, "changed_at": began}
    r["meeting"] = Meeting.objects.create(
        starts_at=at + timedelta(days=3),
        ends_at=at + timedelta(days=3, hours=1),
        topic=half.canary("meeting topic"),
        place=half.canary("meeting place"),
        **coming,
    )
    held = Meeting.objects.create(
        starts_at=at - timedelta(days=9),
        ends_at=at - timedelta(days=9) + timedelta(hours=1),
        status="held",
        **coming,
    )
    for who, by in (("mentor", mentor.user), ("mentee", mentee.user)):
        MeetingLog.objects.create(
            meeting=held,
            by=by,
            logged_at=at,
            outcome="held",
            minutes=60,
            shared_words=half.canary(f"{who} log shared"),
            staff_words=half.canary(f"{who} log for staff"),
            tell_staff=True,
        )
    r["two_stories"] = held
    Meeting.objects.filter(pk=held.pk).update(disagreed_at=at)
    r["word_to_staff"] = held.logs.get(by=mentor.user)
    r["goal"] = Goal.objects.create(match=match, words=half.canary("goal"), place=1, made_at=began)
    r["step"] = Step.objects.create(goal=r["goal"], words=half.canary("step"), made_by=mentee.user)
    message = {"match": match, "written_at": at, "screened_at": at}
    for who, by in (("mentor", mentor.user), ("mentee", mentee.user)):
        Message.objects.create(
            author=by,
            words=half.canary(f"{who} message"),
            status="delivered",
            delivered_at=at,
            form_key=uuid.uuid4(),
            **message,
        )
        r[f"held_by_{who}"] = Message.objects.create(
            author=by,
            words=half.canary(f"{who} held message"),
            status="held",
            held_because=["a phone number"],
            form_key=uuid.uuid4(),
            **message,
        )
    r["entry"] = Entry.objects.record(match, "began", by=None, at=began)
    r["account"] = mentor.user
    half.people |= {"mentor": mentor.user, "mentee": mentee.user}


def _waiting(half: Half) -> None:
    """Those on their way: a mentor who may be approved, one who has just begun, young people who asked."""
    r = half.rows
    applicant = r["applicant"] = _mentor(half, "applicant", f"Bola{half.name}")
    Mentor.objects.filter(pk=applicant.pk).update(status="applying", approved_at=None)
    Entry.objects.record(applicant, "applied", at=timezone.now())
    beginner = r["beginner"] = factories.make_mentor(f"Cleo{half.name}", programme=r["programme"])
    r["asked_reference"] = Reference.objects.create(
        mentor=applicant,
        status="asked",
        name=half.canary("asked referee name"),
        email=half.canary("asked referee email", "{}@referee.example").lower(),
        knows_as="manager",
        years_known=4,
        asked_at=timezone.now(),
    )
    asker = r["asker"] = _mentee(half, "asker", f"Dana{half.name}")
    r["asked_request"] = factories.make_request(asker, programme=r["programme"], status="asked")
    Permission.objects.filter(mentee=asker).update(status="asked", answered_at=None)
    r["asked_permission"] = Permission.objects.get(mentee=asker)
    unsure = factories.make_mentee(f"Efe{half.name}")
    r["unconfirmed"] = factories.make_request(unsure, programme=r["programme"], status="unconfirmed")
    r["second_referral"] = factories.make_referral(
        r["unconfirmed"], r["coordinator"], first_name=unsure.name, last_name="", born_on=unsure.born_on
    )
    half.people |= {"applicant": applicant.user, "beginner": beginner.user, "asker": asker.user}


def _offers(half: Half) -> None:
    """What the mentor was offered: one to answer, one that waits for the young person, one declined."""
    r, on = half.rows, timezone.localdate()
    for who, status, slot in (
        ("offered", "offered_to_mentor", 2),
        ("suggested", "offered_to_mentee", 3),
        ("refused", "declined_by_mentor", 1),
    ):
        mentee = _mentee(half, who, f"{who.title()}{half.name}")
        request = factories.make_request(mentee, programme=r["programme"])
        r[who] = factories.make_match(
            r["mentor"],
            request,
            status=status,
            slot=slot,
            offered_at=timezone.now(),
            answer_by=on + timedelta(days=5),
            shared={},
        )
        half.people[who] = mentee.user
    r["question"] = OfferQuestion.objects.create(
        match=r["offered"],
        by=r["mentor"].user,
        words=half.canary("question about the offer"),
        asked_at=timezone.now(),
    )


def _training(half: Half) -> None:
    """A course that everybody may take, and in half two one that is not published."""
    r, at = half.rows, timezone.now()
    course = r["course"] = Course.objects.create(
        slug=f"course-{half.name}", title=f"Course {half.name}", is_published=half.name == "one"
    )
    module = r["module"] = Module.objects.create(course=course, slug="begin", title="Begin", order=1)
    r["lesson"] = Lesson.objects.create(
        module=module,
        slug="first",
        title="First",
        order=1,
        body="Words of a lesson.\n\n::: reflect\nThink.\n:::",
    )
    r["picture"] = Picture.objects.create(
        course=course,
        name="first-hour.png",
        alt="Two people.",
        kind="png",
        width=1,
        height=1,
        data=b"x",
        added_at=at,
    )
    question = r["asked"] = Question.objects.create(module=module, slug="q", text="Which?", kind="one")
    for order, right in enumerate((True, False), 1):
        Choice.objects.create(
            question=question, text=f"Choice {order}", is_right=right, order=order, feedback="Why."
        )
    learner = r["mentor"].user
    r["note"] = Note.objects.create(
        user=learner,
        course=course,
        lesson=r["lesson"],
        title="First",
        words=half.canary("mentor training note"),
        changed_at=at,
    )
    r["enrolment"] = Enrolment.objects.create(user=learner, course=course, started_at=at, last_active_at=at)
    r["try"] = QuizTry.objects.create(user=learner, module=module, asked=[question.pk], started_at=at, seed=1)
    r["certificate"] = factories.make_certificate(learner, course)
    workshop = r["workshop"] = Workshop.objects.create(
        slug=f"workshop-{half.name}", title=f"Workshop {half.name}", is_published=True
    )
    r["programme"].workshop = workshop
    r["programme"].save()
    session = r["session"] = WorkshopSession.objects.create(
        workshop=workshop,
        starts_at=at + timedelta(days=5),
        ends_at=at + timedelta(days=5, hours=2),
        way="room",
        area="City centre",
        address=half.canary("session address"),
        good_to_know=half.canary("session words"),
        places=1,
        planned_at=at,
        changed_at=at,
    )
    r["booking"] = Booking.objects.create(
        session=session, workshop=workshop, user=learner, status="booked", slot=1, changed_at=at
    )
    r["place_token"] = training_letters.give_back_token(r["booking"])


def _night(*halves: Half) -> None:
    """Last night's run: in each programme a young person waits with a suggestion and a colleague's yes."""
    at = timezone.now()
    run = factories.make_run()
    for half in halves:
        waiting = _mentee(half, "waiting", f"Fola{half.name}")
        free = half.rows["free"] = _mentor(half, "free", f"Gwen{half.name}")
        request = half.rows["to_review"] = factories.make_request(waiting, programme=half.programme)
        half.rows["shortlist"] = factories.make_shortlist(request, free, run=run)
        half.rows["proposal"] = Proposal.objects.create(
            request=request,
            mentor=free,
            proposed_by=half.second,
            proposed_at=at,
            note=half.canary("proposal note"),
        )
        half.rows["run"] = run


def _worries(half: Half) -> None:
    at = timezone.now()
    half.rows["concern"] = Concern.objects.create(
        raised_by=half.people["mentee"],
        raised_at=at,
        answer_by=at + timedelta(days=1),
        what_happened=half.canary("concern what happened"),
        who=half.canary("concern who"),
        when_and_where=half.canary("concern when and where"),
        how_to_reply="call",
        reply_to=half.canary("concern reply to"),
        match=half.match,
        decision=half.canary("concern decision"),
        form_key=uuid.uuid4(),
    )


def _papers(half: Half) -> None:
    """Letters, keys, and the tokens of signed links."""
    r = half.rows
    mentors_letters.approved(r["mentor"], at=timezone.now())
    r["letter"] = Letter.objects.get(to_user=r["mentor"].user)
    Letter.objects.filter(pk=r["letter"].pk).update(status="dead")
    r["passkey"] = Authenticator.objects.create(
        user=half.people["mentor"],
        type=Authenticator.Type.WEBAUTHN,
        data={"name": half.canary("passkey name"), "credential": _credential()},
    )
    reference, permission = r["asked_reference"], r["asked_permission"]
    r["reference_token"] = sign(mentors_letters.REFERENCE_LINK, reference.pk, reference.link_version)
    r["permission_token"] = sign(mentees_letters.PERMISSION, permission.pk, permission.link_version)
    r["confirm_token"] = mentees_letters.confirm_token(r["unconfirmed"])


def _credential() -> dict[str, Any]:
    """What a security key says when it is added; its key pair is made up."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    credential = AttestedCredentialData.create(Aaguid.NONE, b"a passkey", key)
    data = AuthenticatorData.create(
        b"\0" * 32, AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT, 0, credential
    )
    name = websafe_encode(b"a passkey")
    return {
        "id": name,
        "rawId": name,
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(
                b'{"type": "webauthn.create", "challenge": "AAAA", "origin": "http://localhost"}'
            ),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        },
    }


__all__ = ["NOWHERE", "Half", "build"]
