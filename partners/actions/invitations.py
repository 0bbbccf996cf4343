"""An employer's link: whoever signs up by it is marked as theirs, until staff close or renew it."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction

from audit.models import Entry
from audit.transitions import NotAllowed
from partners.actions.organisations import staff_only
from partners.models import Organisation


@transaction.atomic
def renew_invitation(organisation: Organisation, *, by: Any, at: datetime) -> Organisation:
    """Make a link that nobody can guess; the one before stops working at once.

    Raises NotAllowed for a partner that is not verified.
    """
    staff_only(by)
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.status != Organisation.Status.VERIFIED:
        raise NotAllowed("Verify the partner first.")
    organisation.invitation, organisation.invitation_since = secrets.token_urlsafe(16), at
    organisation.save(update_fields=["invitation", "invitation_since"])
    Entry.objects.record(organisation, "renewed the invitation link", by=by, at=at)
    return organisation


@transaction.atomic
def close_invitation(organisation: Organisation, *, by: Any, at: datetime) -> None:
    """Let the link work no more. Who came by it stays marked as theirs."""
    staff_only(by)
    open_ = Organisation.objects.filter(pk=organisation.pk, invitation__isnull=False)
    if open_.update(invitation=None, invitation_since=None):
        Entry.objects.record(organisation, "closed the invitation link", by=by, at=at)
