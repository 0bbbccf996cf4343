"""The sections of the profile that are more than one row's own fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.models import Entry
from audit.transitions import NotAllowed, move
from mentors import rules
from mentors.models import Disclosure, Mentor, Profile, Reference
from mentors.signals import capacity_changes, no_longer_ready
from partners.models import Organisation, Programme


def lock(mentor: Mentor) -> Mentor:
    """The mentor's row as it is now, held until the transaction ends."""
    return Mentor.objects.select_for_update(of=("self",)).select_related("user").get(pk=mentor.pk)


@transaction.atomic
def save_section(mentor: Mentor, save: Callable[[], Any], *, capacity: int | None = None) -> None:
    """Save a section that is the mentor's own row, by the form that knows its columns.

    Raises NotAllowed when `capacity` is less than the matches they have.
    """
    if capacity is not None:
        capacity_changes.send(sender=Mentor, mentor=lock(mentor), capacity=capacity)
    save()
    Profile.objects.repack(pk=mentor.pk)


@transaction.atomic
def save_work(
    mentor: Mentor, *, employer: str, job_title: str, years: int, has_degree: bool, sectors: Iterable[Any]
) -> None:
    """Save what they do; an employer who is a partner of ours is linked, so that matching can keep away."""
    known = Organisation.objects.filter(name__iexact=employer).first() if employer else None
    Mentor.objects.filter(pk=mentor.pk).update(
        employer=employer, employed_by=known, job_title=job_title, years_of_work=years, has_degree=has_degree
    )
    mentor.sectors.set(sectors)
    Profile.objects.repack(pk=mentor.pk)


@transaction.atomic
def choose_programmes(mentor: Mentor, programmes: Iterable[Programme], *, by: Any, at: datetime) -> None:
    """Take part in these programmes. After the application has been sent, programmes are only added.

    Raises NotAllowed when none is left, or one asks for more experience.
    """
    mentor = lock(mentor)
    chosen = set(programmes)
    mine = set(mentor.programmes.all())
    if mentor.applied_at:
        chosen |= mine
    if not chosen:
        raise NotAllowed("Choose at least one programme.")
    for programme in chosen - mine:
        answer = rules.eligible_in(
            programme,
            years=mentor.years_of_work or 0,
            has_degree=mentor.has_degree,
            on=timezone.localdate(at),
        )
        if not answer.ok:
            raise NotAllowed(f"{programme}: {answer.words}")
    mentor.programmes.set(chosen)
    if chosen != mine:
        Entry.objects.record(
            mentor, "chose programmes", by=by, at=at, programmes=sorted(p.pk for p in chosen)
        )


@transaction.atomic
def declare_conflicts(
    mentor: Mentor, *, tied_to: Iterable[Organisation], relatives: str, at: datetime
) -> None:
    """Save whom they should not be matched with; nobody at all is an answer too."""
    Mentor.objects.filter(pk=mentor.pk).update(relatives=relatives, conflicts_declared_at=at)
    mentor.tied_to.set(tied_to)


@transaction.atomic
def disclose(mentor: Mentor, *, has_something: bool, words: str, by: Any, at: datetime) -> None:
    """Save what they tell us of their past.

    Something new from a mentor who is approved already suspends them until a person has weighed it.
    """
    mentor = lock(mentor)
    before = Disclosure.objects.filter(mentor=mentor).first()
    words = words if has_something else ""
    if before and (before.has_something, before.words) == (has_something, words):
        return
    Disclosure.objects.update_or_create(
        mentor=mentor, defaults={"has_something": has_something, "words": words, "answered_at": at}
    )
    Entry.objects.record(mentor, "answered the disclosure question", by=by, at=at)
    if has_something and mentor.status == Mentor.Status.APPROVED:
        move(mentor, Mentor.Status.SUSPENDED, reason="told us something new", at=at)
        no_longer_ready.send(sender=Mentor, mentor=mentor, why="disclosure", at=at)


def agree_to_code(mentor: Mentor, *, by: Any, at: datetime) -> None:
    """Record the day they agreed to the code of conduct; the first day stays."""
    with transaction.atomic():
        if Mentor.objects.filter(pk=mentor.pk, code_agreed_at=None).update(code_agreed_at=at):
            Entry.objects.record(mentor, "agreed to the code of conduct", by=by, at=at)


def why_not(mentor: Mentor, referees: Iterable[Any]) -> str:
    """Why these people cannot be this mentor's referees together, or nothing."""
    return rules.why_not_referees(referees, of=mentor.user.get_full_name(), of_email=mentor.user.email)


@transaction.atomic
def name_referees(mentor: Mentor, referees: Iterable[rules.Referee], *, at: datetime) -> None:
    """Name the two referees. Those who have been asked already stay: `replace_referee` is for them.

    Raises NotAllowed when they are not two different people outside the family.
    """
    mentor = lock(mentor)
    named = list(referees)
    if len(named) != rules.REFEREES or why_not(mentor, named):
        raise NotAllowed(f"{rules.DIFFERENT}.")
    if mentor.applied_at:
        raise NotAllowed("We have written to your referees. You can name somebody else for one of them.")
    mentor.references.filter(status=Reference.Status.NAMED).delete()
    Reference.objects.bulk_create(Reference(mentor=mentor, **vars(one)) for one in named)
