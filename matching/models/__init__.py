"""What the nights suggest, and what people make of it."""

from matching.models.block import Block
from matching.models.match import Match
from matching.models.proposal import Proposal
from matching.models.question import OfferQuestion
from matching.models.run import Run
from matching.models.shortlist import Shortlist, WithoutSuggestion

__all__ = ["Block", "Match", "OfferQuestion", "Proposal", "Run", "Shortlist", "WithoutSuggestion"]
