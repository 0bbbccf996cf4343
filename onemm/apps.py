"""The roof itself and the staff's desk as Django apps."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class StaffDesk(AdminConfig):
    default_site = "onemm.desk.Desk"


class Roof(AppConfig):
    name = "onemm"
    label = "roof"

    def ready(self) -> None:
        from onemm import letters

        letters.register()
