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
        from partners.signals import capacity_fell
        from training.models import register_asked
        from training.models.workshop import register_guests

        register_asked(_courses_asked_of_them)
        register_guests(_asked_of_them)
        capacity_fell.connect(_keep_within, dispatch_uid="mentors.keep_within")
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


def _keep_within(*, programme: Any, by: Any, at: datetime, **_: Any) -> None:
    from mentors import actions

    actions.keep_within(programme, by=by, at=at)


def _courses_asked_of_them(user: Any) -> tuple[Any, Any]:
    """What their running programmes require of a mentor, and what they offer besides."""
    from django.db.models import Exists, OuterRef
    from django.utils import timezone

    from partners.models import Programme

    theirs = Programme.objects.running(timezone.localdate()).filter(mentors__user=user)
    return Exists(theirs.filter(course=OuterRef("pk"))), Exists(
        theirs.filter(optional_courses=OuterRef("pk"))
    )


def _asked_of_them(user: Any) -> Any:
    """Workshops are for the mentors of running programmes that ask for them."""
    from django.db.models import Exists, OuterRef
    from django.utils import timezone

    from mentors.models import Mentor
    from partners.models import Programme

    status = Mentor.Status
    theirs = {"mentors__user": user, "mentors__status__in": (status.APPLYING, status.APPROVED)}
    running = Programme.objects.running(timezone.localdate())
    return Exists(running.filter(workshop=OuterRef("pk"), **theirs))


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
