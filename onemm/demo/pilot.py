"""The pilot of 2017 as history: its published figures, its partners by name, and people plainly invented.

The figures, the partners and the organisations of the network stand in the two source documents of the
project; the people behind the figures are numbers. What was not published (who met when, for how long) is
not made up here, so there are no meetings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from audit.models import Entry
from matching.models import Match
from mentees.models import Mentee, Request
from mentors.models import Mentor
from onemm.demo.stage import AT, Stage
from partners.models import Network, Organisation, Programme
from users.models import User

CLOSED_ACCOUNT = "!a-demonstration-account-of-2017-that-nobody-signs-in-to"


@dataclass(frozen=True)
class Place:
    """One city of the pilot, with what was published of it."""

    city: str
    mentors: int
    matches: int
    partners: tuple[str, ...]
    target_mentors: int = 0


PLACES = (
    Place(
        "London",
        217,
        92,
        (
            "YEUK",
            "Islamic Relief",
            "UpRising",
            "Fastlaners",
            "Mencap",
            "Queen Mary University",
            "The Advocacy Academy",
        ),
    ),
    Place(
        "Manchester",
        200,
        84,
        ("UpRising", "YES Manchester", "Loreto College", "Whalley Range High School", "Factory Youth Zone"),
    ),
    Place(
        "Cardiff",
        96,
        54,
        (
            "Cardiff University",
            "Cardiff University Students’ Union",
            "UpRising",
            "Cardiff & Vale College",
            "Butetown Youth Pavilion",
            "Mencap",
        ),
        target_mentors=50,
    ),
)

NETWORK = "Manchester Mentoring Network"
COMMISSIONERS = ("Young Manchester", "Manchester City Council")
# As the mapping of Greater Manchester lists those who offer youth mentoring.
MAPPED = (
    "42nd Street",
    "One Million Mentors",
    "Manchester Youth Zone",
    "Barnado’s & GMYN",
    "Active Communities Network",
    "Power2",
    "N-Gage",
    "Bolton Lads’ & Girls Club",
    "Arts Emergency",
    "ReachOut",
    "Brightside",
    "Reform Radio",
    "BW3",
    "Rochdale Connections Trust",
    "Career Ready",
    "Salford Foundation",
    "City in the Community",
    "CONTACT Theatre",
    "City Year",
    "The Girls Network",
    "Citywise",
    "The Princes Trust",
    "CIPD",
    "The Proud Trust",
    "The Diana Award",
    "Unity in the Community",
    "Elevate Youth",
    "UpRising",
    "EY Foundation",
    "Wigan Youth Zone",
    "Greater Manchester Youth",
    "Youth Elements",
    "Groundwork GM",
    "Youth Justice Service (MCC)",
    "Innovate Her",
    "Youth Leads",
)

K = Organisation.Kind
KINDS = {
    "Queen Mary University": K.UNIVERSITY,
    "Cardiff University": K.UNIVERSITY,
    "Cardiff University Students’ Union": K.UNIVERSITY,
    "Loreto College": K.COLLEGE,
    "Cardiff & Vale College": K.COLLEGE,
    "Whalley Range High School": K.SCHOOL,
    "Islamic Relief": K.CHARITY,
    "Mencap": K.CHARITY,
    "Barnado’s & GMYN": K.CHARITY,
    "Career Ready": K.CHARITY,
    "CIPD": K.CHARITY,
    "EY Foundation": K.CHARITY,
    "Groundwork GM": K.CHARITY,
    "One Million Mentors": K.CHARITY,
    "Salford Foundation": K.CHARITY,
    "Rochdale Connections Trust": K.CHARITY,
    "The Diana Award": K.CHARITY,
    "The Princes Trust": K.CHARITY,
    **dict.fromkeys(COMMISSIONERS, K.COMMISSIONER),
}
MENTORS = sum(place.mentors for place in PLACES)
MATCHES = sum(place.matches for place in PLACES)
STEPS = len(PLACES) + 1

FIRST, LAST = date(2017, 2, 1), date(2017, 6, 30)


def tell(stage: Stage) -> None:
    """Write the three programmes, their people and the network."""
    organisations = _organisations()
    numbers = iter(range(1, MENTORS + 1))
    young = iter(range(1, MATCHES + 1))
    for place in PLACES:
        stage.told(f"the pilot in {place.city}")
        programme = Programme.objects.create(
            name=f"{place.city} pilot 2017",
            slug=f"{place.city.lower()}-pilot-2017",
            place=place.city,
            starts_on=FIRST,
            ends_on=LAST,
            is_open=False,
            target_mentors=place.target_mentors,
        )
        programme.organisations.set([organisations[name] for name in place.partners])
        stage.programmes[f"pilot {place.city}"] = programme
        mentors = _mentors(programme, [next(numbers) for _ in range(place.mentors)])
        _matches(programme, mentors, [next(young) for _ in range(place.matches)])
        Entry.objects.record(programme, "entered as history", at=stage.now)
    stage.told("the network")
    network = Network.objects.create(name=NETWORK)
    network.organisations.set([organisations[name] for name in (*MAPPED, *COMMISSIONERS)])


def _organisations() -> dict[str, Organisation]:
    names = dict.fromkeys([name for place in PLACES for name in place.partners] + [*MAPPED, *COMMISSIONERS])
    Organisation.objects.bulk_create(
        Organisation(name=name, kind=KINDS.get(name, K.YOUTH), status=Organisation.Status.VERIFIED)
        for name in names
    )
    return {row.name: row for row in Organisation.objects.filter(name__in=names)}


def _on(start: date, days: int) -> datetime:
    return datetime(start.year, start.month, start.day, 12, tzinfo=UTC) + timedelta(days=days)


def _users(kind: str, numbers: list[int]) -> list[User]:
    """Accounts of people who are a number: closed, without a password."""
    rows = [
        User(
            email=f"pilot-{kind.lower().replace(' ', '-')}-{n:03d}{AT}",
            first_name=f"Pilot {kind}",
            last_name=f"{n:03d}",
            password=CLOSED_ACCOUNT,
            is_active=False,
            date_joined=_on(FIRST, n % 40),
        )
        for n in numbers
    ]
    return User.objects.bulk_create(rows)


def _mentors(programme: Programme, numbers: list[int]) -> list[Mentor]:
    users = _users("Mentor", numbers)
    rows = Mentor.objects.bulk_create(
        Mentor(user=user, status=Mentor.Status.LEFT, signed_up_at=_on(FIRST, n % 40), years_of_work=5)
        for user, n in zip(users, numbers, strict=True)
    )
    through: Any = Mentor.programmes.through
    through.objects.bulk_create(through(mentor=row, programme=programme) for row in rows)
    return rows


def _matches(programme: Programme, mentors: list[Mentor], numbers: list[int]) -> None:
    """Relationships of the first so many mentors of the city, each with a young person of their own."""
    users = _users("Young Person", numbers)
    mentees = Mentee.objects.bulk_create(
        Mentee(user=user, born_on=date(1999, 1, 1), agreed_at=_on(FIRST, 0)) for user in users
    )
    requests = Request.objects.bulk_create(
        Request(
            mentee=mentee,
            programme=programme,
            status=Request.Status.FULFILLED,
            asked_at=_on(FIRST, n % 30),
            confirmed_at=_on(FIRST, n % 30),
        )
        for mentee, n in zip(mentees, numbers, strict=True)
    )
    Match.objects.bulk_create(
        Match(
            programme=programme,
            mentor=mentor,
            mentee=request.mentee,
            request=request,
            slot=1,
            status=Match.Status.CLOSED,
            approved_at=_on(FIRST, 41 + n % 9),
            active_at=_on(FIRST, 50 + n % 10),
            ended_at=_on(LAST, 0),
            ended_why="the pilot ended",
        )
        for mentor, request, n in zip(mentors, requests, numbers, strict=False)
    )
