"""What we say to young people, to whom they name and who referred them: a first name and a link, no more."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from mentees.models import Permission, Referral, Request
from notifications.links import absolute, sign
from notifications.post import post
from users.models import User

CONFIRM, PERMISSION = "mentees.confirm", "mentees.permission"
CONFIRM_DAYS = 14
# A guardian may change their mind for as long as it matters; what the link can do is decided by our rows.
PERMISSION_LINK_DAYS = 12 * 366


def confirm_token(request: Request) -> str:
    """Spent by its own use: the version is the moment of confirming, none yet."""
    return sign(CONFIRM, request.pk, "unconfirmed", CONFIRM_DAYS)


def permission_link(permission: Permission) -> str:
    token = sign(PERMISSION, permission.pk, permission.link_version, PERMISSION_LINK_DAYS)
    return absolute(reverse("mentees:permission", args=[token]))


def _to_them(
    request: Request, event: str, *, extra: str = "", due_on: date | None = None, **context: Any
) -> None:
    user = request.mentee.user
    post(
        user,
        f"mentees/{event}",
        key=f"mentees/{event}:request-{request.pk}:user-{user.pk}:{extra or due_on or ''}",
        about=f"mentees.request:{request.pk}",
        due_on=due_on,
        **{"link": absolute(reverse("mentees:waiting")), "programme": request.programme.name, **context},
    )


def _to_partner(referral: Referral, event: str, /, *, extra: str = "", **context: Any) -> None:
    if referral.by is None or not referral.by.is_active:
        return
    post(
        referral.by,
        f"mentees/{event}",
        key=f"mentees/{event}:referral-{referral.pk}:user-{referral.by_id}:{extra}",
        about=f"mentees.referral:{referral.pk}",
        link=absolute(reverse("mentees:referral", args=[referral.pk])),
        young_person=referral.name.split()[0],
        code=referral.code,
        **context,
    )


# --- Asking --------------------------------------------------------------------------------------


def confirm(request: Request, *, at: datetime, again: str = "") -> None:
    _to_them(
        request,
        "confirm",
        extra=again or str(timezone.localdate(at)),
        link=absolute(reverse("mentees:confirm", args=[confirm_token(request)])),
        days=CONFIRM_DAYS,
    )


def asked_again(user: User, *, key: str) -> None:
    post(
        user,
        "mentees/asked_again",
        key=f"mentees/asked_again:{key}:user-{user.pk}:",
        link=absolute(f"{reverse('account_request_login_code')}?next={reverse('mentees:ask')}"),
    )


def received(request: Request, permission: Permission | None) -> None:
    _to_them(
        request,
        "received",
        guardian=permission.guardian_name if permission else "",
        talk_first=request.wants_a_talk_first,
        by=request.triage_by,
    )


def withdrawn(request: Request) -> None:
    _to_them(request, "withdrawn", link=absolute(reverse("mentees:ask")))


def accepted(request: Request) -> None:
    _to_them(request, "accepted")
    if request.referred:
        _to_partner(request.referred, "referral_accepted")


def more_needed(request: Request, *, at: datetime) -> None:
    extra = at.isoformat(timespec="minutes")
    _to_them(request, "more_needed", extra=extra)
    if request.referred:
        _to_partner(request.referred, "referral_more_needed", extra=extra)


def declined(request: Request) -> None:
    _to_them(request, "declined")
    if request.referred:
        _to_partner(request.referred, "referral_declined")


def still_waiting(request: Request, *, days: int) -> None:
    _to_them(
        request,
        "waiting",
        extra=str(days),
        said={14: "two weeks", 30: "a month", 60: "two months"}[days],
        days=days,
    )


# --- Referral ------------------------------------------------------------------------------------


def referred(request: Request, *, at: datetime) -> None:
    assert request.referred is not None  # noqa: S101  only called for referrals
    _to_them(
        request,
        "referred",
        extra=str(timezone.localdate(at)),
        link=absolute(reverse("mentees:confirm", args=[confirm_token(request)])),
        organisation=request.referred.organisation.name,
        days=CONFIRM_DAYS,
    )


def referral_received(referral: Referral) -> None:
    _to_partner(referral, "referral_received")


def referral_confirmed(request: Request) -> None:
    assert request.referred is not None  # noqa: S101  only called for referrals
    _to_partner(request.referred, "referral_confirmed", by=request.triage_by)


# --- Permission ----------------------------------------------------------------------------------


def _to_guardian(permission: Permission, event: str, *, extra: str = "", **context: Any) -> None:
    post(
        permission.guardian_email,
        f"mentees/{event}",
        key=f"mentees/{event}:permission-{permission.pk}:guardian:{extra}",
        about=f"mentees.permission:{permission.pk}",
        due_on=permission.expires_on if event.startswith("permission_re") else None,
        link=permission_link(permission),
        guardian=permission.guardian_name,
        young_person=permission.mentee.name,
        answer_by=permission.expires_on,
        **context,
    )


def permission_request(permission: Permission, *, at: datetime, again: bool = False) -> None:
    extra = str(timezone.localdate(at)) if again else "first"
    _to_guardian(permission, "permission_request", extra=extra)


def permission_reminder(permission: Permission, *, day: int, at: datetime) -> None:
    left = (permission.expires_on - timezone.localdate(at)).days
    _to_guardian(permission, "permission_reminder", extra=f"day-{day}", left=left)


def _about_permission(permission: Permission, event: str) -> None:
    """To the young person; and to who referred them, once the young person confirmed that they did."""
    requests = Request.objects.open().filter(mentee=permission.mentee_id).exclude(confirmed_at=None)
    for request in requests.select_related("programme", "mentee__user", "referral__by"):
        _to_them(request, event, extra=f"permission-{permission.pk}", guardian=permission.guardian_name)
        if request.referred and event != "permission_given":
            _to_partner(
                request.referred, "referral_permission", extra=f"{event}-{permission.pk}", event=event
            )


def permission_given(permission: Permission) -> None:
    if permission.guardian_email and permission.how == Permission.How.LINK:
        _to_guardian(permission, "permission_thanks")
    _about_permission(permission, "permission_given")


def permission_refused(permission: Permission) -> None:
    _about_permission(permission, "permission_refused")


def permission_withdrawn(permission: Permission) -> None:
    if permission.guardian_email:
        _to_guardian(permission, "permission_stopped")
    _about_permission(permission, "permission_withdrawn")


def permission_expired(permission: Permission) -> None:
    _about_permission(permission, "permission_expired")
