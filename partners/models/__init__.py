"""Where we work, with whom, and in whose words."""

from partners.models.fact import Fact
from partners.models.interest import Interest
from partners.models.organisation import Coordinator, Network, Organisation
from partners.models.packed import IN_PERSON, ONLINE, Packed, bit, day, digits, gender
from partners.models.place import Outcode
from partners.models.programme import MeetingWays, Programme, ProgrammeManager
from partners.models.vocabulary import AgeBand, Experience, Gender, HelpTopic, Language, Sector
from partners.models.week import SLOTS, Slot

__all__ = [
    "IN_PERSON",
    "ONLINE",
    "SLOTS",
    "AgeBand",
    "Coordinator",
    "Experience",
    "Fact",
    "Gender",
    "HelpTopic",
    "Interest",
    "Language",
    "MeetingWays",
    "Network",
    "Organisation",
    "Outcode",
    "Packed",
    "Programme",
    "ProgrammeManager",
    "Sector",
    "Slot",
    "bit",
    "day",
    "digits",
    "gender",
]
