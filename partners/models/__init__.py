"""Where we work, with whom, and in whose words."""

from partners.models.organisation import Coordinator, Network, Organisation
from partners.models.place import Outcode
from partners.models.programme import MeetingWays, Programme, ProgrammeManager
from partners.models.vocabulary import AgeBand, Experience, Gender, HelpTopic, Language, Sector
from partners.models.week import SLOTS, Slot

__all__ = [
    "SLOTS",
    "AgeBand",
    "Coordinator",
    "Experience",
    "Gender",
    "HelpTopic",
    "Language",
    "MeetingWays",
    "Network",
    "Organisation",
    "Outcode",
    "Programme",
    "ProgrammeManager",
    "Sector",
    "Slot",
]
