"""The verbs of safeguarding: raise a concern, look, acknowledge, close, and mind the clock.

The audit hears only that a status moved. What was decided, and why, stays with the concern.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import Entry
from audit.transitions import NotAllowed, move
from matching.models import Match
from mentoring.models.contact import often_in_contact
from mentors.models import Check, Mentor
from partners.models import Programme
from safeguarding import emails, rules
from safeguarding.models import Concern, Look, SafeguardingLead
from users.models import User

S = Concern.Status
TOLD = "told the lead of contact days"


def raise_concern(
    *,
    by: Any,
    at: datetime,
    form_key: UUID | str,
    what_happened: str,
    in_danger: bool = False,
    about: str = "",
    who: str = "",
    when_and_where: str = "",
    how_to_reply: str = "",
    reply_to: str = "",
) -> Concern:
    """Save a concern and, in the same commit, the letters to the lead and deputies. One a form and its words:
    who goes back and adds something tells us something new.

    `by` is None for somebody who is not signed in. Nothing but the database has to be up.
    """
    told = (what_happened, in_danger, about, who, when_and_where, how_to_reply, reply_to)
    form_key = uuid5(UUID(str(form_key)), repr(told))
    kept = Concern.objects.filter(form_key=form_key).first()
    if kept:
        return kept
    urgency = rules.urgency(in_danger=in_danger, about=about)
    try:
        with transaction.atomic():
            concern = Concern.objects.create(
                urgency=urgency,
                raised_by=by,
                raised_at=at,
                answer_by=rules.answer_by(urgency, at, Programme.working_day_after),
                about=about,
                what_happened=rules.in_the_clear(what_happened),
                who=rules.in_the_clear(who),
                when_and_where=rules.in_the_clear(when_and_where),
                how_to_reply=how_to_reply,
                reply_to=rules.in_the_clear(reply_to),
                match=_match_of(by),
                form_key=form_key,
            )
            _tell(concern, at)
    except IntegrityError:
        # The other half of a double click was faster.
        kept = Concern.objects.filter(form_key=form_key).first()
        if kept is None:
            raise
        return kept
    return concern


def look(concern: Concern, *, by: Any, at: datetime) -> Look:
    """Write that somebody opens this concern. In a commit of its own, so that no page shows without it."""
    with transaction.atomic(durable=True):
        return Look.objects.create(concern=concern, by=by, at=at)


@transaction.atomic
def acknowledge(concern: Concern, *, by: Any, at: datetime) -> None:
    """Say that somebody is on it; the clock stops. Twice is once. Raises NotAllowed for anybody else."""
    _only_leads(by)
    concern = Concern.objects.select_for_update(of=("self",)).get(pk=concern.pk)
    if concern.status != S.NEW:
        return
    move(concern, S.ACKNOWLEDGED, by=by, at=at, acknowledged_at=at, acknowledged_by=by)


@transaction.atomic
def close(concern: Concern, *, by: Any, at: datetime, decision: str) -> None:
    """Close it with the decision and its reasons. Raises NotAllowed without them, or while it is new."""
    _only_leads(by)
    decision = rules.in_the_clear(decision)
    if not decision:
        raise NotAllowed("Write what you decided, and why.")
    concern = Concern.objects.select_for_update(of=("self",)).get(pk=concern.pk)
    if concern.status == S.CLOSED and concern.decision.endswith(decision):
        return
    whole = f"{concern.decision}\n\n{decision}".strip()
    move(concern, S.CLOSED, by=by, at=at, decision=whole, closed_at=at)


@transaction.atomic
def reopen(concern: Concern, *, by: Any, at: datetime) -> None:
    """Open it again; what was decided stays written."""
    _only_leads(by)
    concern = Concern.objects.select_for_update(of=("self",)).get(pk=concern.pk)
    if concern.status == S.ACKNOWLEDGED:
        return
    move(concern, S.ACKNOWLEDGED, by=by, at=at, closed_at=None)


def escalate(*, at: datetime) -> int:
    """Take to the deputies every concern that nobody acknowledged in time. Once each; gives how many."""
    done = 0
    for concern in Concern.objects.overdue(at).filter(escalated_at__isnull=True):
        with transaction.atomic():
            won = Concern.objects.filter(pk=concern.pk, status=S.NEW, escalated_at__isnull=True)
            if not won.update(escalated_at=at):
                continue
            people = _leads(deputies_only=True) or _leads()
            for person in people:
                emails.overdue(concern, to=person)
            if not people:
                _tell_administrators(concern)
        done += 1
    return done


def tell_of_contact_days(*, at: datetime) -> int:
    """Tell the leads of mentors who have met under-18s on so many days of the last 30 that being alone with
    them is a regulated activity, while no check that covers it is recorded. How many mentors.

    A day counts once: they are told again when as many more have come.
    """
    least, done = settings.CONTACT_DAYS, 0
    for pk, days in often_in_contact(at, least).items():
        with transaction.atomic():
            mentor = Mentor.objects.select_for_update(of=("self",)).select_related("user").get(pk=pk)
            standing = Mentor.objects.filter(pk=pk).with_dbs(at).values_list("dbs_counts", flat=True).get()
            told = Entry.objects.about(mentor).filter(verb=TOLD).order_by("-at").first()
            new = [day for day in days if told is None or day > timezone.localdate(told.at)]
            if len(new) < least or (standing or 0) >= Check.Level.ENHANCED_BARRED:
                continue
            Entry.objects.record(mentor, TOLD, at=at, days=len(days))
            for person in _leads():
                emails.contact_days(mentor, days=days, to=person)
            done += 1
    return done


@transaction.atomic
def name_lead(lead: SafeguardingLead, *, by: Any, at: datetime) -> None:
    """Name a lead or deputy. Whoever is one already hears of it: nobody becomes a reader quietly."""
    before = [person for person in _leads() if person.pk != lead.user_id]
    lead.save()
    Entry.objects.record(lead, "named", by=by, at=at, is_deputy=lead.is_deputy)
    for person in before:
        emails.lead_named(lead, to=person, at=at)


@transaction.atomic
def remove_lead(lead: SafeguardingLead, *, by: Any, at: datetime) -> None:
    """Somebody reads concerns no more, from the next page on."""
    Entry.objects.record(lead, "removed", by=by, at=at)
    people = _leads()
    for person in people:
        emails.lead_removed(lead, to=person, at=at)
    lead.delete()


def _tell(concern: Concern, at: datetime) -> None:
    people = _leads()
    if not people:
        _tell_administrators(concern)
    for person in people:
        if concern.raised_by_id is None and _strangers_are_many(at):
            emails.many(to=person, at=at)
        else:
            emails.raised(concern, to=person)


def _strangers_are_many(at: datetime) -> bool:
    lately = Concern.objects.filter(raised_by=None, raised_at__gt=at - timedelta(hours=1))
    return lately.count() > rules.STRANGERS_AN_HOUR


def _leads(*, deputies_only: bool = False) -> list[User]:
    people = User.objects.filter(is_active=True, safeguarding_lead__isnull=False)
    if deputies_only:
        people = people.filter(safeguarding_lead__is_deputy=True)
    return list(people.order_by("pk"))


def _tell_administrators(concern: Concern) -> None:
    """Nobody reads concerns yet: whoever runs the house must name a lead today."""
    for person in User.objects.filter(is_active=True, is_superuser=True):
        emails.nobody_to_tell(concern, to=person)


def _match_of(by: Any) -> Match | None:
    """The one match that this person is in, so that the lead finds it; none when there are several."""
    if by is None:
        return None
    found = list(Match.objects.visible_to(by).open()[:2]) if not by.is_staff else []
    return found[0] if len(found) == 1 else None


def _only_leads(by: Any) -> None:
    if not by.is_active or not SafeguardingLead.objects.filter(user_id=by.pk).exists():
        raise NotAllowed("Only the safeguarding lead and the deputy can do this.")
