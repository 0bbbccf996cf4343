"""What every scene of the demonstration shares: its clock, its dice, and letters that are history already."""

from __future__ import annotations

import itertools
import random
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db.models.signals import pre_save
from django.utils import timezone
from django.utils.text import slugify

from audit.models import Entry
from notifications.models import Letter
from onemm.demo import names
from users import demo
from users.actions import give_demo_totp
from users.models import User

LONDON = ZoneInfo("Europe/London")
AT = "@demo.example"
Told = Callable[[str], Any]


class Stage:
    """One telling of the demonstration: everything in it is reckoned from `now`, and the dice are fixed."""

    def __init__(self, now: datetime, told: Told) -> None:
        self.now = now
        self.today = timezone.localdate(now)
        self.told = told
        self.dice = random.Random(2017)  # noqa: S311  the same people each time; guards nothing
        self.moment: datetime | None = None
        self.programmes: dict[str, Any] = {}
        self.people: dict[str, Any] = {}
        self._names = {"woman": _full(names.WOMEN), "man": _full(names.MEN)}
        self._numbers = itertools.count(1)
        # Argon2 is slow on purpose: one password, hashed once, for every sign-in.
        self._password = make_password(demo.PASSWORD)

    # --- Time ------------------------------------------------------------------------------------

    def ago(self, days: int, hour: int = 10, minute: int = 0) -> datetime:
        """That hour in London so many days ago; never in the future, so that today's is minutes ago."""
        at = datetime.combine(self.today - timedelta(days=days), time(hour, minute), LONDON)
        return min(at, self.now - timedelta(minutes=5))

    def evening(self, days: int, hour: int = 18, minute: int = 0) -> datetime:
        """An hour for a meeting, so many days from today (back: minus)."""
        return datetime.combine(self.today + timedelta(days=days), time(hour, minute), LONDON)

    def born(self, age: int, days: int = 100) -> date:
        """The birth date of somebody who turned `age` so many days ago."""
        year, month, day = self.today.year - age, self.today.month, self.today.day
        return date(year, month, min(day, 28)) - timedelta(days=days)

    def do(self, verb: Callable[..., Any], *args: Any, at: datetime, **words: Any) -> Any:
        """Take a step of a journey as it was taken then: audit, accounts and letters bear that date."""
        with self.as_of(at):
            return verb(*args, at=at, **words)

    @contextmanager
    def as_of(self, at: datetime) -> Iterator[None]:
        before, self.moment = self.moment, at
        try:
            yield
        finally:
            self.moment = before

    @contextmanager
    def history(self) -> Iterator[None]:
        """While it is told, what is written down happened at the moment told of, and letters have left."""
        pre_save.connect(self._date, dispatch_uid="onemm.demo")
        try:
            yield
        finally:
            pre_save.disconnect(dispatch_uid="onemm.demo")

    def _date(self, sender: Any, instance: Any, **_: Any) -> None:
        if instance.pk is not None or self.moment is None:
            return
        if isinstance(instance, Letter):
            # Kept, not posted: five hundred letters of past months must not leave the house tonight.
            instance.status = Letter.Status.SENT
            instance.created_at = instance.next_try_at = instance.sent_at = self.moment
            instance.tries = 1
        elif isinstance(instance, Entry):
            instance.at = self.moment
        elif isinstance(instance, User):
            instance.date_joined = self.moment

    # --- People ----------------------------------------------------------------------------------

    def somebody(self, gender: str) -> tuple[str, str]:
        """A first name and a surname that nobody here has yet."""
        return next(self._names[gender])

    def number(self) -> int:
        return next(self._numbers)

    def key(self) -> uuid.UUID:
        """The key of a form, the same each time the demonstration is told."""
        return uuid.uuid5(uuid.NAMESPACE_URL, f"{AT}/{self.number()}")

    def some(self, words: list[Any], least: int, most: int) -> list[Any]:
        return self.dice.sample(words, self.dice.randint(least, most))

    def account(self, name: str, first_name: str, last_name: str, *, at: datetime, **fields: Any) -> User:
        """A ready-made account that no journey opens: our own people."""
        with self.as_of(at):
            user = User(email=name + AT, first_name=first_name, last_name=last_name, **fields)
            user.set_unusable_password()
            user.save()
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user

    def give_sign_ins(self) -> None:
        """The password of the sign-in page for everybody on its list; staff get their authenticator too."""
        emails = [email for _, email, _ in demo.SIGN_INS]
        User.objects.filter(email__in=emails).update(password=self._password)
        for user in User.objects.filter(email__in=emails, is_staff=True):
            give_demo_totp(user)


def _full(first_names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Every first name once, then all of them again with other surnames."""
    for n in itertools.count():
        turn = n // len(first_names)
        yield first_names[n % len(first_names)], names.SURNAMES[(n + turn) % len(names.SURNAMES)]


def address(first_name: str, last_name: str) -> str:
    return f"{slugify(first_name)}.{slugify(last_name)}{AT}"
