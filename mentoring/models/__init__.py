"""What happens in a match, month by month."""

from mentoring.models.goal import Goal, Step
from mentoring.models.meeting import Meeting, MeetingLog
from mentoring.models.message import Message

__all__ = ["Goal", "Meeting", "MeetingLog", "Message", "Step"]
