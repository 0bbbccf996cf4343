"""App settings, and the signals from downstairs that pause a match at once."""

from django.apps import AppConfig


class Matching(AppConfig):
    name = "matching"
    verbose_name = "Matching"

    def ready(self) -> None:
        from matching import signals
        from mentees.signals import permission_withdrawn, request_closed
        from mentors.signals import capacity_changes, no_longer_ready
        from partners.signals import capacity_falls
        from users.signals import account_closed

        account_closed.connect(signals.close_account, dispatch_uid="matching.close_account")
        permission_withdrawn.connect(signals.pause_mentee, dispatch_uid="matching.pause_mentee")
        request_closed.connect(signals.close_request, dispatch_uid="matching.close_request")
        no_longer_ready.connect(signals.pause_mentor, dispatch_uid="matching.pause_mentor")
        capacity_changes.connect(signals.hold_capacity, dispatch_uid="matching.hold_capacity")
        capacity_falls.connect(signals.hold_programme, dispatch_uid="matching.hold_programme")
