"""What every verb of a pair asks first: is it theirs, and is it going on."""

from __future__ import annotations

from typing import Any

from audit.transitions import NotAllowed
from matching.actions.locks import lock_match
from matching.models import Match
from mentoring import rules

S = Match.Status
GOING_ON = (S.ACTIVE, S.CLOSING)
STARTED = (S.ACTIVE, S.PAUSED, S.CLOSING)


def lock_own_match(match_id: int, by: Any, *, may_be_paused: bool = False) -> Match:
    """Lock this person's match. Raises NotAllowed when it is not theirs, paused or over."""
    match = lock_match(match_id)
    if by.pk not in {match.mentor.user_id, match.mentee.user_id}:
        raise NotAllowed("This match isn’t yours.")
    check_going_on(match, may_be_paused=may_be_paused)
    return match


def check_going_on(match: Match, *, may_be_paused: bool = False) -> None:
    """Raises NotAllowed unless the two are meeting at the moment."""
    if match.status == S.PAUSED and not may_be_paused:
        raise NotAllowed("Your match is on hold, so nothing was saved. Our team will be in touch.")
    if match.status not in (STARTED if may_be_paused else GOING_ON):
        raise NotAllowed("This match isn’t going on any more, so nothing was saved.")


def check_is_a_colleague(match: Match, by: Any) -> None:
    """Raises NotAllowed for staff who are themselves one of the pair: somebody else decides about it."""
    if by.pk in {match.mentor.user_id, match.mentee.user_id}:
        raise NotAllowed("This is your own match. A colleague has to decide.")


def check_words(*texts: str) -> None:
    """Short texts reach the other at once, so what would be held as a message is not taken at all."""
    for text in texts:
        if reasons := rules.why_hold(text):
            if rules.is_risk(reasons):
                raise NotAllowed(
                    "We would like to help with this, and this isn’t the place for it. "
                    "Use “Something doesn’t feel right?”, or write it as a message."
                )
            raise NotAllowed(f"This looks like {reasons[0]}. Leave it out: you can tell our team instead.")
