"""How many young people at once: never more than some programme of the mentor's gives."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from audit.models import Entry
from mentors.models import Mentor, Profile
from partners.models import Programme


@transaction.atomic
def keep_within(programme: Programme, *, by: Any, at: datetime) -> int:
    """Bring down what this programme's mentors offer to the most that any programme of theirs gives; how many
    mentors. Whoever has more young people than that has been asked about before."""
    most = Programme.objects.filter(mentors=OuterRef("pk")).order_by("-max_capacity").values("max_capacity")
    mentors = Mentor.objects.filter(programmes=programme).annotate(most=Subquery(most[:1]))
    locked = mentors.filter(capacity__gt=F("most")).select_for_update(of=("self",), no_key=True)
    fewer = dict(locked.order_by("pk").values_list("pk", "most"))
    for places in set(fewer.values()):
        theirs = [pk for pk, n in fewer.items() if n == places]
        Mentor.objects.filter(pk__in=theirs).update(capacity=places)
        Profile.objects.repack(pk__in=theirs)
    if fewer:
        Entry.objects.record(programme, "lowered what mentors offer", by=by, at=at, mentors=len(fewer))
    return len(fewer)
