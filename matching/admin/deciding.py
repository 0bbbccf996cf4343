"""What every page has on which a pair is decided: where the request stands, and a form for each mentor."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from matching.forms import Decision
from matching.models import Proposal
from matching.models.candidate import Candidate


def where_it_stands(user: Any, row: Any, now: datetime) -> dict[str, Any]:
    """Of a request `with_review_facts`: what is decided already, and how many people it takes."""
    mentee = row.mentee
    proposal = getattr(row, "open_proposal", None)
    age = mentee.age(timezone.localdate(now))
    return {
        "row": row,
        "mentee": mentee,
        "age": age,
        "proposal": proposal,
        "is_own_proposal": bool(proposal and proposal.proposed_by_id == user.pk),
        "needs_two": age < row.programme.two_people_under,
        "open_match": row.open_match,
    }


def give_forms(candidates: list[Candidate], form: Decision | None, proposal: Proposal | None) -> None:
    """Each candidate gets a form of their own; the decided, proposed or first is open."""
    chosen = str(form["mentor"].value()) if form else str(proposal.mentor_id) if proposal else ""
    for candidate in candidates:
        pk = candidate.mentor.pk
        candidate.is_open = str(pk) == chosen
        fresh = Decision(initial={"mentor": pk}, auto_id=f"id_{pk}_%s")
        candidate.form = form if form and candidate.is_open else fresh
        candidate.form.say(candidate.mentor.name)
    if candidates and not any(candidate.is_open for candidate in candidates):
        candidates[0].is_open = True
