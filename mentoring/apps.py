"""App settings."""

from django.apps import AppConfig


class Mentoring(AppConfig):
    name = "mentoring"
