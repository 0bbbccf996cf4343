"""Where home is, and the pages of a pair."""

from django.urls import path

from mentoring import views

app_name = "mentoring"

urlpatterns = [
    path("home/", views.home, name="home"),
    path("home/first-hour/", views.first_hour, name="first_hour"),
    path("match/<int:pk>/", views.relationship, name="relationship"),
    path("match/<int:pk>/offer/", views.offer, name="offer"),
    path("match/<int:pk>/offer/no/", views.decline_offer, name="decline_offer"),
    path("match/<int:pk>/offer/ask/", views.ask_about_offer, name="ask_about_offer"),
    path("match/<int:pk>/offer/no/pause/", views.pause_after_no, name="pause_after_no"),
    path("match/<int:pk>/plan/", views.plan_meeting, name="plan_meeting"),
    path("match/<int:pk>/log/", views.log_meeting, name="log_meeting"),
    path("match/<int:pk>/meeting/<int:meeting>/", views.move_meeting, name="move_meeting"),
    path("match/<int:pk>/meeting/<int:meeting>/cancel/", views.cancel_meeting, name="cancel_meeting"),
    path("match/<int:pk>/meeting/<int:meeting>/calendar.ics", views.calendar, name="calendar"),
    path("match/<int:pk>/messages/", views.send_message, name="send_message"),
    path("match/<int:pk>/messages/<int:message>/", views.edit_message, name="edit_message"),
    path("match/<int:pk>/messages/<int:message>/take-back/", views.take_back, name="take_back"),
    path("match/<int:pk>/goals/", views.add_goal, name="add_goal"),
    path("match/<int:pk>/goals/<int:goal>/", views.add_step, name="add_step"),
    path("match/<int:pk>/goals/<int:goal>/done/", views.finish_goal, name="finish_goal"),
    path("match/<int:pk>/steps/<int:step>/done/", views.finish_step, name="finish_step"),
]
