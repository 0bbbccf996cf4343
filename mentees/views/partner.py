"""A coordinator's pages: the list, one referral, and referring somebody."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.transitions import NotAllowed
from mentees import actions, rules
from mentees.forms.partner import Filter, Paper, Refer, Reply, Search
from mentees.models import Permission, Referral, Request
from mentees.models.progress import told
from partners.models import Coordinator

PAGE = 25
SEARCH = "mentees.search"


def coordinator_of(request: HttpRequest) -> Coordinator:
    """Who is asking, if they work for a verified partner; 404 for everybody else."""
    found = (
        Coordinator.objects.select_related("organisation", "user")
        .filter(user=request.user, organisation__status="verified")  # type: ignore[misc]
        .first()
    )
    if found is None:
        raise Http404
    return found


@require_safe
def partner_home(request: HttpRequest) -> HttpResponse:
    coordinator = coordinator_of(request)
    at = timezone.now()
    form = Filter(request.GET, coordinator=coordinator)
    wanted = form.cleaned_data if form.is_valid() else {}
    all_of_them = Request.objects.visible_to(request.user).with_stage(at)
    found = all_of_them.filter(referral__organisation=coordinator.organisation)
    q = request.session.get(SEARCH, "")
    if q:
        code = re.fullmatch(r"(?i)r-?0*(\d{1,12})", q)
        names = Q()
        for word in q.split():
            names &= Q(referral__first_name__icontains=word) | Q(referral__last_name__icontains=word)
        found = found.filter(Q(referral__pk=int(code[1])) if code else names)
    if by := wanted.get("by"):
        found = found.filter(referral__by=by.user)
    counts = dict(found.order_by().values_list("stage").annotate(Count("pk")))
    stage = wanted.get("stage") or ""
    page = found.filter(stage=stage) if stage else found
    if before := wanted.get("before"):
        page = page.filter(referral__pk__lt=before)
    rows = list(page.referred_by(coordinator.organisation).order_by("-referral__pk")[: PAGE + 1])
    further = told([row.pk for row in rows], at)
    kept = {key: request.GET[key] for key in ("by", "stage") if request.GET.get(key)}
    stages = [("", "All", sum(counts.values()))]
    stages += [(value, label, counts.get(value, 0)) for value, label in Request.Stage.choices]
    return render(
        request,
        "mentees/partner_home.html",
        {
            "organisation": coordinator.organisation,
            "may_refer": coordinator.organisation.may_refer,
            "form": form,
            "stages": [
                {
                    "label": label,
                    "count": count,
                    "current": value == stage,
                    "url": "?"
                    + urlencode({**{k: v for k, v in kept.items() if k != "stage"}, "stage": value}),
                }
                for value, label, count in stages
            ],
            "heading": dict(Request.Stage.choices).get(stage, "Everybody you referred"),
            "is_filtered": bool(kept or q),
            "search": Search(initial={"q": q}),
            "q": q,
            "rows": [
                {
                    "request": row,
                    "phrase": further.get(row.pk) or row.phrase(at),
                    "days": row.days_waited(at),
                    "age": _age(row),
                }
                for row in rows[:PAGE]
            ],
            "newer_url": "?" + urlencode(kept) if wanted.get("before") else "",
            "older_url": "?" + urlencode({**kept, "before": rows[PAGE - 1].referral.pk})
            if len(rows) > PAGE
            else "",
        },
    )


@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Remember what is looked for in the session: a young person's name belongs in no address and no log."""
    coordinator_of(request)
    form = Search(request.POST)
    request.session[SEARCH] = form.cleaned_data["q"] if form.is_valid() else ""
    return redirect("mentees:partner_home")


def _age(row: Request) -> int:
    """From the birth date the partner typed: whom the address belongs to is not theirs to know yet."""
    return rules.age(row.referral.born_on or row.mentee.born_on, timezone.localdate())


@require_http_methods(["GET", "HEAD", "POST"])
def refer(request: HttpRequest) -> HttpResponse:
    coordinator = coordinator_of(request)
    if not coordinator.organisation.may_refer:
        raise Http404
    form = Refer(request.POST or None, coordinator=coordinator)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            referral = actions.refer(
                by=request.user,
                first_name=data["first_name"],
                last_name=data["last_name"],
                born_on=data["born_on"],
                email=data["email"],
                outcode=data["place"],
                programme=data["programme"],
                topics=[topic.pk for topic in data["topics"]],
                note=data["note"],
                guardian=form.guardian,
                paper_seen_on=form.seen_on,
                is_somebody_else=data["is_somebody_else"],
                form_key=data["form_key"],
                at=timezone.now(),
            )
        except actions.MaybeTwice as twice:
            form = Refer(request.POST, coordinator=coordinator, may_be_twice=True)
            form.full_clean()
            form.add_error(
                "last_name",
                f"You may have referred this person already: {twice.referral.code}. Tick below if not",
            )
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Sent. We have written to {referral.first_name}.")
            return redirect("mentees:referral", referral.pk)
    return render(request, "mentees/refer.html", {"form": form, "organisation": coordinator.organisation})


