"""Where a request stands, said to the partner and to the young person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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
