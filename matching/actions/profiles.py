"""The packed profiles: made anew, compared with what they repeat, repaired."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Max, Min

from mentees.models import Profile as MenteeProfile
from mentors.models import Profile as MentorProfile

log = logging.getLogger(__name__)

MODELS: tuple[Any, ...] = (MentorProfile, MenteeProfile)
STEP = 10_000  # ids compared or written together, so that nobody who saves their own waits for long

Told = Callable[[int], Any]


def ranges() -> list[tuple[Any, dict[str, int]]]:
    """Each model with ranges of its owners' ids that together are everybody, as words for `filter`."""
    found = []
    for model in MODELS:
        ends = model.owner().objects.aggregate(first=Min("pk"), last=Max("pk"))
        steps = range(ends["first"] or 0, (ends["last"] or -1) + 1, STEP)
        found += [(model, {"pk__gte": first, "pk__lt": first + STEP}) for first in steps]
    return found


def rebuild_profiles(*, told: Told = lambda done: None) -> None:
    """Write every packed profile anew, in steps; `told` hears after each how many are done."""
    for done, (model, which) in enumerate(ranges(), 1):
        model.objects.repack(**which)
        told(done)


def stale_profiles(*, told: Told = lambda done: None) -> Iterator[tuple[Any, list[int]]]:
    """Whose packed profile is missing or says something else than they do: models with ids of owners."""
    for done, (model, which) in enumerate(ranges(), 1):
        ids = list(model.objects.stale().filter(**which).order_by("pk").values_list("pk", flat=True))
        if ids:
            yield model, ids
        told(done)


def repair_profiles() -> int:
    """Write those anew that differ, and how many they were. Each action keeps its own; this is the night's
    look whether all did, and what moves people when a new list of postcodes has come in."""
    wrong = 0
    for model, ids in stale_profiles():
        model.objects.repack(pk__in=ids)
        wrong += len(ids)
    if wrong:
        log.warning("%d packed profiles were not what they repeat, and have been written anew.", wrong)
    return wrong
