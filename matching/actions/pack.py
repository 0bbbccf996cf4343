"""People as the engine wants them: rows of the database packed into arrays, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from matching.engine import EngineError, MenteeArrays, MentorArrays, Settings, reach
from matching.engine.population import BASIC, ENHANCED, MAN, NOT_SAID, NOWHERE, OTHER, WOMAN
from matching.engine.world import World
from matching.models import Block, Match
from mentees.models import Mentee, Request
from mentors.models import Check, Mentor
from partners.models import AgeBand, Language, Outcode, Programme

GENDERS = {"woman": WOMAN, "man": MAN, "other": OTHER}
ENDED_FOR_EVER = ("declined_by_mentor", "declined_by_mentee", "closed")
DEFAULT_TRAVEL = 30  # minutes, for who meets in person and did not say


@dataclass(frozen=True)
class Pool:
    """The people of one computation; and the programmes whose settings cannot be used, with the reason."""

    mentors: MentorArrays
    mentees: MenteeArrays
    blocked: Any
    tied: Any
    settings: list[Settings]
    programmes: list[Programme]
    left_out: dict[int, str]

    def world(self) -> World:
        return World.of(self.mentors, self.mentees, self.blocked, self.settings, self.tied)


def pack(
    mentors: Any,
    requests: QuerySet[Request],
    places: Iterable[tuple[int, int]],
    *,
    at: datetime,
    apart_from: Match | None = None,
) -> Pool:
    """Pack querysets of mentors and requests, and what stands between them.

    `places` are pairs (mentor id, programme id). `apart_from` is a match whose own place does not count as
    taken. A programme whose weights make no sense is left out with the reason, and the night goes on for the
    others. Raises EngineError when people's words do not fit the engine's widths.
    """
    today = timezone.localdate(at)
    rows = list(requests.select_related("mentee__organisation", "programme", "referral__organisation"))
    programmes, settings, left_out = _settings({row.programme_id: row.programme for row in rows}.values())
    index = {programme.pk: n for n, programme in enumerate(programmes)}
    rows = [row for row in rows if row.programme_id in index]
    towns = {
        code: (east, north)
        for code, east, north in Outcode.objects.values_list("code", "easting", "northing")
    }
    return Pool(
        mentors=_mentors(mentors, places, index, towns, at=at, apart_from=apart_from),
        mentees=_mentees(rows, index, towns, today),
        blocked=_blocked(),
        tied=_pairs(Mentor.tied_to.through.objects.values_list("mentor_id", "organisation_id")),
        settings=settings,
        programmes=programmes,
        left_out=left_out,
    )


def _settings(programmes: Iterable[Programme]) -> tuple[list[Programme], list[Settings], dict[int, str]]:
    kept, settings, left_out = [], [], {}
    for programme in sorted(programmes, key=lambda p: p.pk):
        ways = {"meets_online": programme.meets_online, "meets_in_person": programme.meets_in_person}
        try:
            settings.append(Settings.but({**programme.weights, **ways}))
        except (EngineError, TypeError, ValueError) as error:
            left_out[programme.pk] = str(error)
        else:
            kept.append(programme)
    return kept, settings, left_out


def _mentors(
    mentors: Any,
    places: Iterable[tuple[int, int]],
    index: dict[int, int],
    towns: dict[str, tuple[int, int]],
    *,
    at: datetime,
    apart_from: Match | None,
) -> MentorArrays:
    served: dict[int, int] = defaultdict(int)
    for mentor_id, programme_id in places:
        if programme_id in index:
            served[mentor_id] |= 1 << index[programme_id]
    rows: list[Any] = list(mentors.with_dbs(at))
    taken = _taken(apart_from)
    last_match = dict(Match.objects.order_by().values_list("mentor").annotate(Max("approved_at")))
    ids = [row.pk for row in rows]
    return MentorArrays.of(
        id=ids,
        programmes=[served[pk] for pk in ids],
        free_places=[max(0, row.capacity - taken.get(row.pk, 0)) for row in rows],
        **_words(Mentor, ids),
        slots=[row.free_slots for row in rows],
        online=[row.meets_online for row in rows],
        in_person=[row.meets_in_person for row in rows],
        **_where(rows, towns),
        gender=[GENDERS.get(row.gender, NOT_SAID) for row in rows],
        accepted_ages=[row.accepted_ages for row in rows],
        check_level=[Check.counts_for(row.dbs_level, row.dbs_workforce) for row in rows],
        employer=[row.employed_by_id or 0 for row in rows],
        idle_days=[_days(last_match.get(row.pk) or row.approved_at or row.signed_up_at, at) for row in rows],
    )


def _mentees(
    rows: list[Request], index: dict[int, int], towns: dict[str, tuple[int, int]], today: date
) -> MenteeArrays:
    people = [row.mentee for row in rows]
    ages = [person.age(today) for person in people]
    languages = dict(_bits(Mentee, "languages", [p.pk for p in people]))
    bits = _language_bits() if any(p.required_language_id for p in people) else {}
    words = _words(Mentee, [p.pk for p in people])
    words["languages"] = [languages.get(p.pk, 0) for p in people]
    referrals = [getattr(row, "referral", None) for row in rows]
    return MenteeArrays.of(
        id=[row.pk for row in rows],
        person=[p.pk for p in people],
        programme=[index[row.programme_id] for row in rows],
        **words,
        required_language=[
            1 << bits[p.required_language_id] if p.required_language_id else 0 for p in people
        ],
        slots=[p.free_slots for p in people],
        online=[p.meets_online for p in people],
        in_person=[p.meets_in_person for p in people],
        **_where(people, towns),
        required_gender=[GENDERS.get(p.mentor_gender, NOT_SAID) for p in people],
        age_band=[AgeBand.of(age) for age in ages],
        required_check=[
            ENHANCED if age < row.programme.enhanced_check_under else BASIC
            for age, row in zip(ages, rows, strict=True)
        ],
        organisation=[p.organisation_id or 0 for p in people],
        wished=[_wish(p, referral) for p, referral in zip(people, referrals, strict=True)],
        referrer=[referral.organisation_id if referral else 0 for referral in referrals],
        waiting_days=[max(0, (today - timezone.localdate(row.asked_at)).days) for row in rows],
    )


def _wish(person: Mentee, referral: Any) -> int:
    """The employer whose own mentors come first: as the referring partner wishes, else their group."""
    for organisation in (referral.organisation if referral else None, person.organisation):
        if organisation and organisation.mentors_first_from_id:
            return int(organisation.mentors_first_from_id)
    return 0


def _words(model: Any, ids: list[int]) -> dict[str, list[int]]:
    """The four many-to-many lists as one bitmask a person; one query each."""
    lists = {}
    for name in ("topics", "sectors", "languages", "experiences"):
        masks = _bits(model, name, ids)
        lists[name] = [masks.get(pk, 0) for pk in ids]
    return lists


def _bits(model: Any, name: str, ids: list[int]) -> dict[int, int]:
    through = model._meta.get_field(name).remote_field.through
    owner, word = model._meta.model_name, model._meta.get_field(name).related_model._meta.model_name
    wanted = set(ids)
    masks: dict[int, int] = defaultdict(int)
    rows = through.objects.values_list(f"{owner}_id", f"{word}__bit")
    if len(wanted) < 500:  # a page's worth: ask for these only; a night's worth reads the table through
        rows = rows.filter(**{f"{owner}_id__in": wanted})
    for pk, bit in rows.iterator(chunk_size=10_000):
        if pk in wanted:
            masks[pk] |= 1 << bit
    return masks


def _language_bits() -> dict[int, int]:
    return dict(Language.objects.values_list("pk", "bit"))


def _where(people: list[Any], towns: dict[str, tuple[int, int]]) -> dict[str, list[int]]:
    spots = [towns.get(person.outcode, (NOWHERE, NOWHERE)) for person in people]
    return {
        "easting": [east for east, _ in spots],
        "northing": [north for _, north in spots],
        "travel": [
            reach(DEFAULT_TRAVEL if p.travel_minutes is None else p.travel_minutes)
            if p.meets_in_person
            else 0
            for p in people
        ],
    }


def _taken(apart_from: Match | None) -> dict[int, int]:
    rows = Match.objects.open().order_by()
    if apart_from is not None:
        rows = rows.exclude(pk=apart_from.pk)
    return dict(rows.values_list("mentor").annotate(Count("pk")))


def _blocked() -> Any:
    ended = Match.objects.filter(status__in=ENDED_FOR_EVER).order_by().values_list("mentor_id", "mentee_id")
    # Who mentors and has a mentor is nobody's match with themselves.
    both = Mentor.objects.filter(user__mentee__isnull=False).order_by().values_list("pk", "user__mentee")
    return _pairs([*Block.objects.values_list("mentor_id", "mentee_id"), *ended, *both])


def _pairs(rows: Iterable[Any]) -> Any:
    return np.array(sorted(set(rows)), np.int64).reshape(-1, 2)


def _days(since: datetime, at: datetime) -> int:
    return max(0, (at - since).days)
