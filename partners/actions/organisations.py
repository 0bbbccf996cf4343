"""The verbs of a partner's way to us: apply, be verified, bring colleagues, leave."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import Entry
from audit.transitions import NotAllowed, move
from partners import emails
from partners.models import Coordinator, Organisation
from users.actions import open_account, tidy_email
from users.models import User

S = Organisation.Status
KNOWN = "A partner of this name is with us already. Ask your colleagues to add you, or write to us."
CONTACT = ("kind", "contact_name", "contact_phone", "safeguarding_lead", "safeguarding_phone")
FREE = ("safeguarding_email", "term_dates", "meeting_sites")


@transaction.atomic
def apply(*, name: str, contact_email: str, at: datetime, **details: Any) -> Organisation:
    """Apply to work with us, the agreement signed. The same person applying twice is one application.

    Raises NotAllowed when a partner of this name is known.
    """
    unknown = set(details) - {*CONTACT, *FREE}
    if unknown:
        raise TypeError(f"Unknown details: {', '.join(sorted(unknown))}")
    contact_email = tidy_email(contact_email)
    known = Organisation.objects.filter(name__iexact=name).first()
    if known is not None:
        if known.status == S.APPLIED and known.contact_email == contact_email:
            return known
        raise NotAllowed(KNOWN)
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(
                name=name,
                contact_email=contact_email,
                applied_at=at,
                agreement_signed_on=timezone.localdate(at),
                **details,
            )
    except IntegrityError as error:
        raise NotAllowed(KNOWN) from error
    Entry.objects.record(organisation, "applied", at=at)
    emails.applied(organisation)
    return organisation


@transaction.atomic
def verify(organisation: Organisation, *, by: Any, at: datetime | None = None) -> None:
    """Let a partner refer, and invite who applied. Raises NotAllowed if something is missing."""
    staff_only(by)
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not (organisation.agreement_signed_on and organisation.safeguarding_lead):
        raise NotAllowed("The agreement and a safeguarding lead must be there first.")
    if not (organisation.safeguarding_phone or organisation.safeguarding_email):
        raise NotAllowed("We need a phone number or e-mail address for the safeguarding lead.")
    move(organisation, S.VERIFIED, by=by, at=at)
    if organisation.contact_email and not organisation.coordinators.exists():
        first, _, last = organisation.contact_name.partition(" ")
        _invite(organisation, organisation.contact_email, first, last, by=by, at=at, is_first=True)


@transaction.atomic
def decline(organisation: Organisation, *, reason: str, by: Any, at: datetime | None = None) -> None:
    """Not take a partner on, and say why."""
    staff_only(by)
    if not reason.strip():
        raise NotAllowed("Write why, in a sentence they can read.")
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    move(organisation, S.DECLINED, by=by, at=at, reason=reason)
    if organisation.contact_email:
        emails.declined(organisation, reason=reason)


@transaction.atomic
def part(organisation: Organisation, *, by: Any, reason: str = "", at: datetime | None = None) -> None:
    """Stop working with a partner: with the next request its coordinators see nobody any more."""
    staff_only(by)
    move(Organisation.objects.get(pk=organisation.pk), S.LEFT, by=by, at=at, reason=reason)


@transaction.atomic
def invite_coordinator(
    organisation: Organisation,
    *,
    email: str,
    first_name: str,
    last_name: str = "",
    by: Any,
    at: datetime | None = None,
) -> Coordinator:
    """Make somebody a coordinator of a verified partner and write to them. Inviting twice is inviting once.

    Raises NotAllowed for a partner that is not verified, or a person who works for another one.
    """
    staff_only(by)
    if organisation.status != S.VERIFIED:
        raise NotAllowed("Verify the partner first.")
    return _invite(organisation, email, first_name, last_name, by=by, at=at, is_first=False)


def _invite(
    organisation: Organisation,
    email: str,
    first_name: str,
    last_name: str,
    *,
    by: Any,
    at: datetime | None,
    is_first: bool,
) -> Coordinator:
    email = tidy_email(email)
    user = User.objects.filter(email=email).first()
    if user is None:
        user = open_account(email, first_name, last_name) or User.objects.get(email=email)
    coordinator, is_new = Coordinator.objects.get_or_create(
        user=user, defaults={"organisation": organisation}
    )
    if coordinator.organisation_id != organisation.pk:
        raise NotAllowed("This person is a coordinator of another partner.")
    if is_new:
        Entry.objects.record(coordinator, "invited", by=by, at=at)
        emails.invited(coordinator, is_first=is_first)
    return coordinator


def staff_only(by: Any) -> None:
    if not (by is not None and by.is_active and by.is_staff):
        raise NotAllowed("Only our staff can do this.")
