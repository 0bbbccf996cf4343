"""What is true of mentors, each fact said once: the same ones choose many, explain one, feed the night."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from mentors import rules
from mentors.models.check import Check
from mentors.models.disclosure import Disclosure
from mentors.models.reference import Reference
from partners.models import Fact, Programme
from training.models import Booking, Certificate

# What mentors told us in their own row, the clock aside: an index finds those who said all of it.
SAID: dict[str, Q] = {
    "about": ~Q(outcode=""),
    "work": ~Q(job_title="") & Q(years_of_work__isnull=False),
    "when": Q(free_slots__gt=0, accepted_ages__gt=0)
    & (Q(way="online") | Q(way__in=("in_person", "either"), travel_minutes__gt=0)),
    "conflicts": Q(conflicts_declared_at__isnull=False),
    "motivation": ~Q(motivation=""),
    "code": Q(code_agreed_at__isnull=False),
    "application": Q(applied_at__isnull=False),
    "approved": Q(status="approved"),
}
# A reply that is good is a referee who stands; and who is prepared in one programme takes part in one that
# runs, with its course complete and its workshop attended. Where the second is asked of somebody, the first
# need not be.
IMPLIED = {"referees": "references", "programme": "prepared", "training": "prepared", "workshop": "prepared"}


def facts(mentor: Any, at: datetime) -> dict[str, Fact]:
    """Each of `rules.Facts`, on rows of the model `mentor` at this time."""
    on = timezone.localdate(at)
    return {
        "account": Fact(Q(user__is_active=True), is_common=True),
        "programme": Fact(held=places(mentor, on)),
        "about": Fact(Q(born_on__lte=rules.adult_if_born_by(on)) & SAID["about"]),
        "work": Fact(SAID["work"], chosen=("sectors",)),
        "help": Fact(chosen=("topics", "languages")),
        "when": Fact(SAID["when"]),
        "conflicts": Fact(SAID["conflicts"]),
        "motivation": Fact(SAID["motivation"]),
        "referees": Fact(held=_two(Reference.objects.standing())),
        "disclosure": Fact(held=Disclosure.objects.all()),
        "code": Fact(SAID["code"]),
        "application": Fact(SAID["application"]),
        "training": Fact(held=trained_places(mentor, at)),
        "workshop": Fact(held=workshop_places(mentor, at)),
        "identity": Fact(held=Check.objects.in_force(Check.Kind.IDENTITY, on)),
        "references": Fact(held=_two(Reference.objects.good())),
        "references_heard": Fact(held=Check.objects.in_force(Check.Kind.REFERENCES, on)),
        "dbs": Fact(held=Check.objects.in_force(Check.Kind.DBS, on)),
        "approved": Fact(SAID["approved"]),
        "not_paused": Fact(Q(paused_until__isnull=True) | Q(paused_until__lte=on)),
    }


def conditions(mentor: Any, at: datetime) -> dict[str, Q]:
    """Each fact as a condition in SQL."""
    return {name: fact.condition(mentor) for name, fact in facts(mentor, at).items()}


def places(mentor: Any, on: date) -> QuerySet[Any]:
    """Who takes part in which running programme: one row a pair."""
    return mentor.programmes.through._default_manager.filter(programme__in=Programme.objects.running(on))


def trained_places(mentor: Any, at: datetime) -> QuerySet[Any]:
    """Of those, the ones whose required course is complete; a programme without a course asks for none."""
    return places(mentor, timezone.localdate(at)).filter(_is_trained(at))


def prepared_places(mentor: Any, at: datetime) -> QuerySet[Any]:
    """Of those, the ones whose required workshop they took part in, too."""
    return trained_places(mentor, at).filter(_took_part())


def workshop_places(mentor: Any, at: datetime) -> QuerySet[Any]:
    """Places that lack no workshop: of those they are trained for; while there is none, of all.

    So that together with `trained_places` it says the same as `prepared_places`, and by itself names the
    workshop only to those who have to book one.
    """
    trained = trained_places(mentor, at).filter(mentor=OuterRef("mentor"))
    return places(mentor, timezone.localdate(at)).filter(_took_part(), _is_trained(at) | ~Q(Exists(trained)))


def _is_trained(at: datetime) -> Q:
    held = Certificate.objects.valid(at).filter(
        user=OuterRef("mentor__user"), course=OuterRef("programme__course")
    )
    return Q(programme__course__isnull=True) | Q(Exists(held))


def _took_part() -> Q:
    held = Booking.objects.attended().filter(
        user=OuterRef("mentor__user"), workshop=OuterRef("programme__workshop")
    )
    return Q(programme__workshop__isnull=True) | Q(Exists(held))


def _two(references: QuerySet[Reference]) -> QuerySet[Any]:
    """Mentors with as many of these references as we ask for."""
    return references.order_by().values("mentor").annotate(n=Count("*")).filter(n__gte=rules.REFEREES)
