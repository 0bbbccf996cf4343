"""App settings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.apps import AppConfig
from django.utils import timezone


class Mentors(AppConfig):
    name = "mentors"
    verbose_name = "Mentors"

    def ready(self) -> None:
        from allauth.account.signals import email_confirmed

        from notifications import gates

        email_confirmed.connect(_welcome, dispatch_uid="mentors.welcome")
        gates.register("mentors/task_list_nudge", _still_unfinished)
        for kind in ("mentors/reference_requested", "mentors/reference_reminder"):
            gates.register(kind, _still_asked)
        gates.register("mentors/pause_over", _not_paused)
        for kind in ("mentors/check_expiring", "mentors/check_lapsed"):
            gates.register(kind, _still_the_latest)


def _welcome(email_address: Any, **_: Any) -> None:
    from mentors import actions

    actions.welcome(email_address.user)


# What was true when a letter was written is asked again when it leaves.


def _still_unfinished(pk: str, at: datetime) -> str:
    from mentors.models import Mentor

    return "" if Mentor.objects.unfinished().filter(pk=pk).exists() else "the application has been sent"


def _still_asked(pk: str, at: datetime) -> str:
    from mentors.models import Reference

    return "" if Reference.objects.filter(pk=pk, status="asked").exists() else "nothing is asked any more"


def _still_the_latest(pk: str, at: datetime) -> str:
    from mentors.models import Check

    return "" if Check.objects.latest_of_its_kind().filter(pk=pk).exists() else "a newer check is recorded"


def _not_paused(pk: str, at: datetime) -> str:
    from mentors.models import Mentor

    paused = Mentor.objects.filter(pk=pk, paused_until__gt=timezone.localdate(at))
    return "they have paused again" if paused.exists() else ""
