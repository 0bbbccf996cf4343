"""Judgement about young people: how old, what is still missing, who may be asked. No database, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


def age(born_on: date, on: date) -> int:
    """Whole years; somebody born on 29 February has their birthday on 1 March in other years."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def born_by(on: date, years: int) -> date:
    """The latest birth date of somebody who is `years` old on that day.

    On 29 February, in a year that came without one, the day before 1 March is the 28th.
    """
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return date(on.year - years, 2, 28)


def birthday(born_on: date, years: int) -> date:
    """The day somebody turns `years`."""
    try:
        return born_on.replace(year=born_on.year + years)
    except ValueError:
        return date(born_on.year + years, 3, 1)


@dataclass(frozen=True)
class Facts:
    """What readiness is judged on, on one day. `Request.facts(at)` gathers them."""

    status: str
    age: int
    min_age: int
    max_age: int
    permission_under: int
    has_agreed: bool
    has_permission: bool
    wants_a_talk_first: bool
    has_times: bool
    has_language: bool
    has_place: bool
    account_is_open: bool
    programme_is_running: bool


@dataclass(frozen=True)
class Missing:
    """One thing that stands between a young person and a mentor, said to staff, and who has to act."""

    what: str
    words: str
    who: str


def needs_permission(age: int, permission_under: int) -> bool:
    return age < permission_under


def what_is_missing(facts: Facts) -> list[Missing]:
    """Everything that keeps this request from being ready to be matched, most basic first; nothing: ready."""
    f = facts
    gaps = [
        (
            f.programme_is_running,
            Missing("programme", "The programme is not running on this day.", "our team"),
        ),
        (f.account_is_open, Missing("account", "Their account is closed.", "our team")),
        (
            f.min_age <= f.age <= f.max_age,
            Missing("age", f"This programme is for ages {f.min_age} to {f.max_age}.", "nobody"),
        ),
        (f.status != "unconfirmed", Missing("email", "They have not confirmed yet.", "young person")),
        (f.status == "accepted", Missing("triage", "We have not accepted the request.", "our team")),
        (
            not f.wants_a_talk_first,
            Missing("talk", "They asked us to talk to them first.", "our team"),
        ),
        (f.has_agreed, Missing("agreement", "They have not agreed to take part.", "young person")),
        (
            f.has_permission or not needs_permission(f.age, f.permission_under),
            Missing("permission", "An adult at home has not said yes.", "guardian"),
        ),
        (f.has_times, Missing("times", "They have not said when they are free.", "young person")),
        (f.has_language, Missing("language", "They have not chosen a language.", "young person")),
        (f.has_place, Missing("place", "They have not said where they are.", "young person")),
    ]
    return [missing for is_there, missing in gaps if not is_there]


@dataclass(frozen=True)
class Answers:
    """What a young person told us about themselves; lists hold the ids of words."""

    outcode: str = ""
    topics: Sequence[int] = ()
    sectors: Sequence[int] = ()
    languages: Sequence[int] = ()
    experiences: Sequence[int] = ()
    goals: str = ""
    free_slots: int = 0
    way: str = "either"
    travel_minutes: int = 30
    mentor_gender: str = ""
    gender: str = ""
    good_to_know: str = ""
    organisation: int | None = None
    school_name: str = ""
    heard_of_us: str = ""


@dataclass(frozen=True)
class Guardian:
    """An adult who may say yes for a young person."""

    name: str
    email: str = ""
    who: str = ""


def is_same_mailbox(one: str, other: str) -> bool:
    """Whether two addresses reach one person: capitals, a +tag and Gmail's dots make no difference."""
    return _mailbox(one) == _mailbox(other)


def _mailbox(email: str) -> tuple[str, str]:
    name, _, host = email.strip().lower().rpartition("@")
    name = name.partition("+")[0]
    if host in {"gmail.com", "googlemail.com"}:
        name, host = name.replace(".", ""), "gmail.com"
    return name, host


@dataclass(frozen=True)
class Phrase:
    """One plain phrase about where a request stands: the kind of its tag, the words, and a little more."""

    kind: str
    text: str
    detail: str = ""

    def __str__(self) -> str:
        return self.text


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B}" if day else ""


def phrase(
    *,
    status: str,
    has_confirmed: bool,
    needs_permission: bool,
    permission: str,
    wants_a_talk_first: bool,
    words_to_them: str = "",
    permission_by: date | None = None,
    triage_by: date | None = None,
) -> Phrase:
    """Where a request stands, for the partner that made it.

    What is complicated at home is between the young person and us, so it reads like any other.
    """
    closed = {
        "declined": Phrase("plain", "Not taken on", words_to_them),
        "withdrawn": Phrase("plain", "Withdrawn"),
        "fulfilled": Phrase("done", "Finished"),
    }
    if status in closed:
        return closed[status]
    if status == "unconfirmed":
        if has_confirmed:
            return Phrase("now", "Answering our questions", "They opened our letter and have not finished.")
        return Phrase("wait", "Waiting for them to confirm", "They need to open the e-mail we sent.")
    if status == "more_needed":
        return Phrase("todo", "More needed", words_to_them)
    if needs_permission and permission != "given" and not wants_a_talk_first:
        return {
            "refused": Phrase("stop", "An adult said no", "Talk to them. They can name another adult."),
            "withdrawn": Phrase(
                "stop", "Permission taken back", "Talk to them. They can name another adult."
            ),
            "expired": Phrase("stop", "Permission ran out", "Ask again, or record permission on paper."),
            "asked": Phrase("wait", "Waiting for permission", f"An adult has until {_day(permission_by)}."),
        }.get(permission, Phrase("todo", "Permission needed", "Nobody has been asked yet."))
    if status == "accepted" and not wants_a_talk_first:
        return Phrase("wait", "Looking for a mentor", "We look again every night.")
    return Phrase("now", "With our team", f"You hear from us by {_day(triage_by)}." if triage_by else "")


