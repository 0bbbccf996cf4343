"""App settings, what is asked again when a letter leaves, and what a partner hears of a match."""

from datetime import datetime

from django.apps import AppConfig


class Mentoring(AppConfig):
    name = "mentoring"
    verbose_name = "Meetings and messages"

    def ready(self) -> None:
        from mentees.models.progress import register
        from mentoring.models import Meeting
        from mentoring.models.contact import contact_days
        from mentoring.models.progress import progress_of_requests
        from mentors.models.contact import register_contact_days
        from notifications import gates

        def still_to_come(pk: str, at: datetime) -> str:
            meeting = Meeting.objects.filter(pk=pk).only("status", "starts_at").first()
            if meeting is None or meeting.status != Meeting.Status.PLANNED:
                return "the meeting is not planned any more"
            return "the meeting has begun" if meeting.starts_at <= at else ""

        def still_without_a_word(pk: str, at: datetime) -> str:
            planned = Meeting.objects.filter(pk=pk, status=Meeting.Status.PLANNED).exists()
            return "" if planned else "somebody has said how it went"

        register(progress_of_requests)
        register_contact_days(contact_days)
        gates.register("mentoring/meeting_tomorrow", still_to_come)
        gates.register("mentoring/meeting_planned", still_to_come)
        gates.register("mentoring/meeting_moved", still_to_come)
        gates.register("mentoring/please_log", still_without_a_word)
