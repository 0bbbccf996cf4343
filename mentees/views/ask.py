"""Ask for a mentor: one question a page, open to everybody."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.transitions import NotAllowed
from mentees import actions
from mentees.forms.agree import Agree
from mentees.forms.questions import OF_SLUG, AboutYou, Adult, Question, Where
from mentees.forms.typed import answers_from, typed_in
from mentees.models import Draft, Request
from mentees.models.draft import KEPT
from mentees.views.asking import DRAFT, Asking

ASKED = "mentees.asked"


def _has_open_request(asking: Asking) -> bool:
    return bool(
        asking.mentee
        and not asking.request
        and Request.objects.open().filter(mentee=asking.mentee).exclude(status="unconfirmed").exists()
    )


@login_not_required
@never_cache
@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    asking = Asking(request)
    if _has_open_request(asking):
        return redirect("mentees:waiting")
    first = asking.questions()[0]
    gap = asking.first_gap() if asking.draft else first
    resume = reverse("mentees:ask_question", args=[gap.slug]) if gap else reverse("mentees:ask_check")
    return render(
        request,
        "mentees/ask.html",
        {
            "has_begun": bool(asking.draft and asking.draft.answers),
            "resume": resume,
            "request_row": asking.request,
        },
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_question(request: HttpRequest, slug: str) -> HttpResponse:
    asking = Asking(request)
    if _has_open_request(asking):
        return redirect("mentees:waiting")
    question = OF_SLUG.get(slug)
    if question is None:
        raise Http404
    asked = asking.questions()
    if question not in asked:
        return redirect("mentees:ask")
    if question is not asked[0] and not asking.draft and not asking.mentee:
        return redirect("mentees:ask")
    here = asked.index(question)
    checking = "check" in request.GET
    no_programme = False
    if request.method == "POST":
        form = asking.form(question, request.POST)
        asking.draft = actions.keep(
            asking.draft, slug, typed_in(form, request.POST), at=asking.at, owner=asking.user
        )
        request.session[DRAFT] = str(asking.draft.pk)
        if request.POST.get("then") == "exit":
            return redirect("mentees:ask_saved")
        if form.is_valid():
            asking = Asking(request)
            no_programme = question is Where and asking.programme is None
            if not no_programme:
                asked = asking.questions()
                return redirect(_after(asked, question, checking, asking))
            form = asking.form(question)
    else:
        form = asking.shown(question)
    back = reverse("mentees:ask_question", args=[asked[here - 1].slug]) if here else reverse("mentees:ask")
    return render(
        request,
        "mentees/ask_question.html",
        {
            "form": form,
            "question": question,
            "number": here + 1,
            "progress": f"Question {here + 1} of {len(asked)}",
            "count": len(asked),
            "back": reverse("mentees:ask_check") if checking else back,
            "age": asking.age,
            "no_programme": no_programme,
            "turn_away": form.turn_away if isinstance(form, AboutYou) else "",
            "referred_by": asking.request.referred if asking.request else None,
        },
    )


def _after(asked: list[type[Question]], question: type[Question], checking: bool, asking: Asking) -> str:
    """The page that follows: the next one, or, for a correction, the first gap it may have opened."""
    if checking:
        gap = asking.first_gap()
        return reverse("mentees:ask_question", args=[gap.slug]) if gap else reverse("mentees:ask_check")
    here = asked.index(question)
    if here + 1 < len(asked):
        return reverse("mentees:ask_question", args=[asked[here + 1].slug])
    return reverse("mentees:ask_check")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_check(request: HttpRequest) -> HttpResponse:
    asking = Asking(request)
    if not asking.draft:
        # The second click of two, or the back button afterwards.
        return redirect("mentees:ask_done" if ASKED in request.session else "mentees:ask")
    if gap := asking.first_gap():
        return redirect("mentees:ask_question", gap.slug)
    form = Agree(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return _send(request, asking)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
    asked = asking.questions()
    rows = [
        {
            "label": label,
            "value": value,
            "url": reverse("mentees:ask_question", args=[question.slug]) + "?check",
        }
        for question in asked
        for label, value in asking.form(question).said()
    ]
    return render(
        request,
        "mentees/ask_check.html",
        {
            "form": form,
            "rows": rows,
            "count": len(asked),
            "programme": asking.programme,
            "is_near": asking.is_near,
            "back": reverse("mentees:ask_question", args=[asked[-1].slug]),
        },
    )


def _send(request: HttpRequest, asking: Asking) -> HttpResponse:
    asked = {question.slug: asking.form(question) for question in asking.questions()}
    adult = asked.get(Adult.slug)
    permission: dict[str, Any] = {}
    if isinstance(adult, Adult):
        permission = {"guardian": adult.guardian, "wants_a_talk_first": adult.is_complicated}
    answers = answers_from(asked)
    if asking.request:
        actions.finish(asking.request, answers=answers, by=asking.user, at=asking.at, **permission)  # type: ignore[arg-type]
        return redirect("mentees:waiting")
    name = asked[AboutYou.slug].cleaned_data["first_name"] if AboutYou.slug in asked else ""
    assert asking.programme is not None  # noqa: S101  the place page lets nobody past without one
    actions.ask(
        first_name=name or (asking.user.first_name if asking.user else ""),
        email=asking.own_email,
        born_on=asking.born_on,
        programme=asking.programme,
        answers=answers,
        owner=asking.user,
        draft=asking.draft,
        at=asking.at,
        **permission,
    )
    request.session.pop(DRAFT, None)
    if asking.user:
        return redirect("mentees:waiting")
    request.session[ASKED] = {
        "name": name,
        "email": asking.own_email,
        "guardian": permission["guardian"].name if permission.get("guardian") else "",
        "talk_first": bool(permission.get("wants_a_talk_first")),
    }
    return redirect("mentees:ask_done")


@login_not_required
@never_cache
@require_safe
def ask_done(request: HttpRequest) -> HttpResponse:
    asked = request.session.get(ASKED)
    if not asked:
        return redirect("mentees:ask")
    return render(request, "mentees/ask_done.html", {"asked": asked})


@login_not_required
@never_cache
@require_safe
def ask_saved(request: HttpRequest) -> HttpResponse:
    asking = Asking(request)
    return render(request, "mentees/ask_saved.html", {"draft": asking.draft, "until": _until(asking.draft)})


@login_not_required
@require_POST
def ask_clear(request: HttpRequest) -> HttpResponse:
    asking = Asking(request)
    if asking.draft and not asking.request:
        asking.draft.delete()
    request.session.pop(DRAFT, None)
    request.session.pop(ASKED, None)
    return redirect("mentees:ask")


def _until(draft: Draft | None) -> Any:
    return timezone.localdate(draft.touched_at + KEPT) if draft else None
