"""Pages of training. Every answer is kept on our side, so a learner can go on anywhere, without script."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from audit.transitions import NotAllowed
from notifications.links import absolute
from training import actions, rules
from training.forms import AnswerForm, VerifyForm
from training.models import Certificate, Course, Lesson, Module, Question, QuizTry
from training.prose import html

CHECKS_A_MINUTE = 20


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    courses = list(Course.objects.visible_to(request.user)[:50])
    if len(courses) == 1:
        return redirect(courses[0])
    return render(request, "training/home.html", {"courses": courses})


@require_GET
def course(request: HttpRequest, course: str) -> HttpResponse:
    row = get_object_or_404(Course.objects.visible_to(request.user), slug=course)
    progress = row.progress_of(request.user, timezone.now())
    return render(request, "training/course.html", {"course": row, "progress": progress})


@require_GET
def module(request: HttpRequest, course: str, module: str) -> HttpResponse:
    row = _module(request, course, module)
    step = row.course.progress_of(request.user, timezone.now()).of(row)
    first = next(iter(step.unread or step.lessons), None)
    if first is None:
        return redirect(row.course)
    return redirect("training:lesson", course, module, first.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def lesson(request: HttpRequest, course: str, module: str, lesson: str) -> HttpResponse:
    parent = _module(request, course, module)
    row = get_object_or_404(Lesson, module=parent, slug=lesson)
    row.module = parent
    later = parent.lessons.filter(order__gt=row.order).defer("body").first()
    if request.method == "POST":
        try:
            actions.read(row, by=request.user, at=timezone.now())
        except NotAllowed as refusal:
            messages.warning(request, str(refusal))
            return redirect(parent.course)
        if later:
            return redirect("training:lesson", course, module, later.slug)
        return redirect("training:quiz", course, module)
    context = _around(request, parent)
    number = [part.pk for part in context["step"].lessons].index(row.pk) + 1
    parts = len(context["step"].lessons)
    context |= {"lesson": row, "prose": html(row.body), "later": later}
    context |= {"number": number, "parts": parts, "part_of": f"Part {number} of {parts}"}
    return render(request, "training/lesson.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: HttpRequest, course: str, module: str) -> HttpResponse:
    row = _module(request, course, module)
    if request.method == "POST":
        try:
            quiz_try = actions.start_try(row, by=request.user, at=timezone.now())
        except NotAllowed as refusal:
            messages.warning(request, str(refusal))
            return redirect("training:module", course, module)
        return redirect("training:question", course, module, quiz_try.next_number)
    open_try = QuizTry.objects.of(request.user).open().filter(module=row).first()
    if open_try:
        return redirect("training:question", course, module, open_try.next_number)
    return render(request, "training/quiz.html", _around(request, row))


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, course: str, module: str, number: int) -> HttpResponse:
    row = _module(request, course, module)
    quiz_try = _latest_try(request, row)
    if quiz_try is None or number > len(quiz_try.asked) or number < 1:
        return redirect("training:quiz", course, module)
    if number > quiz_try.next_number:
        return redirect("training:question", course, module, quiz_try.next_number)
    asked = get_object_or_404(
        Question.objects.prefetch_related("choices"), pk=quiz_try.asked[number - 1], module=row
    )
    choices = quiz_try.laid_out(asked)
    form = AnswerForm(request.POST if request.method == "POST" else None, question=asked, choices=choices)
    if request.method == "POST" and (quiz_try.answer_to(asked) or form.is_valid()):
        if not quiz_try.answer_to(asked):
            try:
                actions.answer(quiz_try, asked, form.chosen, by=request.user, at=timezone.now())
            except NotAllowed as refusal:
                messages.warning(request, str(refusal))
                return redirect("training:quiz", course, module)
        return redirect(reverse("training:question", args=[course, module, number]) + "#answer")
    context = _around(request, row)
    context |= {
        "quiz_try": quiz_try,
        "question": asked,
        "number": number,
        "next_number": number + 1,
        "total": len(quiz_try.asked),
        "question_of": f"Question {number} of {len(quiz_try.asked)}",
        "form": form,
        "choices": choices,
        "answer": quiz_try.answer_to(asked),
        "is_last": number == len(quiz_try.asked),
    }
    return render(request, "training/question.html", context, status=422 if form.errors else 200)


@require_GET
def result(request: HttpRequest, course: str, module: str) -> HttpResponse:
    row = _module(request, course, module)
    quiz_try = _latest_try(request, row)
    if quiz_try is None or not quiz_try.is_finished:
        return redirect("training:quiz", course, module)
    questions = Question.objects.filter(pk__in=quiz_try.asked).prefetch_related("choices")
    missed = [q for q in questions if not (quiz_try.answer_to(q) or {"is_right": True})["is_right"]]
    total = len(quiz_try.asked)
    context = _around(request, row) | {"quiz_try": quiz_try, "missed": missed, "total": total}
    context["needed"] = rules.needed(total, row.course.pass_mark)
    return render(request, "training/result.html", context)


@require_GET
def certificate(request: HttpRequest, course: str) -> HttpResponse:
    row = get_object_or_404(
        Certificate.objects.select_related("course"),
        user_id=request.user.pk,
        course__slug=course,
        revoked_at=None,
    )
    context = {
        "certificate": row,
        "modules": list(row.course.modules.all()),
        "is_valid": Certificate.objects.valid(timezone.now()).filter(pk=row.pk).exists(),
        "check_at": absolute(reverse("training:verify")).partition("://")[2],
    }
    return render(request, "training/certificate.html", context)


@login_not_required
@require_GET
def verify(request: HttpRequest, number: str = "") -> HttpResponse:
    data = {"number": number} if number else request.GET if "number" in request.GET else None
    form = VerifyForm(data)
    context: dict[str, Any] = {"form": form, "is_asked": False}
    status = 200
    if form.is_bound and form.is_valid():
        if _asks_too_often(request):
            return render(request, "training/verify.html", context | {"is_too_often": True}, status=429)
        found = form.cleaned_data["number"]
        row = Certificate.objects.select_related("course").filter(number=found).first() if found else None
        is_valid = bool(row) and Certificate.objects.valid(timezone.now()).filter(number=found).exists()
        context |= {"is_asked": True, "certificate": row, "is_valid": is_valid}
        status = 200 if row else 404
    response = render(request, "training/verify.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _module(request: HttpRequest, course: str, module: str) -> Module:
    return get_object_or_404(
        Module.objects.select_related("course"),
        course__in=Course.objects.visible_to(request.user),
        course__slug=course,
        slug=module,
    )


def _latest_try(request: HttpRequest, module: Module) -> QuizTry | None:
    quiz_try = QuizTry.objects.of(request.user).filter(module=module).first()
    if quiz_try:
        quiz_try.module = module
    return quiz_try


def _around(request: HttpRequest, module: Module) -> dict[str, Any]:
    """What every page of a module shows beside its own: the course, and where the learner stands."""
    progress = module.course.progress_of(request.user, timezone.now())
    return {"course": module.course, "module": module, "progress": progress, "step": progress.of(module)}


def _asks_too_often(request: HttpRequest) -> bool:
    key = f"training:verify:{get_adapter(request).get_client_ip(request)}:{int(time.time() // 60)}"
    try:
        cache.add(key, 0, timeout=120)
        return cache.incr(key) > CHECKS_A_MINUTE
    except Exception:
        # The cache may be away. A number cannot be found by trying, so the page stays open.
        return False
