"""Answers of somebody who has not finished asking."""

from __future__ import annotations

import uuid

from django.db import models


class Draft(models.Model):
    """One half-finished request, kept for a fortnight and known only to the browser that began it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    answers = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"Draft {self.pk}"
