"""Whose letters staff may find, and the desk's queue of letters that only a person can decide about."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from audit import desk
from mentees.models import Mentee, Permission, Request
from mentors.models import Mentor, Reference
from notifications import gates
from notifications.models import Letter
from partners.models import Coordinator


def register() -> None:
    gates.narrow(of_their_people)
    desk.register(undecided)


def of_their_people(letters: QuerySet[Letter], user: Any) -> QuerySet[Letter]:
    """Letters to the people of this manager's programmes, and to guardians and referees about them."""
    if user.is_superuser:
        return letters
    theirs = Q(to_user=user)
    for people in (Mentor, Mentee, Coordinator):
        theirs |= Q(to_user__in=people.objects.visible_to(user).values("user_id"))
    for rows in (Permission, Reference, Request):
        named = rows.objects.visible_to(user).annotate(
            called=Concat(
                Value(f"{rows._meta.label_lower}:"), Cast("pk", CharField()), output_field=CharField()
            )
        )
        theirs |= Q(to_user__isnull=True, about__in=named.values("called"))
    return letters.filter(theirs)


def undecided(user: Any) -> desk.Queue:
    return desk.Queue(
        "Letters that need a decision",
        Letter.objects.visible_to(user).for_a_person(),
        reverse("admin:notifications_letter_changelist") + "?status__in=unsure,dead",
        desk.Urgency.SOON,
    )
