"""Banks of questions: every choice with what we say to whoever picks it."""

from __future__ import annotations

from django import forms
from django.contrib import admin

from training.admin.writing import InlineOfDrafts, OfDrafts, Slugged
from training.models import Choice, Question


class QuestionForm(Slugged):
    made_from = "text"


class QuestionInline(InlineOfDrafts):
    model = Question
    form = QuestionForm
    fields = ("order", "text", "slug", "kind", "story")


class Choices(forms.BaseInlineFormSet):
    """As a quiz needs them: two or more, not two alike, and as many right ones as the kind says."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        kept = [f.cleaned_data for f in self.forms if f.cleaned_data and not f.cleaned_data.get("DELETE")]
        right = sum(bool(choice.get("is_right")) for choice in kept)
        takes_many = self.instance.kind == Question.Kind.MANY
        if len(kept) < 2 or (right == len(kept) and not takes_many):
            raise forms.ValidationError("Give at least two choices, and not all of them right.")
        if right == 0 or (right > 1 and not takes_many):
            wanted = "at least one choice" if takes_many else "exactly one choice"
            raise forms.ValidationError(f"Mark {wanted} as right.")


class ChoiceInline(InlineOfDrafts):
    model = Choice
    formset = Choices
    min_num = 2
    extra = 2  # so that a question can be written without script
    max_num = 8
    fields = ("order", "text", "is_right", "feedback")
    show_change_link = False


@admin.register(Question)
class QuestionDesk(OfDrafts):
    form = QuestionForm
    list_display = ("text", "module", "kind")
    list_filter = ("module__course", "kind", "module")
    list_select_related = ("module",)
    search_fields = ("text", "story")
    fields = ("module", "order", "kind", "story", "text", "slug")
    inlines = (ChoiceInline,)
