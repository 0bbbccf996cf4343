"""Where a person stands in a course. `Course.progress_of` gathers it in five queries, however long it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from training import rules
from training.models.certificate import Certificate
from training.models.learning import ModulePass
from training.models.module import Lesson, Module


@dataclass
class ModuleProgress:
    """One module as one person sees it."""

    module: Module
    lessons: list[Lesson]
    read: set[int]
    questions: int
    passed: ModulePass | None
    today: date

    @property
    def is_lapsed(self) -> bool:
        return self.passed is not None and self.passed.is_lapsed(self.today)

    @property
    def is_changed(self) -> bool:
        """A later version teaches something new here: they are asked for another look."""
        return self.passed is not None and self.passed.version < self.module.changed_in

    @property
    def must_by(self) -> date | None:
        """The date by which a changed module must be taken again; None where there is none."""
        return self.passed.lapses_on if self.passed and self.is_changed else None

    @property
    def is_done(self) -> bool:
        return self.passed is not None and not self.is_lapsed and not self.is_changed

    @property
    def is_begun(self) -> bool:
        return not self.is_done and any(lesson.pk in self.read for lesson in self.lessons)

    @property
    def lapses_soon(self) -> bool:
        return self.passed is not None and rules.lapses_soon(self.passed.lapses_on, self.today)

    @property
    def unread(self) -> list[Lesson]:
        return [lesson for lesson in self.lessons if lesson.pk not in self.read]

    @property
    def is_quiz_next(self) -> bool:
        return not self.unread and not self.is_done

    @property
    def minutes(self) -> int:
        """All of it, quiz included."""
        return sum(lesson.minutes for lesson in self.lessons) + rules.quiz_minutes(self.questions)

    @property
    def minutes_left(self) -> int:
        if self.is_done:
            return 0
        return sum(lesson.minutes for lesson in self.unread) + rules.quiz_minutes(self.questions)


@dataclass
class Progress:
    """One course as one person sees it."""

    modules: list[ModuleProgress] = field(default_factory=list)
    certificate: Certificate | None = None

    @property
    def modules_total(self) -> int:
        return len(self.modules)

    @property
    def modules_done(self) -> int:
        return sum(step.is_done for step in self.modules)

    @property
    def in_words(self) -> str:
        return f"{self.modules_done} of {self.modules_total} modules done"

    @property
    def step_now(self) -> int:
        """The number of the step that a drawing of progress shows as the present one."""
        return self.modules_done + 1

    @property
    def next_step(self) -> ModuleProgress | None:
        return next((step for step in self.modules if not step.is_done), None)

    @property
    def next_module(self) -> Module | None:
        return self.next_step.module if self.next_step else None

    @property
    def next_lesson(self) -> Lesson | None:
        """The first page not read of the next module; None when its quiz is next, or nothing is."""
        unread = self.next_step.unread if self.next_step else []
        return unread[0] if unread else None

    @property
    def time(self) -> str:
        """What the whole course takes, as said after "about"."""
        return rules.time_in_words(sum(step.minutes for step in self.modules))

    @property
    def minutes_left(self) -> int:
        return sum(step.minutes_left for step in self.modules)

    @property
    def time_left(self) -> str:
        return rules.time_in_words(self.minutes_left)

    @property
    def lapsed_modules(self) -> list[Module]:
        return [step.module for step in self.modules if step.is_lapsed]

    @property
    def changed(self) -> list[ModuleProgress]:
        return [step for step in self.modules if step.is_changed]

    @property
    def is_begun(self) -> bool:
        return any(step.is_begun or step.passed for step in self.modules)

    @property
    def is_complete(self) -> bool:
        """The same question as `Certificate.objects.valid(at)`, asked of one person."""
        return (
            self.certificate is not None
            and self.certificate.revoked_at is None
            and not any(step.is_lapsed for step in self.modules)
        )

    def of(self, module: Module) -> ModuleProgress:
        return next(step for step in self.modules if step.module.pk == module.pk)
