"""The staff's desk for young people: requests by urgency, and the decisions about each."""

from mentees.admin import desk
from mentees.admin.request import RequestDesk

__all__ = ["RequestDesk", "desk"]
