"""The matching engine: arrays in, arrays out. No Django; it runs from a notebook.

`run` answers a night; `broken_rules` answers for one pair. docs/matching.md tells the method.
"""

from matching.engine.certificate import Certificate
from matching.engine.errors import (
    EngineError,
    FieldOutOfRange,
    FieldTooWide,
    GivenTwice,
    WrongSettings,
    WrongShape,
)
from matching.engine.explain import CHANGES, IN_PERSON, ONLINE, Explained, Reasons, Shared, explained
from matching.engine.night import Night, Shortlists, broken_rules, run
from matching.engine.population import MenteeArrays, MentorArrays, reach
from matching.engine.rules import RULES
from matching.engine.score import COMPONENTS
from matching.engine.settings import Settings

__all__ = [
    "CHANGES",
    "COMPONENTS",
    "IN_PERSON",
    "ONLINE",
    "RULES",
    "Certificate",
    "EngineError",
    "Explained",
    "FieldOutOfRange",
    "FieldTooWide",
    "GivenTwice",
    "MenteeArrays",
    "MentorArrays",
    "Night",
    "Reasons",
    "Settings",
    "Shared",
    "Shortlists",
    "WrongSettings",
    "WrongShape",
    "broken_rules",
    "explained",
    "reach",
    "run",
]
