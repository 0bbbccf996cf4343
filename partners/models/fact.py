"""One thing that must be true of somebody, asked of one person on a page or of everybody at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q


@dataclass(frozen=True)
class Fact:
    """What must be true of a person, each part by itself; an empty part asks for nothing.

    `own`: of columns of their row. `held`: rows of another table, of which at least one is theirs. `chosen`:
    lists of words, from each of which they chose one or more. `is_common`: hardly anybody lacks what `own`
    says, so it is quicker to find who does.
    """

    own: Q = field(default_factory=Q)
    held: Any = None
    chosen: tuple[str, ...] = ()
    is_common: bool = False

    def condition(self, person: Any) -> Q:
        """The fact as a condition on rows of the model `person`; no tables are joined but by `own`."""
        who = person._meta.model_name
        parts = self.own
        if self.held is not None:
            parts &= Q(Exists(self.held.filter(**{who: OuterRef("pk")})))
        for name in self.chosen:
            words = person._meta.get_field(name).remote_field.through._default_manager
            parts &= Q(Exists(words.filter(**{who: OuterRef("pk")})))
        return parts
