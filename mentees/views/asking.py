"""Somebody's half-finished request, apart from the pages that ask for it."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from mentees import rules
from mentees.forms.questions import QUESTIONS, AboutYou, Adult, Question, Reach, Times, Where
from mentees.forms.typed import bindable, typed_from
from mentees.models import Draft, Mentee, Request
from mentees.models.draft import KEPT
from partners.models import Programme

DRAFT = "mentees.draft"


class Asking:
    """Somebody's half-finished request as this page sees it: what is typed, and what follows from it."""

    def __init__(self, request: HttpRequest) -> None:
        self.at = timezone.now()
        self.on = timezone.localdate(self.at)
        self.user = request.user if request.user.is_authenticated else None
        self.draft = self._draft(request)
        self.request: Request | None = self.draft.request if self.draft else None
        self.mentee: Mentee | None = (
            self.request.mentee if self.request else getattr(self.user, "mentee", None) if self.user else None
        )
        self.typed: dict[str, dict[str, list[str]]] = {
            **(typed_from(self.mentee) if self.mentee else {}),
            **(self.draft.answers if self.draft else {}),
        }
        self._forms: dict[str, Question] = {}

    def _draft(self, request: HttpRequest) -> Draft | None:
        drafts = Draft.objects.select_related("request__programme", "request__mentee__user")
        if self.user:
            mine = drafts.filter(owner=self.user).filter(
                Q(touched_at__gt=self.at - KEPT) | Q(request__status=Request.Status.UNCONFIRMED)
            )
            found = mine.order_by("request", "-touched_at").first()
            if found:
                return found
        key = str(request.session.get(DRAFT, ""))
        try:
            return drafts.kept(self.at).filter(pk=uuid.UUID(key), owner=None).first()
        except ValueError:
            return None

    @property
    def born_on(self) -> Any:
        if self.mentee:
            return self.mentee.born_on
        form = self.form(AboutYou)
        return form.cleaned_data["born_on"] if form.is_valid() else None

    @property
    def own_email(self) -> str:
        if self.user:
            return self.user.email
        form = self.form(Reach)
        return form.cleaned_data["email"] if form.is_valid() else ""

    @property
    def programme(self) -> Programme | None:
        return self._found[0]

    @property
    def is_near(self) -> bool:
        return self._found[1]

    @property
    def _found(self) -> tuple[Programme | None, bool]:
        if not hasattr(self, "_programme"):
            place = self.form(Where)
            outcode = place.cleaned_data["place"] if place.is_valid() else ""
            found, near = Programme.objects.all().for_place(outcode, self.on) if outcode else (None, True)
            if self.request:
                found, near = self.request.programme, near or found != self.request.programme
            self._programme = found, near
        return self._programme

    def questions(self) -> list[type[Question]]:
        """The pages this person is asked, in order."""
        asked = [question for question in QUESTIONS if not (question is AboutYou and self.mentee)]
        return asked if self.needs_permission else [question for question in asked if question is not Adult]

    @property
    def needs_permission(self) -> bool:
        under = self.programme.permission_under if self.programme else 18
        has_yes = self.mentee is not None and self.mentee.permissions.filter(status="given").exists()
        return bool(
            self.born_on and not has_yes and rules.needs_permission(rules.age(self.born_on, self.on), under)
        )

    @property
    def age(self) -> int:
        return rules.age(self.born_on, self.on) if self.born_on else 0

    def form(self, question: type[Question], data: Any = None) -> Question:
        """The page's form: with what was just typed, or with what is kept."""
        if data is None and question.slug in self._forms:
            return self._forms[question.slug]
        self._forms[question.slug] = self._fresh(question, data)
        return self._forms[question.slug]

    def shown(self, question: type[Question]) -> Question:
        """The page's form for somebody who only comes to it: what is kept, and no word about what is wrong.

        A form of its own: to everybody else the kept one still has its mistakes.
        """
        form = self._fresh(question)
        if form.is_bound:
            form.full_clean()
            form.forget_errors()
        return form

    def _fresh(self, question: type[Question], data: Any = None) -> Question:
        typed = self.typed.get(question.slug)
        bound = data if data is not None else bindable(typed) if typed else None
        return question(bound, **self._needs(question))

    def _needs(self, question: type[Question]) -> dict[str, Any]:
        if question is Times:
            return {"programme": self.programme, "is_near": self.is_near}
        if question is Reach:
            return {"asks_email": self.user is None}
        if question is Adult:
            return {"own_email": self.own_email}
        return {}

    def first_gap(self) -> type[Question] | None:
        """The first page that is not answered yet."""
        return next((q for q in self.questions() if not self.form(q).is_valid()), None)
