"""The one thing at the top of a mentor's home: what to do next, or whom we all wait for. Always true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mentors.rules.readiness import Facts
from mentors.rules.task_list import Details, Task


class With(StrEnum):
    """Who has the next thing in hand."""

    YOU = "you"
    US = "us"
    NOBODY = "nobody"


@dataclass(frozen=True)
class NextStep:
    """What stands on top of the home page; `url_name` "" leads nowhere."""

    key: str
    title: str
    words: str
    who: With
    url_name: str = ""
    button: str = ""

    @property
    def is_stop(self) -> bool:
        """Must a mentor who has a match stop meeting until this is settled?"""
        return self.key in STOPS


# Nobody meets a young person while one of these is what comes next.
STOPS = frozenset({"closed", "suspended", "training", "checks", "references"})
REST = "Nothing for you to do"


def next_step(facts: Facts, details: Details, tasks: Sequence[Task]) -> NextStep:
    """The first of these that holds. `tasks` is the task list of the same mentor at the same time."""
    if details.is_closed:
        words = "We wrote to you about it. If you would like to talk, write to us."
        return NextStep("closed", "Your application is closed", words, With.NOBODY, "contact", "Write to us")
    if details.is_suspended:
        words = "Our team talks to you. Until then, please do not meet or write to a young person."
        return NextStep(
            "suspended", "We have paused your mentoring", words, With.US, "contact", "Write to us"
        )
    if not facts.programme:
        words = "Yours is not running at the moment. What you have done so far stays."
        url = "mentors:programmes"
        return NextStep("programme", "Choose another programme", words, With.YOU, url, "Choose")
    yours = next((t for t in tasks if t.is_yours), None)
    if yours:
        return NextStep(yours.key, yours.title, yours.words, With.YOU, yours.url_name, "Carry on")
    ours = next((t for t in tasks if t.tag_kind == "wait"), None)
    if ours:
        return NextStep(ours.key, REST, ours.words, With.US, ours.url_name, "See more")
    if not facts.approved:
        words = "Everything is in. A second member of our team looks at all of it."
        return NextStep("approval", REST, words, With.US)
    if details.paused_until and not facts.not_paused:
        until = f"{details.paused_until.day} {details.paused_until:%B %Y}"
        title = f"You have paused until {until}"
        words = "It ends by itself, and we write to you that day."
        return NextStep("paused", title, words, With.NOBODY, "mentors:pause", "End it now")
    return NextStep(
        "ready", REST, "We look for your match every night, and write the day we find one.", With.US
    )
