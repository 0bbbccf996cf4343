"""Who is in the demonstration: one line a person, every state of every journey among them."""

from __future__ import annotations

from typing import Any

from onemm.demo import scenes, volunteers, young
from onemm.demo.names import EMPLOYER
from onemm.demo.pairs import TO_MENTEE, TO_MENTOR, Pair
from onemm.demo.volunteers import (
    CHECKED,
    EVERY_EVENING,
    FILLED,
    HALF,
    HEARD,
    ONE_REPLY,
    REPLIES,
    SENT,
    SIGNED_UP,
    Volunteer,
    afternoons,
    mornings,
)
from onemm.demo.young import ACCEPTED, ASKED, OPENED, UNCONFIRMED, Young

MENTORS: list[Volunteer] = [
    # On the way: the account that the sign-in page offers first.
    Volunteer(
        ONE_REPLY,
        9,
        account="new-mentor",
        first_name="Noor",
        surname="Sampleton",
        gender="woman",
        trained=4,
        then=volunteers.studies,
    ),
    Volunteer(SIGNED_UP, 0, is_confirmed=False, trained=0),
    Volunteer(SIGNED_UP, 1, trained=0),
    Volunteer(SIGNED_UP, 8, trained=0),
    Volunteer(HALF, 3, trained=0),
    Volunteer(HALF, 6, trained=1),
    Volunteer(HALF, 15, trained=0),
    Volunteer(FILLED, 5, trained=2),
    Volunteer(SENT, 4, trained=0),
    Volunteer(SENT, 8, trained=3),
    Volunteer(SENT, 13, trained=8),
    Volunteer(SENT, 9, trained=5, then=volunteers.loses_a_referee),
    Volunteer(ONE_REPLY, 12, trained=8),
    Volunteer(ONE_REPLY, 16, trained=2),
    Volunteer(REPLIES, 14, trained=8),
    Volunteer(REPLIES, 19, trained=6),
    Volunteer(HEARD, 20, trained=4),
    Volunteer(HEARD, 24, trained=7),
    # Everything but the DBS check.
    Volunteer(HEARD, 22),
    Volunteer(HEARD, 27),
    Volunteer(HEARD, 31, employer=EMPLOYER),
    # Everything but a second person's yes.
    Volunteer(CHECKED, 18),
    Volunteer(CHECKED, 21),
    Volunteer(CHECKED, 29, employer=EMPLOYER),
    # Ready to be matched.
    *(Volunteer(days=40 + 9 * n, capacity=1 + (n % 5 == 0) + (n % 9 == 0)) for n in range(11)),
    Volunteer(days=70, languages=("English", "Urdu"), experiences=("First in my family at university",)),
    Volunteer(days=90, languages=("English", "Arabic"), experiences=("Moved to the UK",), capacity=2),
    Volunteer(days=110, languages=("English", "Somali"), employer=EMPLOYER),
    Volunteer(days=75, languages=("English", "British Sign Language")),
    Volunteer(days=64, employer=EMPLOYER, both_programmes=True, way="online"),
    Volunteer(days=83, employer=EMPLOYER, both_programmes=True, way="online", languages=("English", "Welsh")),
    Volunteer(days=52, slots=EVERY_EVENING, way="either", ages=15),
    # Ready, and something ends soon.
    Volunteer(days=300, dbs_left=90),
    Volunteer(days=310, dbs_left=59),
    Volunteer(days=320, dbs_left=30),
    Volunteer(days=330, dbs_left=7),
    Volunteer(days=365, trained_days=350),  # safeguarding module lapses in a fortnight
    # Not in the pool.
    Volunteer(days=150, then=volunteers.takes_a_break),
    Volunteer(days=170, then=volunteers.takes_a_break),
    Volunteer(days=210, dbs_left=-3),
    Volunteer(days=385, trained_days=372),  # safeguarding module has lapsed
    Volunteer(days=140, then=volunteers.is_suspended),
    Volunteer(REPLIES, 45, trained=8, then=volunteers.is_declined),
    Volunteer(days=230, then=volunteers.has_left),
    # Cardiff.
    Volunteer(SENT, 6, place="Cardiff", trained=2),
    *(Volunteer(days=50 + 20 * n, place="Cardiff", slots=EVERY_EVENING) for n in range(4)),
]

