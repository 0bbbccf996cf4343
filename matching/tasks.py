"""What happens later in matching; each may run twice or a day late."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from audit.transitions import NotAllowed
from matching import actions
from matching.models.waiting import without_a_match
from mentees.actions import tell_waiting as tell

LONG = 1_500  # seconds: comparing two million people takes minutes


@shared_task
def run_night() -> None:
    """Once a night, whoever calls; a run in progress is left alone."""
    try:
        actions.run_night(at=timezone.now(), only_if_due=True)
    except NotAllowed:
        return  # another worker is at it


@shared_task(soft_time_limit=LONG, time_limit=LONG + 30)
def repair_profiles() -> None:
    """Before the night: the numbers it reads are what people told us."""
    actions.repair_profiles()


@shared_task
def remind_offers() -> None:
    actions.remind_offers(at=timezone.now())


@shared_task
def lapse_offers() -> None:
    actions.lapse_offers(at=timezone.now())


@shared_task
def tell_waiting() -> None:
    """Here and not in mentees: only this floor knows who has no match yet."""
    tell(at=timezone.now(), among=without_a_match())
