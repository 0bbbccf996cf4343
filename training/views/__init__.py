"""Pages of training: learning, certificates, pictures."""

from training.views.certificate import certificate, certificate_pdf, verify
from training.views.learn import course, home, lesson, module, notes, question, quiz, result
from training.views.picture import picture

__all__ = [
    "certificate",
    "certificate_pdf",
    "course",
    "home",
    "lesson",
    "module",
    "notes",
    "picture",
    "question",
    "quiz",
    "result",
    "verify",
]
