"""What happens later, about mentors: thin, and safe to run twice."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from mentors import actions


@shared_task
def nudge() -> None:
    actions.nudge_unfinished(at=timezone.now())


@shared_task
def remind_referees() -> None:
    actions.remind_referees(at=timezone.now())


@shared_task
def watch_checks() -> None:
    at = timezone.now()
    actions.tell_of_lapsed_checks(at=at)
    actions.warn_of_expiring_checks(at=at)
    actions.tell_of_lapsed_training(at=at)


@shared_task
def end_pauses() -> None:
    actions.end_pauses(at=timezone.now())
