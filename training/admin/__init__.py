"""The training desk: courses to write and publish, tries and certificates to look at."""

from training.admin import course, learners, lesson, question, workshop

__all__ = ["course", "learners", "lesson", "question", "workshop"]