YOUNG: list[Young] = [
    Young(days=19, account="waiting", first_name="Zara", surname="Testerly", gender="woman", age=17),
    # On the way, by themselves.
    Young(UNCONFIRMED, 0, age=18),
    Young(UNCONFIRMED, 3, age=16),
    Young(ASKED, 4, age=15, permission="asked"),
    Young(ASKED, 9, age=16, permission="asked"),
    Young(ASKED, 16, age=15, permission="asked"),  # the fortnight is over
    Young(ASKED, 7, age=17, permission="refused"),
    Young(ACCEPTED, 11, age=16, permission="paper"),
    Young(ASKED, 2, age=16, permission="talk"),
    Young(ASKED, 5, age=17, permission="talk", good_to_know="Please don’t ring the house."),
    Young(ASKED, 1, age=19),
    Young(ASKED, 3, age=17),
    Young(ASKED, 5, age=20),
    Young(ASKED, 11, age=18),  # our answer is overdue
    Young(ASKED, 6, age=18, then=young.needs_more),
    Young(ASKED, 8, age=16, then=young.has_answered),
    Young(ASKED, 12, age=21, then=young.is_declined),
    Young(ACCEPTED, 26, age=19, then=young.takes_it_back),
    # Referred.
    Young(UNCONFIRMED, 1, age=15, partner="coordinator"),
    Young(UNCONFIRMED, 9, age=17, partner="coordinator"),
    Young(OPENED, 4, age=18, partner="coordinator"),
    Young(ASKED, 6, age=15, partner="coordinator", permission="asked"),
    Young(ASKED, 8, age=16, partner="colleague", permission="refused"),
    Young(ASKED, 2, age=16, partner="coordinator", permission="paper"),
    Young(ASKED, 7, age=17, partner="coordinator", then=young.needs_more_from_partner),
    Young(ASKED, 20, age=19, partner="coordinator", then=young.is_declined),
    Young(ACCEPTED, 24, age=16, partner="coordinator"),
    Young(ACCEPTED, 37, age=18, partner="coordinator", gender="man"),
    Young(ACCEPTED, 45, age=17, partner="coordinator-college", gender="man"),
    Young(ACCEPTED, 15, age=17, partner="coordinator-college", gender="woman"),
    Young(UNCONFIRMED, 2, age=17, partner="coordinator-college"),
    Young(ACCEPTED, 10, age=15, partner="coordinator-school", gender="woman"),
    # Waiting for a mentor: boys longer than girls, as in life; here staff can see it.
    *(
        Young(days=1 + 4 * n, gender="woman", age=15 + n % 7, way=("either", "online")[n % 2])
        for n in range(9)
    ),
    *(
        Young(days=30 + 5 * n, gender="man", age=15 + n % 8, way=("either", "online")[n % 2])
        for n in range(11)
    ),
    # Nobody can be found for them at the moment, each for another reason.
    Young(days=33, age=18, languages=("Tigrinya",), required_language="Tigrinya", gender="man"),
    Young(days=21, age=19, slots=mornings(0) | afternoons(0), gender="woman"),
    Young(days=58, age=17, way="in_person", travel=15, outcode="WA14", gender="man"),
    # Cardiff.
    Young(UNCONFIRMED, 2, age=18, place="Cardiff"),
    Young(ASKED, 3, age=19, place="Cardiff"),
    *(Young(days=6 + 8 * n, age=18 + n, place="Cardiff", slots=EVERY_EVENING) for n in range(4)),
    Young(ACCEPTED, 14, age=18, place="Cardiff", partner="coordinator-cardiff", slots=EVERY_EVENING),
]

_ENGINEER: dict[str, Any] = {
    "job": ("Civil engineer", "Engineering"),
    "topics": ("Apprenticeships", "Interviews", "Confidence"),
}
_WANTS_ENGINEERING: dict[str, Any] = {
    "sectors": ("Engineering", "Transport and logistics"),
    "topics": ("Apprenticeships", "Confidence", "CV and applications"),
    "goals": "Get onto an engineering apprenticeship, and stop being scared of interviews.",
}