def _referral(request: HttpRequest, pk: int) -> Referral:
    """One of their own organisation's; 404 for any other, as if it did not exist."""
    coordinator = coordinator_of(request)
    return get_object_or_404(
        Referral.objects.visible_to(request.user)
        .filter(organisation=coordinator.organisation)
        .select_related("request__mentee__user", "request__programme", "organisation", "by")
        .prefetch_related("request__mentee__permissions"),
        pk=pk,
    )


def _needs_permission(row: Request) -> bool:
    """As far as the partner knows: until the young person confirms, by the birth date that it typed."""
    if row.has_spoken:
        return row.needs_permission(timezone.localdate())
    return rules.needs_permission(_age(row), row.programme.permission_under)


def _may_record(row: Request) -> bool:
    permission = row.partners_permission
    return (
        row.is_open
        and _needs_permission(row)
        and (permission is None or permission.status != Permission.Status.GIVEN)
        and (row.confirmed_at is not None or permission is not None)
    )


@require_safe
def referral(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _referral(request, pk), Paper(), Reply())


def _page(request: HttpRequest, row: Referral, paper: Paper, reply: Reply, status: int = 200) -> HttpResponse:
    at = timezone.now()
    asked = row.request
    permission = asked.partners_permission
    return render(
        request,
        "mentees/referral.html",
        {
            "referral": row,
            "row": asked,
            "phrase": told([asked.pk], at).get(asked.pk) or asked.phrase(at),
            "steps": _steps(row, at),
            "age": _age(asked),
            "permission": permission,
            "may_record": _may_record(asked),
            "may_remind": permission is not None and permission.status == Permission.Status.ASKED,
            "is_unconfirmed": asked.status == Request.Status.UNCONFIRMED and not asked.confirmed_at,
            "needs_answer": asked.status == Request.Status.MORE_NEEDED,
            "paper": paper,
            "reply": reply,
        },
        status=status,
    )


def _steps(row: Referral, at: Any) -> list[Any]:
    """The young person's journey with the partner's own step before it, in the third person."""
    asked = row.request
    permission = asked.partners_permission
    return rules.referral_journey(
        status=asked.status,
        sent_on=timezone.localdate(row.sent_at),
        confirmed_on=timezone.localdate(asked.confirmed_at) if asked.confirmed_at else None,
        needs_permission=_needs_permission(asked) and not asked.wants_a_talk_first,
        permission=permission.status if permission else "",
        triage_by=asked.triage_by,
    )


@require_POST
def record_paper(request: HttpRequest, pk: int) -> HttpResponse:
    row = _referral(request, pk)
    form = Paper(request.POST)
    if form.is_valid():
        try:
            actions.record_paper(
                row.request,
                form.guardian,
                seen_on=form.cleaned_data["paper_seen_on"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, "Permission recorded.")
            return redirect("mentees:referral", row.pk)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
    return _page(request, row, form, Reply(), status=200)


@require_POST
def answer_more(request: HttpRequest, pk: int) -> HttpResponse:
    row = _referral(request, pk)
    form = Reply(request.POST)
    if form.is_valid():
        try:
            actions.answer_more(
                row.request, words=form.cleaned_data["words"], by=request.user, at=timezone.now()
            )
            messages.success(request, "Thank you. We read it now.")
            return redirect("mentees:referral", row.pk)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
    return _page(request, row, Paper(), form)


@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Write again to whoever has not answered: the young person, or else the adult."""
    row = _referral(request, pk)
    asked = row.request
    try:
        if asked.status == Request.Status.UNCONFIRMED:
            actions.resend_confirmation(asked, by=request.user, at=timezone.now())
        elif asked.has_spoken and asked.permission is not None:
            actions.resend_permission(asked.permission, by=request.user, at=timezone.now())
        else:
            raise NotAllowed("Nobody is to be reminded.")
        messages.success(request, "Sent again.")
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect("mentees:referral", row.pk)
