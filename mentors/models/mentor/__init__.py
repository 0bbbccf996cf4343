"""The mentor: the row, whom a page may ask for, where each stands, and who is ready."""

from mentors.models.mentor.row import Mentor

__all__ = ["Mentor"]
