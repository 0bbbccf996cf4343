"""Pages of training. Every answer is kept on our side, so a learner can go on anywhere, without script."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from audit.transitions import NotAllowed
from training import actions, rules
from training.forms import AnswerForm, NoteForm
from training.models import Course, Lesson, Module, Note, Question, QuizTry, pictures_at, time_of_each
from training.prose import html
from training.views.workshop import parts_of


@require_GET
def home(request: HttpRequest, audience: str = Course.Audience.MENTORS) -> HttpResponse:
    offered = Course.objects.visible_to(request.user).offered().filter(audience=audience)
    courses: list[Any] = list(offered.with_asked(request.user)[:50])
    if any(row.is_required or row.is_optional for row in courses):
        # Their programme has made its choice; what they have begun stays in reach.
        courses = [row for row in courses if row.is_required or row.is_optional or row.is_begun]
        courses.sort(key=lambda row: not row.is_required)
    if len(courses) == 1:
        return redirect(courses[0])
    times = time_of_each(courses)
    rows = [{"course": row, "time": times[row.pk]} for row in courses]
    return render(request, "training/home.html", {"rows": rows} | _workshops(request, audience))


@require_GET
def course(request: HttpRequest, course: str) -> HttpResponse:
    row = get_object_or_404(Course.objects.visible_to(request.user), slug=course)
    progress = row.progress_of(request.user, timezone.now())
    context = {"course": row, "progress": progress} | _workshops(request, row.audience)
    return render(request, "training/course.html", context)


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
    note = Note.objects.visible_to(request.user).filter(lesson=row).first() if row.asks_to_reflect else None
    form = NoteForm(
        request.POST if request.method == "POST" else None, initial={"words": note.words if note else ""}
    )
    if request.method == "POST" and form.is_valid():
        now: dict[str, Any] = {"by": request.user, "at": timezone.now()}
        try:
            if row.asks_to_reflect and "words" in request.POST:
                actions.keep_note(row, form.cleaned_data["words"], **now)
            if "keep" in request.POST:
                messages.success(request, "Your note is saved. Only you can read it.")
                return redirect("training:lesson", course, module, lesson)
            actions.read(row, **now)
        except NotAllowed as refusal:
            messages.warning(request, str(refusal))
            return redirect(parent.course)
        if later:
            return redirect("training:lesson", course, module, later.slug)
        return redirect("training:quiz", course, module)
    context = _around(request, parent)
    number = [part.pk for part in context["step"].lessons].index(row.pk) + 1
    parts = len(context["step"].lessons)
    shown = html(row.body, pictures_at(parent.course))
    context |= {"lesson": row, "prose": shown, "later": later, "form": form, "note": note}
    context |= {"number": number, "parts": parts, "part_of": f"Part {number} of {parts}"}
    return render(request, "training/lesson.html", context, status=422 if form.errors else 200)


@require_GET
def notes(request: HttpRequest, course: str) -> HttpResponse:
    row = get_object_or_404(Course.objects.visible_to(request.user), slug=course)
    own = Note.objects.visible_to(request.user).filter(course=row).select_related("lesson__module")
    return render(request, "training/notes.html", {"course": row, "notes": list(own[:200])})


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


def _workshops(request: HttpRequest, audience: str) -> dict[str, Any]:
    """The workshops beside the courses of mentors. Young people have none."""
    is_for_mentors = audience == Course.Audience.MENTORS
    return {"workshops": parts_of(request.user) if is_for_mentors else [], "now": timezone.now()}


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
