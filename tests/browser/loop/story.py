"""The whole loop, as it is lived: strangers come, are checked, are matched, meet, and tell us how it was."""

from __future__ import annotations

from typing import Any

from matching.models import Match
from tests.browser.loop.mentor import Mentor, Referee
from tests.browser.loop.partner import Coordinator
from tests.browser.loop.staff import Staff
from tests.browser.loop.stage import Stage
from tests.browser.loop.young import Guardian, Referred, YoungPerson

WORRY = "He asked me for my number. It felt odd."


def tell(stage: Stage, house: Any) -> None:
    """From an anonymous visitor to a logged meeting. `house` is what `stage.furnish` gave."""
    mentor = Mentor(stage, "Amara")
    mentor.sign_up()
    mentor.fill_in_profile()
    mentor.send_application()
    for which in ("first", "second"):
        Referee(stage, which, mentor.referee(which)).answer(about=mentor.name)
    mentor.take_course()

    dele, mina = Staff(stage, house.dele), Staff(stage, house.mina)
    dele.sign_in()
    dele.record_checks(mentor.name)
    mina.sign_in()
    mina.approve_mentor(mentor.name)
    stage.letter(mentor.email, "mentors/approved")

    kayden, denise = YoungPerson(stage, "Kayden"), Guardian(stage, "Denise")
    kayden.ask(denise)
    kayden.confirm()
    denise.say_yes(kayden.name)

    zadie, shabana = Referred(stage, "Zadie"), Coordinator(stage, "Shabana", house.coordinator.email)
    shabana.refer(zadie)
    zadie.confirm_and_finish()
    shabana.see(zadie, "With our team")

    dele.accept_request(kayden.name)
    dele.accept_request(zadie.name)
    shabana.see(zadie, "Looking for a mentor")

    stage.clock.forward_to(days=1, hour=2, minute=15)
    stage.night()

    stage.clock.forward_to(days=0, hour=8)
    dele.sign_in()
    dele.decide_match(kayden.name, mentor.name, queue="Matches to review", answer="a colleague must approve")
    mina.sign_in()
    mina.decide_match(
        kayden.name, mentor.name, queue="Proposals that need your yes", answer=f"We’ve asked {mentor.name}"
    )
    mentor.accept_offer(kayden.name)
    kayden.say_yes(mentor.name)
    match = Match.objects.get()
    assert (match.status, match.proposed_by, match.approved_by) == ("active", house.dele, house.mina)

    mentor.plan_meeting(kayden.name)
    stage.clock.forward_to(days=0, hour=10)
    stage.remind()
    for person in (mentor, kayden):
        stage.letter(person.email, "mentoring/meeting_tomorrow")

    stage.clock.forward_to(days=1, hour=19, minute=30)
    stage.after_the_meeting()
    mentor.log_meeting(kayden.name)
    kayden.read_about_meeting()

    reference = kayden.tell_us(WORRY)
    ros = Staff(stage, house.ros)
    ros.sign_in()
    ros.read_concern(reference, WORRY)
