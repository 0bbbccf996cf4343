"""References: asked by letter, given once by signed link, replaced when nobody answers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from audit.models import Entry
from audit.transitions import NotAllowed, move
from mentors import emails, rules
from mentors.actions.apply import ask
from mentors.actions.profile import lock, why_not
from mentors.models import Mentor, Reference
from mentors.signals import no_longer_ready
from notifications.links import LinkExpired, read

USED = "This link has been used. Ask us for a new one."
THEIRS = "Only your referee can answer this. They have the link in our letter to them."
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class OwnReference(NotAllowed):
    """Somebody holds the link to a reference about themselves."""


def find_reference(token: str, *, at: datetime, expired_too: bool = False, by: Any = None) -> Reference:
    """The reference that this link still opens; `by` is whoever is signed in, if anybody is.

    Raises NotAllowed when it has been used or replaced, OwnReference when the mentor holds it, LinkExpired
    after its days (unless `expired_too`), LinkBroken when it is not ours.
    """
    pk, version = read(token, emails.REFERENCE_LINK, at=LONG_AGO if expired_too else at)
    reference = Reference.objects.select_related("mentor__user").filter(pk=pk).first()
    if reference is None or not _opens(reference, version):
        raise NotAllowed(USED)
    _refuse_the_mentor(reference, by)
    return reference


def _refuse_the_mentor(reference: Reference, by: Any) -> None:
    if by is not None and by == reference.mentor.user:
        raise OwnReference(THEIRS)


def _opens(reference: Reference, version: Any) -> bool:
    return reference.status == Reference.Status.ASKED and reference.link_version == version


@transaction.atomic
def give_reference(token: str, *, answers: dict[str, Any], at: datetime, by: Any = None) -> Reference:
    """Save what a referee says, once, and tell the mentor that a reply is in (never what it says).

    The same answers sent again (a double click) are the same one reply. Raises as `find_reference` does.
    """
    pk, version = read(token, emails.REFERENCE_LINK, at=at)
    reference = _lock(pk)
    if reference is not None and not _opens(reference, version):
        if _is_the_same(reference, version, answers):
            return reference
        raise NotAllowed(USED)
    if reference is None:
        raise NotAllowed(USED)
    _refuse_the_mentor(reference, by)
    move(reference, Reference.Status.GIVEN, at=at, answered_at=at, **answers)
    given = reference.mentor.references.filter(status=Reference.Status.GIVEN).count()
    emails.reference_received(reference, in_now=given)
    return reference


@transaction.atomic
def decline_reference(token: str, *, at: datetime, by: Any = None) -> Reference:
    """Record that a referee would rather not answer, and ask the mentor for somebody else."""
    pk, version = read(token, emails.REFERENCE_LINK, at=at)
    reference = _lock(pk)
    if reference is None:
        raise NotAllowed(USED)
    if not _opens(reference, version):
        if reference.status == Reference.Status.DECLINED and reference.link_version == version:
            return reference
        raise NotAllowed(USED)
    _refuse_the_mentor(reference, by)
    move(reference, Reference.Status.DECLINED, at=at, answered_at=at)
    emails.referee_declined(reference)
    return reference


def _lock(pk: int) -> Reference | None:
    # The mentor first, then the reference: the order of every other action.
    mentor_id = Reference.objects.filter(pk=pk).values_list("mentor", flat=True).first()
    if mentor_id is None:
        return None
    Mentor.objects.select_for_update().get(pk=mentor_id)
    return Reference.objects.select_related("mentor__user").get(pk=pk)


def _is_the_same(reference: Reference, version: Any, answers: dict[str, Any]) -> bool:
    return (
        reference.status == Reference.Status.GIVEN
        and reference.link_version == version
        and all(getattr(reference, name) == value for name, value in answers.items())
    )


@transaction.atomic
def new_link(token: str, *, at: datetime) -> Reference:
    """Send a referee whose link ran out a new one, to the address we know."""
    reference = find_reference(token, at=at, expired_too=True)
    try:
        read(token, emails.REFERENCE_LINK, at=at)
    except LinkExpired:
        return _send_new_link(reference, by=None, at=at)
    return reference


@transaction.atomic
def ask_again(reference: Reference, *, by: Any, at: datetime) -> Reference:
    """Send a referee a new link in place of the last, on the word of staff or of the mentor.

    Raises NotAllowed when they have answered, or were written to within the last day.
    """
    lock(reference.mentor)
    reference = Reference.objects.select_related("mentor__user").get(pk=reference.pk)
    return _send_new_link(reference, by=by, at=at)


def _send_new_link(reference: Reference, *, by: Any, at: datetime) -> Reference:
    if reference.status != Reference.Status.ASKED or reference.asked_at is None:
        raise NotAllowed("This referee has nothing to answer at the moment.")
    if (at - reference.asked_at).days < 1:
        raise NotAllowed("We have written to this referee within the last day.")
    moved = Reference.objects.filter(
        pk=reference.pk, status=Reference.Status.ASKED, link_version=reference.link_version
    ).update(link_version=F("link_version") + 1, asked_at=at, reminded_day=0)
    if moved:
        reference.refresh_from_db(fields=["link_version", "asked_at", "reminded_day"])
        Entry.objects.record(reference, "sent a new link", by=by, at=at)
        emails.reference_requested(reference, at=at)
    return reference


@transaction.atomic
def replace_referee(reference: Reference, referee: rules.Referee, *, by: Any, at: datetime) -> Reference:
    """Put another referee in this one's place, and write to them.

    The mentor may replace somebody who has not answered or declined; a reply that is in stays, whatever it
    says, unless a member of staff replaces it. Raises NotAllowed otherwise.
    """
    mentor = lock(reference.mentor)
    reference = Reference.objects.get(pk=reference.pk)
    if reference.status == Reference.Status.REPLACED:
        raise NotAllowed("You have named somebody else for this referee already.")
    if reference.status == Reference.Status.GIVEN and by == mentor.user:
        raise NotAllowed("This referee has replied, so the reply stays.")
    was_given = reference.status == Reference.Status.GIVEN
    others = mentor.references.exclude(status=Reference.Status.REPLACED)
    if why_not(mentor, [*others, referee]):
        raise NotAllowed(f"{rules.DIFFERENT}.")
    move(reference, Reference.Status.REPLACED, by=by, at=at)
    if was_given and mentor.status == Mentor.Status.APPROVED:
        no_longer_ready.send(sender=Mentor, mentor=mentor, why="references", at=at)
    new = Reference.objects.create(mentor=mentor, **vars(referee))
    if mentor.applied_at:
        ask(new, by=by, at=at)
    return new
