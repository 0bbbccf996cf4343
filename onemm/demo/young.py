"""Young people, each taken along their journey as far as their scene needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mentees import actions as mentees
from mentees.models import Permission, Request
from mentees.rules import Answers, Guardian, age
from onemm.demo import names
from onemm.demo.stage import AT, Stage, address
from onemm.demo.volunteers import WEEKS, Words

# How far along the journey somebody is.
UNCONFIRMED, OPENED, ASKED, ACCEPTED = range(4)
ADULT = 18


@dataclass
class Young:
    """One young person as the casting list describes them; what is not said is drawn."""

    upto: int = ACCEPTED
    days: int = 30  # since they asked
    account: str = ""
    first_name: str = ""
    surname: str = ""
    gender: str = ""
    age: int = 0  # now
    place: str = "Manchester"
    # "": given at once; else "asked", "refused", "paper", "talk" (it is complicated at home)
    permission: str = ""
    partner: str = ""  # the coordinator's account, for who was referred
    slots: int = 0
    way: str = "either"
    travel: int = 45
    outcode: str = ""
    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    experiences: tuple[str, ...] = ()
    wish: str = ""  # must be a woman, a man
    goals: str = ""
    required_language: str = ""
    good_to_know: str = ""
    then: Callable[[Stage, Request], Any] | None = None

    @property
    def asked(self) -> int:
        """Days since they asked."""
        return self.days


def bring(stage: Stage, words: Words, who: Young) -> Request:
    """Take one young person from asking as far as `who.upto`, by the real verbs and on their days."""
    stage.told("young people")
    gender = who.gender or ("woman", "man")[stage.number() % 2]
    first, last = (who.first_name, who.surname) if who.first_name else stage.somebody(gender)
    email = who.account + AT if who.account else address(first, last)
    born_on = stage.born(who.age or stage.dice.randint(15, 21), stage.dice.randint(100, 260))
    is_minor = age(born_on, stage.ago(who.days).date()) < ADULT  # on the day they asked
    person = {
        "first_name": first,
        "last_name": last,
        "email": email,
        "born_on": born_on,
        "programme": stage.programmes[who.place],
        "at": stage.ago(who.days, 16, stage.dice.randint(0, 59)),
    }
    answers = _answers(stage, words, who, gender)
    guardian = None
    if is_minor and who.permission not in {"talk", "paper"}:
        guardian = _guardian(stage)
    if who.partner:
        request = _refer(stage, who, person, guardian, answers)
    else:
        request = stage.do(
            mentees.ask,
            **person,
            answers=answers,
            guardian=guardian,
            wants_a_talk_first=who.permission == "talk",
        )
    if who.required_language:
        request.mentee.required_language = words.languages[who.required_language]
        request.mentee.save(update_fields=["required_language"])
    if who.upto >= OPENED:
        request = stage.do(mentees.confirm, request, at=stage.ago(who.days, 18))
        if who.partner and who.upto >= ASKED:
            request = stage.do(
                mentees.finish,
                request,
                answers=answers,
                guardian=None,  # they leave whom the partner named
                wants_a_talk_first=who.permission == "talk",
                by=request.mentee.user,
                at=stage.ago(who.days, 18, 20),
            )
    if who.upto >= ASKED and is_minor:
        _permit(stage, request, who, last)
    if who.upto >= ACCEPTED:
        stage.do(mentees.accept, request, by=_staff(stage, who), at=stage.ago(max(who.days - 3, 0), 11))
    if who.then:
        who.then(stage, request)
    return Request.objects.select_related("mentee__user", "programme").get(pk=request.pk)


def _staff(stage: Stage, who: Young) -> Any:
    return stage.people["staff" if who.place == "Manchester" else "staff-cardiff"]


def _guardian(stage: Stage) -> Guardian:
    first = stage.dice.choice(names.GUARDIANS)
    return Guardian(first, f"{first.lower()}.home-{stage.number()}{AT}", "Parent or carer")


def _answers(stage: Stage, words: Words, who: Young, gender: str) -> Answers:
    dice = stage.dice
    chosen = words.named(words.topics, who.topics) or stage.some(words.topics, 2, 4)
    sectors = [words.sectors[name] for name in who.sectors] or stage.some(list(words.sectors.values()), 1, 3)
    languages = who.languages or (
        "English",
        *(dice.sample(sorted(words.languages), 1) * (dice.random() < 0.3)),
    )
    lived = words.named(words.experiences, who.experiences) or stage.some(words.experiences, 0, 1)
    places = names.MANCHESTER if who.place == "Manchester" else names.CARDIFF
    return Answers(
        outcode=who.outcode or dice.choice(places),
        topics=[word.pk for word in chosen],
        sectors=[word.pk for word in sectors],
        languages=sorted({words.languages[name].pk for name in languages}),
        experiences=[word.pk for word in lived],
        goals=who.goals or dice.choice(names.GOALS),
        free_slots=who.slots or dice.choice(WEEKS),
        way=who.way,
        travel_minutes=who.travel,
        mentor_gender=who.wish,
        gender=gender,
        good_to_know=who.good_to_know,
        organisation=None,
        school_name=dice.choice(("Mockfield High School", "Testerly Sixth Form College", "Between things")),
        heard_of_us=dice.choice(("A friend", "School or college", "Online", "A youth worker")),
    )


def _refer(
    stage: Stage, who: Young, person: dict[str, Any], guardian: Guardian | None, answers: Answers
) -> Request:
    if who.permission == "paper":
        guardian = Guardian("Gail", "", "Parent or carer")
    referral = stage.do(
        mentees.refer,
        by=stage.people[who.partner],
        **person,
        outcode=answers.outcode,
        topics=answers.topics,
        note="Turns up to everything, and asks good questions. A mentor would widen the view.",
        guardian=guardian,
        paper_seen_on=person["at"].date() if who.permission == "paper" else None,
        form_key=stage.key(),
    )
    request: Request = referral.request
    return request


def _permit(stage: Stage, request: Request, who: Young, last: str) -> None:
    if who.permission == "paper" and not who.partner:
        signed = Guardian("Gail", "", "Parent or carer")
        at = stage.ago(max(who.days - 2, 0), 9)
        stage.do(mentees.record_paper, request, signed, seen_on=at.date(), by=_staff(stage, who), at=at)
    if who.permission in {"", "refused"}:
        asked = Permission.objects.get(mentee=request.mentee, status=Permission.Status.ASKED)
        at = stage.ago(max(who.days - 1, 0), 20)
        stage.do(mentees.answer_permission, asked, yes=who.permission == "", at=at)


# --- What became of some -------------------------------------------------------------------------


def _asks(words: str) -> Callable[[Stage, Request], Any]:
    def ask(stage: Stage, request: Request) -> None:
        staff = stage.people["staff"]
        stage.do(mentees.ask_for_more, request, words=words, by=staff, at=stage.ago(2, 12))

    return ask


needs_more = _asks("Which days are you free after school? You ticked none that our mentors have.")
needs_more_from_partner = _asks("Is there a quiet room at your place where they could meet online?")


def has_answered(stage: Stage, request: Request) -> None:
    """They answered our question, so that it is with us again."""
    needs_more(stage, request)
    words = "Tuesdays and Thursdays after 5."
    stage.do(mentees.answer_more, request, words=words, by=request.mentee.user, at=stage.ago(1, 17))


def is_declined(stage: Stage, request: Request) -> None:
    words = "You are looking for help with a housing problem. Your council’s young people’s team can do that."
    stage.do(mentees.decline, request, words=words, by=stage.people["staff"], at=stage.ago(9, 12))


def takes_it_back(stage: Stage, request: Request) -> None:
    stage.do(mentees.withdraw, request, by=request.mentee.user, at=stage.ago(5, 17), reason="no time now")
