"""The only way a status changes: checked against `NEXT`, written once, and entered in the audit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models, transaction

from audit.models import Entry


class NotAllowed(Exception):
    """A step that cannot be taken; its text is a sentence for the person who tried."""


def move(
    row: models.Model,
    to: str,
    *,
    by: Any = None,
    reason: str = "",
    at: datetime | None = None,
    **changes: Any,
) -> None:
    """Move `row` to status `to`, together with any other field `changes`, in the caller's transaction.

    Raises NotAllowed when the model's `NEXT` table has no such step, or when somebody else moved the
    row since it was read: the update names the status that we read, so only one of two can win.
    """
    model: Any = type(row)
    came_from = row.status  # type: ignore[attr-defined]
    noun = model._meta.verbose_name
    if to not in model.NEXT.get(came_from, ()):
        raise NotAllowed(
            f"This {noun} is {_label(model, came_from)}, so it cannot become {_label(model, to)}."
        )
    with transaction.atomic():
        moved = model._default_manager.filter(pk=row.pk, status=came_from).update(status=to, **changes)
        if not moved:
            raise NotAllowed(
                f"This {noun} changed since you opened it. Nothing was saved. Please look again."
            )
        for name, value in {"status": to, **changes}.items():
            setattr(row, name, value)
        Entry.objects.record(row, f"moved to {to}", by=by, at=at, came_from=came_from, reason=reason)


def _label(model: Any, status: str) -> str:
    labels = dict(model._meta.get_field("status").choices)
    return f"“{str(labels.get(status, status)).lower()}”"
