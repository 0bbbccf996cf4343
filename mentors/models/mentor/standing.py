"""Where mentors stand: what is done, what is to do, and the one next thing."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils import timezone

from mentors import rules
from mentors.models.check import Check
from mentors.models.mentor.ready import ReadyQuerySet
from mentors.models.readiness import places
from partners.models import Programme
from training.models import Booking


class StandingQuerySet(ReadyQuerySet):
    def with_dbs(self, at: datetime) -> Self:
        """Annotate `dbs_level`, `dbs_counts`, `dbs_expires_on` of the check that stands, else None."""
        dbs = (
            Check.objects.latest_of_its_kind()
            .standing(timezone.localdate(at))
            .filter(kind=Check.Kind.DBS, mentor=OuterRef("pk"))
            .with_counts()
        )
        return self.annotate(
            **{f"dbs_{f}": Subquery(dbs.values(f)[:1]) for f in ("level", "counts", "expires_on")}
        )

    def with_task_list(self, at: datetime) -> Self:
        """Annotate whatever `task_list` reads."""
        asks = Programme.objects.running(timezone.localdate(at)).filter(course__isnull=False)
        answers = {s: Count("references", filter=Q(references__status=s)) for s in ("given", "declined")}
        has_course = Exists(asks.filter(mentors=OuterRef("pk")))
        lapsed = (
            Check.objects.latest_of_its_kind()
            .filter(kind=Check.Kind.DBS, expires_on__lte=timezone.localdate(at), mentor=OuterRef("pk"))
            .values("expires_on")[:1]
        )
        return (
            self.with_facts(at)
            .with_dbs(at)
            .with_workshop(at)
            .annotate(has_course=has_course, dbs_lapsed_on=Subquery(lapsed), **answers)
        )

    def with_workshop(self, at: datetime) -> Self:
        """Annotate `has_workshop`, and of their last booking of one that is asked for `workshop_status` and
        `workshop_at`."""
        asked = places(self.model, timezone.localdate(at)).filter(programme__workshop__isnull=False)
        asks = asked.filter(mentor=OuterRef("user__mentor"), programme__workshop=OuterRef("workshop"))
        last = Booking.objects.filter(Exists(asks), user=OuterRef("user")).order_by("-changed_at", "-pk")
        return self.annotate(
            has_workshop=Exists(asked.filter(mentor=OuterRef("pk"))),
            workshop_status=Subquery(last.values("status")[:1]),
            workshop_at=Subquery(last.values("session__starts_at")[:1]),
        )


class Standing:
    """What one row says of itself: read from what the queryset annotated, else asked once."""

    pk: Any

    @property
    def _rows(self) -> Any:
        it: Any = type(self)  # a class beside models.Model knows no manager
        return it._default_manager

    def facts(self, at: datetime) -> rules.Facts:
        """What is true of this mentor now; reads what `with_facts` annotated, else asks once."""
        row: Any = self
        if not hasattr(row, "fact_account"):
            row = self._rows.with_facts(at).get(pk=self.pk)
        return rules.Facts(**{name: bool(getattr(row, f"fact_{name}")) for name in rules.FACTS})

    def readiness(self, at: datetime) -> list[rules.Missing]:
        """What is missing before they can be matched, with who has to act; empty when they are ready."""
        return rules.what_is_missing(self.facts(at))

    def is_ready(self, at: datetime) -> bool:
        return not self.readiness(at)

    def next_thing(self, at: datetime) -> rules.Missing | None:
        """The one thing to do next; None when nothing is missing."""
        return rules.next_thing(self.readiness(at))

    def sections(self, at: datetime) -> list[rules.Task]:
        """The sections of the profile, each done or to do."""
        return rules.sections(self.facts(at))

    def task_list(self, at: datetime, *, modules_done: int = 0, modules_total: int = 0) -> list[rules.Task]:
        """The large steps from sign-up to the first match; reads what `with_task_list` annotated, else asks.

        Who has looked up the progress of their training hands it in, and the training row says it.
        """
        row = self._with_task_list(at)
        return rules.task_list(row.facts(at), row._details(at, modules_done, modules_total))

    def next_step(self, at: datetime, *, modules_done: int = 0, modules_total: int = 0) -> rules.NextStep:
        """The one thing on top of their home page; asks what `task_list` asks."""
        row = self._with_task_list(at)
        facts, details = row.facts(at), row._details(at, modules_done, modules_total)
        return rules.next_step(facts, details, rules.task_list(facts, details))

    def _with_task_list(self, at: datetime) -> Any:
        row: Any = self
        return row if hasattr(row, "has_course") else self._rows.with_task_list(at).get(pk=self.pk)

    def _details(self, at: datetime, modules_done: int, modules_total: int) -> rules.Details:
        row: Any = self
        return rules.Details(
            references_in=row.given,
            declined_referees=row.declined,
            expires_on=row.dbs_expires_on,
            modules_done=modules_done,
            modules_total=modules_total,
            has_course=row.has_course,
            has_workshop=row.has_workshop,
            workshop_status=row.workshop_status or "",
            workshop_on=timezone.localdate(row.workshop_at) if row.workshop_at else None,
            workshop_has_begun=row.workshop_at is not None and row.workshop_at <= at,
            is_suspended=row.status == row.Status.SUSPENDED,
            is_closed=row.status in (row.Status.DECLINED, row.Status.LEFT),
            lapsed_on=row.dbs_lapsed_on,
            paused_until=row.paused_until,
        )

    def programmes_ready_in(self, at: datetime) -> models.QuerySet[Programme]:
        """The programmes they can be matched in now."""
        ready = self._rows.filter(pk=self.pk).ready_places(at)
        return Programme.objects.filter(pk__in=ready.values("programme"))
