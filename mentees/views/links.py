"""Pages behind signed links: the young person's confirmation, the guardian's yes or no. No account needed."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from audit.transitions import NotAllowed
from mentees import actions, emails
from mentees.actions.permission import is_needed, may_be_taken_back
from mentees.models import Permission, Request
from notifications.links import LinkExpired, read
from users.actions import sign_in


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    at = timezone.now()
    try:
        pk, _ = read(token, emails.CONFIRM, at=at)
    except LinkExpired:
        return render(request, "mentees/link_over.html", {"why": "expired"}, status=410)
    row = (
        Request.objects.select_related("mentee__user", "programme", "referral__organisation")
        .filter(pk=pk, mentee__user__is_active=True)
        .first()
    )
    if row is None:
        raise Http404
    if row.status != Request.Status.UNCONFIRMED or row.confirmed_at:
        # Used, once, by whoever reads this mailbox. It signs nobody in a second time.
        if request.user == row.mentee.user:
            return redirect("mentees:waiting")
        return render(request, "mentees/link_over.html", {"why": "used"}, status=200)
    if request.method == "POST":
        if request.POST.get("answer") == "no":
            actions.withdraw(row, by=row.mentee.user, at=at, reason="said no by the link")
            return render(request, "mentees/confirm_no.html", {"referred": row.referred})
        confirmed = actions.confirm(row, at=at)
        if row.mentee.user.is_staff:
            return redirect(reverse("account_login"))  # staff sign in with a second factor, never by a link
        sign_in(request, row.mentee.user)
        unfinished = confirmed.status == Request.Status.UNCONFIRMED
        return redirect("mentees:ask" if unfinished else "mentees:waiting")
    return render(request, "mentees/confirm.html", {"row": row, "referred": row.referred})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def permission(request: HttpRequest, token: str) -> HttpResponse:
    at = timezone.now()
    try:
        pk, version = read(token, emails.PERMISSION, at=at)
    except LinkExpired:
        return render(request, "mentees/link_over.html", {"why": "expired"}, status=410)
    row = Permission.objects.select_related("mentee__user").filter(pk=pk, link_version=version).first()
    if row is None:
        raise Http404
    refusal = ""
    if request.method == "POST":
        try:
            match request.POST.get("answer"):
                case "yes":
                    actions.answer_permission(row, yes=True, at=at)
                case "no":
                    actions.answer_permission(row, yes=False, at=at)
                case "withdraw":
                    actions.withdraw_permission(row, at=at)
                case _:
                    raise NotAllowed("Choose yes or no.")
        except NotAllowed as error:
            refusal = str(error)
        else:
            return redirect("mentees:permission", token)
        row.refresh_from_db()
    return render(
        request,
        "mentees/permission.html",
        {
            "row": row,
            "state": _state(row, at),
            "young_person": row.mentee.name,
            "refusal": refusal,
            "worried": _worried(),
        },
    )


def _state(row: Permission, at: Any) -> str:
    """What this page says: the row's status, unless time or a birthday has overtaken it."""
    if row.status == Permission.Status.ASKED and row.has_expired(timezone.localdate(at)):
        return "expired"
    if row.status == Permission.Status.ASKED and not is_needed(row, at):
        return "not_needed"
    if row.status == Permission.Status.GIVEN and not may_be_taken_back(row, at):
        return "not_needed"
    return row.status


def _worried() -> str:
    """Where a guardian reaches the safeguarding team: the form that is open to all, else the safety page."""
    try:
        return reverse("safeguarding:raise_concern")
    except NoReverseMatch:
        return reverse("safety")
