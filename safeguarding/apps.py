"""App settings, and the letters and entries that only the lead and the deputy may find."""

from typing import Any

from django.apps import AppConfig


class Safeguarding(AppConfig):
    name = "safeguarding"
    verbose_name = "Safeguarding"

    def ready(self) -> None:
        from audit.models import keep_private
        from notifications import gates
        from safeguarding.models import SafeguardingLead

        def is_a_lead(user: Any) -> bool:
            return bool(user.is_active) and SafeguardingLead.objects.filter(user_id=user.pk).exists()

        gates.keep_private("safeguarding/", is_a_lead)
        keep_private("safeguarding.", is_a_lead)
