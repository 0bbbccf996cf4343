"""App settings."""

from django.apps import AppConfig


class Mentees(AppConfig):
    name = "mentees"
