"""Everybody's home: one address, and the page that fits where they are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from matching.models import Match
from mentees.models import Request
from mentoring import rules
from mentoring.models import Goal, Meeting, Message
from mentoring.views.fetch import STARTED, initials, own_matches
from mentoring.views.offer import offer_context
from mentors.models import Mentor
from users.models import User

LATEST = 40  # matches that the honest range of weeks is taken from


def home(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if user.is_staff:
        return redirect("admin:index")
    roles = User.objects.filter(pk=user.pk).values("mentor", "mentee", "coordinator").get()
    if roles["mentor"]:
        return _mentor(request, roles["mentor"])
    if roles["mentee"]:
        return _mentee(request)
    if roles["coordinator"]:
        return redirect("mentees:partner_home")
    return render(request, "mentoring/home_doors.html")


def first_hour(request: HttpRequest) -> HttpResponse:
    return render(request, "mentoring/first_hour.html")


# --- Mentors ---------------------------------------------------------------------------------------


def _mentor(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    mentor = Mentor.objects.visible_to(request.user).select_related("user").get(pk=pk)
    matches = list(own_matches(request.user).filter(mentor=mentor).order_by("active_at", "pk"))
    started = [m for m in matches if m.status in STARTED]
    offers = [m for m in matches if m.status == Match.Status.OFFERED_TO_MENTOR]
    # A pair's home shows no gauge, so it does not ask for the training either.
    course, progress = (None, None) if started else _training(mentor, request.user, at)
    tasks = mentor.task_list(
        at,
        modules_done=progress.modules_done if progress else 0,
        modules_total=progress.modules_total if progress else 0,
    )
    context: dict[str, Any] = {
        "mentor": mentor,
        "hello": rules.greeting(timezone.localtime(at).hour),
        "offers": [{"match": m, **initials(m)} for m in offers],
        "asked": [m for m in matches if m.status == Match.Status.OFFERED_TO_MENTEE],
        "checks": next((t for t in tasks if t.key == "checks" and t.is_done), None),
        "is_ready": all(t.is_done for t in tasks),
    }
    if started:
        pairs = _pairs(started, request.user, at)
        return render(
            request,
            "mentoring/home_mentor_matched.html",
            {**context, "pairs": pairs, "rows": _to_do(pairs, at), "lead": _lead(pairs, at)},
        )
    return render(
        request,
        "mentoring/home_mentor.html",
        {
            **context,
            "course": course,
            "progress": progress,
            "rows": [_row(t.title, t.words, t.tag_kind, t.tag_text, t.url_name) for t in tasks],
            "done": sum(t.is_done for t in tasks),
            "total": len(tasks),
            "next": _next(tasks, progress),
            "summary": _summary(tasks),
            "initial": mentor.name[:1].upper(),
        },
    )


def _training(mentor: Mentor, user: Any, at: datetime) -> tuple[Any, Any]:
    programme = mentor.programmes.select_related("course").filter(course__isnull=False).first()
    course = programme.course if programme else None
    return course, course.progress_of(user, at) if course else None


def _row(label: str, text: str, kind: str, tag: str, url_name: str) -> dict[str, str]:
    return {"label": label, "text": text, "kind": kind, "tag": tag, "url": _address(url_name)}


def _address(name: str) -> str:
    """An address by its name, or by itself; nothing for a row that leads nowhere."""
    if name.startswith("/") or not name:
        return name
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _next(tasks: list[Any], progress: Any) -> dict[str, Any] | None:
    """The one block on top: the first thing with the mentor."""
    task = next((t for t in tasks if t.is_yours), None)
    if task is None:
        return None
    if task.key == "training" and progress and progress.next_module:
        return {
            "title": f"Your training: {progress.next_module.title}",
            "text": f"About {progress.next_step.minutes_left} minutes. You can pause whenever you like.",
            "url": progress.next_module.get_absolute_url(),
        }
    return {"title": task.title, "text": task.words, "url": _address(task.url_name)}


def _summary(tasks: list[Any]) -> str:
    yours = sum(t.is_yours for t in tasks)
    ours = sum(t.tag_kind == "wait" for t in tasks)
    said = []
    if yours:
        said.append(f"{rules.count(yours)} {'job' if yours == 1 else 'jobs'} left for you.")
    if ours:
        said.append(f"{rules.count(ours)} {'is' if ours == 1 else 'are'} with us.")
    return " ".join(said) or "Nothing is left for you to do."


# --- Both sides of a match -------------------------------------------------------------------------


def _pairs(matches: list[Match], user: Any, at: datetime) -> list[dict[str, Any]]:
    """What home shows of each match; four queries however many there are."""
    pks = [m.pk for m in matches]
    coming: dict[int, Meeting] = {}
    for meeting in Meeting.objects.filter(match__in=pks).coming(at):
        coming.setdefault(meeting.match_id, meeting)
    held = dict(
        Meeting.objects.held().filter(match__in=pks).order_by().values_list("match").annotate(n=Count("pk"))
    )
    unlogged: dict[int, Meeting] = {}
    past = Meeting.objects.filter(match__in=pks, status__in=("planned", "held"), starts_at__lte=at)
    for meeting in past.exclude(logs__by=user).order_by("starts_at"):
        unlogged[meeting.match_id] = meeting
    last_ids = (
        Message.objects.filter(match__in=pks)
        .delivered()
        .order_by()
        .values("match")
        .annotate(last=Max("pk"))
        .values_list("last", flat=True)
    )
    last = {m.match_id: m for m in Message.objects.filter(pk__in=list(last_ids)).select_related("author")}
    pairs = []
    for match in matches:
        done, total = held.get(match.pk, 0), match.programme.months
        is_mine = match.mentor.user_id == user.pk
        latest = last.get(match.pk)
        pairs.append(
            {
                "match": match,
                "other_name": match.mentee.name if is_mine else match.mentor.name,
                "next": coming.get(match.pk),
                "unlogged": unlogged.get(match.pk),
                "latest": latest,
                "their_word_is_last": latest is not None and latest.author_id != user.pk,
                "held": done,
                "total": total,
                "left": max(total - done, 0),
                "at": min(done, total) + 1,
                "words_of_progress": f"{done} of {total} meetings held",
                **initials(match),
            }
        )
    return pairs


def _add_goals(pairs: list[dict[str, Any]], user: Any) -> None:
    goals: dict[int, list[dict[str, Any]]] = {}
    matches = [pair["match"] for pair in pairs]
    for goal in Goal.objects.visible_to(user).filter(match__in=matches).prefetch_related("steps"):
        steps = list(goal.steps.all())
        done = sum(step.done_at is not None for step in steps)
        goals.setdefault(goal.match_id, []).append({"goal": goal, "steps": steps, "done": done})
    for pair in pairs:
        pair["goals"] = goals.get(pair["match"].pk, [])
        pair["may_add_goal"] = len(pair["goals"]) < 3


def _lead(pairs: list[dict[str, Any]], at: datetime) -> str:
    nexts = sorted((p for p in pairs if p["next"]), key=lambda p: p["next"].starts_at)
    if not nexts:
        return "There is no meeting planned yet."
    first = nexts[0]
    when = rules.in_days(timezone.localdate(first["next"].starts_at), timezone.localdate(at))
    return f"You and {first['other_name']} meet {when}."


def _to_do(pairs: list[dict[str, Any]], at: datetime) -> list[dict[str, str]]:
    rows = []
    for pair in pairs:
        match, name = pair["match"], pair["other_name"]
        page = reverse("mentoring:relationship", args=[match.pk])
        if pair["unlogged"]:
            day = timezone.localtime(pair["unlogged"].starts_at)
            log = reverse("mentoring:log_meeting", args=[match.pk])
            rows.append(
                {
                    "label": f"Say how your meeting with {name} went",
                    "text": f"It was on {day.day} {day:%B}. Two minutes.",
                    "kind": "todo",
                    "tag": "Your turn",
                    "url": f"{log}?meeting={pair['unlogged'].pk}",
                }
            )
        if pair["their_word_is_last"]:
            rows.append(
                {
                    "label": f"Read {name}’s message",
                    "text": "Theirs is the last word so far.",
                    "kind": "todo",
                    "tag": "Your turn",
                    "url": f"{page}#messages",
                }
            )
        if not pair["next"] and match.status != Match.Status.PAUSED:
            rows.append(
                {
                    "label": f"Plan your {'next' if pair['held'] else 'first'} hour with {name}",
                    "text": "Pick a day that suits you both.",
                    "kind": "now",
                    "tag": "To do",
                    "url": reverse("mentoring:plan_meeting", args=[match.pk]),
                }
            )
    return rows


# --- Young people ----------------------------------------------------------------------------------


def _mentee(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    at = timezone.now()
    matches = list(own_matches(user).filter(mentee__user=user).order_by("active_at", "pk"))
    started = [m for m in matches if m.status in STARTED]
    if started:
        pairs = _pairs(started, request.user, at)
        _add_goals(pairs, request.user)
        return render(
            request, "mentoring/home_mentee_matched.html", {"pairs": pairs, "rows": _to_do(pairs, at)}
        )
    asked = (
        Request.objects.visible_to(request.user)
        .filter(mentee__user=user)
        .select_related("programme", "mentee__user")
        .order_by("-asked_at")
        .first()
    )
    suggested = next((m for m in matches if m.status == Match.Status.OFFERED_TO_MENTEE), None)
    steps = asked.journey(at) if asked else []
    if suggested:
        return render(
            request,
            "mentoring/home_mentee_suggested.html",
            {**offer_context(request, suggested), "steps": _with_answer(steps, suggested)},
        )
    is_looking = bool(asked and asked.status == Request.Status.ACCEPTED)
    return render(
        request,
        "mentoring/home_mentee_waiting.html",
        {
            "request_made": asked,
            "steps": steps,
            "is_looking": is_looking,
            "answers_url": _address("mentees:answers"),
            "request_url": _address("mentees:waiting"),
            "is_open": bool(asked and asked.status in Request.OPEN),
            "waiting": rules.waiting_words(_waits(asked), asked.programme.place)
            if is_looking and asked
            else "",
        },
    )


def _waits(asked: Request) -> list[Any]:
    """How long the last people matched in this programme had waited."""
    rows = (
        Match.objects.filter(programme=asked.programme_id, active_at__isnull=False)
        .filter(Q(active_at__gte=F("request__asked_at")))
        .order_by("-active_at")
        .values_list("request__asked_at", "active_at")[:LATEST]
    )
    return [active - asked_at for asked_at, active in rows if active]


def _with_answer(steps: list[Any], match: Match) -> list[dict[str, str]]:
    """The journey with a suggestion in it: what came before is done, and the answer is theirs now."""
    shown = []
    for step in steps:
        row = {"label": step.label, "text": step.text, "state": step.state}
        if step.label == "You say yes or no":
            until = (
                f" You’ve got until {match.answer_by.day} {match.answer_by:%B}." if match.answer_by else ""
            )
            row = {"label": "You say yes or no", "text": f"Your turn. No rush.{until}", "state": "now"}
        elif step.label != "Your first hour":
            row["state"] = "done"
            if step.state == "now":
                row["text"] = ""
        shown.append(row)
    return shown
