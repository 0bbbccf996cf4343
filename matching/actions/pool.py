"""The people of one computation, and by which settings they are matched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from matching.engine import EngineError, FieldTooWide, MenteeArrays, MentorArrays, Settings
from matching.engine.columns import Array
from matching.engine.population import PROGRAMMES
from matching.engine.world import World
from mentors.models import Mentor
from partners.models import Programme


@dataclass(frozen=True)
class Pool:
    """The people of one computation; and who could not be used: programmes by their ids with the reason, and
    ids of mentors and requests by the name of the number that does not fit."""

    mentors: MentorArrays
    mentees: MenteeArrays
    blocked: Array
    tied: Array
    settings: list[Settings]
    programmes: list[Programme]
    left_out: dict[int, str]
    misfits: dict[str, dict[str, Array]] = field(default_factory=dict)
    rows: dict[int, Mentor] = field(default_factory=dict)  # of few: mentors by id, as a queryset gave them

    def world(self) -> World:
        return World.of(self.mentors, self.mentees, self.blocked, self.settings, self.tied)


def settings_of(programmes: Iterable[Programme]) -> tuple[list[Programme], list[Settings], dict[int, str]]:
    """The programmes that can be used, in order of their ids, their settings, and why the others cannot.

    As many as the engine has bits for; the newest are too many.
    """
    kept: list[Programme] = []
    settings: list[Settings] = []
    left_out: dict[int, str] = {}
    for programme in sorted(programmes, key=lambda p: p.pk):
        ways = {"meets_online": programme.meets_online, "meets_in_person": programme.meets_in_person}
        try:
            if len(kept) == PROGRAMMES:
                raise FieldTooWide("programmes", len(kept) + 1, PROGRAMMES)
            settings.append(Settings.but({**programme.weights, **ways}))
        except (EngineError, TypeError, ValueError, OverflowError) as error:
            left_out[programme.pk] = str(error)
        else:
            kept.append(programme)
    return kept, settings, left_out
