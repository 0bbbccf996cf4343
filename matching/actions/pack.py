"""People as the engine wants them: rows of the database packed into arrays, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db.models import Count, Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from matching.actions.pool import Pool, settings_of
from matching.engine import MenteeArrays, MentorArrays
from matching.engine.population import BASIC, ENHANCED
from matching.models import Block, Match
from matching.models.match import ENDED_FOR_EVER, OPEN
from mentees.models import Mentee, Request
from mentors.models import Mentor
from partners.models import AgeBand
from partners.models.packed import DEFAULT_TRAVEL, GENDERS, mask, place, reach

WORDS = ("topics", "sectors", "languages", "experiences")
FEW = 500  # a page's worth of mentors: what stands between is asked for these only


NEARBY = (
    "mentee__organisation",
    "mentee__required_language",
    "programme",
    "referral__organisation",
)


def pack(
    mentors: Any,
    requests: QuerySet[Request],
    places: QuerySet[Any] | Iterable[tuple[int, int]],
    *,
    at: datetime,
    apart_from: Match | None = None,
) -> Pool:
    """Pack querysets of mentors and requests, and what stands between them; three queries.

    `places` are pairs (mentor id, programme id). `apart_from` is a match whose own place does not count as
    taken. A programme whose weights make no sense is left out with the reason, and the night goes on for the
    others. Raises EngineError when people's words do not fit the engine's widths.
    """
    asked = list(_with_numbers(requests, Mentee, "mentee_id", "mentee__outcode").select_related(*NEARBY))
    programmes, settings, left_out = settings_of({row.programme_id: row.programme for row in asked}.values())
    index = {programme.pk: n for n, programme in enumerate(programmes)}
    asked = [row for row in asked if row.programme_id in index]
    people = list(_with_times(_with_numbers(mentors.with_dbs(at), Mentor, "pk", "outcode"), apart_from))
    between = _between([row.pk for row in people], places)
    return Pool(
        mentors=_mentors(people, between["place"], index, at),
        mentees=_mentees(asked, index, timezone.localdate(at)),
        blocked=_pairs(between["block"]),
        tied=_pairs(between["tie"]),
        settings=settings,
        programmes=programmes,
        left_out=left_out,
        rows={row.pk: row for row in people},
    )


def _mentors(
    people: list[Any], places: Iterable[tuple[int, int]], index: dict[int, int], at: datetime
) -> MentorArrays:
    served: dict[int, int] = defaultdict(int)
    for mentor_id, programme_id in places:
        if programme_id in index:
            served[mentor_id] |= 1 << index[programme_id]
    return MentorArrays.of(
        id=[row.pk for row in people],
        programmes=[served[row.pk] for row in people],
        free_places=[max(0, row.capacity - row.places_taken) for row in people],
        **_numbers(people, people),
        gender=[GENDERS[row.gender] for row in people],
        accepted_ages=[row.accepted_ages for row in people],
        check_level=[row.dbs_counts or 0 for row in people],
        employer=[row.employed_by_id or 0 for row in people],
        idle_days=[_days(row.last_match_at or row.approved_at or row.signed_up_at, at) for row in people],
    )


def _mentees(asked: list[Any], index: dict[int, int], today: date) -> MenteeArrays:
    people = [row.mentee for row in asked]
    ages = [person.age(today) for person in people]
    referrals = [getattr(row, "referral", None) for row in asked]
    return MenteeArrays.of(
        id=[row.pk for row in asked],
        person=[p.pk for p in people],
        programme=[index[row.programme_id] for row in asked],
        **_numbers(asked, people),
        required_language=[
            1 << p.required_language.bit if p.required_language is not None else 0 for p in people
        ],
        required_gender=[GENDERS[p.mentor_gender] for p in people],
        age_band=[AgeBand.of(age) for age in ages],
        required_check=[
            ENHANCED if age < row.programme.enhanced_check_under else BASIC
            for age, row in zip(ages, asked, strict=True)
        ],
        organisation=[p.organisation_id or 0 for p in people],
        wished=[_wish(p, referral) for p, referral in zip(people, referrals, strict=True)],
        referrer=[referral.organisation_id if referral else 0 for referral in referrals],
        waiting_days=[max(0, (today - timezone.localdate(row.asked_at)).days) for row in asked],
    )


def _numbers(rows: list[Any], people: list[Any]) -> dict[str, list[Any]]:
    """What mentors and young people have in common: words and times as bits, ways of meeting, places."""
    return {
        **{name: [getattr(row, f"{name}_mask") for row in rows] for name in WORDS},
        "slots": [person.free_slots for person in people],
        "online": [person.meets_online for person in people],
        "in_person": [person.meets_in_person for person in people],
        "easting": [row.place_easting for row in rows],
        "northing": [row.place_northing for row in rows],
        "travel": [
            reach(DEFAULT_TRAVEL if p.travel_minutes is None else p.travel_minutes)
            if p.meets_in_person
            else 0
            for p in people
        ],
    }


def _wish(person: Mentee, referral: Any) -> int:
    """The employer whose own mentors come first: as the referring partner wishes, else their group."""
    for organisation in (referral.organisation if referral else None, person.organisation):
        if organisation and organisation.mentors_first_from_id:
            return int(organisation.mentors_first_from_id)
    return 0


def _with_numbers(rows: Any, person: Any, pk: str, outcode: str) -> Any:
    """Annotate a mask for each list of words, and the place on the grid; `pk` leads to the person's id."""
    return rows.annotate(
        **{f"{name}_mask": mask(person, name, pk) for name in WORDS},
        **{f"place_{axis}": place(axis, outcode) for axis in ("easting", "northing")},
    )


