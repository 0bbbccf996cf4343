"""What is true of mentors, each fact a condition in SQL: the same facts choose many and explain one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from mentors import rules
from mentors.models.check import Check
from mentors.models.disclosure import Disclosure
from mentors.models.reference import Reference
from partners.models import Programme
from training.models import Certificate

Condition = Q | Exists


def conditions(mentor: Any, at: datetime) -> dict[str, Condition]:
    """Each fact of `rules.Facts` as a condition on rows of the model `mentor` at this time."""
    on = timezone.localdate(at)
    return {
        "account": Q(user__is_active=True),
        "programme": Exists(places(mentor, on).filter(mentor=OuterRef("pk"))),
        "about": Q(born_on__lte=rules.adult_if_born_by(on)) & ~Q(outcode=""),
        "work": ~Q(job_title="") & Q(years_of_work__isnull=False) & _chose_any(mentor.sectors),
        "help": _chose_any(mentor.topics) & _chose_any(mentor.languages),
        "when": Q(free_slots__gt=0, accepted_ages__gt=0)
        & (Q(way="online") | Q(way__in=("in_person", "either"), travel_minutes__gt=0)),
        "conflicts": Q(conflicts_declared_at__isnull=False),
        "motivation": ~Q(motivation=""),
        "referees": _with_two(Reference.objects.standing()),
        "disclosure": Exists(Disclosure.objects.filter(mentor=OuterRef("pk"))),
        "code": Q(code_agreed_at__isnull=False),
        "application": Q(applied_at__isnull=False),
        "training": Exists(places(mentor, on).filter(_trained(at), mentor=OuterRef("pk"))),
        "identity": _checked(Check.Kind.IDENTITY, on),
        "references": _with_two(Reference.objects.good()),
        "references_heard": _checked(Check.Kind.REFERENCES, on),
        "dbs": _checked(Check.Kind.DBS, on),
        "approved": Q(status="approved"),
        "not_paused": Q(paused_until__isnull=True) | Q(paused_until__lte=on),
    }


def places(mentor: Any, on: date) -> QuerySet[Any]:
    """Who takes part in which running programme: one row a pair."""
    return mentor.programmes.through._default_manager.filter(programme__in=Programme.objects.running(on))


def trained_places(mentor: Any, at: datetime) -> QuerySet[Any]:
    """Of those, the ones whose required course is complete; a programme without a course asks for none."""
    return places(mentor, timezone.localdate(at)).filter(_trained(at))


def _trained(at: datetime) -> Q:
    held = Certificate.objects.valid(at).filter(
        user=OuterRef("mentor__user"), course=OuterRef("programme__course")
    )
    return Q(programme__course__isnull=True) | Q(Exists(held))


def _chose_any(words: Any) -> Q:
    return Q(Exists(words.through._default_manager.filter(mentor=OuterRef("pk"))))


def _with_two(references: QuerySet[Reference]) -> Q:
    pairs = references.values("mentor").annotate(n=Count("pk")).filter(n__gte=rules.REFEREES)
    return Q(pk__in=pairs.values("mentor"))


def _checked(kind: str, on: date) -> Exists:
    return Exists(Check.objects.latest_of_its_kind().standing(on).filter(kind=kind, mentor=OuterRef("pk")))
