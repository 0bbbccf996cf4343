"""App settings, and the two signals from downstairs that pause a match at once."""

from django.apps import AppConfig


class Matching(AppConfig):
    name = "matching"
    verbose_name = "Matching"

    def ready(self) -> None:
        from matching import signals
        from mentees.signals import permission_withdrawn
        from mentors.signals import no_longer_ready

        permission_withdrawn.connect(signals.pause_mentee, dispatch_uid="matching.pause_mentee")
        no_longer_ready.connect(signals.pause_mentor, dispatch_uid="matching.pause_mentor")
