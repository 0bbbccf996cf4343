"""What happens later, about programmes: who waited for one near them."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from partners import actions


@shared_task
def tell_interested() -> None:
    at = timezone.now()
    actions.tell_interested(at=at)
    actions.place_interest(at=at)


@shared_task
def forget_interest() -> None:
    actions.forget_interest(at=timezone.now())
