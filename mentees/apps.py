"""App settings."""

from django.apps import AppConfig


class Mentees(AppConfig):
    name = "mentees"
    verbose_name = "Young people"

    def ready(self) -> None:
        from mentees import gates
        from notifications.gates import register

        # Asked again at the moment of sending: a letter may wait for hours while the answer arrives.
        register("mentees/permission_request", gates.still_asked)
        register("mentees/permission_reminder", gates.still_asked)
        register("mentees/confirm", gates.still_unconfirmed)
        register("mentees/referred", gates.still_unconfirmed)
        register("mentees/waiting", gates.still_open)
