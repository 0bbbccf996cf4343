"""Which mentors: whom somebody may see, whom they call by name, and who waits for us."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q

from mentors import rules
from mentors.models.check import Check
from mentors.models.mentor.standing import StandingQuerySet
from mentors.models.readiness import conditions
from partners.models import Programme


class MentorQuerySet(StandingQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Staff: mentors of their programmes. Mentors, staff among them: themselves."""
        if not user.is_active:
            return self.none()
        if user.is_staff:
            mine = Programme.objects.managed_by(user)
            return self.filter(Exists(mine.filter(mentors=OuterRef("pk"))) | Q(user=user))
        return self.filter(user=user)

    def called(self, words: str) -> Self:
        """Those in whose name every one of these words stands, or whose reference it is."""
        name = Q()
        for word in words.split():
            name &= Q(user__first_name__icontains=word) | Q(user__last_name__icontains=word)
        return self.filter(name | Q(pk=rules.row_of_code(words) or 0))

    def unfinished(self) -> Self:
        """Signed up, and the application not yet sent."""
        return self.filter(status=self.model.Status.APPLYING, applied_at__isnull=True, user__is_active=True)

    def to_check(self, at: datetime) -> Self:
        """With us: applied or approved, and a check that we do is missing or has run out."""
        facts = conditions(self.model, at)
        ours = (
            ~Q(facts["identity"]) | ~Q(facts["dbs"]) | (facts["references"] & ~Q(facts["references_heard"]))
        )
        here = (self.model.Status.APPLYING, self.model.Status.APPROVED)
        return self.filter(ours, facts["application"], status__in=here, user__is_active=True)

    def with_dbs_due(self, after: date, until: date) -> Self:
        """Those in force whose DBS check, still good, is to be repeated within these days."""
        due = (
            Check.objects.latest_of_its_kind()
            .standing(after)
            .filter(kind=Check.Kind.DBS, expires_on__lte=until, mentor=OuterRef("pk"))
        )
        return self.filter(Exists(due), status__in=(self.model.Status.APPLYING, self.model.Status.APPROVED))

    def to_approve(self, at: datetime) -> Self:
        """Applied, and nothing is missing but a second person's yes."""
        rest = {k: c for k, c in conditions(self.model, at).items() if k not in rules.AFTER_APPROVAL}
        return self.filter(*rest.values(), status=self.model.Status.APPLYING)
