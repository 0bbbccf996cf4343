"""Addresses of programmes, open to everybody."""

from django.urls import path

from partners import views

app_name = "programmes"

urlpatterns = [
    path("", views.programmes, name="all"),
    path("near-me/", views.interest, name="interest"),
    path("near-me/noted/", views.interest_noted, name="interest_noted"),
    path("near-me/yes/<str:token>/", views.confirm_interest, name="confirm_interest"),
    path("near-me/leave/<str:token>/", views.leave_list, name="leave_list"),
    path("<slug:slug>/", views.programme, name="programme"),
]
