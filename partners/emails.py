"""What we say to partners."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from notifications.links import absolute, sign
from notifications.post import post
from partners.models import Coordinator, Interest, Organisation, Programme

INTEREST = "interest"
LEAVE = "leave"
LEAVE_DAYS = 3650


def _post(organisation: Organisation, event: str, to: Any, *, extra: str = "", **context: Any) -> None:
    # The key outlives the words, so no address stands in it.
    who = "contact" if isinstance(to, str) else f"user-{to.pk}"
    post(
        to,
        f"partners/{event}",
        key=f"partners/{event}:organisation-{organisation.pk}:{who}:{extra}",
        about=f"partners.organisation:{organisation.pk}",
        organisation=organisation.name,
        **context,
    )


def applied(organisation: Organisation) -> None:
    on = str(organisation.applied_at or "")
    _post(organisation, "applied", organisation.contact_email, extra=on, first_name=_first(organisation))


def declined(organisation: Organisation, *, reason: str) -> None:
    _post(
        organisation,
        "declined",
        organisation.contact_email,
        extra=str(organisation.applied_at or ""),
        reason=reason,
        first_name=_first(organisation),
    )


def invited(coordinator: Coordinator, *, is_first: bool) -> None:
    """An address and a code are enough to sign in, so there is no link that could fall into other hands."""
    sign_in = f"{reverse('account_request_login_code')}?next={reverse('mentees:partner_home')}"
    _post(
        coordinator.organisation,
        "verified" if is_first else "invited",
        coordinator.user,
        extra=f"coordinator-{coordinator.pk}",
        link=absolute(sign_in),
    )


def _first(organisation: Organisation) -> str:
    return organisation.contact_name.split()[0] if organisation.contact_name.split() else ""


def leave_token(interest: Interest) -> str:
    return sign(LEAVE, interest.pk, "", days=LEAVE_DAYS)


def confirm_interest(interest: Interest, *, at: datetime, days: int) -> None:
    token = sign(INTEREST, interest.pk, "", days=days, at=at)
    post(
        interest.email,
        "partners/confirm_interest",
        key=f"partners/confirm_interest:{interest.pk}:{at:%Y-%m-%d}",
        about=f"partners.interest:{interest.pk}",
        link=absolute(reverse("programmes:confirm_interest", args=[token])),
        label="Yes, tell me",
        days=days,
        leave=absolute(reverse("programmes:leave_list", args=[leave_token(interest)])),
    )


def opened_near(interest: Interest, programme: Programme) -> None:
    """The last thing this address hears of us: it is off the list when this is written."""
    post(
        interest.email,
        "partners/opened_near",
        key=f"partners/opened_near:{interest.pk}:programme-{programme.pk}",
        about=f"partners.programme:{programme.pk}",
        link=absolute(programme.get_absolute_url()),
        label=f"Read about {programme.place}",
        place=programme.place,
    )
