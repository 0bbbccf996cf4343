"""A young person's own pages: where they are, their answers, who says yes, and the way out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from audit.transitions import NotAllowed
from mentees import actions
from mentees.forms.partner import Reply
from mentees.forms.questions import OF_SLUG, AboutYou, Adult, Question, Reach, Times
from mentees.forms.typed import answers_from, bindable, typed_from
from mentees.models import Mentee, Request

SECTIONS = [question for slug, question in OF_SLUG.items() if question not in {AboutYou, Adult}]


def _mine(request: HttpRequest) -> Mentee:
    mentee = Mentee.objects.visible_to(request.user).select_related("user").filter(user=request.user).first()  # type: ignore[misc]
    if mentee is None:
        raise Http404
    return mentee


def _latest(request: HttpRequest) -> Request:
    """Their request: the open one, or else the last; 404 for whoever never asked."""
    mine = (
        Request.objects.visible_to(request.user)
        .filter(mentee__user=request.user)  # type: ignore[misc]
        .select_related("mentee__user", "programme", "referral__organisation")
        .prefetch_related("mentee__permissions")
        .order_by("-asked_at", "-pk")
    )
    requests = sorted(mine, key=lambda row: (not row.is_open, row.status == Request.Status.UNCONFIRMED))
    if not requests:
        raise Http404
    return requests[0]


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    row = _latest(request)
    at = timezone.now()
    needs = row.is_open and row.needs_permission(timezone.localdate(at))
    permission = row.permission
    return render(
        request,
        "mentees/waiting.html",
        {
            "row": row,
            "steps": row.journey(at),
            "may_ask_adult": needs and (permission is None or permission.status != "given"),
            "permission": permission,
            "is_unfinished": row.status == Request.Status.UNCONFIRMED,
        },
    )


def _form(question: type[Question], mentee: Mentee, data: Any) -> Question:
    kwargs: dict[str, Any] = {}
    if question is Times:
        row = Request.objects.open().filter(mentee=mentee).select_related("programme").first()
        kwargs["programme"] = row.programme if row else None
    if question is Reach:
        kwargs["asks_email"] = False
    return question(data, **kwargs)


@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    mentee = _mine(request)
    typed = typed_from(mentee)
    rows = []
    for question in SECTIONS:
        url = reverse("mentees:change_answer", args=[question.slug])
        form = _form(question, mentee, bindable(typed[question.slug]))
        if form.is_valid():
            rows += [{"label": label, "value": value, "url": url} for label, value in form.said()]
        else:
            rows.append({"label": question.title, "value": "", "url": url})
    return render(request, "mentees/answers.html", {"rows": rows, "mentee": mentee})


@require_http_methods(["GET", "HEAD", "POST"])
def change_answer(request: HttpRequest, slug: str) -> HttpResponse:
    mentee = _mine(request)
    question = OF_SLUG.get(slug)
    if question not in SECTIONS:
        raise Http404
    typed = typed_from(mentee)
    if request.method == "POST":
        form = _form(question, mentee, request.POST)
        if form.is_valid():
            forms = {
                one.slug: form if one is question else _form(one, mentee, bindable(typed[one.slug]))
                for one in SECTIONS
            }
            gap = next((one for one in SECTIONS if not forms[one.slug].is_valid()), None)
            if gap is None:
                actions.change_answers(mentee, answers=answers_from(forms), by=mentee.user, at=timezone.now())
                messages.success(request, "Saved.")
                return redirect("mentees:answers")
            form.add_error(None, f"First answer “{gap.title}”.")
    else:
        form = _form(question, mentee, bindable(typed[slug]))
        form.forget_errors()
    return render(
        request,
        "mentees/change_answer.html",
        {"form": form, "question": question, "back": reverse("mentees:answers")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def guardian(request: HttpRequest) -> HttpResponse:
    """Name an adult, a different one, or send the link again."""
    row = _latest(request)
    at = timezone.now()
    permission = row.permission
    if not row.is_open or not row.needs_permission(timezone.localdate(at)):
        return redirect("mentees:waiting")
    resending = request.method == "POST" and request.POST.get("do") == "resend"
    form = Adult(
        request.POST if request.method == "POST" and not resending else None,
        own_email=row.mentee.user.email,
    )
    form.fields["who"].choices = [c for c in form.fields["who"].choices if c[0] in Adult.WHO]  # type: ignore[attr-defined]
    try:
        if resending and permission:
            actions.resend_permission(permission, by=request.user, at=at)
            messages.success(request, f"We have written to {permission.guardian_name} again.")
            return redirect("mentees:waiting")
        if request.method == "POST" and form.is_valid() and form.guardian:
            actions.change_guardian(row, form.guardian, by=request.user, at=at)
            messages.success(request, f"We write to {form.guardian.name}. They can say yes or no.")
            return redirect("mentees:waiting")
    except NotAllowed as refusal:
        if form.is_bound:
            form.add_error(None, str(refusal))
        else:
            messages.error(request, str(refusal))
    return render(
        request,
        "mentees/guardian.html",
        {"form": form, "permission": permission, "age": row.mentee.age(timezone.localdate(at))},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def answer_question(request: HttpRequest) -> HttpResponse:
    row = _latest(request)
    if row.status != Request.Status.MORE_NEEDED:
        return redirect("mentees:waiting")
    form = Reply(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_more(row, words=form.cleaned_data["words"], by=request.user, at=timezone.now())
            messages.success(request, "Thank you. We read it now.")
            return redirect("mentees:waiting")
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
    return render(request, "mentees/answer_question.html", {"form": form, "row": row})


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest) -> HttpResponse:
    row = _latest(request)
    if request.method == "POST":
        try:
            actions.withdraw(row, by=request.user, at=timezone.now())  # type: ignore[arg-type]
            messages.success(request, "We have stopped. You can ask again whenever you like.")
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        return redirect("mentees:waiting")
    if not row.is_open:
        return redirect("mentees:waiting")
    return render(request, "mentees/withdraw.html", {"row": row})