def _with_times(mentors: Any, apart_from: Match | None) -> Any:
    """Annotate how many places are taken, and when the last match was made."""
    made = Match.objects.filter(mentor=OuterRef("pk")).order_by().values("mentor")
    taken = made.filter(status__in=OPEN)
    if apart_from is not None:
        taken = taken.exclude(pk=apart_from.pk)
    return mentors.annotate(
        places_taken=Coalesce(Subquery(taken.annotate(n=Count("pk")).values("n")), Value(0)),
        last_match_at=Subquery(made.annotate(last=Max("approved_at")).values("last")),
    )


def _between(ids: list[int], places: Any) -> dict[str, list[tuple[int, int]]]:
    """Pairs (mentor, programme) that are a place, (mentor, person) a block, (mentor, organisation) a tie."""
    tables = [
        ("block", Block.objects, "mentor", "mentee"),
        ("block", Match.objects.filter(status__in=ENDED_FOR_EVER), "mentor", "mentee"),
        # Who mentors and has a mentor is nobody's match with themselves.
        ("block", Mentor.objects.filter(user__mentee__isnull=False), "pk", "user__mentee"),
        ("tie", Mentor.tied_to.through.objects, "mentor", "organisation"),
    ]
    parts = []
    for kind, rows, mentor, other in tables:
        mine = rows.filter(**{f"{mentor}__in": ids}) if len(ids) < FEW else rows.all()
        parts.append(mine.order_by().values_list(Value(kind), mentor, other))
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    if isinstance(places, QuerySet):
        parts.append(places.order_by().values_list(Value("place"), "mentor_id", "programme_id"))
    else:
        found["place"] = list(places)
    for kind, mentor_id, other_id in parts[0].union(*parts[1:], all=True).iterator(chunk_size=10_000):
        found[kind].append((mentor_id, other_id))
    return found


def _pairs(rows: Iterable[Any]) -> Any:
    return np.array(sorted(set(rows)), np.int64).reshape(-1, 2)


def _days(since: datetime, at: datetime) -> int:
    return max(0, (at - since).days)
