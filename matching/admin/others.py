"""Beyond the shortlist: who else suits one young person now, and why somebody does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from matching.actions import everyone_for, explain_pairs, why_not
from matching.admin.deciding import give_forms, where_it_stands
from matching.forms import Decision, WhyNot
from matching.models.candidate import Candidate, candidates_for, for_review
from mentors.models import Mentor

PAGE = 20
FOUND = 10  # mentors of one name to choose from


@dataclass
class Answer:
    """About one mentor: every reason against the pair, or the pair explained."""

    mentor: Mentor
    reasons: list[str]
    candidate: Candidate | None


def others_facts(
    user: Any, row: Any, now: datetime, *, after: str, search: WhyNot, form: Decision | None
) -> dict[str, Any]:
    """Everything the page shows, true at this moment; without a question, in a fixed number of queries."""
    stands = where_it_stands(user, row, now)
    found = _found(user, search)
    about = _decided(user, form) if form else found[0] if len(found) == 1 else None
    answer = _answer(user, row, about, form, now) if about else None
    shortlist = getattr(row, "shortlist", None)
    apart = {one.mentor_id for one in shortlist.listed} if shortlist else set()
    others = everyone_for(
        row,
        at=now,
        first=PAGE,
        after=after,
        among=for_review(user, at=now),
        apart_from=apart | ({about.pk} if about else set()),
    )
    candidates, _ = candidates_for(row, [], others.explained, proposed=None, decided=None, at=now)
    asked_about = [answer.candidate] if answer and answer.candidate else []
    give_forms([*asked_about, *candidates], form, None)
    missing = [] if candidates or row.open_match else row.what_is_missing(now)
    return {
        **stands,
        "title": f"Who else could {row.mentee.name} meet?",
        "search": search,
        "found": found[:FOUND] if len(found) > 1 else [],
        "is_more_found": len(found) > FOUND,
        "is_none_found": search.is_valid() and not found,
        "answer": answer,
        "candidates": candidates,
        "not_ready": missing[0].words if missing else "",
        "is_shortlisted": bool(apart),
        "is_further": bool(after),
        "more": others.more,
        "form": form,
    }


def _found(user: Any, search: WhyNot) -> list[Mentor]:
    if not search.is_valid():
        return []
    mentors = Mentor.objects.visible_to(user).called(search.cleaned_data["q"]).select_related("user")
    return list(mentors.order_by("user__first_name", "user__last_name", "pk")[: FOUND + 1])


def _decided(user: Any, form: Decision) -> Mentor | None:
    mentors = Mentor.objects.visible_to(user).select_related("user")
    return mentors.filter(pk=form.cleaned_data.get("mentor") or 0).first()


def _answer(user: Any, row: Any, mentor: Mentor, form: Decision | None, now: datetime) -> Answer:
    """The pair with its form where nothing stands against it, or where somebody just tried to decide."""
    reasons = why_not(row, mentor, at=now)
    candidate = None
    if form or not reasons:
        facts = explain_pairs([(row.pk, mentor.pk)], at=now, among=for_review(user, at=now))
        candidates, _ = candidates_for(row, [], facts.values(), proposed=None, decided=mentor.pk, at=now)
        candidate = candidates[0] if candidates else None
    return Answer(mentor, reasons, candidate)
