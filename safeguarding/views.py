"""Tell us, and read. The first page is open to everybody; the others are 404 to all but lead and deputy."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from audit.transitions import NotAllowed
from mentoring.models import Message
from safeguarding import actions
from safeguarding.forms import ABOUT, REPLY, Decide, Tell
from safeguarding.models import Concern

MOST = 100
MOST_MESSAGES = 50


@csrf_exempt  # checked by hand below: without its token a concern still counts, as a stranger's
@login_not_required
@never_cache
@sensitive_post_parameters()
def raise_concern(request: HttpRequest) -> HttpResponse:
    form = Tell(request.POST if request.method == "POST" else None)
    is_guest = not request.user.is_authenticated
    if request.method == "POST" and form.is_valid():
        by = request.user if not is_guest and _came_from_our_page(request) else None
        saved = actions.raise_concern(by=by, at=timezone.now(), **form.cleaned_data)
        return render(
            request,
            "safeguarding/received.html",
            {
                "reference": saved.reference,
                "at": saved.raised_at,
                "wants_reply": saved.how_to_reply != "none",
            },
        )
    if not is_guest:
        form.fields["reply_to"].label = "A phone number, if you’d like a call"
    return render(request, "safeguarding/raise_concern.html", {"form": form, "is_guest": is_guest})


def _came_from_our_page(request: HttpRequest) -> bool:
    """Whether Django's own check of forged forms passes for this request."""

    def nothing(_: HttpRequest) -> HttpResponse:
        return HttpResponse()

    guard: Any = CsrfViewMiddleware(nothing)
    refusal: HttpResponseBase | None = guard.process_view(request, nothing, (), {})
    return refusal is None


# --- Lead and deputy ---------------------------------------------------------------------------------


@never_cache
def concerns(request: HttpRequest) -> HttpResponse:
    """References, times and states; nothing of what was said."""
    mine = Concern.objects.visible_to(request.user)
    if not _is_lead(request):
        raise Http404
    at = timezone.now()
    rows = list(mine.open().only("pk", "status", "urgency", "raised_at", "answer_by")[:MOST])
    closed = list(
        mine.filter(status=Concern.Status.CLOSED)
        .only("pk", "status", "urgency", "raised_at", "answer_by", "closed_at")
        .order_by("-closed_at")[:MOST]
    )
    return render(
        request,
        "safeguarding/concerns.html",
        {
            "rows": [
                {"concern": c, "is_late": c.status == Concern.Status.NEW and c.answer_by <= at} for c in rows
            ],
            "closed": closed,
        },
    )


@never_cache
def concern(request: HttpRequest, pk: int) -> HttpResponse:
    row = _concern(request, pk)
    actions.look(row, by=request.user, at=timezone.now())
    return _page(request, row, Decide())


@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, actions.acknowledge, "It is yours. The clock has stopped.")


@require_POST
@sensitive_post_parameters()
def close(request: HttpRequest, pk: int) -> HttpResponse:
    row = _concern(request, pk)
    form = Decide(request.POST)
    if form.is_valid():
        try:
            actions.close(row, by=request.user, at=timezone.now(), decision=form.cleaned_data["decision"])
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{row.reference} is closed.")
            return redirect("safeguarding:concerns")
    actions.look(row, by=request.user, at=timezone.now())
    return _page(request, row, form)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, actions.reopen, "Open again.")


def _act(request: HttpRequest, pk: int, verb: Any, done: str) -> HttpResponse:
    row = _concern(request, pk)
    try:
        verb(row, by=request.user, at=timezone.now())
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("safeguarding:concern", pk)


def _is_lead(request: HttpRequest) -> bool:
    return Concern.objects.visible_to(request.user).query.is_empty() is False


def _concern(request: HttpRequest, pk: int) -> Concern:
    rows = Concern.objects.visible_to(request.user).select_related(
        "raised_by", "acknowledged_by", "match__mentor__user", "match__mentee__user", "match__programme"
    )
    return get_object_or_404(rows, pk=pk)


def _page(request: HttpRequest, row: Concern, form: Decide) -> HttpResponse:
    letters = []
    if row.match_id:
        letters = list(
            Message.objects.filter(match=row.match_id)
            .select_related("author")
            .order_by("-pk")[:MOST_MESSAGES]
        )
    return render(
        request,
        "safeguarding/concern.html",
        {
            "concern": row,
            "about": dict(ABOUT).get(row.about, ""),
            "reply": dict(REPLY).get(row.how_to_reply, ""),
            "looks": row.looks.select_related("by")[:50],
            "letters": letters[::-1],
            "form": form,
            "is_late": row.status == Concern.Status.NEW and row.answer_by <= timezone.now(),
        },
    )
