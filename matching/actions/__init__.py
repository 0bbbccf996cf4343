"""The verbs of matching: run the night, approve, offer, answer, lapse, pause."""

from matching.actions.answer import accept, answer_question, ask_question, decline
from matching.actions.approve import approve, turn_down, withdraw
from matching.actions.explain import explain_pair, explain_pairs
from matching.actions.gates import why_not
from matching.actions.lapse import lapse_offers, remind_offers
from matching.actions.live import everyone_for
from matching.actions.night import run_night
from matching.actions.pause import (
    pause,
    pause_all_of_mentee,
    pause_all_of_mentor,
    pause_all_of_user,
    pause_of_request,
    resume,
)
from matching.actions.profiles import rebuild_profiles, repair_profiles
from matching.actions.rehearse import rehearse_night

__all__ = [
    "accept",
    "answer_question",
    "approve",
    "ask_question",
    "decline",
    "everyone_for",
    "explain_pair",
    "explain_pairs",
    "lapse_offers",
    "pause",
    "pause_all_of_mentee",
    "pause_all_of_mentor",
    "pause_all_of_user",
    "pause_of_request",
    "rebuild_profiles",
    "rehearse_night",
    "remind_offers",
    "repair_profiles",
    "resume",
    "run_night",
    "turn_down",
    "why_not",
    "withdraw",
]
