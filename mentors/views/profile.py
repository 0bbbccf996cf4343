"""The profile: a task list, and a page for each of its sections."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from audit.transitions import NotAllowed
from mentors import actions, forms, rules
from mentors.models import Disclosure, Mentor

ROW_FORMS: dict[str, type[Any]] = {
    "about": forms.About,
    "work": forms.Work,
    "help": forms.Help,
    "when": forms.When,
    "conflicts": forms.Conflicts,
    "motivation": forms.Motivation,
}
CLOSED = "Your application is closed, so your profile cannot be changed."


def own(request: HttpRequest, at: datetime) -> Mentor:
    """The mentor who is reading, with the facts; anybody else finds nothing here."""
    user: Any = request.user
    found = Mentor.objects.visible_to(user).filter(user=user).with_facts(at).select_related("user").first()
    if found is None:
        raise Http404
    return found


def is_closed(mentor: Mentor) -> bool:
    return mentor.status in (Mentor.Status.DECLINED, Mentor.Status.LEFT)


@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    mentor = own(request, at)
    tasks = mentor.sections(at)
    return render(
        request,
        "mentors/profile.html",
        {
            "mentor": mentor,
            "rows": rows(tasks),
            "steps": rows(mentor.task_list(at)[1:]),
            "done": sum(t.is_done for t in tasks),
            "total": len(tasks),
            "may_send": mentor.applied_at is None and not rules.in_the_way_of_sending(mentor.facts(at)),
            "is_closed": is_closed(mentor),
            "programmes": mentor.programmes.all(),
        },
    )


def rows(tasks: list[rules.Task]) -> list[dict[str, str]]:
    """A task list as the component draws it."""
    return [
        {
            "label": t.title,
            "url": _address(t.url_name),
            "text": t.words,
            "kind": t.tag_kind,
            "tag": t.tag_text,
        }
        for t in tasks
    ]


def _address(name: str) -> str:
    return reverse(name) if name else ""


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, key: str) -> HttpResponse:
    at = timezone.now()
    mentor = own(request, at)
    if is_closed(mentor):
        messages.info(request, CLOSED)
        return redirect("mentors:profile")
    if key == "referees" and mentor.applied_at:
        return redirect("mentors:references")
    form = _form(key, mentor, request.POST if request.method == "POST" else None, at)
    trouble = ""
    if request.method == "POST" and form.is_valid():
        try:
            _save(key, mentor, form, by=request.user, at=at)
            return _onwards(request, mentor, key, at)
        except NotAllowed as no:
            if key == "when":
                form.add_error("capacity", str(no).rstrip("."))
            else:
                trouble = str(no)
    done = sum(t.is_done for t in mentor.sections(at))
    return render(
        request,
        f"mentors/{key}.html" if key in ("code", "referees") else "mentors/section.html",
        {
            "form": form,
            "title": form.title,
            "lead": form.lead,
            "trouble": trouble,
            "mentor": mentor,
            "steps": _journey(mentor, key, at),
            "at_step": list(rules.SECTIONS).index(key) + 1,
            "at_done": done + 1,
            "progress": f"Progress: {done} of {len(rules.SECTIONS)} sections done",
            "total": len(rules.SECTIONS),
            "agreed_at": mentor.code_agreed_at if key == "code" else None,
        },
    )


def _form(key: str, mentor: Mentor, data: Any, at: datetime) -> Any:
    if key == "referees":
        return forms.TwoReferees(data, mentor=mentor)
    if key == "disclosure":
        found = Disclosure.objects.visible_to(mentor.user).filter(mentor=mentor).first()
        return forms.Disclose(data, instance=found)
    if key == "code":
        return forms.Code(data)
    return ROW_FORMS[key](data, instance=mentor, at=at)


def _save(key: str, mentor: Mentor, form: Any, *, by: Any, at: datetime) -> None:
    data = getattr(form, "cleaned_data", {})
    if key == "referees":
        actions.name_referees(mentor, form.referees(), at=at)
    elif key == "disclosure":
        actions.disclose(mentor, has_something=data["has_something"], words=data["words"], by=by, at=at)
    elif key == "code":
        actions.agree_to_code(mentor, by=by, at=at)
    elif key == "conflicts":
        actions.declare_conflicts(mentor, tied_to=data.get("tied_to", ()), relatives=data["relatives"], at=at)
    elif key == "work":
        actions.save_work(
            mentor,
            employer=data["employer"],
            job_title=data["job_title"],
            years=data["years_of_work"],
            has_degree=data["has_degree"],
            sectors=data["sectors"],
        )
        if "may_be_named" in data:
            actions.allow_naming(mentor, may_be_named=data["may_be_named"], by=by, at=at)
    else:
        actions.save_section(mentor, form.save, capacity=data.get("capacity"))


def _onwards(request: HttpRequest, mentor: Mentor, key: str, at: datetime) -> HttpResponse:
    """Back to where they came from, or on to the next section that is still empty."""
    messages.success(request, f"Saved: {rules.SECTIONS[key][0].lower()}.")
    if "change" in request.GET:
        return redirect("mentors:check_answers")
    if "later" in request.POST or mentor.applied_at:
        return redirect("mentors:profile")
    tasks = Mentor.objects.with_facts(at).get(pk=mentor.pk).sections(at)
    order = list(rules.SECTIONS)
    after = tasks[order.index(key) + 1 :] + tasks[: order.index(key)]
    following = next((t for t in after if not t.is_done), None)
    return redirect(following.url_name if following else "mentors:check_answers")


def _journey(mentor: Mentor, key: str, at: datetime) -> list[dict[str, str]]:
    steps = []
    for task in mentor.sections(at):
        if task.key == key:
            steps.append({"label": task.title, "state": "now", "text": "You’re here."})
        else:
            steps.append({"label": task.title, "state": "done" if task.is_done else "", "text": ""})
    return [*steps, {"label": "Check your answers", "state": "", "text": ""}]


@require_http_methods(["GET", "HEAD", "POST"])
def programmes(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    mentor = own(request, at)
    if is_closed(mentor):
        messages.info(request, CLOSED)
        return redirect("mentors:profile")
    form = forms.Programmes(request.POST if request.method == "POST" else None, mentor=mentor, at=at)
    trouble = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_programmes(mentor, form.cleaned_data["programmes"], by=request.user, at=at)
            messages.success(request, "Saved: programmes.")
            return redirect("mentors:profile")
        except NotAllowed as no:
            trouble = str(no)
    return render(
        request,
        "mentors/section.html",
        {"form": form, "title": form.title, "lead": form.lead, "trouble": trouble, "mentor": mentor},
    )


@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    mentor = own(request, at)
    return render(request, "mentors/preview.html", {"mentor": mentor})


@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    mentor = own(request, at)
    dbs = Mentor.objects.filter(pk=mentor.pk).with_task_list(at).get()
    return render(request, "mentors/checks.html", {"mentor": mentor, "facts": mentor.facts(at), "dbs": dbs})


@require_http_methods(["GET", "HEAD", "POST"])
def pause(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    mentor = own(request, at)
    form = forms.Pause(request.POST if "months" in request.POST or request.method == "POST" else None)
    if request.method == "POST" and "end" in request.POST:
        actions.unpause(mentor, by=request.user, at=at)
        messages.success(request, "Your pause is over. We look for a match again.")
        return redirect("mentors:pause")
    if request.method == "POST" and form.is_valid():
        actions.pause(mentor, form.cleaned_data["months"], by=request.user, at=at)
        messages.success(request, "Your pause has started. It ends by itself.")
        return redirect("mentors:pause")
    return render(
        request,
        "mentors/pause.html",
        {"mentor": mentor, "form": form, "is_paused": mentor.is_paused(timezone.localdate(at))},
    )
