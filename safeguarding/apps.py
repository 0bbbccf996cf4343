"""App settings."""

from django.apps import AppConfig


class Safeguarding(AppConfig):
    name = "safeguarding"
