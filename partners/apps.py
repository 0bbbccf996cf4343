"""App settings."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class Partners(AppConfig):
    name = "partners"
    verbose_name = "Programmes and partners"

    def ready(self) -> None:
        from training.models.workshop import register_hosts

        register_hosts(_of_their_programmes)


def _of_their_programmes(user: Any) -> Any:
    """Staff run the workshops that their programmes ask for."""
    from django.db.models import Exists, OuterRef

    from partners.models import Programme

    return Exists(Programme.objects.managed_by(user).filter(workshop=OuterRef("pk")))
