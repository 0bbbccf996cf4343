"""Letters, later: the sweep that runs each minute, and the hint for one letter."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from notifications import actions


@shared_task
def send_due() -> None:
    """Send what is due; hand over to a person what a lost sender left behind."""
    actions.send_due(at=timezone.now())


@shared_task
def send_letter(pk: int) -> None:
    actions.send_one(pk, at=timezone.now())


@shared_task
def forget_bodies() -> None:
    """Forget the words of letters that left a week ago."""
    actions.forget_bodies(at=timezone.now())
