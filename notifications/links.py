"""Links in letters: absolute addresses, and signed ones that open one thing for one purpose for some days."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import Http404
from django.utils import timezone


class LinkBroken(Http404):
    """The link was changed, cut off, or made for something else. Uncaught, it is a plain 404."""


class LinkExpired(Http404):
    """The link was ours and its days are over. Uncaught, it is a plain 404."""


def absolute(path: str) -> str:
    """The whole address of a page of ours, for letters and calendars."""
    return f"{settings.SITE_URL}/{path.lstrip('/')}"


def sign(purpose: str, pk: int, version: int | str, days: int = 14, *, at: datetime | None = None) -> str:
    """A token that `read` accepts for this purpose only, for so many days.

    `version` is whatever changes when the link is used (a counter, a status): a caller that compares it
    makes the link work once.
    """
    ends = int(((at or timezone.now()) + timedelta(days=days)).timestamp())
    return signing.dumps([purpose, pk, version, ends], salt=_salt(purpose))


def read(token: str, purpose: str, *, at: datetime | None = None) -> tuple[int, Any]:
    """The row and version that a token was signed for.

    Raises LinkBroken for anything that we did not sign for this purpose, LinkExpired after its days.
    """
    try:
        signed_for, pk, version, ends = signing.loads(token, salt=_salt(purpose))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise LinkBroken("This link is not complete. Please use the newest letter we sent you.") from error
    if signed_for != purpose:
        raise LinkBroken("This link is for something else.")
    if (at or timezone.now()).timestamp() >= ends:
        raise LinkExpired("This link has run out. Ask us for a new one.")
    return pk, version


def _salt(purpose: str) -> str:
    return f"notifications.links.{purpose}"
