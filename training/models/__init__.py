"""Courses, what people have learned of them, and the certificates they hold."""

from training.models.certificate import Certificate
from training.models.course import Course, register_asked, time_of_each, training_complete
from training.models.learning import Enrolment, LessonRead, ModulePass, QuizTry
from training.models.module import Lesson, Module
from training.models.note import Note
from training.models.picture import Picture, pictures_at
from training.models.progress import ModuleProgress, Progress
from training.models.question import Choice, Question
from training.models.version import Version
from training.models.workshop import Booking, Workshop, WorkshopSession

__all__ = [
    "Booking",
    "Certificate",
    "Choice",
    "Course",
    "Enrolment",
    "Lesson",
    "LessonRead",
    "Module",
    "ModulePass",
    "ModuleProgress",
    "Note",
    "Picture",
    "Progress",
    "Question",
    "QuizTry",
    "Version",
    "Workshop",
    "WorkshopSession",
    "pictures_at",
    "register_asked",
    "time_of_each",
    "training_complete",
]
