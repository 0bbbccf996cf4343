"""Courses, what people have learned of them, and the certificates they hold."""

from training.models.certificate import Certificate, training_complete
from training.models.course import Choice, Course, Lesson, Module, Question
from training.models.learning import Enrolment, LessonRead, ModulePass, QuizTry
from training.models.progress import ModuleProgress, Progress

__all__ = [
    "Certificate",
    "Choice",
    "Course",
    "Enrolment",
    "Lesson",
    "LessonRead",
    "Module",
    "ModulePass",
    "ModuleProgress",
    "Progress",
    "Question",
    "QuizTry",
    "training_complete",
]
