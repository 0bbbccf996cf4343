"""What happens later in matching; each may run twice or a day late."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from audit.transitions import NotAllowed
from matching import actions


@shared_task
def run_night() -> None:
    """Once a night, whoever calls; a run in progress is left alone."""
    try:
        actions.run_night(at=timezone.now(), only_if_due=True)
    except NotAllowed:
        return  # another worker is at it


@shared_task
def remind_offers() -> None:
    actions.remind_offers(at=timezone.now())


@shared_task
def lapse_offers() -> None:
    actions.lapse_offers(at=timezone.now())
