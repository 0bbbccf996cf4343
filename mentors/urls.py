"""Addresses of mentors and their referees."""

from django.urls import path

from mentors import rules, views

app_name = "mentors"

urlpatterns = [
    path("sign-up/", views.sign_up, name="sign_up"),
    path("join/<str:token>/", views.join, name="join"),
    path("profile/", views.profile, name="profile"),
    *(path(f"profile/{key}/", views.section, {"key": key}, name=key) for key in rules.SECTIONS),
    path("profile/programmes/", views.programmes, name="programmes"),
    path("profile/check-answers/", views.check_answers, name="check_answers"),
    path("profile/sent/", views.sent, name="sent"),
    path("profile/preview/", views.preview, name="preview"),
    path("references/", views.references, name="references"),
    path("references/<int:pk>/replace/", views.replace_referee, name="replace_referee"),
    path("references/<int:pk>/ask-again/", views.ask_again, name="ask_again"),
    path("checks/", views.checks, name="checks"),
    path("pause/", views.pause, name="pause"),
    path("reference/sent/", views.reference_sent, name="reference_sent"),
    path("reference/<str:token>/", views.reference, name="reference"),
    path("reference/<str:token>/new-link/", views.new_link, name="reference_new_link"),
]
