"""What can be wrong with what the engine is given, said so that a person can put it right."""

from __future__ import annotations


class EngineError(ValueError):
    """The engine was given something it cannot work with. The sentence names the field."""


class FieldTooWide(EngineError):
    """A mask holds more bits than the engine keeps for the field."""

    def __init__(self, field: str, given: int, fit: int) -> None:
        self.field, self.given, self.fit = field, given, fit
        super().__init__(f"{field}: {given} given, {fit} fit")


class FieldOutOfRange(EngineError):
    """A number lies outside what the field means."""

    def __init__(self, field: str, given: int, least: int, most: int) -> None:
        self.field, self.given, self.least, self.most = field, given, least, most
        super().__init__(f"{field}: {given} given, {least} to {most} fit")


class TooMany(EngineError):
    """More people on one side than the engine's keys can tell apart."""

    def __init__(self, given: int, fit: int) -> None:
        super().__init__(f"people: {given} given on one side, {fit} fit")


class WrongShape(EngineError):
    """A column has another length, another number of dimensions, or not whole numbers."""


class GivenTwice(EngineError):
    """An id, or a person and programme, stands in two rows."""


class WrongSettings(EngineError):
    """A weight is unknown, negative, or the weights could sum to more than 100 points."""
