"""The requests that are ready, and whose young person has no open match in the programme."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
from django.db.models import QuerySet
from django.utils import timezone

from matching.actions.feed.binary import BIG, PAIR, Kinds
from matching.actions.feed.joining import joined, same_pairs, taken
from matching.actions.feed.reading import (
    Found,
    Misfits,
    Readings,
    common,
    moment,
    of_columns,
    of_ids,
    profiles,
)
from matching.engine import MenteeArrays
from matching.engine.columns import Array
from matching.engine.places import different, row_of
from matching.engine.population import BASIC, ENHANCED
from matching.models import Match
from mentees.models import Mentee, Permission, Profile, Referral, Request
from mentees.models.mentee import told_us
from mentees.models.readiness import kinds_of_programmes
from partners.models import AgeBand, Organisation, Programme, digits

REQUEST: Kinds = {"id": BIG, "person": BIG, "programme": BIG, "asked_at": BIG}
OLDEST = 200


class Requests:
    """What is asked about requests and their young people, and what the answers say together."""

    def __init__(self, at: datetime) -> None:
        self.on = timezone.localdate(at)
        self.kinds = kinds_of_programmes(self.on)

    def readings(self) -> Readings:
        """A reading for each fact of readiness, profiles, and what partners said; the longest ones first."""
        taken_on = Request.objects.taken_on().order_by()
        return {
            "mentees": lambda: profiles(Profile),
            "requests": of_columns(taken_on.values_list("pk", "mentee", "programme", "asked_at"), REQUEST),
            "told us": of_ids(Mentee.objects.filter(told_us())),
            "permitted": of_ids(Permission.objects.given(), "mentee"),
            "closed": of_ids(Mentee.objects.exclude(user__is_active=True)),
            "matched": of_columns(Match.objects.open().order_by().values_list("mentee", "programme"), PAIR),
            "referrals": of_columns(Referral.objects.order_by().values_list("request", "organisation"), PAIR),
            "wishes": of_columns(_wishes(), PAIR),
        }

    def ready(self, found: Found) -> Array:
        """Which of the requests that were read are ready and without a match; bool."""
        given, profile, matched = found["requests"], found["mentees"], found["matched"]
        person = given["person"]
        row = row_of(person, profile["owner"])
        born_on = taken(profile["born_on"], row)
        is_permitted = np.isin(person, found["permitted"])
        is_of_age = np.zeros(len(row), bool)
        for ages, programmes in self.kinds.items():
            here = np.isin(given["programme"], programmes)
            is_of_age |= here & ages.born(self.on).holds(born_on, is_permitted)
        is_ready = is_of_age & (row >= 0) & (taken(profile["languages"], row) != 0)
        is_ready &= np.isin(person, found["told us"]) & ~np.isin(person, found["closed"])
        is_ready &= ~same_pairs(person, given["programme"], matched["one"], matched["other"])
        return is_ready

    def programmes(self, found: Found, is_ready: Array) -> QuerySet[Programme]:
        """Those of the requests that are ready."""
        return Programme.objects.filter(pk__in=different(found["requests"]["programme"][is_ready]).tolist())

    def arrays(
        self, found: Found, is_ready: Array, programmes: list[Programme]
    ) -> tuple[MenteeArrays, Misfits]:
        """Everybody who is ready, and whose numbers fit, in one of these programmes."""
        index = row_of(found["requests"]["programme"], np.array([p.pk for p in programmes], BIG))
        kept = np.flatnonzero(is_ready & (index >= 0))
        # In the engine's own order, so that it need not copy a million rows to put them there.
        kept = kept[np.argsort(found["requests"]["id"][kept])]
        index = index[kept]
        given = {name: column[kept] for name, column in found["requests"].items()}
        profile = found["mentees"]
        row = row_of(given["person"], profile["owner"])
        age = np.clip((digits(self.on) - profile["born_on"][row]) // 10_000, 0, OLDEST)
        enhanced_under = np.array([p.enhanced_check_under for p in programmes], BIG)
        group = profile["organisation"][row]
        referrer = joined(given["id"], *found["referrals"].values())
        theirs, its = (joined(organisation, *found["wishes"].values()) for organisation in (referrer, group))
        return MenteeArrays.of_those_who_fit(
            id=given["id"],
            person=given["person"],
            programme=index,
            **common(profile, row),
            required_language=profile["required_language"][row],
            required_gender=profile["required_gender"][row],
            age_band=np.array([AgeBand.of(years) for years in range(OLDEST + 1)])[age],
            required_check=np.where(age < enhanced_under[index], ENHANCED, BASIC),
            organisation=group,
            # As the referring partner wishes, else their group.
            wished=np.where(theirs > 0, theirs, its),
            referrer=referrer,
            waiting_days=np.maximum(days_since(given["asked_at"], self.on), 0),
        )


def days_since(moments: Array, today: date) -> Array:
    """Calendar days from each moment (microseconds since 2000) to today, as they are counted where we are."""
    if not len(moments):
        return moments
    first = today - timedelta(days=int((_midnight(today) - moments.min()) // (24 * 3600 * 10**6)) + 2)
    days = [first + timedelta(days=n) for n in range((today - first).days + 1)]
    midnights = np.array([_midnight(day) for day in days], BIG)
    # Who asked after today's midnight waits since today.
    return len(days) - np.searchsorted(midnights, moments, side="right")


def _midnight(day: date) -> int:
    return moment(timezone.make_aware(datetime.combine(day, time())))


def _wishes() -> QuerySet[Any, Any]:
    """Pairs (organisation, the employer whose own mentors come first there)."""
    wishing = Organisation.objects.filter(mentors_first_from__isnull=False).order_by()
    return wishing.values_list("pk", "mentors_first_from")
