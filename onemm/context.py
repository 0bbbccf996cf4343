"""What every page knows: the way round the house for whoever is reading."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from matching.models import Match


class Way:
    """Who is reading, and where they can go. Asked once a page, and only by pages that show it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.user: Any = getattr(request, "user", None)

    def signed_in(self) -> bool:
        return bool(self.user is not None and self.user.is_authenticated)

    def roles(self) -> dict[str, Any]:
        """One query for all roles: they are rows elsewhere, never fields of the account."""
        if not hasattr(self, "_roles"):
            names = ("mentor", "mentee", "coordinator")
            found = (
                get_user_model().objects.filter(pk=self.user.pk).values(*names).first() if self.user else None
            )
            self._roles: dict[str, Any] = found or {}
        return self._roles

    def own_home(self) -> str:
        if self.signed_in() and self.user.is_staff:
            return reverse("admin:index")
        if self.signed_in() and self.roles().get("coordinator"):
            return reverse("mentees:partner_home")
        return reverse("mentoring:home")

    def safety_url(self) -> str:
        """Everybody who is signed in has the button on every page."""
        return reverse("safeguarding:raise_concern") if self.signed_in() else ""

    def nav(self) -> list[dict[str, Any]]:
        if not self.signed_in():
            return []
        roles, home = self.roles(), reverse("mentoring:home")
        items: list[tuple[str, str]] = []
        if roles.get("mentor"):
            items += [
                ("Home", home),
                ("My mentee", self._match() or home),
                ("Training", reverse("training:home")),
            ]
        elif roles.get("mentee"):
            items += [
                ("Home", home),
                ("My mentor", self._match() or home),
                ("Get ready", reverse("training:young_people")),
            ]
        if roles.get("coordinator"):
            items += [("Young people", reverse("mentees:partner_home")), ("Refer", reverse("mentees:refer"))]
        if self.user.is_staff:
            items += [("Staff desk", reverse("admin:index"))]
        items += [("Account", reverse("users:account"))]
        # Without a match "My mentor" would only be a second door to the same room.
        ways = {url: label for label, url in reversed(items)}
        here = max((url for url in ways if self.request.path.startswith(url)), key=len, default="")
        return [
            {"label": label, "url": url, "current": self._current(url, here)}
            for url, label in reversed(ways.items())
        ]

    def _current(self, url: str, here: str) -> str:
        """For aria-current: "page" on the page itself, "true" in the rooms behind it."""
        if url != here:
            return ""
        return "page" if self.request.path == url else "true"

    def _match(self) -> str:
        """The page of the pair, for as long as there is one."""
        side = "mentor" if self.roles().get("mentor") else "mentee"
        lasting = [Match.Status.ACTIVE, Match.Status.PAUSED, Match.Status.CLOSING]
        matches = Match.objects.filter(**{side: self.roles()[side]}, status__in=lasting)
        match = matches.order_by("pk").values_list("pk", flat=True).first()
        return reverse("mentoring:relationship", args=[match]) if match else ""


def house(request: HttpRequest) -> dict[str, Any]:
    """`nav`, `own_home` and `safety_url`, worked out only when a template asks."""
    way = Way(request)
    return {
        "nav": SimpleLazyObject(way.nav),
        "own_home": SimpleLazyObject(way.own_home),
        "safety_url": SimpleLazyObject(way.safety_url),
    }