PAIRS: list[Pair] = [
    Pair(
        104,
        mentor=Volunteer(
            account="mentor",
            first_name="Amara",
            surname="Testerly",
            gender="woman",
            employer=EMPLOYER,
            experiences=("Moved to the UK",),
            **_ENGINEER,
        ),
        young=Young(
            account="young-person",
            first_name="Kayden",
            surname="Sampleton",
            gender="man",
            age=17,
            partner="coordinator",
            experiences=("Moved to the UK",),
            **_WANTS_ENGINEERING,
        ),
        waited=41,
        then=scenes.the_year_so_far,
    ),
    # Active, from the first month to the eleventh.
    Pair(4, waited=20),
    Pair(20, young=Young(age=18), waited=24, then=scenes.goes_well),
    Pair(50, young=Young(age=16, partner="coordinator", gender="man"), waited=52, then=scenes.meets_tomorrow),
    Pair(80, young=Young(age=19), waited=18, then=scenes.has_not_logged),
    Pair(110, young=Young(age=17, gender="man"), waited=47, then=scenes.tells_two_stories),
    Pair(140, young=Young(age=20, gender="woman"), waited=15, then=scenes.holds_a_message),
    Pair(170, young=Young(age=17, partner="coordinator-college"), waited=33, then=scenes.holds_another),
    Pair(200, young=Young(age=18, partner="coordinator"), waited=29, then=scenes.goes_well_with_goals),
    Pair(230, young=Young(age=19, gender="man"), waited=44, then=scenes.is_a_little_quiet),
    Pair(260, young=Young(age=18, gender="woman"), waited=12, then=scenes.has_gone_quiet),
    Pair(290, young=Young(age=20), waited=26, then=scenes.goes_well),
    Pair(
        320, mentor=Volunteer(days=365), young=Young(age=21, gender="man"), waited=38, then=scenes.goes_well
    ),
    # On hold, ending and over.
    Pair(95, young=Young(age=16), waited=35, then=scenes.is_paused),
    Pair(
        150, mentor=Volunteer(dbs_left=-1), young=Young(age=19, partner="coordinator"), then=scenes.goes_well
    ),  # the check lapsed this morning, and the match is paused for it
    Pair(310, young=Young(age=19, gender="woman"), waited=22, then=scenes.is_closing),
    Pair(330, young=Young(age=20), waited=19, then=scenes.came_to_its_end),
    Pair(48, young=Young(age=18, gender="man"), waited=20, then=scenes.ended_early),
    # Offers that came to nothing; everybody in them waits again, and keeps their place.
    Pair(
        15,
        TO_MENTOR,
        young=Young(age=18),
        waited=9,
        then=scenes.says_no("mentor", "My evenings changed"),
    ),
    Pair(
        15,
        TO_MENTEE,
        young=Young(age=19),
        waited=14,
        then=scenes.says_no("mentee", "I’d like somebody closer"),
    ),
    Pair(16, TO_MENTOR, young=Young(age=20, gender="man"), waited=40, then=scenes.lets_it_lapse),
    Pair(9, TO_MENTOR, young=Young(age=18), waited=12, then=scenes.is_taken_back),
    # Offers open now.
    Pair(
        2,
        TO_MENTOR,
        mentor=Volunteer(
            account="offered", first_name="Owen", surname="Placeholder", gender="man", **_ENGINEER
        ),
        young=Young(age=16, gender="man", partner="coordinator", **_WANTS_ENGINEERING),
        waited=46,
    ),
    Pair(4, TO_MENTOR, young=Young(age=19), waited=21),
    Pair(
        3,
        TO_MENTOR,
        young=Young(age=18, gender="man"),
        waited=36,
        then=scenes.asks_first("Would meeting on alternate weeks be all right for the first two months?"),
    ),
    Pair(
        2,
        TO_MENTEE,
        mentor=Volunteer(first_name="Bea", surname="Exampleby", gender="woman", **_ENGINEER),
        young=Young(
            account="suggested",
            first_name="Sami",
            surname="Mockford",
            gender="man",
            age=18,
            **_WANTS_ENGINEERING,
        ),
        waited=43,
    ),
    Pair(
        3,
        TO_MENTEE,
        young=Young(age=17, gender="woman"),
        waited=17,
        then=scenes.asks_first("Can my sister sit in the room the first time?", "mentee"),
    ),
    Pair(
        4,
        TO_MENTEE,
        young=Young(age=20, gender="man"),
        waited=39,
        then=scenes.asks_first(
            "Do I need a camera?", "mentee", "No. Many start without one, and a phone call is fine too."
        ),
    ),
    # Cardiff.
    Pair(60, mentor=Volunteer(place="Cardiff"), young=Young(age=19), waited=25, then=scenes.goes_well),
    Pair(
        25,
        mentor=Volunteer(place="Cardiff"),
        young=Young(age=17, gender="man"),
        waited=34,
        then=scenes.goes_well,
    ),
]
