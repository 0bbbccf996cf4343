"""What mentors have learned so far."""

from __future__ import annotations

from datetime import timedelta

from onemm.demo.stage import Stage
from training import actions as training
from training.models import Enrolment, Lesson, LessonRead, Module, ModulePass, Question, QuizTry
from training.rules import draw, lapse_date, percent
from users.models import User


def train(stage: Stage, user: User, how_much: bool | int, *, ended: int) -> None:
    """Pages read and modules passed, until so many days ago; whoever has them all holds the certificate."""
    course = stage.programmes["course"]
    modules = list(Module.objects.filter(course=course).order_by("order"))
    count = len(modules) if how_much is True else int(how_much)
    began = stage.ago(max(ended + 3, 0), 19)
    at = stage.ago(max(ended, 0), 21)
    Enrolment.objects.create(user=user, course=course, started_at=began, last_active_at=at)
    done = modules[:count]
    lessons = list(Lesson.objects.filter(module__in=done).values_list("pk", flat=True))
    if count < len(modules):  # half-way through the next one
        lessons += list(modules[count].lessons.values_list("pk", flat=True)[:1])
    LessonRead.objects.bulk_create(LessonRead(user=user, lesson_id=pk, read_at=began) for pk in lessons)
    ModulePass.objects.bulk_create(
        ModulePass(
            user=user,
            module=module,
            passed_on=at.date(),
            lapses_on=lapse_date(at.date(), module.lapses_after_months),
        )
        for module in done
    )
    if count == len(modules):
        stage.do(training.certify, user, course, by=user, at=at)


def try_quizzes(stage: Stage, user: User) -> None:
    """The quizzes behind the modules they passed; one of them took a second try."""
    for n, row in enumerate(ModulePass.objects.filter(user=user).order_by("module__order")):
        for wrong in (2, 0) if n == 1 else (0,):
            _quiz(stage, user, row.module, wrong)


def _quiz(stage: Stage, user: User, module: Module, wrong: int) -> None:
    seed = stage.dice.randrange(2**31)
    questions = Question.objects.in_bulk(draw(module.questions.values_list("pk", flat=True), seed))
    asked = draw(questions, seed)
    answers = {}
    for n, pk in enumerate(asked):
        choices = list(questions[pk].choices.all())
        chosen = [choice.pk for choice in choices if choice.is_right == (n >= wrong)]
        answers[str(pk)] = {
            "chosen": chosen if n >= wrong else chosen[:1],
            "is_right": n >= wrong,
        }
    at = stage.ago(3 if wrong else 2, 20, module.order)
    QuizTry.objects.create(
        user=user,
        module=module,
        seed=seed,
        asked=asked,
        answers=answers,
        score=percent(len(asked) - wrong, len(asked)),
        is_passed=not wrong,
        started_at=at - timedelta(minutes=4),
        finished_at=at,
    )
