"""Who is ready to be matched, and what each lacks."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from mentors.models.readiness import IMPLIED, conditions, prepared_places
from partners.models import Programme

if TYPE_CHECKING:
    from mentors.models.mentor.row import Mentor  # noqa: F401  named in a string below


class ReadyQuerySet(models.QuerySet["Mentor"]):
    def ready(self, at: datetime) -> Self:
        """Ready to be matched in at least one programme. Free capacity is not asked: matching knows it."""
        here = prepared_places(self.model, at).filter(mentor=OuterRef("pk"))
        asked = (c for key, c in conditions(self.model, at).items() if key not in IMPLIED)
        return self.filter(*asked, Exists(here))

    def ready_in(self, programme: Programme, at: datetime) -> Self:
        """Ready to be matched in this programme: as `ready`, with its own course and workshop done."""
        here = prepared_places(self.model, at).filter(programme=programme, mentor=OuterRef("pk"))
        return self.ready(at).filter(Exists(here))

    def ready_places(self, at: datetime) -> models.QuerySet[Any]:
        """Rows `mentor_id, programme_id` for every pair of a mentor of this queryset and a programme they are
        ready in; `.values_list("mentor_id", "programme_id")` streams them."""
        return prepared_places(self.model, at).filter(mentor__in=self.ready(at))

    def with_facts(self, at: datetime) -> Self:
        """Annotate every fact of `rules.Facts`, as `fact_…`, so that `readiness` asks nothing more."""
        facts = {f"fact_{name}": _as_boolean(c) for name, c in conditions(self.model, at).items()}
        return self.annotate(**facts)

    def lacking(self, key: str, at: datetime) -> Self:
        """Mentors for whom this fact of `rules.Facts` does not hold."""
        return self.exclude(
            pk__in=self.model._default_manager.filter(conditions(self.model, at)[key]).values("pk")
        )


def _as_boolean(condition: Any) -> Any:
    if isinstance(condition, Q):
        # A Q alone may be NULL where a column is; a fact is yes or no.
        return models.Case(
            models.When(condition, then=True), default=False, output_field=models.BooleanField()
        )
    return condition
