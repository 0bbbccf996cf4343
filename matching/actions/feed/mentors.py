"""The mentors who are ready, and the programmes they are ready in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from matching.actions.feed.binary import BIG, NUMBER, Kinds
from matching.actions.feed.joining import joined, taken
from matching.actions.feed.reading import (
    Found,
    Misfits,
    Readings,
    common,
    moment,
    of_columns,
    of_ids,
    of_ids_by,
    profiles,
)
from matching.engine import MentorArrays
from matching.engine.columns import Array
from matching.engine.places import row_of
from matching.models import Match
from matching.models.match import OPEN
from mentors.models import Check, Mentor, Profile
from mentors.models.readiness import IMPLIED, facts
from partners.models import Programme
from training.models import Booking, Certificate

OWN: Kinds = {"id": BIG, "user": BIG, "since": BIG}
LEVEL: Kinds = {"mentor": BIG, "level": NUMBER}
BUSY: Kinds = {"mentor": BIG, "open": BIG, "last": BIG}
DAY = 86_400_000_000  # microseconds


class Mentors:
    """What is asked about mentors at one moment, and what the answers say together."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.on = timezone.localdate(at)
        self.facts = facts(Mentor, at)
        asked = list(Programme.objects.running(self.on).values_list("pk", "course_id", "workshop_id"))
        self.courses = {programme: course for programme, course, _ in asked}
        self.workshops = {programme: workshop for programme, _, workshop in asked}

    def readings(self) -> Readings:
        """A reading for each fact of readiness, profiles, and how busy they are; the longest ones first."""
        own = Mentor.objects.filter(*(fact.own for fact in self.facts.values() if not fact.is_common))
        # Idle since their last match, or since they were ready for one.
        since = Coalesce(F("approved_at"), F("signed_up_at"))
        dbs = Check.objects.in_force(Check.Kind.DBS, self.on).with_counts()
        # Those of `readiness.places`; which programmes run is known by now.
        places = Mentor.programmes.through.objects.filter(programme__in=self.courses)
        valid = Certificate.objects.valid(self.at)
        took_part = Booking.objects.attended()
        return {
            "mentors": lambda: profiles(Profile),
            "own": of_columns(own.order_by("pk").values_list("pk", "user", since), OWN),
            **{f"has {name}": of_ids(self.facts[name].held, "mentor") for name in self._held()},
            "dbs": of_columns(dbs.order_by("mentor", "seen_at", "pk").values_list("mentor", "counts"), LEVEL),
            "places": of_ids_by(places.values_list("programme", "mentor"), self.courses),
            **{
                f"holds {course}": of_ids(valid.filter(course=course), "user")
                for course in set(self.courses.values()) - {None}
            },
            **{
                f"attended {workshop}": of_ids(took_part.filter(workshop=workshop), "user")
                for workshop in set(self.workshops.values()) - {None}
            },
            **{
                f"lacks {name}": of_ids(Mentor.objects.exclude(self.facts[name].own))
                for name in self._common()
            },
            "busy": of_columns(_busy(), BUSY),
        }

    def arrays(self, found: Found, programmes: list[Programme]) -> tuple[MentorArrays, Misfits]:
        """Everybody who is ready, and whose numbers fit; `programmes` are those of the requests, by index."""
        own, profile = found["own"], found["mentors"]
        row, prepared = row_of(own["id"], profile["owner"]), self._prepared(found)
        is_ready = self._are_ready(found, row) & np.isin(own["id"], _all(prepared))
        row, ids = row[is_ready], own["id"][is_ready]
        served = np.zeros(len(ids), np.uint64)
        for n, programme in enumerate(programmes):
            here = np.isin(ids, prepared.get(programme.pk, ()))
            np.bitwise_or(served, np.uint64(1 << n), out=served, where=here)
        busy = found["busy"]
        matched = row_of(ids, busy["mentor"])
        since = np.where(matched < 0, own["since"][is_ready], taken(busy["last"], matched))
        idle_days = np.maximum((moment(self.at) - since) // DAY, 0)
        level = joined(ids, found["dbs"]["mentor"], found["dbs"]["level"])
        # In the engine's own order, so that it need not copy a million rows to put them there.
        order = np.lexsort((ids, -idle_days))
        row = row[order]
        return MentorArrays.of_those_who_fit(
            id=ids[order],
            programmes=served[order],
            free_places=np.maximum(profile["capacity"][row] - taken(busy["open"], matched)[order], 0),
            **common(profile, row),
            gender=profile["gender"][row],
            accepted_ages=profile["accepted_ages"][row],
            check_level=level[order],
            employer=profile["employer"][row],
            idle_days=idle_days[order],
        )

    def _are_ready(self, found: Found, row: Array) -> Array:
        """For whom of `own` every fact holds but training and workshop; `row` is their profile's."""
        ids = found["own"]["id"]
        are_ready = (row >= 0) & np.isin(ids, found["dbs"]["mentor"])
        for name in self._held():
            are_ready &= np.isin(ids, found[f"has {name}"])
        for name in self._common():
            are_ready &= ~np.isin(ids, found[f"lacks {name}"])
        for fact in self.facts.values():
            for words in fact.chosen:
                are_ready &= taken(found["mentors"][words], row) != 0
        return are_ready

    def _prepared(self, found: Found) -> dict[int, Array]:
        """Who takes part in each programme, and has done its course and its workshop, if it has them."""
        own, prepared = found["own"], dict(found["places"])
        asked = [(p, f"holds {course}") for p, course in self.courses.items() if course is not None]
        asked += [(p, f"attended {w}") for p, w in self.workshops.items() if w is not None]
        for programme, name in asked:
            complete = own["id"][np.isin(own["user"], found[name])]
            prepared[programme] = prepared[programme][np.isin(prepared[programme], complete)]
        return prepared

    def _held(self) -> list[str]:
        """Facts that rows of other tables say; of training and the DBS check more is read than a yes."""
        named = {"training", "dbs", *IMPLIED}
        return [name for name, fact in self.facts.items() if fact.held is not None and name not in named]

    def _common(self) -> list[str]:
        return [name for name, fact in self.facts.items() if fact.is_common]


def _busy() -> QuerySet[Match, Any]:
    """Mentors who were ever matched: with how many matches now, and when last."""
    counts = {"open": Count("pk", filter=Q(status__in=OPEN)), "last": Max("approved_at")}
    return Match.objects.order_by().values_list("mentor").annotate(**counts)


def _all(places: Mapping[int, Array]) -> Array:
    return np.concatenate([np.empty(0, BIG), *places.values()])
