"""Where somebody tells us, and where the lead and the deputy read."""

from django.urls import path

from safeguarding import views

app_name = "safeguarding"

urlpatterns = [
    path("", views.raise_concern, name="raise_concern"),
    path("concerns/", views.concerns, name="concerns"),
    path("concerns/<int:pk>/", views.concern, name="concern"),
    path("concerns/<int:pk>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("concerns/<int:pk>/close/", views.close, name="close"),
    path("concerns/<int:pk>/reopen/", views.reopen, name="reopen"),
]
