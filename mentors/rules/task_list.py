"""Where a mentor stands, as a list of tasks: one for the home page, one for the profile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from mentors.rules.readiness import Facts, is_ready

TagKind = Literal["done", "now", "wait", "todo", "stop", "plain"]


@dataclass(frozen=True)
class Task:
    """One row of a task list: what it is, how it stands, where it leads ("" leads nowhere)."""

    key: str
    title: str
    words: str
    tag_kind: TagKind
    tag_text: str
    url_name: str = ""

    @property
    def is_done(self) -> bool:
        return self.tag_kind == "done"

    @property
    def is_yours(self) -> bool:
        """Has the mentor something to do here now."""
        return self.tag_kind in ("todo", "now")


SECTIONS: dict[str, tuple[str, str]] = {
    "about": ("About you", "Your birth date and where you are based."),
    "work": ("Your work", "What you do, where, and for how long."),
    "help": ("What you can help with", "Topics, languages and interests."),
    "when": ("When and how", "Your free times, and how you like to meet."),
    "conflicts": ("Who not to match you with", "Schools, organisations and relatives."),
    "motivation": ("Why you want to mentor", "Two or three honest sentences."),
    "referees": ("Two referees", "People who have known you two years, and are not relatives."),
    "disclosure": ("Your past", "One question. Few of us can read your answer."),
    "code": ("Code of conduct", "What we promise each other."),
}


@dataclass(frozen=True)
class Details:
    """The numbers and dates that make a task list say something, beside the facts."""

    references_in: int = 0
    declined_referees: int = 0
    expires_on: date | None = None
    modules_done: int = 0
    modules_total: int = 0
    has_course: bool = True
    has_workshop: bool = False
    workshop_status: str = ""
    workshop_on: date | None = None
    workshop_has_begun: bool = False
    is_suspended: bool = False
    is_closed: bool = False
    lapsed_on: date | None = None
    paused_until: date | None = None


def sections(facts: Facts) -> list[Task]:
    """The sections of the profile, in any order the mentor likes."""
    return [
        Task(
            key,
            title,
            words,
            "done" if getattr(facts, key) else "todo",
            "Done" if getattr(facts, key) else "To do",
            f"mentors:{key}",
        )
        for key, (title, words) in SECTIONS.items()
    ]


def task_list(facts: Facts, details: Details) -> list[Task]:
    """The few large steps from sign-up to the first match; training and workshop where one asks for it."""
    return [
        _profile(facts),
        _references(facts, details),
        _checks(facts, details),
        *([_training(facts, details)] if details.has_course else []),
        *([_workshop(facts, details)] if details.has_workshop else []),
        _approval(facts, details),
    ]


def _profile(facts: Facts) -> Task:
    done = sum(t.is_done for t in sections(facts))
    if facts.application and not facts.referees:
        done += 1  # one referee fell away after we had written: that is a matter of the references
    if done < len(SECTIONS):
        words = "Nine short sections, in any order."
        kind: TagKind = "now" if done else "todo"
        return Task(
            "profile", "Your profile", words, kind, f"{done} of {len(SECTIONS)} done", "mentors:profile"
        )
    if not facts.application:
        words = "Everything is filled in. Check your answers and send it."
        return Task("profile", "Your profile", words, "now", "Ready to send", "mentors:check_answers")
    return Task(
        "profile",
        "Your profile",
        "What a young person will read about you.",
        "done",
        "Done",
        "mentors:profile",
    )


def _references(facts: Facts, details: Details) -> Task:
    title, url = "References", "mentors:references"
    if facts.references and facts.references_heard:
        return Task(
            "references", title, "Both replies are in, and we have spoken to them.", "done", "Done", url
        )
    if not facts.application:
        return Task(
            "references", title, "We write to your referees once you have applied.", "plain", "Later", url
        )
    if details.declined_referees or not facts.referees:
        return Task(
            "references", title, "A referee cannot answer. Name somebody else.", "todo", "Name another", url
        )
    if details.references_in < 2:
        words = "We have asked them, and we remind them after 5 and 10 days."
        return Task("references", title, words, "wait", f"{details.references_in} of 2 in", url)
    return Task("references", title, "Both replies are in. We speak to them next.", "wait", "With us", url)


def _checks(facts: Facts, details: Details) -> Task:
    title, url = "Identity and DBS check", "mentors:checks"
    if facts.identity and facts.dbs:
        until = f"In date until {_day(details.expires_on)}." if details.expires_on else "In date."
        return Task("checks", title, until, "done", "Done", url)
    if not facts.application:
        return Task(
            "checks", title, "We arrange these with you once you have applied.", "plain", "Later", url
        )
    words = "We have seen your identity document. The DBS check comes next."
    if details.lapsed_on:
        words = f"Your DBS check ran out on {_day(details.lapsed_on)}. We arrange a new one with you."
    if not facts.identity:
        words = "We e-mail you about showing your identity document and your DBS check."
    return Task("checks", title, words, "wait", "With us", url)


def _training(facts: Facts, details: Details) -> Task:
    title, url = "Training", "training:home"
    if facts.training:
        return Task("training", title, "Complete and up to date.", "done", "Done", url)
    if facts.approved:
        return Task(
            "training",
            title,
            "Part of it is not up to date. Do it today, on your phone.",
            "todo",
            "Renew",
            url,
        )
    if not details.modules_done:
        return Task("training", title, "Short modules, in your own time.", "todo", "To do", url)
    left = details.modules_total - details.modules_done
    words = f"{_number(left)} {'module' if left == 1 else 'modules'} to go. Stop whenever you like."
    return Task(
        "training", title, words, "now", f"{details.modules_done} of {details.modules_total} done", url
    )


def _workshop(facts: Facts, details: Details) -> Task:
    title, url, booked = "Workshop", "training:workshops", details.workshop_status
    if facts.workshop:
        return Task("workshop", title, "You took part.", "done", "Done", url)
    if booked in ("booked", "waiting") and details.workshop_on is not None:
        on = details.workshop_on
        day = f"{on:%A} {on.day} {on:%B}"
        if booked == "waiting":
            words = f"You’re on the waiting list for {day}. Another date may have a place now."
            return Task("workshop", title, words, "plain", "Waiting list", url)
        if details.workshop_has_begun:
            return Task(
                "workshop", title, "We mark who came. This takes a day or two.", "wait", "With us", url
            )
        words = f"You have a place on {day}. How to join is on its page."
        return Task("workshop", title, words, "plain", "Booked", url)
    if booked == "missed":
        words = "We didn’t see you last time. That happens: choose another date."
        return Task("workshop", title, words, "todo", "Choose a date", url)
    return Task("workshop", title, "Practise with other mentors. Choose a date.", "todo", "To book", url)


def _approval(facts: Facts, details: Details) -> Task:
    if details.is_suspended:
        return Task(
            "approval", "Approval", "We have paused this. Our team talks to you.", "stop", "Paused by us"
        )
    if facts.approved:
        if not facts.not_paused:
            return Task(
                "approval", "Matching", "You have paused new matches.", "plain", "Paused", "mentors:pause"
            )
        looks = " We are looking for your match." if is_ready(facts) else ""
        return Task("approval", "Approval", f"You are approved.{looks}", "done", "Done")
    return Task(
        "approval", "Approval", "A second member of our team looks at everything.", "plain", "Last step"
    )


def summary(tasks: list[Task]) -> str:
    """How much is left and with whom: "Two jobs left for you. One more is with us."."""
    yours = sum(t.is_yours for t in tasks)
    ours = sum(t.tag_kind == "wait" for t in tasks)
    said = []
    if yours:
        said.append(f"{_number(yours)} {'job' if yours == 1 else 'jobs'} left for you.")
    if ours:
        more = " more" if yours else ""
        said.append(f"{_number(ours)}{more} {'is' if ours == 1 else 'are'} with us.")
    return " ".join(said) or "Nothing is left for you to do."


def _number(n: int) -> str:
    words = ("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
    return words[n] if n < len(words) else str(n)


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
