"""What a programme asks of young people before we look for a mentor: their age, and an adult's yes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q

from mentees import rules
from mentees.models.permission import Permission
from partners.models import Programme, digits


class Ages(NamedTuple):
    """The ages of one kind of programme: youngest, oldest, and under which an adult has to say yes."""

    least: int
    most: int
    permission_under: int

    def born(self, on: date) -> Born:
        """The same ages as birth dates, seen from that day, so that a database compares dates."""
        return Born(*(rules.born_by(on, age) for age in (self.most + 1, self.least, self.permission_under)))


@dataclass(frozen=True)
class Born:
    """After which date people are not too old, up to which not too young, and up to which they decide."""

    after: date
    upto: date
    decides_upto: date

    def condition(self, of: str = "") -> Q:
        """Of the ages, and old enough to decide or permitted: of the person, or of what leads to them."""
        person: Any = OuterRef(of.removesuffix("__") or "pk")
        permitted = Exists(Permission.objects.given().filter(mentee=person))
        ages = {f"{of}born_on__gt": self.after, f"{of}born_on__lte": self.upto}
        return Q(Q(**{f"{of}born_on__lte": self.decides_upto}) | Q(permitted), **ages)

    def holds(self, born_on: Any, is_permitted: Any) -> Any:
        """The same for many: of birth dates as the numbers that `day` makes of them."""
        after, upto, decides_upto = (digits(date) for date in (self.after, self.upto, self.decides_upto))
        return (born_on > after) & (born_on <= upto) & ((born_on <= decides_upto) | is_permitted)


def kinds_of_programmes(on: date) -> dict[Ages, list[int]]:
    """The programmes that run, by their ages. Programmes are few, and reading them costs one small query."""
    kinds: dict[Ages, list[int]] = {}
    rows = Programme.objects.running(on).values_list("pk", "min_age", "max_age", "permission_under")
    for pk, *ages in rows.order_by("pk"):
        kinds.setdefault(Ages(*ages), []).append(pk)
    return kinds
