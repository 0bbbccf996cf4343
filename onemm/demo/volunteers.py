"""Mentors, each taken along their journey as far as their scene needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from audit.transitions import move
from mentors import actions as mentors
from mentors import emails, rules
from mentors.models import Check, Mentor, Reference
from notifications.links import sign
from onemm.demo import learners, names, sittings
from onemm.demo.stage import AT, Stage, address
from partners.models import Experience, HelpTopic, Language, Sector
from users.actions import confirm_email

# How far along the journey somebody is.
SIGNED_UP, HALF, FILLED, SENT, ONE_REPLY, REPLIES, HEARD, CHECKED, APPROVED = range(9)

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


def evenings(*days: int) -> int:
    return sum(1 << (3 * day + 2) for day in days)


def mornings(*days: int) -> int:
    return sum(1 << (3 * day) for day in days)


def afternoons(*days: int) -> int:
    return sum(1 << (3 * day + 1) for day in days)


EVERY_EVENING = evenings(MON, TUE, WED, THU, FRI)
WEEKS = (
    evenings(MON, TUE, WED),
    evenings(TUE, THU),
    evenings(WED, THU, FRI) | mornings(SAT),
    EVERY_EVENING,
    mornings(SAT) | afternoons(SAT),
    evenings(MON, WED) | afternoons(FRI),
    afternoons(TUE, THU) | evenings(TUE),
    evenings(THU) | mornings(SAT, SUN),
)


@dataclass
class Volunteer:
    """One mentor as the casting list describes them; what is not said is drawn."""

    upto: int = APPROVED
    days: int = 60  # since they signed up
    account: str = ""  # the part of the address before the @, where it matters
    first_name: str = ""
    gender: str = ""
    place: str = "Manchester"
    trained: bool | int = True  # all of it, nothing, or so many modules
    trained_days: int | None = None  # ago; as a rule soon after signing up
    dbs: bool = True
    dbs_left: int | None = None  # days until the check is to be repeated
    is_confirmed: bool = True
    capacity: int = 1
    slots: int = 0
    way: str = ""
    travel: int = 0
    ages: int = 0
    job: tuple[str, str] = ("", "")
    employer: str = ""
    topics: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    experiences: tuple[str, ...] = ()
    both_programmes: bool = False
    then: Callable[[Stage, Mentor], Any] | None = None
    surname: str = ""


class Words:
    """The lists people choose from, read once."""

    def __init__(self) -> None:
        self.topics = list(HelpTopic.objects.all())
        self.sectors = {row.name: row for row in Sector.objects.all()}
        self.languages = {row.name: row for row in Language.objects.all()}
        self.experiences = list(Experience.objects.all())

    def named(self, words: list[Any], chosen: tuple[str, ...]) -> list[Any]:
        return [word for word in words if word.name in chosen]


def bring(stage: Stage, words: Words, who: Volunteer) -> Mentor:
    """Take one mentor from sign-up as far as `who.upto`, by the real verbs and on the days they took."""
    stage.told("mentors")
    gender = who.gender or ("woman", "man")[stage.number() % 2]
    first, last = (who.first_name, who.surname) if who.first_name else stage.somebody(gender)
    email = who.account + AT if who.account else address(first, last)
    programme = stage.programmes[who.place]

    def day(n: int) -> int:
        return max(who.days - n, 0)

    job, sector = who.job if who.job[0] else stage.dice.choice(names.JOBS)
    years = stage.dice.randint(5, 28)
    at = stage.ago(who.days, 12, stage.dice.randint(0, 59))
    user = stage.do(
        mentors.sign_up,
        email=email,
        first_name=first,
        last_name=last,
        programme=programme,
        years=years,
        has_degree=stage.dice.random() < 0.6,
        is_adult=True,
        at=at,
    )
    mentor: Mentor = user.mentor
    if not who.is_confirmed:
        return mentor
    with stage.as_of(at), transaction.atomic():
        confirm_email(user)
        mentors.welcome(user)
    if who.both_programmes:
        both = [stage.programmes["Manchester"], stage.programmes["Cardiff"]]
        stage.do(mentors.choose_programmes, mentor, both, by=user, at=at)
    if who.upto >= HALF:
        _half(stage, words, mentor, who, job, sector, years, gender)
    if who.upto >= FILLED:
        _rest(stage, mentor, at=stage.ago(day(1), 20))
    if who.upto >= SENT:
        stage.do(mentors.send_application, mentor, by=user, at=stage.ago(day(2), 19))
        _replies(stage, mentor, 2 if who.upto >= REPLIES else who.upto - SENT, day)
    if who.trained:
        ended = who.days - 8 if who.trained_days is None else who.trained_days
        learners.train(stage, user, who.trained, ended=ended)
    if who.upto >= HEARD and who.place == "Manchester":
        sittings.take_part(stage, mentor, days=who.days)
    if who.upto >= HEARD:
        _check(stage, mentor, who, day)
    if who.upto >= APPROVED:
        # Never the one who did the checks.
        second = stage.people["staff" if who.place == "Manchester" else "staff-cardiff"]
        stage.do(mentors.approve, mentor, by=second, at=stage.ago(day(14), 15))
    mentor.refresh_from_db()
    if who.then:
        who.then(stage, mentor)
    return mentor


def _half(
    stage: Stage, words: Words, mentor: Mentor, who: Volunteer, job: str, sector: str, years: int, gender: str
) -> None:
    dice = stage.dice
    mentors.save_work(
        mentor,
        employer=who.employer or dice.choice(names.OTHER_EMPLOYERS),
        job_title=job,
        years=years,
        has_degree=dice.random() < 0.6,
        sectors=[words.sectors[sector]],
    )
    outcodes = names.MANCHESTER if who.place == "Manchester" else names.CARDIFF
    languages = who.languages or (
        "English",
        *(dice.sample(sorted(words.languages), 1) if dice.random() < 0.35 else ()),
    )
    Mentor.objects.filter(pk=mentor.pk).update(
        gender=gender,
        born_on=stage.born(22 + years, dice.randint(1, 360)),
        outcode=dice.choice(outcodes),
        interests=dice.choice(("Walking and old maps", "Five-a-side, badly", "Baking", "Podcasts", "")),
    )
    mentor.topics.set(words.named(words.topics, who.topics) or stage.some(words.topics, 2, 5))
    mentor.languages.set([words.languages[name] for name in languages])
    mentor.experiences.set(
        words.named(words.experiences, who.experiences) or stage.some(words.experiences, 0, 2)
    )
    if who.upto >= FILLED:
        Mentor.objects.filter(pk=mentor.pk).update(
            free_slots=who.slots or dice.choice(WEEKS),
            way=who.way or dice.choice(("either", "either", "online", "in_person")),
            travel_minutes=who.travel or dice.choice((15, 30, 45)),
            accepted_ages=who.ages or dice.choice((15, 15, 15, 12, 14)),
            capacity=who.capacity,
        )


def _rest(stage: Stage, mentor: Mentor, *, at: Any) -> None:
    user, n = mentor.user, stage.number()
    stage.do(mentors.declare_conflicts, mentor, tied_to=(), relatives="", at=at)
    Mentor.objects.filter(pk=mentor.pk).update(motivation=stage.dice.choice(names.MOTIVATIONS))
    stage.do(mentors.disclose, mentor, has_something=False, words="", by=user, at=at)
    stage.do(mentors.agree_to_code, mentor, by=user, at=at)
    referees = [
        rules.Referee(f"{first} {names.SURNAMES[(n + k) % 16]}", f"referee{k}-{n}{AT}", knows, 4 + k)
        for k, (first, knows) in enumerate(
            zip(stage.dice.sample(names.REFEREES, 2), ("My manager", "We volunteer together"), strict=True)
        )
    ]
    stage.do(mentors.name_referees, mentor, referees, at=at)


def _replies(stage: Stage, mentor: Mentor, count: int, day: Callable[[int], int]) -> None:
    for n, reference in enumerate(mentor.references.filter(status=Reference.Status.ASKED)[:count]):
        at = stage.ago(day(5 + n), 21)
        token = sign(emails.REFERENCE_LINK, reference.pk, reference.link_version, days=30, at=at)
        answers = {
            "knows_well": "We have worked together for years, and I see them with young people often.",
            "is_suitable": True,
            "has_worries": False,
            "words": "Patient, on time, and funny when it helps.",
        }
        stage.do(mentors.give_reference, token, answers=answers, at=at)


def _check(stage: Stage, mentor: Mentor, who: Volunteer, day: Callable[[int], int]) -> None:
    checker = stage.people["staff2"]
    stage.do(mentors.record_check, mentor, Check.Kind.IDENTITY, by=checker, at=stage.ago(day(9), 11))
    stage.do(mentors.record_check, mentor, Check.Kind.REFERENCES, by=checker, at=stage.ago(day(9), 11, 20))
    if who.upto < CHECKED or not who.dbs:
        return
    at = stage.ago(day(12), 11)
    issued_on: date = stage.ago(day(11)).date()
    if who.dbs_left is not None:
        issued_on = rules.months_after(stage.today + timedelta(days=who.dbs_left), -36)
    stage.do(
        mentors.record_check,
        mentor,
        Check.Kind.DBS,
        by=checker,
        at=at,
        level=Check.Level.ENHANCED_BARRED,
        workforce=Check.Workforce.CHILD,
        barred_list_reason="Alone with under-18s once a week or more",
        certificate_number=f"{900_000_000_000 + mentor.pk}",
        issued_on=issued_on,
        has_update_service_consent=True,
    )


# --- What became of some -------------------------------------------------------------------------


def takes_a_break(stage: Stage, mentor: Mentor) -> None:
    stage.do(mentors.pause, mentor, 3, by=mentor.user, at=stage.ago(20))


def is_suspended(stage: Stage, mentor: Mentor) -> None:
    stage.do(mentors.suspend, mentor, by=stage.people["staff2"], reason="conduct", at=stage.ago(11))


def is_declined(stage: Stage, mentor: Mentor) -> None:
    words = "Thank you for offering your time. We think another kind of volunteering would suit you better."
    stage.do(mentors.decline, mentor, by=stage.people["staff2"], reason="fit", words=words, at=stage.ago(15))


def has_left(stage: Stage, mentor: Mentor) -> None:
    stage.do(move, mentor, Mentor.Status.LEFT, by=mentor.user, reason="moved away", at=stage.ago(30))


def loses_a_referee(stage: Stage, mentor: Mentor) -> None:
    reference = mentor.references.filter(status=Reference.Status.ASKED).first()
    assert reference is not None  # noqa: S101  both have been asked
    at = stage.ago(2, 9)
    token = sign(emails.REFERENCE_LINK, reference.pk, reference.link_version, days=30, at=at)
    stage.do(mentors.decline_reference, token, at=at)


def studies(stage: Stage, mentor: Mentor) -> None:
    learners.try_quizzes(stage, mentor.user)
