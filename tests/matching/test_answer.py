"""The two people answer an offer."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from audit.models import Entry
from audit.transitions import NotAllowed
from matching.actions import accept, answer_question, approve, ask_question, decline, run_night, withdraw
from matching.models import Match, OfferQuestion, Shortlist
from mentors.models import Check
from notifications.models import Letter
from tests import factories

NOW = timezone.now


@pytest.fixture
def offer(cast: SimpleNamespace) -> Match:
    cast.mentee.born_on = date(NOW().year - 20, 1, 2)
    cast.mentee.save()
    return approve(cast.request, cast.mentor, by=cast.staff, at=NOW())


def kinds() -> list[str]:
    return sorted(Letter.objects.values_list("kind", flat=True))


def test_it_asks_the_young_person_after_the_mentors_yes(cast: SimpleNamespace, offer: Match) -> None:
    accept(offer, by=cast.mentor.user, at=NOW())
    offer.refresh_from_db()
    assert offer.status == Match.Status.OFFERED_TO_MENTEE
    assert "matching/meet_your_mentor" in kinds()
    accept(offer, by=cast.mentee.user, at=NOW())
    offer.refresh_from_db()
    assert offer.status == Match.Status.ACTIVE
    assert offer.active_at
    assert {"matching/match_live_mentor", "matching/match_live_mentee"} <= set(kinds())


def test_it_takes_a_second_yes_as_the_first(cast: SimpleNamespace, offer: Match) -> None:
    accept(offer, by=cast.mentor.user, at=NOW())
    before = kinds()
    accept(offer, by=cast.mentor.user, at=NOW())
    assert kinds() == before


def test_it_lets_nobody_answer_for_another(cast: SimpleNamespace, offer: Match) -> None:
    for somebody in (cast.mentee.user, cast.stranger, cast.staff):
        with pytest.raises(NotAllowed):
            accept(offer, by=somebody, at=NOW())
    offer.refresh_from_db()
    assert offer.status == Match.Status.OFFERED_TO_MENTOR


def test_it_never_starts_with_a_lapsed_check(cast: SimpleNamespace, offer: Match) -> None:
    accept(offer, by=cast.mentor.user, at=NOW())
    Check.objects.filter(kind="dbs").update(expires_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(NotAllowed, match="can’t start yet"):
        accept(offer, by=cast.mentee.user, at=NOW())
    offer.refresh_from_db()
    assert offer.status == Match.Status.OFFERED_TO_MENTEE


def test_it_returns_both_to_the_pool_and_forgets_the_pair(cast: SimpleNamespace, offer: Match) -> None:
    other = factories.make_ready_mentor("Tomos", programme=cast.programme)
    accept(offer, by=cast.mentor.user, at=NOW())
    decline(offer, by=cast.mentee.user, at=NOW(), why="not for me")
    assert "matching/not_this_time" in kinds()
    cast.request.refresh_from_db()
    run_night(at=NOW())
    assert [one.mentor_id for one in Shortlist.objects.get(pk=cast.request.pk).listed] == [other.pk]


def test_it_does_not_take_an_answer_after_the_last_day(cast: SimpleNamespace, offer: Match) -> None:
    with pytest.raises(NotAllowed, match="isn’t waiting"):
        accept(offer, by=cast.mentor.user, at=NOW() + timedelta(days=30))


def test_it_passes_a_question_to_staff_and_the_answer_back(cast: SimpleNamespace, offer: Match) -> None:
    for _ in range(2):  # sent twice is asked once
        question = ask_question(offer, by=cast.mentor.user, at=NOW(), words="Is it online?")
    assert OfferQuestion.objects.count() == 1
    assert Letter.objects.filter(kind="matching/question_asked").count() == 2  # both who look after it
    answer_question(question, by=cast.staff, at=NOW(), words="Yes, online.")
    letter = Letter.objects.get(kind="matching/question_answered")
    assert letter.to_user == cast.mentor.user
    assert "online" not in letter.text
    with pytest.raises(NotAllowed, match="answered this already"):
        answer_question(question, by=cast.second, at=NOW(), words="No.")


def test_why_somebody_said_no_is_not_in_the_audit(cast: SimpleNamespace, offer: Match) -> None:
    """The audit is read by staff of every programme; the reason stays with the match."""
    decline(offer, by=cast.mentor.user, at=NOW(), why="I may know them already. CANARY is my neighbour.")
    offer.refresh_from_db()
    assert "CANARY" in offer.ended_why
    assert "CANARY" not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_why_an_offer_was_taken_back_is_not_in_the_audit(cast: SimpleNamespace, offer: Match) -> None:
    withdraw(offer, by=cast.staff, at=NOW(), why="CANARY told us more.")
    assert "CANARY" not in str(list(Entry.objects.values_list("facts", flat=True)))
