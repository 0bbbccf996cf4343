"""What follows when staff change a programme's settings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from audit.models import Entry
from partners.models import Programme
from partners.signals import capacity_fell


@transaction.atomic
def lower_capacity(programme: Programme, *, by: Any, at: datetime) -> None:
    """Hold mentors to the fewer places that this programme gives from now on; its form has asked whether
    anybody has more."""
    Entry.objects.record(programme, "lowered places", by=by, at=at, most=programme.max_capacity)
    capacity_fell.send(sender=Programme, programme=programme, by=by, at=at)
