"""`manage.py warm_matching`: compile the matching kernels, so that the first night does not wait for it."""

from __future__ import annotations

from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand

from matching.engine.night import warm


class Command(BaseCommand):
    help = "Compile the kernels that large pools are matched with; part of every deployment."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("Compiling what large pools are matched with; the first time takes half a minute …")
        began = perf_counter()
        warm()
        self.stdout.write(f"Ready after {perf_counter() - began:.1f} s.")
