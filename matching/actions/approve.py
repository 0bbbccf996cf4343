"""Staff decide: approve a pair, turn one down, take an offer back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import Entry
from audit.transitions import NotAllowed, move
from matching import emails
from matching.actions.gates import why_not
from matching.actions.locks import lock_pair
from matching.models import Block, Match, Proposal
from matching.models.match import OPEN
from mentees.models import Request
from mentors.models import Mentor
from partners.models import Programme

NO_PLACE = "This mentor has no free place. Nothing was saved."


@transaction.atomic
def approve(request: Request, mentor: Mentor, *, by: Any, at: datetime, note: str = "") -> Match | Proposal:
    """Say yes to a pair, and offer it to the mentor; for a young person under age, propose it first.

    Under `programme.two_people_under` the first yes makes a Proposal and the second, by somebody else,
    makes the Match. Every gate is checked again here, under locks, whatever the page showed.
    Raises NotAllowed with a sentence when the pair cannot be.
    """
    request, mentor = lock_pair(request.pk, mentor.pk)
    programme = request.programme
    if not Programme.objects.managed_by(by).filter(pk=programme.pk).exists():
        raise NotAllowed("You don’t look after this programme, so you can’t decide here.")
    if by.pk in {mentor.user_id, request.mentee.user_id}:
        raise NotAllowed("This is your own match. Somebody else has to decide.")
    if reasons := why_not(request, mentor, at=at):
        raise NotAllowed(f"Changed since you opened it: {reasons[0]} Nothing was saved.")
    proposal = _living_proposal(request, mentor, by=by, at=at)
    if request.mentee.age(timezone.localdate(at)) < programme.two_people_under:
        if proposal is None:
            return _propose(request, mentor, by=by, at=at, note=note)
        if proposal.mentor_id != mentor.pk:
            raise NotAllowed("Another mentor is already proposed here. Decide on that proposal first.")
        if proposal.proposed_by_id == by.pk:
            raise NotAllowed("You proposed this match, so somebody else must approve it.")
        move(proposal, Proposal.Status.APPROVED, by=by, at=at)
    elif proposal is not None:
        # Written while the young person was under age; on their birthday one yes is enough.
        move(proposal, Proposal.Status.LAPSED, by=by, at=at, reason="two people are no longer needed")
        proposal = None
    match = _make_match(request, mentor, by=by, at=at, proposed_by=proposal.proposed_by if proposal else by)
    _lapse_competing(match, by=by, at=at)
    offer_to_mentor(match, by=by, at=at)
    return match


def _living_proposal(request: Request, mentor: Mentor, *, by: Any, at: datetime) -> Proposal | None:
    """The open proposal for this request; one for a mentor who can't be matched now lapses here."""
    proposal = Proposal.objects.filter(request=request, status=Proposal.Status.OPEN).first()
    if proposal and proposal.mentor_id != mentor.pk and why_not(request, proposal.mentor, at=at):
        move(proposal, Proposal.Status.LAPSED, by=by, at=at, reason="the pair is no longer possible")
        return None
    return proposal


def _propose(request: Request, mentor: Mentor, *, by: Any, at: datetime, note: str) -> Proposal:
    try:
        with transaction.atomic():
            proposal = Proposal.objects.create(
                request=request, mentor=mentor, proposed_by=by, proposed_at=at, note=note
            )
    except IntegrityError as error:
        raise NotAllowed("Somebody proposed a mentor here a moment ago. Please look again.") from error
    Entry.objects.record(proposal, "proposed", by=by, at=at)
    return proposal


def _make_match(request: Request, mentor: Mentor, *, by: Any, at: datetime, proposed_by: Any) -> Match:
    taken = set(Match.objects.open().filter(mentor=mentor).values_list("slot", flat=True))
    free = [slot for slot in range(1, mentor.capacity + 1) if slot not in taken]
    if not free:
        raise NotAllowed(NO_PLACE)
    from matching.actions.explain import explain_pair

    facts = explain_pair(request, mentor, at=at)
    try:
        with transaction.atomic():
            match = Match.objects.create(
                programme=request.programme,
                mentor=mentor,
                mentee=request.mentee,
                request=request,
                slot=free[0],
                approved_at=at,
                approved_by=by,
                proposed_by=proposed_by,
                score=facts.score,
                components=facts.components,
                shared=facts.shared,
            )
    except IntegrityError as error:
        # The unique constraints hold even where row locks do nothing (SQLite): one of two wins.
        raise NotAllowed(NO_PLACE) from error
    Entry.objects.record(match, "approved", by=by, at=at)
    return match


def offer_to_mentor(match: Match, *, by: Any, at: datetime) -> None:
    """Ask the mentor first. Their working days start tomorrow."""
    move(match, Match.Status.OFFERED_TO_MENTOR, by=by, at=at, **deadlines(match.programme, at))
    emails.offered(match)


def deadlines(programme: Programme, at: datetime) -> dict[str, Any]:
    """When an offer made now is recalled to mind, and when it lapses."""
    today = timezone.localdate(at)
    return {
        "offered_at": at,
        "remind_on": programme.working_day_after(today, programme.offer_reminder_day),
        "answer_by": programme.working_day_after(today, programme.offer_working_days),
    }


def _lapse_competing(match: Match, *, by: Any, at: datetime) -> None:
    """Proposals that this match has made impossible: for the same request, or for a mentor now full."""
    competing = Proposal.objects.filter(status=Proposal.Status.OPEN)
    is_full = Match.objects.filter(mentor=match.mentor, status__in=OPEN).count() >= match.mentor.capacity
    for proposal in competing.filter(request=match.request) | (
        competing.filter(mentor=match.mentor) if is_full else competing.none()
    ):
        move(proposal, Proposal.Status.LAPSED, by=by, at=at, reason="another match was approved")


@transaction.atomic
def turn_down(request: Request, mentor: Mentor, *, by: Any, at: datetime, why: str, note: str = "") -> Block:
    """Decide against a suggested pair, with a reason; it is never suggested again.

    A proposal for the pair is turned down with it. Raises NotAllowed without a known reason.
    """
    if why not in Block.Why.values:
        raise NotAllowed("Choose why this isn’t the right match. It helps us tune the suggestions.")
    request, mentor = lock_pair(request.pk, mentor.pk)
    if not Programme.objects.managed_by(by).filter(pk=request.programme_id).exists():
        raise NotAllowed("You don’t look after this programme, so you can’t decide here.")
    for proposal in Proposal.objects.filter(request=request, mentor=mentor, status=Proposal.Status.OPEN):
        move(proposal, Proposal.Status.TURNED_DOWN, by=by, at=at, reason=why)
    block, is_new = Block.objects.get_or_create(
        mentor=mentor, mentee=request.mentee, defaults={"why": why, "note": note, "by": by, "at": at}
    )
    if is_new:
        Entry.objects.record(block, "turned down", by=by, at=at, why=why)
    return block


@transaction.atomic
def withdraw(match: Match, *, by: Any, at: datetime, why: str) -> None:
    """Take an offer back before it is accepted by both. Raises NotAllowed once the match is active."""
    was = match.status
    move(match, Match.Status.WITHDRAWN, by=by, at=at, ended_at=at, ended_why=why[:300])
    if was != Match.Status.APPROVED:
        emails.offer_withdrawn(match, to_mentee=was == Match.Status.OFFERED_TO_MENTEE)
