"""App settings."""

from __future__ import annotations

from datetime import datetime

from django.apps import AppConfig


class Training(AppConfig):
    name = "training"
    verbose_name = "Training"

    def ready(self) -> None:
        from notifications import gates

        for event in ("soon", "promoted"):
            gates.register(f"training/workshop_{event}", _still_booked)
        gates.register("training/workshop_missed", _still_missed)


# What was true when a letter was written is asked again when it leaves.


def _still_booked(pk: str, at: datetime) -> str:
    from training.models import Booking

    booked = Booking.objects.filter(pk=pk, status="booked", session__starts_at__gt=at)
    return "" if booked.exists() else "there is no such place any more"


def _still_missed(pk: str, at: datetime) -> str:
    from training.models import Booking

    return "" if Booking.objects.filter(pk=pk, status="missed").exists() else "they came after all"
