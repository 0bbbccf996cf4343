"""Where the story plays: which site and browser, whose post, what time it is; and what stands beforehand."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from notifications.models import Letter
from tests import factories
from tests.browser.barriers import Eye
from tests.signing_in import give_totp

PASSWORD = "four quiet harbours at dusk"
DESK, PHONE = (1280, 900), (375, 812)
NUMBERS = re.compile(r"/\d+(?=/|$)")


class Clock:
    """The time of the story. In one process we turn it forward; real processes keep the real one."""

    def __init__(self, traveller: Any = None) -> None:
        self.traveller = traveller

    def forward_to(self, days: int, hour: int, minute: int = 0) -> None:
        """So many days on, at this hour in London."""
        if self.traveller is not None:
            now = timezone.localtime()
            then = now.replace(hour=hour, minute=minute, second=0) + timedelta(days=days)
            self.traveller.move_to(then)


@dataclass
class Findings:
    """What was wrong with the pages, each thing once, with the first address it was seen at."""

    pages: int = 0
    most_queries: int = 0
    wrong: dict[str, str] = field(default_factory=dict)

    def note(self, url: str, what: str) -> None:
        self.wrong.setdefault(f"{NUMBERS.sub('/…', url)}: {what}", url)

    def __str__(self) -> str:
        return "\n".join(f"  {what}\n      first at {url}" for what, url in self.wrong.items())


@dataclass
class Stage:
    """Everything a person of the story needs to know about the world."""

    browser: Any
    url: str
    clock: Clock
    night: Callable[[], None]
    remind: Callable[[], None]
    after_the_meeting: Callable[[], None]
    sizes: tuple[tuple[int, int], ...] = (DESK,)  # people live in the first, and look at pages in all
    has_script: bool = True
    has_axe: bool = True  # off where another round has looked at the very same pages
    findings: Findings = field(default_factory=Findings)
    eye: Eye = field(default_factory=Eye)
    arrived: Callable[[Letter], str] = lambda letter: letter.text
    people: list[Any] = field(default_factory=list)

    @property
    def today(self) -> date:
        return timezone.localdate()

    def letter(self, email: str, kind: str) -> str:
        """The text of the newest letter of this kind, as it arrived."""
        found = Letter.objects.filter(to_email=email, kind=kind).order_by("-pk").first()
        assert found, f"No letter {kind} to {email}; there are: {self.kinds_of(email)}"
        return self.arrived(found)

    def kinds_of(self, email: str) -> list[str]:
        return list(Letter.objects.filter(to_email=email).order_by("pk").values_list("kind", flat=True))

    def link(self, email: str, kind: str, begins: str) -> str:
        """The signed link in a letter, as a path."""
        found = re.search(rf"{re.escape(self.url)}({re.escape(begins)}\S+)", self.letter(email, kind))
        assert found, f"The letter {kind} has no link to {begins}"
        return found[1].rstrip(".)")

    def close(self) -> None:
        for person in self.people:
            person.context.close()


def furnish(at: datetime, *, modules: int | None = None) -> SimpleNamespace:
    """What the story takes for granted: words, places, the course, a programme, a partner, our own people.

    With `modules` the course has no more than these: whoever tells of other things need not sit all of it.
    """
    from safeguarding.models import SafeguardingLead
    from training.actions import load_course

    call_command("load_words", stdout=io.StringIO())
    call_command("load_outcodes", stdout=io.StringIO())
    course = load_course(Path(settings.BASE_DIR) / "training" / "courses" / "becoming-a-mentor")
    if modules:
        course.modules.filter(order__gt=modules).delete()
    programme = factories.make_programme(
        "Manchester", course=course, starts_on=timezone.localdate(at) - timedelta(days=30)
    )
    club = factories.make_organisation("Sampleton Youth Club")
    programme.organisations.add(club)
    team = {
        name: factories.make_staff(name, programmes=[programme], password=PASSWORD)
        for name in ("Dele", "Mina")
    }
    team["Ros"] = factories.make_user("Ros", is_staff=True, password=PASSWORD)
    SafeguardingLead.objects.create(user=team["Ros"])
    for user in team.values():
        give_totp(user)
    return SimpleNamespace(
        programme=programme,
        course=course,
        coordinator=factories.make_coordinator(club, "Shabana").user,
        **{name.lower(): user for name, user in team.items()},
    )