@dataclass(frozen=True)
class Step:
    """One step of a journey; state is "done", "now" or "" for still to come."""

    label: str
    text: str = ""
    state: str = ""


def journey(
    *,
    status: str,
    asked_on: date,
    has_confirmed: bool,
    needs_permission: bool,
    permission: str,
    guardian: str,
    answered_on: date | None,
    wants_a_talk_first: bool,
    triage_by: date | None,
) -> list[Step]:
    """Where a young person is, in their own words and without a comfortable lie."""
    asked = Step("You asked for a mentor", _day(asked_on), "done")
    if status == "unconfirmed":
        words = (
            "Please finish your answers."
            if has_confirmed
            else "Open the e-mail we sent you and tap the button."
        )
        asked = Step("You asked for a mentor", words, "now")
    if status in {"declined", "withdrawn"}:
        end = "You took your request back" if status == "withdrawn" else "We could not take this on"
        return [asked, Step(end, "You can ask again at any time.", "now")]
    steps = [asked]
    if wants_a_talk_first:
        steps.append(Step("We talk to you first", "Nobody at home hears from us.", _now(status)))
    elif needs_permission:
        steps.append(_permission_step(status, permission, guardian, answered_on))
    waits = any(step.state == "now" for step in steps)
    if status == "more_needed":
        steps.append(Step("We read your answers", "We have one more question for you.", "now"))
    elif status == "asked":
        by = f"A real person does this. You hear from us by {_day(triage_by)}." if triage_by else ""
        steps.append(Step("We read your answers", by, "now"))
    else:
        steps.append(Step("We read your answers", "", "done" if status in {"accepted", "fulfilled"} else ""))
    looking = "now" if status == "accepted" and not waits else "done" if status == "fulfilled" else ""
    rest = "done" if status == "fulfilled" else ""
    return [
        *steps,
        Step("We find your mentor", "We look again every night." if looking == "now" else "", looking),
        Step("You say yes or no", "", rest),
        Step("Your first hour", "", rest),
    ]


def _now(status: str) -> str:
    return "" if status == "unconfirmed" else "now"


def _permission_step(status: str, permission: str, guardian: str, answered_on: date | None) -> Step:
    who = guardian or "An adult"
    if permission == "given":
        return Step(f"{who} said yes", _day(answered_on), "done")
    if permission == "asked":
        return Step(f"{who} says yes or no", "We have written to them.", _now(status))
    if permission in {"refused", "withdrawn"}:
        return Step(f"{who} said no", "You can ask a different adult.", _now(status))
    if permission == "expired":
        return Step(f"{who} has not answered", "You can ask again, or ask a different adult.", _now(status))
    return Step(
        "An adult says yes or no", "We write to them after you confirm." if guardian else "", _now(status)
    )


def referral_journey(
    *,
    status: str,
    sent_on: date,
    confirmed_on: date | None,
    needs_permission: bool,
    permission: str,
    triage_by: date | None,
) -> list[Step]:
    """The same way as the partner sees it: steps and days, and nothing of what the young person answered."""
    is_in = status != "unconfirmed" and confirmed_on is not None
    steps = [
        Step("You referred them", _day(sent_on), "done"),
        Step(
            "They confirm",
            _day(confirmed_on) if confirmed_on else "We wrote to them.",
            "done" if is_in else "now",
        ),
    ]
    if status in {"declined", "withdrawn"}:
        return [*steps[:1], Step("Withdrawn" if status == "withdrawn" else "Not taken on", "", "now")]
    if needs_permission or permission == "given":
        words = {
            "given": "An adult said yes.",
            "asked": "We have written to an adult.",
            "refused": "An adult said no.",
            "withdrawn": "An adult took their yes back.",
            "expired": "Nobody has answered.",
        }.get(permission, "")
        state = "done" if permission == "given" else "now" if is_in else ""
        steps.append(Step("An adult says yes", words, state))
    read = status in {"accepted", "fulfilled"}
    text = f"By {_day(triage_by)}." if triage_by else "We have a question." if status == "more_needed" else ""
    steps.append(Step("We read the referral", text, "done" if read else "now" if is_in else ""))
    steps.append(Step("We find a mentor", "", {"accepted": "now", "fulfilled": "done"}.get(status, "")))
    steps.append(Step("They meet", "", "done" if status == "fulfilled" else ""))
    return steps
