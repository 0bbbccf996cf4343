"""A mentor's home."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from matching.models import Match
from mentoring import rules
from mentoring.views.fetch import STARTED, initials, own_matches
from mentoring.views.home.pairs import lead, pairs_of
from mentoring.views.home.rows import address, row, to_do
from mentors.models import Mentor


def mentor_home(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    mentor = Mentor.objects.visible_to(request.user).with_task_list(at).select_related("user").get(pk=pk)
    matches = list(own_matches(request.user).filter(mentor=mentor).order_by("active_at", "pk"))
    started = [m for m in matches if m.status in STARTED]
    offers = [m for m in matches if m.status == Match.Status.OFFERED_TO_MENTOR]
    # A pair's home shows no gauge, so it does not ask for the training either.
    course, progress = (None, None) if started else _training(mentor, request.user, at)
    done, total = (progress.modules_done, progress.modules_total) if progress else (0, 0)
    tasks = mentor.task_list(at, modules_done=done, modules_total=total)
    step = mentor.next_step(at, modules_done=done, modules_total=total)
    is_closed = step.key in ("closed", "suspended")
    context: dict[str, Any] = {
        "mentor": mentor,
        "hello": rules.greeting(timezone.localtime(at).hour),
        # Nobody is asked to answer what they may not take up.
        "offers": [] if is_closed else [{"match": m, **initials(m)} for m in offers],
        "asked": [m for m in matches if m.status == Match.Status.OFFERED_TO_MENTEE],
        "checks": next((t for t in tasks if t.key == "checks" and t.is_done), None),
        "is_ready": mentor.is_ready(at),
        "is_closed": is_closed,
        "step": step,
        "next": _next(step, progress),
    }
    if started:
        pairs = pairs_of(started, request.user, at)
        return render(
            request,
            "mentoring/home_mentor_matched.html",
            {**context, "pairs": pairs, "rows": to_do(pairs, at), "lead": lead(pairs, at)},
        )
    return render(
        request,
        "mentoring/home_mentor.html",
        {
            **context,
            "course": course,
            "progress": progress,
            "rows": [row(t.title, t.words, t.tag_kind, t.tag_text, t.url_name) for t in tasks],
            "done": sum(t.is_done for t in tasks),
            "total": len(tasks),
            "summary": _summary(tasks),
            "initial": mentor.name[:1].upper(),
        },
    )


def _training(mentor: Mentor, user: Any, at: datetime) -> tuple[Any, Any]:
    programme = mentor.programmes.select_related("course").filter(course__isnull=False).first()
    course = programme.course if programme else None
    return course, course.progress_of(user, at) if course else None


def _next(step: Any, progress: Any) -> dict[str, Any]:
    """The one block on top: what to do, or whom we wait for."""
    if step.key == "training" and progress and progress.next_module:
        return {
            "title": f"Your training: {progress.next_module.title}",
            "text": f"About {progress.next_step.minutes_left} minutes. You can pause whenever you like.",
            "url": progress.next_module.get_absolute_url(),
            "button": step.button,
        }
    return {
        "title": step.title,
        "text": step.words,
        "url": address(step.url_name),
        "button": step.button,
    }


def _summary(tasks: list[Any]) -> str:
    yours = sum(t.is_yours for t in tasks)
    ours = sum(t.tag_kind == "wait" for t in tasks)
    said = []
    if yours:
        said.append(f"{rules.count(yours)} {'job' if yours == 1 else 'jobs'} left for you.")
    if ours:
        more = " more" if yours else ""
        said.append(f"{rules.count(ours)}{more} {'is' if ours == 1 else 'are'} with us.")
    return " ".join(said) or "Nothing is left for you to do."
