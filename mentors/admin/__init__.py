"""The staff's desk for mentors: look, record, decide."""

from mentors.admin import desk
from mentors.admin.mentor import MentorDesk

__all__ = ["MentorDesk", "desk"]
