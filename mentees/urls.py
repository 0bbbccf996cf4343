"""Addresses of a young person's way to us, mounted at the root."""

from django.urls import path

from mentees.views import ask, links, mine, partner

app_name = "mentees"

urlpatterns = [
    path("ask/", ask.ask, name="ask"),
    path("ask/check/", ask.ask_check, name="ask_check"),
    path("ask/sent/", ask.ask_done, name="ask_done"),
    path("ask/saved/", ask.ask_saved, name="ask_saved"),
    path("ask/clear/", ask.ask_clear, name="ask_clear"),
    path("ask/<slug:slug>/", ask.ask_question, name="ask_question"),
    path("confirm/<str:token>/", links.confirm, name="confirm"),
    path("permission/<str:token>/", links.permission, name="permission"),
    path("my/request/", mine.waiting, name="waiting"),
    path("my/request/withdraw/", mine.withdraw, name="withdraw"),
    path("my/request/question/", mine.answer_question, name="answer_question"),
    path("my/answers/", mine.answers, name="answers"),
    path("my/answers/<slug:slug>/", mine.change_answer, name="change_answer"),
    path("my/permission/", mine.guardian, name="guardian"),
    path("partner/", partner.partner_home, name="partner_home"),
    path("partner/search/", partner.search, name="search"),
    path("partner/refer/", partner.refer, name="refer"),
    path("partner/referrals/<int:pk>/", partner.referral, name="referral"),
    path("partner/referrals/<int:pk>/paper/", partner.record_paper, name="record_paper"),
    path("partner/referrals/<int:pk>/answer/", partner.answer_more, name="answer_more"),
    path("partner/referrals/<int:pk>/remind/", partner.remind, name="remind"),
]
