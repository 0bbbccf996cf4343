"""App settings."""

from django.apps import AppConfig


class Partners(AppConfig):
    name = "partners"
    verbose_name = "Programmes and partners"
