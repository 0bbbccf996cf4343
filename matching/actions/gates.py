"""Why a pair cannot be, checked at the moment it matters: the same rules as the night's, on fresh rows."""

from __future__ import annotations

from datetime import datetime

from matching import engine
from matching.actions.pack import pack
from matching.models import Match
from mentees.models import Request
from mentors.models import Mentor

SENTENCES = {
    "programme": "The mentor isn’t in this programme any more.",
    "place": "This mentor has no free place.",
    "meeting": "They have no way of meeting in common.",
    "time": "They have no free time in common.",
    "language": "They have no language in common.",
    "gender": "The young person asked for somebody else.",
    "age": "The mentor doesn’t meet young people of this age.",
    "check": "The mentor’s DBS check doesn’t cover this age.",
    "tie": "The mentor is tied to the young person’s school or organisation.",
    "block": "This pair was declined or ended before.",
}


def why_not(request: Request, mentor: Mentor, *, at: datetime, of: Match | None = None) -> list[str]:
    """Every reason why this pair may not be at this moment, in sentences; empty: nothing stands against it.

    `of` is the match they already have: its own place and its own being open are no reasons.
    """
    reasons = []
    if mentor.user_id == request.mentee.user_id:
        reasons.append("The mentor and the young person are the same person.")
    if not Mentor.objects.ready_in(request.programme, at).filter(pk=mentor.pk).exists():
        missing = mentor.readiness(at)
        said = (
            f"{mentor.name}: {missing[0].words}"
            if missing
            else f"{mentor.name} isn’t ready in this programme."
        )
        reasons.append(said if said.endswith(".") else f"{said}.")
    if not Request.objects.ready(at).filter(pk=request.pk).exists():
        missing_here = request.what_is_missing(at)
        said = (
            f"{request.mentee.name}: {missing_here[0].words}" if missing_here else "The request isn’t ready."
        )
        reasons.append(said if said.endswith(".") else f"{said}.")
    open_matches = Match.objects.open().filter(mentee=request.mentee_id, programme=request.programme_id)
    if of is not None:
        open_matches = open_matches.exclude(pk=of.pk)
    if open_matches.exists():
        reasons.append(f"{request.mentee.name} has an open match in this programme.")
    return [*reasons, *(SENTENCES[key] for key in broken_rules(request, mentor, at=at, of=of))]


def broken_rules(request: Request, mentor: Mentor, *, at: datetime, of: Match | None = None) -> list[str]:
    """The keys of the hard rules that this pair breaks, by the engine's own rules."""
    pool = pack(
        Mentor.objects.filter(pk=mentor.pk),
        Request.objects.filter(pk=request.pk),
        [(mentor.pk, pk) for pk in mentor.programmes.values_list("pk", flat=True)],
        at=at,
        apart_from=of,
    )
    if not len(pool.mentees):
        return ["programme"]  # its settings make no sense at the moment
    return engine.broken_rules(pool.mentors, pool.mentees, pool.blocked, pool.settings, tied=pool.tied)
