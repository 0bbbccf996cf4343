"""What changed: one entry for each change that somebody may one day ask about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

_private: dict[str, Callable[[Any], bool]] = {}


def keep_private(prefix: str, may_see: Callable[[Any], bool]) -> None:
    """Hide entries about rows whose "app.model" begins so from people for whom `may_see` is false."""
    _private[prefix] = may_see


class EntryManager(models.Manager["Entry"]):
    def record(
        self, row: models.Model, verb: str, *, by: Any = None, at: datetime | None = None, **facts: Any
    ) -> Entry:
        """Write that `by` (nobody: the system itself) did `verb` to `row`. Facts hold no personal data."""
        return self.create(
            about=row._meta.label_lower,
            object_id=row.pk,
            verb=verb,
            by=by,
            at=at or timezone.now(),
            facts=facts,
        )

    def visible_to(self, user: Any) -> models.QuerySet[Entry]:
        """Everything that staff may look up; what an app keeps private only by whom it names."""
        entries = self.get_queryset() if user.is_active and user.is_staff else self.none()
        for prefix, may_see in _private.items():
            if not may_see(user):
                entries = entries.exclude(about__startswith=prefix)
        return entries

    def about(self, row: models.Model) -> models.QuerySet[Entry]:
        return self.filter(about=row._meta.label_lower, object_id=row.pk)


class Entry(models.Model):
    """One thing that somebody, or the system itself, did to one row."""

    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    about = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    verb = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)

    objects: ClassVar[EntryManager] = EntryManager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["about", "object_id", "-at"])]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.about} {self.object_id}: {self.verb}"
