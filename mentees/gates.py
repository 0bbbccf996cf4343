"""What is asked again before a letter leaves."""

from __future__ import annotations

from datetime import datetime

from mentees.models import Permission, Request


def still_asked(pk: str, at: datetime) -> str:
    asked = Permission.objects.unanswered().filter(pk=pk).exists()
    return "" if asked else "the guardian has answered, or is not asked any more"


def still_unconfirmed(pk: str, at: datetime) -> str:
    waits = Request.objects.filter(pk=pk, status=Request.Status.UNCONFIRMED, confirmed_at=None).exists()
    return "" if waits else "they have confirmed already"


def still_open(pk: str, at: datetime) -> str:
    is_open = Request.objects.open().filter(pk=pk, mentee__user__is_active=True).exists()
    return "" if is_open else "they do not wait any more"
